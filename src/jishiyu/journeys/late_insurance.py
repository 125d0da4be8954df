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
from jishiyu.cases.rules.basis import AID, Basis, Earlier
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds import queries as funds
from jishiyu.law.queries import pack, pack_of
from jishiyu.law.rules.pack import Pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.bills import BillChain, bill_keys
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.coordination import ChainKind, ChainLine, covered_by
from jishiyu.programmes.rules.on_bills import on_bills, whole_of
from jishiyu.programmes.rules.recovery import Owed, Recomputed, as_decided, recompute_after
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
    cases.check_told(award, told, today=moment.date())
    own = case_queries.bills_now(award_id)
    if not own:
        return (_on_need(award, told),)
    if told.bill not in {one.bill for one in own}:
        raise CannotBecause(
            "cases.late_without_bill",
            sentence("请选择理赔所针对的医疗票据", "Choose the bill that the insurer paid on"),
        )
    order = pack().district.coordination
    rows = sorted(
        case_queries.awards_on_bill(told.bill),
        key=lambda row: (
            rank if (rank := order.rank(row.item)) is not None else len(order.bills),
            row.decided_on,
        ),
    )
    changes: list[Change] = []
    for row in rows:
        changes.append(_on_bill(row, told, changes))
    return tuple(changes)


def record_late_payment(award_id: UUID, told: Told, *, actor: Post, moment: datetime) -> tuple[Change, ...]:
    """Record it: the payment, the revised chains (the old ones stay), and the recoveries, which a person then confirms."""
    require(actor, "cases.note_late_insurance")
    changes = foresee_late_payment(award_id, told, actor=actor, moment=moment)
    revised = [
        Revised(one.award.id, one.chain, one.bills, one.recover, rules_version() if one.by_rules else "")
        for one in changes
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


def _on_bill(award: Any, told: Told, above: Sequence[Change]) -> Change:
    """One award on the bill; ``above`` are those that have the first call on it, as they are changed already."""
    bills, before = case_queries.bills_now(award.id), case_queries.chain_now(award.id)
    place = next(number for number, one in enumerate(bills) if one.bill == told.bill)
    own = pack().district.coordination.recoveries
    would = _would(award, told, above, bills[place])
    others = sum(each.borne(*AID) for change in above for each in change.bills if each.bill == told.bill)
    had_others = covered_by(bills[place].chain, "other_aid")
    done: Recomputed = recompute_after(
        bills[place].chain,
        told.kind,
        told.amount,
        would=would,
        others=min(others, had_others) if above else None,
        refunded_first=own.refunded_first,
        citation=own.citation,
    )
    after = tuple(
        replace(one, chain=done.chain) if number == place else one for number, one in enumerate(bills)
    )
    chain = whole_of(after, before)
    paid = _paid(award.id)
    owed = tuple(
        Owed(one.fund, one.less, paid.get(one.fund, 0), max(0, min(one.less, paid.get(one.fund, 0) - covered_by(chain, one.fund))))
        for one in done.owed
    )  # fmt: skip
    return Change(award, before, chain, after, owed, would is not None)


def _paid(award_id: UUID) -> dict[str, int]:
    """What each fund paid, less what is claimed back already."""
    claimed = case_queries.claimed(award_id)
    return {fund: paid - claimed.get(fund, 0) for fund, paid in funds.paid_by_fund(award_id).items()}


def _would(award: Any, told: Told, above: Sequence[Change], now: BillChain) -> Mapping[ChainKind, int] | None:
    """What the rules would have let each fund give of the bill; None where they cannot say."""
    basis = case_queries.basis_of(award.case)
    binding = _pack_of(basis)
    computed = next((one for one in basis.bills if one.bill == told.bill), None)
    if binding is None or computed is None or basis.amount is None or basis.digest != award.basis_digest:
        return None
    facts = registry.situation(award.snapshot_id)
    keys = bill_keys(facts.bills)
    # All that insurance is known to have paid late on this bill, the present payment included.
    late = {kind: now.borne(kind) - computed.borne(kind) for kind in _FIELDS}
    late[told.kind] = late.get(told.kind, 0) + told.amount
    bills = tuple(_paid_late(one, late) if keys[one.bill_id] == told.bill else one for one in facts.bills)
    facts = replace(facts, bills=bills)
    had, earlier = _had_now(basis, told.bill, above)
    answers = entitlements_of(facts, basis.day, binding, used=had, told=dict(basis.told))
    one = next((each for each in answers if each.item == award.item), None)
    if one is None:
        return None
    covers = {bill: [each.cover() for each in given] for bill, given in earlier.items()}
    _, laid = on_bills(one, facts, covers, binding.district.coordination)
    found = next((each for each in laid if each.bill == told.bill), None)
    if found is None:  # not eligible any more: the insurance leaves no burden, or one below the floor
        found_aid = dict.fromkeys(AID, 0)
        return found_aid if one.outcome == "not_eligible" else None
    decided = next(one for one in case_queries.bills_decided(award.id) if one.bill == told.bill)
    return {fund: as_decided(decided.borne(fund), computed.borne(fund), found.borne(fund)) for fund in AID}


def _paid_late(bill: MedicalBill, late: Mapping[ChainKind, int]) -> MedicalBill:
    room = bill.total - bill.basic_paid - bill.critical_paid - bill.supplementary_paid - bill.commercial_paid
    paid: dict[str, int] = {}
    for kind, amount in late.items():
        more = min(max(0, amount), room)
        paid[_FIELDS[kind]] = getattr(bill, _FIELDS[kind]) + more
        room -= more
    return replace(bill, **paid)  # type: ignore[arg-type]


def _had_now(
    basis: Basis, bill: str, above: Sequence[Change]
) -> tuple[AidHad, dict[str, tuple[Earlier, ...]]]:
    """What was had before, with the awards that have the first call as they are changed now."""
    now = {change.award.item: next(one for one in change.bills if one.bill == bill) for change in above}
    people = {name: dict(own) for name, own in basis.aid_had.get("people", {}).items()}
    household = dict(basis.aid_had.get("household", {}))
    earlier = dict(basis.earlier)
    known = {one.item: one for one in earlier.get(bill, ())}
    for item, one in now.items():
        aid, before = one.borne(*AID), known[item].amount if item in known else 0
        counted = COUNTED.get(item)
        if counted is not None and counted.given and item in known:
            if counted.per == "person":
                own = people.setdefault(counted.given, {})
                own[one.person] = max(0, own.get(one.person, 0) + aid - before)
            else:
                household[counted.given] = max(0, household.get(counted.given, 0) + aid - before)
        if item in known:
            known[item] = replace(known[item], amount=aid)
    if known:
        earlier[bill] = tuple(known.values())
    return AidHad(people, household), earlier


def _pack_of(basis: Basis) -> Pack | None:
    try:
        return pack_of(basis.pack_version)
    except CannotBecause:
        return None
