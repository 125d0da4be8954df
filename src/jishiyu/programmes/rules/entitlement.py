"""What a household is entitled to, item by item: the outcome, each condition's, the amount, and all that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.engine import Missing, Step
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.coordination import ChainLine

Outcome = Literal["eligible", "not_eligible", "cannot_compute"]
Met = Literal["met", "not_met", "unknown"]

# Changed whenever a rule's meaning changes, so that a stored result names the rules it came from.
RULES_VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class ConditionOutcome:
    """One condition: whether it is met, and why in words."""

    code: str
    label: Sentence
    outcome: Met
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer for one benefit item on one day.

    ``amount`` is fen for one ``period``; None unless eligible, and for services, things and statuses. ``at_least`` is
    what is certain when the amount itself cannot be computed. ``doubts`` names parameters that are made up or from
    memory: screens have to show them. ``yields_to`` names the item, not given beside this one, that gives more, and
    ``given_up`` how much of this (fen) is lost by that; ``to_check`` what the caseworker has to rule out, as nursing pay from elsewhere.
    ``depends_on`` says which award to apply for first, when the awards in force are told (:mod:`granted`); it is not stored.
    """

    item: str
    name: Sentence
    programme: str
    lead: str
    day: date
    outcome: Outcome
    reason: Sentence
    conditions: tuple[ConditionOutcome, ...]
    amount: int | None
    at_least: int | None
    period: str
    forms: tuple[str, ...]
    standards: Sequence[Dated]
    standard_text: Sentence
    papers: tuple[Sentence, ...]
    insurance_first: tuple[Sentence, ...]
    chain: tuple[ChainLine, ...]
    steps: Sequence[Step]
    doubts: Sequence[Dated]
    pack_version: str
    rules_version: str = RULES_VERSION
    yields_to: str | None = None
    given_up: int = 0
    to_check: tuple[Sentence, ...] = ()
    depends_on: tuple[Sentence, ...] = ()

    @property
    def standard(self) -> Dated | None:
        """The standard that the amount came from, if there is one."""
        return next(iter(self.standards), None)

    @property
    def illustrative(self) -> bool:
        """Whether anything it rests on is made up to show the form."""
        return any(one.confidence == "illustrative" for one in self.doubts)

    @property
    def hash(self) -> str:
        """SM3 over the whole answer, 64 hex digits: same facts, pack and rules give the same."""
        return digest(entitlement_data(self))


def dated_data(value: Dated) -> dict[str, Any]:
    """A parameter as plain data, with its days, citation and confidence."""
    return {
        "id": value.id,
        "name": value.name.as_data(),
        "value": value.value,
        "unit": value.unit,
        "first": value.first.isoformat(),
        "last": value.last and value.last.isoformat(),
        "citation": str(value.citation),
        "confidence": value.confidence,
    }


def missing_data(missing: Missing) -> dict[str, Any]:
    """A missing value as plain data."""
    return {"name": missing.name, "member": missing.member, "why": missing.why and missing.why.as_data()}


def step_data(step: Step) -> dict[str, Any]:
    """A step of a trace as plain data."""
    return {
        "name": step.name,
        "label": step.label.as_data(),
        "entity": step.entity,
        "unit": step.unit,
        "value": list(step.value),
        "inputs": {name: list(values) for name, values in step.inputs},
        "parameters": {name: dated_data(value) for name, value in step.parameters},
        "cites": step.cites,
        "missing": [missing_data(one) for one in step.missing],
        **({"told": step.told.as_data()} if step.told else {}),
    }


def line_data(line: ChainLine) -> dict[str, Any]:
    """A line of the chain as plain data."""
    return {
        "kind": line.kind,
        "label": line.label.as_data(),
        "amount": line.amount,
        "citation": line.citation,
        "first": line.first and line.first.isoformat(),
        "last": line.last and line.last.isoformat(),
        "note": line.note and line.note.as_data(),
    }


def condition_data(condition: ConditionOutcome) -> dict[str, Any]:
    """A condition's outcome as plain data."""
    return {
        "code": condition.code,
        "label": condition.label.as_data(),
        "outcome": condition.outcome,
        "reason": condition.reason.as_data(),
    }


def entitlement_data(one: Entitlement, *, traced: bool = True) -> dict[str, Any]:
    """The whole answer as plain data, which the hash is taken over; without ``traced`` its steps are left out."""
    return {
        "item": one.item,
        "day": one.day.isoformat(),
        "outcome": one.outcome,
        "reason": one.reason.as_data(),
        "conditions": [condition_data(each) for each in one.conditions],
        "amount": one.amount,
        "at_least": one.at_least,
        "period": one.period,
        "standard": one.standard and dated_data(one.standard),
        "chain": [line_data(each) for each in one.chain],
        "steps": [step_data(each) for each in one.steps] if traced else [],
        "doubts": [dated_data(each) for each in one.doubts],
        "pack_version": one.pack_version,
        "rules_version": one.rules_version,
        "yields_to": one.yields_to,
        **({"given_up": one.given_up} if one.given_up else {}),
    }


ORDER_OF_OUTCOMES: dict[Outcome, int] = {"eligible": 0, "cannot_compute": 1, "not_eligible": 2}


def best_first(entitlements: Sequence[Entitlement]) -> list[Entitlement]:
    """Eligible first (larger amounts first), then what a person has to judge, then what does not apply."""
    return sorted(
        entitlements,
        key=lambda one: (ORDER_OF_OUTCOMES[one.outcome], -(one.amount or one.at_least or 0), one.item),
    )
