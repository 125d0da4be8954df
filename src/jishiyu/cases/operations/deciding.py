"""The decision. The rules compute and show; a person decides, and says why where they depart from what was computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Award, Case, ChainLine
from jishiyu.cases.operations.chains import write_bills, write_chain
from jishiyu.cases.operations.rechecks import plan_recheck
from jishiyu.cases.operations.relatives import require_second_eyes
from jishiyu.cases.operations.two_hands import Wanted, as_signed, close_signature, signed_first
from jishiyu.cases.operations.walking import (
    Said,
    about,
    at_step,
    fetch,
    leave,
    require_steps_before,
    require_turn,
    require_what_it_needs,
)
from jishiyu.cases.rules import basis as rules
from jishiyu.cases.rules.service_kinds import form_delivered
from jishiyu.cases.rules.steps import grants, outcome_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Outcome
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules import coordination
from jishiyu.programmes.rules.bills import BillChain, spread
from jishiyu.programmes.rules.coordination import ChainKind
from jishiyu.programmes.rules.on_bills import whole_of
from jishiyu.programmes.rules.recovery import INSURANCE
from jishiyu.registry.queries import situation
from jishiyu.registry.rules.evidence_digest import evidence_digest


@dataclass(frozen=True, slots=True)
class Grant:
    """What the decider grants, in fen. ``need`` is asked for only where no chain could be computed."""

    amount: int
    need: int | None = None


def decide(
    case_id: UUID, *, outcome: str, amount: int | None = None, need: int | None = None,
    papers: Sequence[str] = (), remarks: str = "", reasons: Sequence[str] = (), actor: Post, moment: datetime,
) -> Award | None:  # fmt: skip
    """Grant, refuse, or send back, as the procedure offers. A grant makes the award with its chain of aid.

    ``amount`` (fen) is what government and charity give; None takes what was computed. Another amount, or granting where the
    conditions are not met, needs a reason. Refused by the database itself if the chain were not closed. A sum beyond one hand is
    kept as a first signature and gives None: the award is made when the second person decides the same.
    """
    require(actor, "cases.decide")
    row = fetch(case_id, actor)
    step = at_step(row, "decide")
    require_turn(row, step, actor)
    chosen = outcome_of(step, outcome)
    said = Said(outcome, papers, remarks, reasons)
    signature = queries.open_signature(row.id)
    if signature is not None:
        # The second person signs what the first did, or declines it by an act of its own.
        second = as_signed(signature, said, amount, actor=actor)
        amount, need, said = second.amount, second.need, second.said
    require_what_it_needs(step, chosen, said)
    require_steps_before(row, chosen)
    award = None
    if grants("decide", chosen):
        require_second_eyes(row)
        form = _form(row, chosen)
        grant = Grant(_amount(row, amount, form), need)
        _require_reasons(queries.basis_of(row), grant, said, form)
        if signature is None and signed_first(
            row, Wanted(grant.amount, need, said), actor=actor, moment=moment
        ):
            return None
        award = _award(row, grant, said, form, actor=actor, moment=moment)
        if signature is not None:
            close_signature(signature, "granted", actor=actor, moment=moment)
    elif chosen.next == "end":
        _end_earlier(row, add_months(month_start(day_of(moment)), 1))
    leave(row, step, chosen, said, actor=actor, moment=moment)
    return award


def _form(row: Case, chosen: Outcome) -> str:
    """The award's form: money when the grant leads to payment, else what the procedure delivers of the item's forms."""
    computed = queries.basis_of(row).form
    if chosen.next == "pay":
        return "cash"
    if chosen.next == "deliver" and computed == "cash":
        return form_delivered(pack().item(row.item).forms)
    return computed


def _amount(row: Case, amount: int | None, form: str) -> int:
    """What is granted each time, in fen. A service or a thing may have no amount: then nothing is paid for it."""
    computed = queries.basis_of(row).amount
    wanted = computed if amount is None else amount
    if wanted is None and form != "cash":
        return 0
    if wanted is None:
        raise CannotBecause(
            "cases.amount_missing",
            sentence(
                "系统未能计算金额，请填写核定金额和需要额，并写明理由",
                "No amount could be computed: enter the amount and the need, with the reason",
            ),
        )
    return wanted


def _award(row: Case, grant: Grant, said: Said, form: str, *, actor: Post, moment: datetime) -> Award:
    basis = queries.basis_of(row)
    reasons = _require_reasons(basis, grant, said, form)
    chain = _chain(row, basis, grant)
    coordination.require_closed(chain)
    bills = bills_of(basis, chain)
    _refuse_twice(bills)
    first, last = rules.months_of(basis.frequency, day_of(moment))
    _end_earlier(row, first)
    award = Award.objects.create(
        case=row,
        household_id=row.household_id,
        item=row.item,
        need=chain[0].amount,
        amount=coordination.covered_by(chain, *coordination.AID),
        form=form,
        frequency=basis.frequency,
        first_month=first,
        last_month=last,
        decided_on=day_of(moment),
        decided_by=actor.code,
        snapshot_id=row.snapshot_id,
        pack_version=pack().version,
        rules_version=basis.rules_version,
        evidence_digest=evidence_digest(situation(row.snapshot_id)),
        basis_digest=basis.digest,
        computed_amount=basis.amount,
        reasons=[{"zh": one, "en": one} for one in reasons],
    )
    write_chain(ChainLine, chain, award=award)
    write_bills(award, bills)
    plan_recheck(award, ground="decision", actor=actor, moment=moment)
    record(
        act="cases.award",
        detail={"amount": award.amount, "computed": basis.amount, "frequency": award.frequency},
        **about(row),
    )
    return award


def _require_reasons(basis: rules.Basis, grant: Grant, said: Said, form: str) -> list[str]:
    """The reasons that are any; refused without one where the grant departs from what was computed."""
    nothing_to_count = form != "cash" and basis.amount is None and grant.amount == 0
    departs = (grant.amount != basis.amount and not nothing_to_count) or basis.entitled != "yes"
    reasons = [one.strip() for one in said.reasons if len(one.strip()) >= 4]
    if departs and not reasons:
        raise CannotBecause(
            "cases.departure_without_reason",
            sentence(
                "批准金额与系统计算不一致，或条件未全部符合，须写明理由（至少4个字）",
                "The amount is not the computed one, or not every condition is met: say why (at least 4 characters)",
            ),
        )
    return reasons


def _end_earlier(row: Case, first: date) -> None:
    """A new award after a re-check takes the place of the one before: nothing is paid twice for a month."""
    Award.objects.filter(case=row, last_month=None).update(last_month=add_months(first, -1))


def _chain(row: Case, basis: rules.Basis, grant: Grant) -> tuple[coordination.ChainLine, ...]:
    kind: ChainKind = "charity" if row.programme == "CS" else "government"
    because = sentence("由审批人核定", "Set by the decider")
    if not basis.chain and basis.bills:
        # Nothing computed, but the bills are known: what a person sets is laid on them, so that no fen is given twice.
        return rules.with_amount(whole_of(basis.bills, ()), grant.amount, kind=kind, because=because)
    if not basis.chain:
        return rules.by_hand(
            grant.need if grant.need is not None else grant.amount,
            grant.amount,
            kind=kind,
            day=row.opened_on,
            because=because,
        )
    if grant.amount == basis.amount:
        return basis.chain
    return rules.with_amount(basis.chain, grant.amount, kind=kind, because=because)


def bills_of(basis: rules.Basis, chain: Sequence[coordination.ChainLine]) -> tuple[BillChain, ...]:
    """The bills of an award, with its aid as decided; none where the award is not for bills."""
    if not basis.bills or chain[0].amount != sum(one.chain[0].amount for one in basis.bills):
        return ()
    decided = coordination.covered_by(chain, *coordination.AID)
    return basis.bills if decided == basis.amount else spread(basis.bills, chain)


def _refuse_twice(bills: Sequence[BillChain]) -> None:
    """Say before the database has to refuse it that a bill is borne already by others."""
    for one in bills:
        total, insured, aid = queries.borne_of_bill(one.bill)
        insured = max(insured, one.borne(*INSURANCE))
        own = one.borne(*coordination.AID)
        if own and insured + aid + own > one.chain[0].amount:
            raise CannotBecause(
                "cases.bill_borne_already",
                sentence(
                    "{d}的医疗票据（{t}元）已由保险承担{i}元、其他救助承担{a}元，不能再给{o}元：同一分钱不重复救助",
                    "Of the bill of {d} ({t} yuan) insurance bears {i} and other aid {a} yuan already: {o} yuan more would be twice",
                    d=one.chain[0].first or "—",
                    t=yuan_text(total or one.chain[0].amount),
                    i=yuan_text(insured),
                    a=yuan_text(aid),
                    o=yuan_text(own),
                ),
                sentence(
                    "请将案件改以最新快照为依据重新计算，或先登记后到账的保险理赔",
                    "Let the case rest on the newest evidence, or record the late insurance payment first",
                ),
            )
