"""Whose turn it is: the open work of a post, most urgent first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from jishiyu.cases.models import Case, CaseStep
from jishiyu.cases.queries.files import cases, procedure_of
from jishiyu.cases.rules.steps import APART, STEP_NAMES, days_left
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do: the case, the step it waits at, until when, and how many days are left (negative: late)."""

    case_id: UUID
    number: str
    household_id: UUID
    applicant: str
    sub_district: Sentence
    item: Sentence
    step: str
    title: Sentence
    due_on: date | None
    days_left: int | None
    whole_due_on: date | None

    @property
    def late(self) -> bool:
        """Whether the step's last day is over."""
        return self.days_left is not None and self.days_left < 0


def open_work(post: Post, today: date) -> list[Work]:
    """The steps that wait for this kind of post within its reach, and that this person may take (second pair of eyes)."""
    rows = list(
        cases(post)
        .filter(turn=post.role, state__in=["open", "granted"])
        .order_by(F("due_on").asc(nulls_last=True), "opened_on", "number")
    )
    mine = _taken_by(post, rows)
    return [_work(row, today) for row in rows if not mine.get(row.id, set()) & _apart(row)]


def _taken_by(post: Post, rows: list[Case]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    if post.officer:
        for case_id, step in CaseStep.objects.filter(
            officer=post.officer, case_id__in=[row.id for row in rows]
        ).values_list("case_id", "step"):
            found.setdefault(case_id, set()).add(step)
    return found


def _apart(row: Case) -> set[str]:
    own = set(APART.get(row.step, frozenset()))
    try:
        return own | set(procedure_of(row).step(row.step).not_by)
    except (CannotBecause, KeyError):  # a newer pack without that procedure must not hide the work
        return own


def _work(row: Case, today: date) -> Work:
    item = pack().item(row.item).name
    return Work(
        case_id=row.id,
        number=row.number,
        household_id=row.household_id,
        applicant=row.applicant.name,
        sub_district=sentence(row.sub_district.name_zh, row.sub_district.name_en),
        item=item,
        step=row.step,
        title=sentence(
            "{n}户·{i}·{s}", "{n}: {i}, {s}", n=row.applicant.name, i=item, s=STEP_NAMES[row.step]
        ),
        due_on=row.due_on,
        days_left=days_left(row.due_on, today),
        whole_due_on=row.whole_due_on,
    )
