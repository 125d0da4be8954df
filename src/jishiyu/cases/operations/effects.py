"""What a confirmed measure does: to the award, to its months, and to the case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from jishiyu.cases import queries
from jishiyu.cases.models import Award, Case, ChainLine, Measure, Suspension
from jishiyu.cases.operations.chains import write_chain
from jishiyu.cases.operations.ending import close
from jishiyu.cases.operations.rechecks import drop_plan, plan_recheck
from jishiyu.cases.operations.walking import Said, move_to, write_step
from jishiyu.cases.rules import basis as rules
from jishiyu.cases.rules.basis import Basis
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import add_months
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules import coordination
from jishiyu.registry.queries import situation
from jishiyu.registry.rules.evidence_digest import evidence_digest


@dataclass(frozen=True, slots=True)
class Doing:
    """A measure as it is done: to which award of which case, by whom, when."""

    award: Award
    row: Case
    made: Measure
    actor: Post
    moment: datetime


def done(doing: Doing) -> list[Award]:
    """Do it. Returns the awards that were made."""
    return _ACTS[doing.made.kind](doing)


def goes_on(doing: Doing) -> list[Award]:
    """Nothing changes; the next re-check is planned."""
    _written(doing)
    plan_recheck(
        doing.award,
        ground="recheck",
        actor=doing.actor,
        moment=doing.moment,
        snapshot_id=doing.made.snapshot_id,
    )
    return []


def _replaced(doing: Doing) -> list[Award]:
    """More or less from a month on: the award ends there, and another one of the same case takes its place."""
    award, made, row = doing.award, doing.made, doing.row
    basis = rules.basis_from_data(made.basis["now"]) if made.basis and "now" in made.basis else None
    _end(award, made.first_month)
    new = _award(doing, _chain(award, made.amount or 0, basis), basis=basis)
    if basis is not None and made.snapshot_id is not None:
        row.snapshot_id, row.basis, row.proposed_amount = made.snapshot_id, basis.as_data(), basis.amount
        row.save(update_fields=["snapshot", "basis", "proposed_amount"])
    _written(doing)
    plan_recheck(new, ground="recheck", actor=doing.actor, moment=doing.moment)
    return [new]


def _suspended(doing: Doing) -> list[Award]:
    Suspension.objects.create(award=doing.award, measure=doing.made, first_month=doing.made.first_month)
    _written(doing)
    return []


def _resumed(doing: Doing) -> list[Award]:
    """Pay again from a month on. The months between stay unpaid; whether they are made good was decided apart."""
    award, made, row = doing.award, doing.made, doing.row
    until = add_months(made.first_month, -1)
    open_one = Suspension.objects.filter(award=award, last_month=None).first()
    if open_one is not None:
        Suspension.objects.filter(pk=open_one.pk).update(last_month=until)
    if award.last_month is not None:
        gap = add_months(award.last_month, 1)
        if open_one is None and gap <= until:
            Suspension.objects.create(award=award, measure=made, first_month=gap, last_month=until)
        Award.objects.filter(pk=award.pk).update(last_month=None)
        award.last_month = None
    _written(doing)
    if row.state == "ended":
        row.state, row.closed_on = "granted", None
        move_to(row, "recheck", moment=doing.moment)
    plan_recheck(award, ground="recheck", actor=doing.actor, moment=doing.moment)
    return []


def _grace(doing: Doing) -> list[Award]:
    """The award goes on for the months of grace with the share of each; then the case ends by itself."""
    award, made = doing.award, doing.made
    _end(award, made.first_month)
    awards = []
    for place, share in enumerate((made.basis or {}).get("shares", ())):
        amount = award.amount * share // 10_000
        if amount:
            month = add_months(made.first_month, place)
            awards.append(_award(doing, _chain(award, amount, None), month=month))
    _written(doing)
    return awards


def _stopped(doing: Doing) -> list[Award]:
    """Nothing of the case is paid from a month on, and the case has ended."""
    last = add_months(doing.made.first_month, -1)
    later = Q(last_month=None) | Q(last_month__gt=last)
    for one in Award.objects.filter(later, case=doing.row, frequency__in=["monthly", "standing"]):
        _end(one, doing.made.first_month)
    _written(doing, next_step="end")
    close(doing.row, "ended", doing.moment)
    return []


_ACTS: dict[str, Callable[[Doing], list[Award]]] = {
    "continue": goes_on,
    "raise": _replaced,
    "lower": _replaced,
    "suspend": _suspended,
    "resume": _resumed,
    "grace": _grace,
    "stop": _stopped,
}


def _end(award: Award, first: date) -> None:
    Award.objects.filter(pk=award.pk).update(last_month=add_months(first, -1))
    drop_plan(award)


def _award(
    doing: Doing,
    chain: tuple[coordination.ChainLine, ...],
    *,
    basis: Basis | None = None,
    month: date | None = None,
) -> Award:
    award, made = doing.award, doing.made
    coordination.require_closed(chain)
    snapshot = made.snapshot_id or award.snapshot_id
    new = Award.objects.create(
        case_id=award.case_id,
        household_id=award.household_id,
        item=award.item,
        need=chain[0].amount,
        amount=coordination.covered_by(chain, *coordination.AID),
        form=award.form,
        frequency="monthly",
        first_month=month or made.first_month,
        last_month=month,
        decided_on=day_of(doing.moment),
        decided_by=doing.actor.code,
        snapshot_id=snapshot,
        pack_version=pack().version,
        rules_version=basis.rules_version if basis else "",
        evidence_digest=evidence_digest(situation(snapshot)) if basis else "",
        basis_digest=basis.digest if basis else "",
        computed_amount=basis.amount if basis else None,
        reasons=made.reasons,
    )
    write_chain(ChainLine, chain, award=new)
    return new


def _chain(award: Award, amount: int, basis: Basis | None) -> tuple[coordination.ChainLine, ...]:
    because = sentence("由审批人核定", "Set by the decider")
    base = basis.chain if basis and basis.chain else queries.chain_now(award.id)
    if basis and basis.chain and basis.amount == amount:
        return basis.chain
    borne = sum(one.amount for one in base[1:-1] if one.kind not in coordination.AID)
    if base and borne + amount <= base[0].amount:
        return rules.with_amount(base, amount, because=because)
    return rules.by_hand(amount, amount, kind="government", day=award.decided_on, because=because)


def _written(doing: Doing, *, next_step: str = "") -> None:
    """The measure in the case's own record of steps, with its reasons."""
    row, made = doing.row, doing.made
    said = Said(made.kind, (), "", [one["zh"] for one in made.reasons])
    write_step(
        row,
        outcome=made.kind,
        next_step=next_step or row.step,
        said=said,
        actor=doing.actor,
        moment=doing.moment,
    )
