"""An insurer pays after aid was given: every award on the bill is computed again, and what has to come back is proposed.

The rules compute what they would have given had the payment been known, on the evidence, the day, and the pack of the
decision; where they computed nothing (an amount set by hand, a pack that is not kept), aid is cut to what is still open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import Revised, Told
from jishiyu.cases.rules.basis import Basis, Earlier
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds import queries as funds
from jishiyu.law.queries import pack, pack_of
from jishiyu.law.rules.pack import Pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.bills import BillChain, bill_keys, spread
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.coordination import AID, ChainKind, ChainLine, Cover, coordinate, covered_by
from jishiyu.programmes.rules.on_bills import on_bills, whole_of
from jishiyu.programmes.rules.recovery import INSURANCE, PAID_LATE, Fund, Owed, as_decided, recompute_after
from jishiyu.programmes.rules.used_aid import COUNTED, AidHad
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry import queries as registry
from jishiyu.registry.rules.situation import MedicalBill

_FIELDS: dict[ChainKind, str] = {
    "basic_insurance": "basic_paid",
    "critical_insurance": "critical_paid",
    "supplementary_insurance": "supplementary_paid",
    "commercial_insurance": "commercial_paid",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One award as a late payment changes it: the chain before and after, and what is owed back. ``by_rules``: computed."""

    award: Any
    before: tuple[ChainLine, ...]
    chain: tuple[ChainLine, ...]
    bills: tuple[BillChain, ...]
    owed: tuple[Owed, ...]
    by_rules: bool

    @property
    def recover(self) -> dict[str, int]:
        """What has to come back, by fund, in fen."""
        return {one.fund: one.recover for one in self.owed if one.recover}


def foresee_late_payment(award_id: UUID, told: Told, *, actor: Post, moment: datetime) -> tuple[Change, ...]:
    """What a late payment would change, for looking at before it is recorded. Nothing is kept."""
    require(actor, "cases.note_late_insurance")
    award = case_queries.award(award_id, actor)
    cases.check_told(award, told, today=day_of(moment))
    own = case_queries.bills_now(award_id)
    if not own:
        return (_on_need(award, told),)
    if told.bill not in {one.bill for one in own}:
        raise CannotBecause(
            "cases.late_without_bill",
            sentence("请选择理赔所针对的医疗票据", "Choose the bill that the insurer paid on"),
        )
    room = next(one.chain[0].amount - one.borne(*INSURANCE) for one in own if one.bill == told.bill)
    if room <= 0:
        raise CannotBecause(
            "cases.bill_wholly_insured",
            sentence("这张票据已由保险全部承担", "Insurance bears the whole of this bill already"),
        )
    paid_on_it = replace(told, amount=min(told.amount, room))
    order = pack().district.coordination
    rows = sorted(
        _touched(told.bill),
        key=lambda row: (
            rank if (rank := order.rank(row.item)) is not None else len(order.bills),
            row.decided_on,
        ),
    )
    changes: list[Change] = []
    for row in rows:
        changes.append(_on_bills(row, paid_on_it, changes))
    return tuple(changes)


def _touched(bill: str) -> list[Any]:
    """The awards on a bill, and those on the other bills of these: a year's cap may move between them."""
    first = case_queries.awards_on_bills([bill])
    return case_queries.awards_on_bills({one.bill for row in first for one in case_queries.bills_now(row.id)})


def record_late_payment(award_id: UUID, told: Told, *, actor: Post, moment: datetime) -> tuple[Change, ...]:
    """Record it: the payment, the revised chains (the old ones stay), and the recoveries, which a person then confirms."""
    require(actor, "cases.note_late_insurance")
    # A person who moved has one bill in the awards of two households.
    own = case_queries.award(award_id, actor).household_id
    cases.hold_aid_of([own, *(row.household_id for row in _touched(told.bill))])
    changes = foresee_late_payment(award_id, told, actor=actor, moment=moment)
    revised = [
        Revised(one.award.id, one.chain, one.bills, one.recover, rules_version() if one.by_rules else "")
        for one in changes
        if one.chain != one.before or one.award.id == award_id
    ]
    cases.note_late_payment(award_id, told, revised, actor=actor, moment=moment)
    return changes


def _on_need(award: Any, told: Told) -> Change:
    """An award that is for no bill: its one chain, cut to what is still open."""
    before = case_queries.chain_now(award.id)
    own = pack().district.coordination.recoveries
    done = recompute_after(
        before,
        told.kind,
        told.amount,
        paid=_paid(award.id),
        refunded_first=own.refunded_first,
        citation=own.citation,
    )
    return Change(award, before, done.chain, (), done.owed, False)


def _on_bills(award: Any, told: Told, above: Sequence[Change]) -> Change:
    """One award on the bills; ``above`` are those that have the first call on them, as they are changed already.

    Aid is recomputed for all bills together, since a year's cap that one bill leaves is the next one's; it is then laid on
    the bills as the rules would, or where it lay.
    """
    bills, before = case_queries.bills_now(award.id), case_queries.chain_now(award.id)
    own = pack().district.coordination.recoveries
    here = any(one.bill == told.bill for one in bills)
    would, laid = _would(award, told, above, bills)
    bare = tuple(_insured(one, told, above, laid.get(one.bill)) for one in bills)
    paid = _paid(award.id)
    if here:
        done = recompute_after(
            before, told.kind, told.amount, would=would, others=sum(one.borne("other_aid") for one in bare),
            paid=paid, refunded_first=own.refunded_first, citation=own.citation,
        )  # fmt: skip
        aid, owed = [line for line in done.chain if line.kind in AID], done.owed
    else:
        aid, owed = _still_fitting(before, bare, paid, own.refunded_first)
    after = spread(bare, aid)
    return Change(award, before, whole_of(after, before), after, owed, would is not None)


def _still_fitting(
    before: Sequence[ChainLine], bare: Sequence[BillChain], paid: Mapping[str, int], order: Sequence[Fund]
) -> tuple[list[ChainLine], tuple[Owed, ...]]:
    """The aid of an award on the other bills, which others may give more of now: cut to what they leave."""
    had = {fund: covered_by(before, fund) for fund in order}
    over = sum(had.values()) - sum(one.chain[-1].amount + one.borne(*AID) for one in bare)
    owed: list[Owed] = []
    for fund in order:
        less = max(0, min(over, had[fund]))
        over -= less
        so_far = paid.get(fund, 0)
        owed.append(Owed(fund, less, so_far, max(0, min(less, so_far - (had[fund] - less)))))
        had[fund] -= less
    first = {line.kind: line for line in reversed(before)}
    return [replace(first[fund], amount=amount) for fund, amount in had.items() if amount], tuple(owed)


def _insured(one: BillChain, told: Told, above: Sequence[Change], like: BillChain | None) -> BillChain:
    """A bill with the late payment and with what the awards above give of it now; its own aid as the rules would lay it."""
    need, others = one.chain[0], _others(one.bill, above)
    covers: list[Cover] = []
    left = one.borne("other_aid") if others is None else others
    for line in one.chain[1:-1]:
        if line.kind in AID:
            continue
        amount = line.amount
        if line.kind == "other_aid":
            amount = min(amount, left) if others is None else left
            left -= amount
        covers.append(Cover(line.kind, amount, line.citation, line.label, line.first, line.last, line.note))
    if one.bill == told.bill:
        covers.append(Cover(told.kind, told.amount, first=told.paid_on, last=told.paid_on, note=PAID_LATE))
    covers += [
        Cover(line.kind, line.amount, line.citation, line.label, line.first, line.last, line.note)
        for line in (like or one).chain[1:-1]
        if line.kind in AID
    ]
    chain = coordinate(
        need.amount, covers, label=need.label, citation=need.citation, first=need.first, last=need.last
    )
    return replace(one, chain=chain)


def _others(bill: str, above: Sequence[Change]) -> int | None:
    """What the awards above give of a bill now; None where none of them is on it."""
    found = [one for change in above for one in change.bills if one.bill == bill]
    return sum(one.borne(*AID) for one in found) if found else None


def _paid(award_id: UUID) -> dict[str, int]:
    """What each fund paid, less what is claimed back already."""
    claimed = case_queries.claimed(award_id)
    return {fund: paid - claimed.get(fund, 0) for fund, paid in funds.paid_by_fund(award_id).items()}


def _would(
    award: Any, told: Told, above: Sequence[Change], now: Sequence[BillChain]
) -> tuple[Mapping[ChainKind, int] | None, dict[str, BillChain]]:
    """What the rules would have let each fund give, and how they lay it on the bills; None where they cannot say."""
    basis = case_queries.basis_of(award.case)
    binding = _pack_of(basis)
    if binding is None or not basis.chain or not basis.bills or basis.digest != award.basis_digest:
        return None, {}
    if any(len({one.item for one in given}) < len(given) for given in basis.earlier.values()):
        return None, {}  # two awards of one item on a bill: which of them fell cannot be told apart
    facts, computed = registry.situation(award.snapshot_id), {one.bill: one for one in basis.bills}
    keys, late = bill_keys(facts.bills), {one.bill: one for one in now}
    bills = tuple(
        _paid_late(one, told if key == told.bill else None, late.get(key), computed.get(key))
        for one in facts.bills
        for key in (keys[one.bill_id],)
    )
    facts = replace(facts, bills=bills)
    had, earlier = _had_now(basis, above)
    answers = entitlements_of(facts, basis.day, binding, used=had, told=dict(basis.told))
    one = next((each for each in answers if each.item == award.item), None)
    if one is None or one.outcome == "cannot_compute":
        return None, {}
    covers = {bill: [each.cover() for each in given] for bill, given in earlier.items()}
    _, laid = on_bills(one, facts, covers, binding.district.coordination)
    decided = case_queries.chain_of(award.id)
    would = {
        fund: as_decided(
            sum(line.amount for line in decided if line.kind == fund),
            covered_by(basis.chain, fund),
            sum(each.borne(fund) for each in laid),
        )
        for fund in AID
    }
    return would, {each.bill: each for each in laid}


def _paid_late(
    bill: MedicalBill, told: Told | None, now: BillChain | None, computed: BillChain | None
) -> MedicalBill:
    """A bill of the evidence with all that insurance is known to have paid late, the present payment included."""
    room = bill.total - bill.basic_paid - bill.critical_paid - bill.supplementary_paid - bill.commercial_paid
    paid: dict[str, int] = {}
    for kind, name in _FIELDS.items():
        late = now.borne(kind) - computed.borne(kind) if now and computed else 0
        more = min(max(0, late) + (told.amount if told and told.kind == kind else 0), room)
        paid[name] = getattr(bill, name) + more
        room -= more
    return replace(bill, **paid)  # type: ignore[arg-type]


def _had_now(basis: Basis, above: Sequence[Change]) -> tuple[AidHad, dict[str, tuple[Earlier, ...]]]:
    """What was had before, with the awards that have the first call as they are changed now."""
    people = {name: dict(own) for name, own in basis.aid_had.get("people", {}).items()}
    household = dict(basis.aid_had.get("household", {}))
    now = {(change.award.item, one.bill): one for change in above for one in change.bills}
    earlier: dict[str, tuple[Earlier, ...]] = {}
    for bill, given in basis.earlier.items():
        changed: list[Earlier] = []
        for one in given:
            stands = now.get((one.item, bill))
            amount = one.amount if stands is None else stands.borne(*AID)
            changed.append(replace(one, amount=amount))
            counted = COUNTED.get(one.item)
            if stands is None or counted is None or not counted.given:
                continue
            own = people.setdefault(counted.given, {}) if counted.per == "person" else household
            key = stands.person if counted.per == "person" else counted.given
            own[key] = max(0, own.get(key, 0) + amount - one.amount)
        earlier[bill] = tuple(changed)
    return AidHad(people, household), earlier


def _pack_of(basis: Basis) -> Pack | None:
    try:
        return pack_of(basis.pack_version)
    except CannotBecause:
        return None
