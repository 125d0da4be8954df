"""Worked examples of coordination that an officer writes as YAML: bills, programmes in their order, and what each bears.

Amounts are in yuan, ratios plain (0.8). The chains that are expected stand in the order of the bills' days.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.parts import Number, Part, Words
from jishiyu.law.rules.yaml_lines import read_page
from jishiyu.programmes.rules.bills import Begun, BillChain, Scheme, cover_bills
from jishiyu.programmes.rules.coordination import ChainKind, ChainLine, Cover, covered_by, require_closed
from jishiyu.programmes.rules.recovery import REFUNDED_FIRST, Fund, recompute_after
from jishiyu.programmes.rules.worked_examples import Difference
from jishiyu.registry.rules.situation import MedicalBill

FOLDER = "coordination"


class ABill(Part):
    """A bill: whose, of which day, its total, what is in scope (all, if not written), and what each insurance paid."""

    of: str = "甲"
    on: date
    total: Number
    in_scope: Number | None = None
    basic: Number = Decimal(0)
    critical: Number = Decimal(0)
    supplementary: Number = Decimal(0)
    commercial: Number = Decimal(0)


class AProgramme(Part):
    """A programme that bears a part. ``used``: of the year's cap already, ``counted``: towards its deductible already."""

    item: str
    by: Literal["supplementary_insurance", "government", "charity"] = "government"
    ratio: Number = Decimal(1)
    deductible: Number = Decimal(0)
    cap: Number | None = None
    per: Literal["person", "household"] = "person"
    in_scope: bool = True
    limit: Number | None = None
    people: tuple[str, ...] | None = None
    used: dict[str, Number] = {}
    counted: dict[str, Number] = {}


class ALatePayment(Part):
    """Insurance that paid after the aid: on which bill (1 is the first), by which kind; and what then must come out.

    ``paid``: what each fund paid until then (all that it gave, if not written).
    """

    bill: int = Field(default=1, ge=1)
    kind: ChainKind
    amount: Number
    paid: dict[Fund, Number] | None = None
    refunded_first: tuple[Fund, ...] = REFUNDED_FIRST
    chain: dict[ChainKind, Number]
    recover: dict[Fund, Number]


class CoordinationExample(Part):
    """One example: bills, programmes, the chains that must come out, and perhaps a late payment."""

    name: Words
    source: str
    bills: tuple[ABill, ...] = Field(min_length=1)
    programmes: tuple[AProgramme, ...] = ()
    chains: tuple[dict[ChainKind, Number], ...]
    late: ALatePayment | None = None


class CoordinationPage(Part):
    """One file of ``examples/coordination/``."""

    topic: Words
    examples: tuple[CoordinationExample, ...] = Field(min_length=1)


def coordination_examples(folder: Path) -> Iterator[tuple[str, CoordinationExample]]:
    """Every example under a pack's ``examples/coordination``, with its file's name. Raises BadPack for a faulty file."""
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        page = CoordinationPage.model_validate(read_page(folder / FOLDER, path.name).data)
        yield from ((path.name, example) for example in page.examples)


def coordination_differences(example: CoordinationExample) -> list[Difference]:
    """Everything in which the rules disagree with the example, and every chain that is not closed."""
    bills = [_bill(place, one) for place, one in enumerate(example.bills)]
    schemes = [_scheme(one, example.bills) for one in example.programmes]
    found = cover_bills(bills, schemes)
    for one in found:
        require_closed(one.chain)
    if len(found) != len(example.chains):
        return [Difference("bills", str(len(example.chains)), str(len(found)))]
    differences: list[Difference] = []
    for place, (wanted, got) in enumerate(zip(example.chains, found, strict=True), 1):
        differences += _compare(f"bill {place}", wanted, got.chain)
    if example.late is not None:
        differences += _late(example.late, bills, schemes, found)
    return differences


def _late(
    late: ALatePayment, bills: Sequence[MedicalBill], schemes: Sequence[Scheme], found: Sequence[BillChain]
) -> list[Difference]:
    before, extra = found[late.bill - 1], _fen(late.amount)
    told = Cover(late.kind, extra)
    would = {one.bill: one for one in cover_bills(bills, schemes, earlier={before.bill: [told]})}
    funds: tuple[Fund, ...] = ("government", "charity")
    after: dict[ChainKind, int] = {fund: covered_by(would[before.bill].chain, fund) for fund in funds}
    gave: dict[str, int] = {fund: covered_by(before.chain, fund) for fund in funds}
    paid = gave
    if late.paid is not None:
        paid = {str(fund): _fen(late.paid.get(fund, Decimal(0))) for fund in funds}
    result = recompute_after(
        before.chain,
        late.kind,
        extra,
        would=after,
        paid=paid,
        refunded_first=late.refunded_first,
    )
    require_closed(result.chain)
    differences = _compare("after the late payment", late.chain, result.chain)
    recover = {one.fund: one.recover for one in result.owed}
    for fund in funds:
        wanted = _fen(late.recover.get(fund, Decimal(0)))
        if wanted != recover[fund]:
            differences.append(Difference(f"recover {fund}", yuan_text(wanted), yuan_text(recover[fund])))
    return differences


def _compare(what: str, wanted: dict[ChainKind, Number], chain: Sequence[ChainLine]) -> list[Difference]:
    return [
        Difference(f"{what}, {kind}", str(amount), yuan_text(covered_by(chain, kind)))
        for kind, amount in wanted.items()
        if covered_by(chain, kind) != _fen(amount)
    ]


def _bill(place: int, one: ABill) -> MedicalBill:
    in_scope = one.total if one.in_scope is None else one.in_scope
    return MedicalBill(
        f"{place:03d}", one.of, one.on, _fen(one.total), _fen(in_scope), _fen(one.basic), _fen(one.critical),
        _fen(one.supplementary), _fen(one.commercial),
    )  # fmt: skip


def _scheme(one: AProgramme, bills: Sequence[ABill]) -> Scheme:
    year = max(bill.on.year for bill in bills)
    whose = {"": ""} if one.per == "household" else {bill.of: bill.of for bill in bills}
    begun = {
        (year, person): Begun(
            _fen(one.counted.get(person or "全家", Decimal(0))),
            _fen(one.used.get(person or "全家", Decimal(0))),
        )
        for person in whose
    }
    return Scheme(
        one.item,
        one.by,
        ratio=int(one.ratio * 10_000),
        deductible=_fen(one.deductible),
        cap=None if one.cap is None else _fen(one.cap),
        per=one.per,
        in_scope=one.in_scope,
        limit=None if one.limit is None else _fen(one.limit),
        short=sentence("资金不足", "The money does not suffice"),
        people=None if one.people is None else frozenset(one.people),
        begun=begun,
        citation=one.item,
    )


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)
