"""A digest of the facts that a decision rests on: the same facts give the same, in whatever order they were read."""

from dataclasses import asdict
from datetime import date
from typing import Any

from jishiyu.foundations.canonical import digest
from jishiyu.registry.rules.situation import HouseholdSituation


def evidence_digest(facts: HouseholdSituation) -> str:
    """SM3 over a household's facts, 64 hex digits. Where it lives now is left out: a household may move, its evidence stays."""
    data = {name: value for name, value in asdict(facts).items() if name != "sub_district"}
    data["members"] = sorted((_plain(one) for one in data["members"]), key=lambda one: one["person_id"])
    data["bills"] = sorted((_plain(one) for one in data["bills"]), key=lambda one: one["bill_id"])
    return digest(_plain(data))


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(one) for name, one in facts.items()}


def _value(one: Any) -> Any:
    if isinstance(one, date):
        return one.isoformat()
    return sorted(one) if isinstance(one, frozenset) else one
