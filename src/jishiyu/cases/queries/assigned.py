"""Who has taken on what, what can be handed over to whom, and what came from a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from jishiyu.cases.models import Assignment, Case, Handover
from jishiyu.cases.queries.files import running_procedure
from jishiyu.cases.queries.work import apart_taken_by
from jishiyu.cases.rules.steps import APART
from jishiyu.cases.rules.work_desk import withheld
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import SYSTEM, Post


def holder(case_id: UUID, role: str) -> Assignment | None:
    """Who of a role has taken a case on; None while nobody has."""
    return Assignment.objects.filter(case_id=case_id, role=role, ended=None).first()


def holders(case_id: UUID) -> list[Assignment]:
    """Everybody who has taken a case on now, one for each role."""
    return list(Assignment.objects.filter(case_id=case_id, ended=None).order_by("began"))


def taken_on(post: Post) -> list[Assignment]:
    """What the post's officer has taken on in its role, the oldest first, without what is over."""
    rows = Assignment.objects.filter(officer=post.officer, role=post.role, ended=None)
    rows = rows.filter(case__state__in=["open", "granted"]).select_related(
        "case__applicant", "case__sub_district"
    )
    return list(rows.defer("case__basis", "case__statement", "case__applicant__id_number").order_by("began"))


def kept_apart(rows: Sequence[Case], role: str, officer: str) -> dict[UUID, Sentence]:
    """Which of these cases an officer may not work on in a role, because of steps of it that they took, and why."""
    own = apart_taken_by(officer, [row.id for row in rows])
    found: dict[UUID, Sentence] = {}
    for row in rows:
        why = withheld(_apart_of_role(row.item, row.era, role), own.get(row.id, frozenset()))
        if why is not None:
            found[row.id] = why
    return found


def _apart_of_role(item: str, era: str, role: str) -> frozenset[str]:
    """All steps from which any step of this role has to be apart."""
    try:
        steps = running_procedure(item, era).steps
    except CannotBecause:
        return frozenset()
    apart: set[str] = set()
    for step in steps:
        if step.role == role:
            apart |= APART.get(step.key, frozenset()) | set(step.not_by)
    return frozenset(apart)


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a handover: ``why`` says what keeps it from the receiver; None when it goes."""

    assignment: Assignment
    item: Sentence
    why: Sentence | None

    @property
    def case(self) -> Case:
        """The case."""
        return self.assignment.case


def handover_preview(giver: Post, to: Post | None) -> list[Line]:
    """What the giver has taken on, and whether each can go to the receiver (None: to all of the role)."""
    held = taken_on(giver)
    apart = kept_apart([one.case for one in held], giver.role, to.officer) if to else {}
    return [Line(one, pack().item(one.case.item).name, apart.get(one.case_id)) for one in held]


def handover(handover_id: UUID, post: Post) -> Handover:
    """One handover of the post's own desk. Raises NotFound."""
    row = handovers(post).filter(pk=handover_id).first()
    if row is None:
        raise NotFound("no_such_handover", sentence("没有此移交记录", "There is no such handover"))
    return row


def handovers(post: Post) -> QuerySet[Handover]:
    """What was handed over among the posts of the same kind in the same office, newest first."""
    return Handover.objects.filter(role=post.role, area=post.area, agency=post.agency)


def received(post: Post) -> list[tuple[Handover, int]]:
    """What came to the post's officer and was not handed back, newest first, with how many cases of it they still have."""
    if not post.officer:
        return []
    rows = handovers(post).filter(to_officer=post.officer, returned_at=None)
    return [
        (row, Assignment.objects.filter(handover=row, officer=post.officer, ended=None).count())
        for row in rows[:5]
    ]


def given(post: Post) -> list[tuple[Handover, int]]:
    """What the post's officer gave away and has not back, newest first, with how many cases it was."""
    if not post.officer:
        return []
    rows = handovers(post).filter(from_officer=post.officer, returned_at=None)
    return [(row, Assignment.objects.filter(ended_through=row).count()) for row in rows[:5]]


def given_by(row: Handover) -> Post:
    """Who gave a handover, as a post that can be assigned to; it carries no right to act."""
    return replace(
        SYSTEM,
        code=row.made_by,
        role="public",
        scope="public",
        officer=row.from_officer,
        officer_name=row.from_name,
    )
