"""What a visit's record must hold, whether it is written at the desk or comes from a device."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jishiyu.cases.rules.living import LIVING
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """What two visitors write down. ``living``: answers by key of the form; ``agrees``: with the evidence of the case."""

    visited_on: date
    first_visitor: str
    second_visitor: str
    met_whom: str
    living: Mapping[str, str]
    findings: str
    agrees: bool
    differences: str = ""
    signed_by_household: str = ""
    not_signed_because: str = ""


# At which field of the form each refusal belongs.
FIELD_OF = {
    "cases.visit_by_two": "second_visitor",
    "cases.visit_in_future": "visited_on",
    "cases.visit_day_unreadable": "visited_on",
    "cases.visit_unsigned": "signed_by_household",
    "cases.visit_no_signature": "not_signed_because",
    "cases.visit_differences": "differences",
    "cases.visit_findings": "findings",
}


def record_of(content: Mapping[str, Any]) -> VisitRecord:
    """The record of a version's content. Refused when its day cannot be read."""
    try:
        day = date.fromisoformat(content["visited_on"])
    except ValueError:
        raise CannotBecause(
            "cases.visit_day_unreadable",
            sentence("入户日期不是日期", "The day of the visit cannot be read"),
        ) from None
    return VisitRecord(
        visited_on=day,
        first_visitor=content["first_visitor"],
        second_visitor=content["second_visitor"],
        met_whom=content["met_whom"],
        living={one.key: content[f"living_{one.key}"] for one in LIVING if content[f"living_{one.key}"]},
        findings=content["findings"],
        agrees=content["agrees"] == "yes",
        differences=content["differences"],
        signed_by_household=content["signed_by_household"],
        not_signed_because=content["not_signed_because"],
    )


def require_sound(visited: VisitRecord, today: date) -> None:
    """Raise CannotBecause for the first thing that a record lacks."""
    for refused, code, why in _doubts(visited, today):
        if refused:
            raise CannotBecause(code, why)


def _doubts(visited: VisitRecord, today: date) -> list[tuple[bool, str, Sentence]]:
    first, second = visited.first_visitor.strip(), visited.second_visitor.strip()
    return [
        (
            not first or not second or first == second,
            "cases.visit_by_two",
            sentence("入户调查须由两人以上进行", "A home visit is made by two people at least"),
        ),
        (
            visited.visited_on > today,
            "cases.visit_in_future",
            sentence("入户日期不能晚于今天", "The visit cannot lie in the future"),
        ),
        (
            not visited.signed_by_household.strip() and not visited.not_signed_because.strip(),
            "cases.visit_unsigned",
            sentence(
                "请填写家庭签字人；未签字的，写明原因",
                "Enter who signed for the household, or why nobody did",
            ),
        ),
        (
            not visited.agrees and len(visited.differences.strip()) < 2,
            "cases.visit_differences",
            sentence(
                "与证据不一致的，须写明不一致之处",
                "Say what differs from the evidence when it does not agree",
            ),
        ),
        (
            len(visited.findings.strip()) < 2,
            "cases.visit_findings",
            sentence("请填写调查结论", "Enter what was found"),
        ),
    ]
