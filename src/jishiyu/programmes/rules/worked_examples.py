"""Worked examples that an officer writes as YAML: a household, a day, and what must come out, checked against the rules.

Amounts are in yuan. Of a household only what differs from the plain one is written: nothing wrong, nothing owned but one
home, no income. ``monthly`` incomes are taken twelve times. A fact written ``null`` is not known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import Field

from jishiyu.assessment.rules.explanation import assess
from jishiyu.assessment.rules.score import model_of
from jishiyu.foundations.money import yuan_text
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parts import Number, Part, Words
from jishiyu.law.rules.yaml_lines import read_page
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.entitlement import Entitlement, Outcome
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

_MEMBER: dict[str, Any] = {
    "sex": 1, "marital": "married", "local_hukou": True, "employment": "not_working", "work_capacity": "full",
    "schooling": "none", "medical_insurance": "resident", "wage_income": 0, "business_income": 0, "property_income": 0,
    "transfer_income": 0, "excluded_income": 0, "illness": "none", "disability_category": 0, "disability_grade": 0,
    "daily_activities_lost": 0, "medical_self_paid": 0, "education_cost": 0, "rehabilitation_cost": 0,
}  # fmt: skip
_HOUSEHOLD: dict[str, Any] = {
    "tenure": "owned", "homes_owned": 1, "usable_area_dm2": 9_000, "unsafe_housing": False, "monthly_rent": 0,
    "vehicles": 0, "liquid_assets": 0, "debt": 0, "support": "able", "event": "none", "event_on": None,
}  # fmt: skip
_YUAN = frozenset({
    "wage_income", "business_income", "property_income", "transfer_income", "excluded_income", "medical_self_paid",
    "education_cost", "rehabilitation_cost", "monthly_rent", "liquid_assets", "debt",
})  # fmt: skip


class Bill(Part):
    """A medical bill of the member: what it cost, what is in scope, and what each insurance paid."""

    total: Number
    in_scope: Number
    basic: Number = Decimal(0)
    critical: Number = Decimal(0)
    supplementary: Number = Decimal(0)
    commercial: Number = Decimal(0)


class Member(Part):
    """A member: relation code, age in full years on the day (or day of birth), and what differs from the plain."""

    relation: str
    age: int | None = None
    born: date | None = None
    monthly: dict[str, Number] = {}
    yearly: dict[str, Number] = {}
    facts: dict[str, Any] = {}
    identities: tuple[str, ...] = ()
    bills: tuple[Bill, ...] = ()
    aid_used: Number = Decimal(0)
    aid_had: dict[str, Number] = {}


class Expected(Part):
    """What must come out for one item. Only what is written is compared."""

    outcome: str
    amount: Number | None = None
    at_least: Number | None = None
    conditions: dict[str, str] = {}
    chain: dict[str, Number] = {}


class ExpectedScore(Part):
    """What must come out as the score: points of 100, band, and points of single indicators."""

    score: Number | None = None
    band: str | None = None
    indicators: dict[str, Number] = {}
    unknown: tuple[str, ...] = ()


class Example(Part):
    """One worked example. ``values`` are intermediate values by the name of their rule (yuan, or plain numbers).

    ``told``: what a person answered to the pack's questions, by their keys: true or false, or yuan. ``aid_had``: aid had
    already by the household, and of each member, by the names in ``programmes/rules/used_aid.py``, in yuan. ``outcomes``: more
    items by their outcome alone, as ``{eligible: [ZK08, ZX01]}``.
    """

    name: Words
    source: str
    day: date
    household: dict[str, Any] = {}
    members: tuple[Member, ...] = Field(min_length=1)
    told: dict[str, bool | Number] = {}
    aid_had: dict[str, Number] = {}
    expect: dict[str, Expected] = {}
    outcomes: dict[Outcome, tuple[str, ...]] = {}
    values: dict[str, Number] = {}
    score: ExpectedScore | None = None


class ExamplePage(Part):
    """One file of ``examples/``."""

    topic: Words
    examples: tuple[Example, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the rules and an example disagree."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, found {self.found}"


def examples_in(folder: Path) -> Iterator[tuple[str, Example]]:
    """Every example of a pack's ``examples/`` folder, with the name of its file. Raises BadPack for a faulty file."""
    for path in sorted(folder.glob("*.yaml")):
        page = ExamplePage.model_validate(read_page(folder, path.name).data)
        yield from ((path.name, example) for example in page.examples)


def situation_in(example: Example) -> HouseholdSituation:
    """The household of an example as rules read it."""
    members = tuple(_member(one, place, example.day) for place, one in enumerate(example.members))
    bills = tuple(
        MedicalBill(
            f"{place}.{number}", str(place), example.day, _fen(bill.total), _fen(bill.in_scope), _fen(bill.basic),
            _fen(bill.critical), _fen(bill.supplementary), _fen(bill.commercial),
        )
        for place, one in enumerate(example.members)
        for number, bill in enumerate(one.bills)
    )  # fmt: skip
    facts = _HOUSEHOLD | {name: _fact(name, value) for name, value in example.household.items()}
    return HouseholdSituation("example", "110102001", example.day, members, bills=bills, **facts)


def _member(one: Member, place: int, day: date) -> MemberSituation:
    born = one.born or date(day.year - (one.age or 0), 1, 1)
    facts = _MEMBER | {name: _fact(name, value) for name, value in one.facts.items()}
    facts |= {f"{name}_income": _fen(value) * 12 for name, value in one.monthly.items()}
    facts |= {f"{name}_income": _fen(value) for name, value in one.yearly.items()}
    return MemberSituation(str(place), one.relation, born, identities=frozenset(one.identities), **facts)


def _fact(name: str, value: Any) -> Any:
    if name in _YUAN and value is not None:
        return _fen(Decimal(value))
    return value


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)


def answers_in(example: Example, pack: Pack) -> list[Entitlement]:
    """What the rules say of an example's household on its day."""
    told = {key: one if isinstance(one, bool) else _fen(one) for key, one in example.told.items()}
    return entitlements_of(situation_in(example), example.day, pack, used=_aid_had(example), told=told)


def differences(example: Example, pack: Pack) -> list[Difference]:
    """Everything in which the rules disagree with the example; empty when they agree."""
    answers = {one.item: one for one in answers_in(example, pack)}
    found: list[Difference] = []
    for item, expected in example.expect.items():
        found += _compare(item, expected, answers[item])
    for outcome, items in example.outcomes.items():
        found += [
            Difference(f"{item} outcome", outcome, answers[item].outcome)
            for item in items
            if answers[item].outcome != outcome
        ]
    steps = {step.name: step for one in answers.values() for step in one.steps}
    for name, number in example.values.items():
        step = steps.get(name)
        value = step.value[0] if step else None
        scaled = _fen(number) if step and step.unit == "fen" else int(number)
        if value != scaled:
            found.append(
                Difference(name, str(number), "not computed" if value is None else _shown(value, step))
            )
    return found + _compare_score(example, situation_in(example), pack)


def _aid_had(example: Example) -> AidHad:
    people: dict[str, dict[str, int]] = {}
    for place, one in enumerate(example.members):
        for name, amount in ({"medical_aid_used": one.aid_used} | one.aid_had).items():
            people.setdefault(name, {})[str(place)] = _fen(amount)
    return AidHad(people, {name: _fen(amount) for name, amount in example.aid_had.items()})


def _shown(value: int, step: Any) -> str:
    return yuan_text(value) if step.unit == "fen" else str(value)


def _compare(item: str, expected: Expected, found: Entitlement) -> list[Difference]:
    conditions = {one.code: one.outcome for one in found.conditions}
    chain: dict[str, int] = {}
    for line in found.chain:
        chain[line.kind] = chain.get(line.kind, 0) + line.amount
    pairs: list[tuple[str, Any, Any]] = [("outcome", expected.outcome, found.outcome)]
    pairs.append(("amount", None if expected.amount is None else _fen(expected.amount), found.amount))
    if expected.at_least is not None:
        pairs.append(("at least", _fen(expected.at_least), found.at_least))
    pairs += [(code, outcome, conditions.get(code)) for code, outcome in expected.conditions.items()]
    pairs += [(f"chain {kind}", _fen(amount), chain.get(kind, 0)) for kind, amount in expected.chain.items()]
    return [Difference(f"{item} {what}", str(want), str(got)) for what, want, got in pairs if want != got]


def _compare_score(example: Example, situation: HouseholdSituation, pack: Pack) -> list[Difference]:
    if example.score is None:
        return []
    expected, result = example.score, assess(situation, example.day, pack, model_of(pack.indicators))
    points: Mapping[str, int] = {one.key: one.points for one in result.indicators}
    unknown: Sequence[str] = [one.key for one in result.indicators if not one.known]
    pairs: list[tuple[str, Any, Any]] = []
    if expected.score is not None:
        pairs.append(("score", _fen(expected.score), result.score))
    if expected.band is not None:
        pairs.append(("band", expected.band, result.band.key))
    pairs += [
        (f"points of {key}", _fen(value), points.get(key)) for key, value in expected.indicators.items()
    ]
    pairs.append(("unknown indicators", sorted(expected.unknown), sorted(unknown)))
    return [Difference(what, str(want), str(got)) for what, want, got in pairs if want != got]
