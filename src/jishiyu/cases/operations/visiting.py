"""The home visit (入户调查): two visitors, what they saw, who signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jishiyu.cases.models import Case, HomeVisit
from jishiyu.cases.operations.walking import Said, walk
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.offices.rules import Post, require


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


def visit(
    case_id: UUID, visited: VisitRecord, *, outcome: str, papers: Sequence[str] = (), reasons: Sequence[str] = (),
    actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Record a home visit and take the step. Refused with fewer than two visitors, without signature or the reason why not,
    and without saying what differs from the evidence."""
    require(actor, "cases.visit")
    for refused, code, why in _doubts(visited, day_of(moment)):
        if refused:
            raise CannotBecause(code, why)
    row = walk(case_id, "visit", Said(outcome, papers, "", reasons), actor=actor, moment=moment)
    HomeVisit.objects.create(
        case=row,
        visited_on=visited.visited_on,
        first_visitor=visited.first_visitor.strip(),
        second_visitor=visited.second_visitor.strip(),
        met_whom=visited.met_whom.strip(),
        signed_by_household=visited.signed_by_household.strip(),
        not_signed_because=visited.not_signed_because.strip(),
        living=dict(visited.living),
        findings=visited.findings.strip(),
        agrees=visited.agrees,
        differences=visited.differences.strip(),
        recorded_at=moment,
        recorded_by=actor.code,
    )
    return row


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
