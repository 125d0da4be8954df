"""What a case rests on: the outcome of each condition and the chain of aid, frozen with the case, and the award made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.coordination import AID, ChainKind, ChainLine, Cover, coordinate, covered_by

Entitled = Literal["yes", "no", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the item: whether it is met (None: not known), why, and by which rule of law."""

    name: Sentence
    met: bool | None
    reason: Sentence
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What another item's award gave of a bill, in fen; ``label`` is its name."""

    item: str
    label: Sentence
    amount: int

    def cover(self) -> Cover:
        """As it stands in a later award's chain."""
        return Cover("other_aid", self.amount, label=self.label)


BESIDE = ("rules_version", "first")  # told beside the basis, and no part of what a replay compares


@dataclass(frozen=True, slots=True)
class Basis:
    """What the rules say about one household and one item on one day. ``chain`` is empty when no amount can be computed;

    ``at_least`` (fen) is what is certain all the same. ``rules_version`` names the text of the rules (empty: not kept then);
    ``told`` is what persons had told in answer to the pack's questions, by key. ``bills`` are the medical bills that it is
    for, each with its chain; ``aid_had`` and ``earlier`` what was had before, as computed with: of a year's cap and on these
    bills, and by other awards on them (by the bill's key); ``first`` says which award has to come first, by those of that day."""

    item: str
    entitled: Entitled
    conditions: tuple[Condition, ...]
    chain: tuple[ChainLine, ...]
    form: str
    frequency: str
    day: date
    pack_version: str
    marks: tuple[Sentence, ...] = ()
    at_least: int | None = None
    rules_version: str = ""
    told: tuple[tuple[str, int | bool], ...] = ()
    bills: tuple[BillChain, ...] = ()
    aid_had: Mapping[str, Any] = field(default_factory=dict)
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    first: tuple[Sentence, ...] = ()

    @property
    def digest(self) -> str:
        """SM3 over what the rules said, 64 hex digits: the same evidence, day and pack give the same, whatever the rules' text."""
        return digest({key: value for key, value in self.as_data().items() if key not in BESIDE})

    @property
    def amount(self) -> int | None:
        """What government and charity would give, in fen; None when no chain could be computed."""
        return covered_by(self.chain, *AID) if self.chain else None

    @property
    def need(self) -> int | None:
        """The need that the chain covers, in fen."""
        return self.chain[0].amount if self.chain else None

    def as_data(self) -> dict[str, Any]:
        """The basis as it is stored with the case. What it does not rest on is not written, so its digest stays as ever."""
        more = {
            "told": dict(self.told),
            "bills": [bill_data(one) for one in self.bills],
            "aid_had": dict(self.aid_had),
            "earlier": {bill: [_earlier_data(one) for one in given] for bill, given in self.earlier.items()},
        }
        return {name: one for name, one in more.items() if one} | {
            "item": self.item,
            "entitled": self.entitled,
            "conditions": [_condition_data(one) for one in self.conditions],
            "chain": [line_data(one) for one in self.chain],
            "form": self.form,
            "frequency": self.frequency,
            "day": self.day.isoformat(),
            "pack_version": self.pack_version,
            "marks": [one.as_data() for one in self.marks],
            "at_least": self.at_least,
            "rules_version": self.rules_version,
            **({"first": [one.as_data() for one in self.first]} if self.first else {}),
        }


def basis_from_data(data: dict[str, Any]) -> Basis:
    """Read back what :meth:`Basis.as_data` wrote."""
    return Basis(
        item=data["item"],
        entitled=data["entitled"],
        conditions=tuple(
            Condition(words_of(one["name"]), one["met"], words_of(one["reason"]), one["citation"])
            for one in data["conditions"]
        ),
        chain=tuple(line_from_data(one) for one in data["chain"]),
        form=data["form"],
        frequency=data["frequency"],
        day=date.fromisoformat(data["day"]),
        pack_version=data["pack_version"],
        marks=tuple(words_of(one) for one in data["marks"]),
        at_least=data.get("at_least"),
        rules_version=data.get("rules_version", ""),
        first=tuple(words_of(one) for one in data.get("first", ())),
        told=tuple(sorted(data.get("told", {}).items())),
        bills=tuple(bill_from_data(one) for one in data.get("bills", ())),
        aid_had=data.get("aid_had", {}),
        earlier={
            bill: tuple(Earlier(one["item"], words_of(one["label"]), one["amount"]) for one in given)
            for bill, given in data.get("earlier", {}).items()
        },
    )


def with_amount(
    chain: Sequence[ChainLine],
    amount: int,
    *,
    kind: ChainKind = "government",
    because: Sentence | None = None,
) -> tuple[ChainLine, ...]:
    """The same chain with another amount of aid, as a person decided; insurance lines stay as they are.

    Less is taken from charity first, so that government aid stays the main part; more goes to the first line of aid (a new one
    of ``kind`` when there is none). Refused when negative or when the parts would exceed the need.
    """
    before = sum(line.amount for line in chain[1:-1] if line.kind not in AID)
    if not chain or amount < 0 or before + amount > chain[0].amount:
        raise CannotBecause(
            "cases.amount_beyond_need",
            sentence(
                "救助金额不能为负，也不能使各项合计超过需要额",
                "The amount cannot be negative, nor make the parts exceed the need",
            ),
        )
    aid = [line for line in chain if line.kind in AID]
    amounts = _spread([line.amount for line in aid], amount)
    covers = [
        Cover(line.kind, line.amount, line.citation, line.label, line.first, line.last, line.note)
        for line in chain[1:-1]
        if line.kind not in AID
    ]
    covers += [
        Cover(line.kind, part, line.citation, line.label, line.first, line.last, because or line.note)
        for line, part in zip(aid, amounts, strict=True)
    ]
    if not aid and amount:
        covers.append(Cover(kind, amount, first=chain[0].first, last=chain[0].last, note=because))
    need = chain[0]
    return coordinate(
        need.amount,
        covers,
        label=need.label,
        citation=need.citation,
        first=need.first,
        last=need.last,
        note=need.note,
    )


def by_hand(
    need: int, amount: int, *, kind: ChainKind, day: date, because: Sentence
) -> tuple[ChainLine, ...]:
    """A chain that a person states where the rules cannot compute one: need, one line of aid, what stays open."""
    return with_amount(coordinate(max(need, 0), (), first=day), amount, kind=kind, because=because)


def months_of(frequency: str, decided: date) -> tuple[date, date | None]:
    """First and last month of payment: a monthly award begins in the month after the decision and runs until re-checked
    (北京市民政局办事指南：批准之日下月起); anything else is due once, from the month of the decision."""
    if frequency == "monthly":
        return add_months(month_start(decided), 1), None
    return month_start(decided), month_start(decided)


def line_data(line: ChainLine) -> dict[str, Any]:
    """One chain line as stored."""
    return {
        "kind": line.kind,
        "label": line.label.as_data(),
        "amount": line.amount,
        "citation": line.citation,
        "first": line.first.isoformat() if line.first else None,
        "last": line.last.isoformat() if line.last else None,
        "note": line.note.as_data() if line.note else None,
    }


def line_from_data(data: dict[str, Any]) -> ChainLine:
    """Read back what :func:`line_data` wrote."""
    return ChainLine(
        kind=data["kind"],
        label=words_of(data["label"]),
        amount=data["amount"],
        citation=data["citation"],
        first=date.fromisoformat(data["first"]) if data["first"] else None,
        last=date.fromisoformat(data["last"]) if data["last"] else None,
        note=words_of(data["note"]) if data["note"] else None,
    )


def bill_data(one: BillChain) -> dict[str, Any]:
    """One bill with its chain, as stored."""
    return {
        "bill": one.bill,
        "person": one.person,
        "year": one.year,
        "chain": [line_data(line) for line in one.chain],
    }


def bill_from_data(data: dict[str, Any]) -> BillChain:
    """Read back what :func:`bill_data` wrote."""
    chain = tuple(line_from_data(line) for line in data["chain"])
    return BillChain(data["bill"], data["person"], data["year"], chain)


def _spread(old: list[int], amount: int) -> list[int]:
    new = list(old)
    surplus = sum(old) - amount
    for place in reversed(range(len(new))):
        cut = min(max(surplus, 0), new[place])
        new[place] -= cut
        surplus -= cut
    if new and surplus < 0:
        new[0] -= surplus
    return new


def _earlier_data(one: Earlier) -> dict[str, Any]:
    return {"item": one.item, "label": one.label.as_data(), "amount": one.amount}


def _condition_data(one: Condition) -> dict[str, Any]:
    return {
        "name": one.name.as_data(),
        "met": one.met,
        "reason": one.reason.as_data(),
        "citation": one.citation,
    }


def words_of(data: Mapping[str, str]) -> Sentence:
    """A stored sentence. It is already filled: braces in it are no places."""
    return Sentence(data.get("zh", ""), data.get("en", ""))
