"""Several bills of several members, and several programmes for one need: a closed chain for each bill.

Bills are covered in the order of their days. What a programme allows in a year (deductible, cap) is used up from bill to
bill, for each person or for the whole household as the programme says; of two programmes the one listed first has the
first call, and the second sees only what is left. Amounts are fen, ratios basis points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from jishiyu.foundations.canonical import digest
from jishiyu.foundations.money import share, yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.programmes.rules.coordination import AID, ORDER, ChainKind, ChainLine, Cover, coordinate
from jishiyu.registry.rules.situation import MedicalBill

Subject = tuple[int, str]  # a year, and a person's id or "" for the whole household
LABEL = sentence("医疗费用", "Medical bill")
ORDER_649 = "《社会救助暂行办法》（国务院令第649号）第二十九条"


@dataclass(frozen=True, slots=True)
class Begun:
    """What was counted towards a year's deductible before, and what was given of its cap, in fen."""

    counted: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """A programme that bears a part of bills: ``ratio`` of what exceeds the yearly ``deductible``, at most ``cap`` a year.

    ``per`` says whose year it is; ``in_scope`` that only costs in scope count. ``limit`` is what there is for all bills
    together (a fixed grant; the money that a fund holds), ``short`` the words for when it does not suffice. ``people``
    are those whose bills it speaks of (None: all), ``begun`` what was had before these bills.
    """

    item: str
    kind: ChainKind
    ratio: int = 10_000
    deductible: int = 0
    cap: int | None = None
    per: Literal["person", "household"] = "person"
    in_scope: bool = True
    limit: int | None = None
    short: Sentence | None = None
    people: frozenset[str] | None = None
    begun: Mapping[Subject, Begun] = field(default_factory=dict)
    citation: str = ""
    label: Sentence | None = None


@dataclass(frozen=True, slots=True)
class BillChain:
    """One bill with its closed chain. ``bill`` is the same for the same bill in whatever evidence it stands."""

    bill: str
    person: str
    year: int
    chain: tuple[ChainLine, ...]

    def borne(self, *kinds: ChainKind) -> int:
        """What lines of these kinds bear of it, in fen."""
        return sum(line.amount for line in self.chain if line.kind in kinds)


def bill_keys(bills: Sequence[MedicalBill]) -> dict[str, str]:
    """For each bill's id a key that later evidence gives the same bill: person, day, total; alike ones are counted."""
    seen: dict[tuple[str, str, int], int] = {}
    keys: dict[str, str] = {}
    for one in _in_order(bills):
        alike = (one.person_id, one.settled_on.isoformat(), one.total)
        seen[alike] = seen.get(alike, 0) + 1
        keys[one.bill_id] = digest([*alike, seen[alike]])[:32]
    return keys


def insurance_of(bill: MedicalBill) -> tuple[Cover, ...]:
    """What each insurance paid of a bill, in the law's order."""
    kinds: tuple[tuple[ChainKind, int], ...] = (
        ("basic_insurance", bill.basic_paid),
        ("critical_insurance", bill.critical_paid),
        ("supplementary_insurance", bill.supplementary_paid),
        ("commercial_insurance", bill.commercial_paid),
    )
    day = bill.settled_on
    return tuple(Cover(kind, paid, ORDER_649, first=day, last=day) for kind, paid in kinds)


def cover_bills(
    bills: Iterable[MedicalBill],
    schemes: Sequence[Scheme],
    *,
    earlier: Mapping[str, Sequence[Cover]] | None = None,
) -> tuple[BillChain, ...]:
    """A closed chain for each bill, in the order of the bills' days whatever order they are handed in.

    ``earlier``: what other awards gave for a bill already, by the bill's key. Raises ValueError for a negative amount and
    for a ratio above the whole.
    """
    given = list(bills)
    keys = bill_keys(given)
    years = [_Year(one) for one in sorted(schemes, key=lambda each: ORDER.index(each.kind))]
    return tuple(
        _cover(bill, keys[bill.bill_id], years, (earlier or {}).get(keys[bill.bill_id], ()))
        for bill in _in_order(given)
    )


def _cover(bill: MedicalBill, key: str, years: Sequence["_Year"], earlier: Sequence[Cover]) -> BillChain:
    covers: list[Cover] = [*insurance_of(bill), *earlier]
    for year in years:
        done = coordinate(bill.total, [one for one in covers if _before(one, year.scheme)])
        covers.append(year.take(bill, bill.total - done[-1].amount))
    day = bill.settled_on
    chain = coordinate(bill.total, covers, label=LABEL, citation=ORDER_649, first=day, last=day)
    return BillChain(key, bill.person_id, day.year, chain)


def _before(cover: Cover, scheme: Scheme) -> bool:
    return ORDER.index(cover.kind) <= ORDER.index(scheme.kind)


class _Year:
    """What a programme has left to give, as the bills go by."""

    def __init__(self, scheme: Scheme) -> None:
        if not 0 <= scheme.ratio <= 10_000 or scheme.deductible < 0 or (scheme.limit or 0) < 0:
            raise ValueError(f"no programme bears such a part: {scheme.item}")
        self.scheme, self.left = scheme, scheme.limit
        self.begun = dict(scheme.begun)

    def take(self, bill: MedicalBill, paid: int) -> Cover:
        """What it bears of a bill of which ``paid`` is borne already. The parts of all bills sum to the part of the sum."""
        own = self.scheme
        subject = (bill.settled_on.year, bill.person_id if own.per == "person" else "")
        before = self.begun.get(subject, Begun())
        whole = bill.in_scope if own.in_scope else bill.total
        base = max(0, min(whole, bill.total) - paid)
        if own.people is not None and bill.person_id not in own.people:
            base = 0
        offered = self._of(before.counted + base) - self._of(before.counted)
        amount, note = offered, None
        if own.cap is not None and amount > max(0, own.cap - before.given):
            amount = max(0, own.cap - before.given)
            note = sentence(
                "年度封顶：本年度只余{l}元", "The year's cap leaves {l} yuan", l=yuan_text(amount)
            )
        if self.left is not None and amount > self.left:
            amount, note = self.left, own.short or note
        if self.left is not None:
            self.left -= amount
        self.begun[subject] = replace(before, counted=before.counted + base, given=before.given + amount)
        day = bill.settled_on
        return Cover(own.kind, amount, own.citation, own.label, day, day, note)

    def _of(self, counted: int) -> int:
        return share(max(0, counted - self.scheme.deductible), self.scheme.ratio)


def _in_order(bills: Iterable[MedicalBill]) -> list[MedicalBill]:
    return sorted(bills, key=lambda one: (one.settled_on, one.person_id, one.total, one.bill_id))


def spread(chains: Sequence[BillChain], chain: Sequence[ChainLine]) -> tuple[BillChain, ...]:
    """The same bills with the aid of another chain for all of them, as a person decided it.

    Each line of aid goes to the bills in the order of their days, first up to what the bill's own line had, then up to
    what the bill leaves open. Insurance and what others gave stay. Raises ValueError when the aid does not fit.
    """
    aid = [line for line in chain if line.kind in AID and line.amount]
    parts: list[list[Cover]] = [[] for _ in chains]
    still = [one.chain[0].amount - _fixed(one) for one in chains]
    for line in aid:
        left = line.amount
        bounds = [min(one.borne(line.kind), room) for one, room in zip(chains, still, strict=True)]
        for rounds in (bounds, still):
            for place, bound in enumerate(list(rounds)):
                taken = min(left, bound, still[place])
                if taken:
                    parts[place].append(Cover(line.kind, taken, line.citation, line.label, note=line.note))
                    still[place] -= taken
                    left -= taken
        if left:
            raise ValueError(f"aid of {line.amount} does not fit into the bills: {left} is left over")
    return tuple(_with(one, covers) for one, covers in zip(chains, parts, strict=True))


def _fixed(one: BillChain) -> int:
    return sum(line.amount for line in one.chain[1:-1] if line.kind not in AID)


def _with(one: BillChain, aid: Sequence[Cover]) -> BillChain:
    need = one.chain[0]
    merged: dict[ChainKind, Cover] = {}
    for cover in aid:
        known = merged.get(cover.kind)
        merged[cover.kind] = (
            cover if known is None else replace(cover, offered=_fen(known.offered) + _fen(cover.offered))
        )
    kept = [
        Cover(line.kind, line.amount, line.citation, line.label, line.first, line.last, line.note)
        for line in one.chain[1:-1]
        if line.kind not in AID
    ]
    dated = [replace(cover, first=need.first, last=need.last) for cover in merged.values()]
    chain = coordinate(
        need.amount,
        [*kept, *dated],
        label=need.label,
        citation=need.citation,
        first=need.first,
        last=need.last,
    )
    return replace(one, chain=chain)


def _fen(offered: object) -> int:
    if not isinstance(offered, int):
        raise TypeError("a part that a person decided is an amount")
    return offered
