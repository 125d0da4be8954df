"""Whose turn it is: the open work of a post, most urgent first, and who has taken it on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from jishiyu.cases.models import Assignment, CaseStep
from jishiyu.cases.queries.files import cases, running_procedure
from jishiyu.cases.rules.steps import APART, STEP_NAMES, days_left
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post

# Only what a list shows: a whole case would be unsealed row by row, and a post may have thousands.
_COLUMNS = (
    "id", "number", "household_id", "applicant__name", "sub_district__name_zh", "sub_district__name_en",
    "item", "era", "step", "due_on", "whole_due_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do: the case, the step it waits at, until when, and how many days are left (negative: late).

    ``officer`` and ``officer_name`` are of the colleague of this role who has taken the case on; empty while nobody has.
    """

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
    officer: str = ""
    officer_name: str = ""

    @property
    def late(self) -> bool:
        """Whether the step's last day is over."""
        return self.days_left is not None and self.days_left < 0


def open_work(post: Post, today: date) -> list[Work]:
    """The steps that wait for this kind of post within its reach, and that this person may take (second pair of eyes)."""
    found = (
        cases(post)
        .filter(turn=post.role, state__in=["open", "granted"])
        .order_by(F("due_on").asc(nulls_last=True), "opened_on", "number")
    )
    rows = list(found.values(*_COLUMNS))
    apart = {key: _apart(*key) for key in {(row["item"], row["era"], row["step"]) for row in rows}}
    own = _taken_by(post, frozenset().union(*apart.values())) if rows else {}
    on = _taken_on(post)
    binding = pack()  # once: a post may have thousands of rows
    items = {key: binding.item(key).name for key in {row["item"] for row in rows}}
    return [
        _work(row, items[row["item"]], today, on.get(row["id"], ("", "")))
        for row in rows
        if not own.get(row["id"], set()) & apart[row["item"], row["era"], row["step"]]
    ]


def _taken_on(post: Post) -> dict[UUID, tuple[str, str]]:
    rows = Assignment.objects.filter(role=post.role, ended=None, case__turn=post.role)
    return {
        case: (officer, name)
        for case, officer, name in rows.values_list("case_id", "officer", "officer_name")
    }


def _taken_by(post: Post, steps: frozenset[str]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    if post.officer and steps:
        rows = CaseStep.objects.filter(officer=post.officer, step__in=steps, case__turn=post.role)
        rows = rows.filter(case__state__in=["open", "granted"], taken_back=None, takes_back=None)
        for case_id, step in rows.values_list("case_id", "step"):
            found.setdefault(case_id, set()).add(step)
    return found


def _apart(item: str, era: str, step: str) -> frozenset[str]:
    own = APART.get(step, frozenset())
    try:
        return own | frozenset(running_procedure(item, era).step(step).not_by)
    except (CannotBecause, KeyError):  # a newer pack without that procedure must not hide the work
        return own


def apart_taken_by(officer: str, case_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    """The steps that an officer took (and that still count) in each of these cases: what second eyes are measured by."""
    rows = CaseStep.objects.filter(officer=officer, case_id__in=case_ids, taken_back=None, takes_back=None)
    found: dict[UUID, set[str]] = {}
    for case_id, step in rows.values_list("case_id", "step"):
        found.setdefault(case_id, set()).add(step)
    return {case: frozenset(steps) for case, steps in found.items()}


def _work(row: dict[str, Any], item: Sentence, today: date, on: tuple[str, str]) -> Work:
    name = row["applicant__name"]
    return Work(
        case_id=row["id"],
        number=row["number"],
        household_id=row["household_id"],
        applicant=name,
        sub_district=sentence(row["sub_district__name_zh"], row["sub_district__name_en"]),
        item=item,
        step=row["step"],
        title=sentence("{n}户·{i}·{s}", "{n}: {i}, {s}", n=name, i=item, s=STEP_NAMES[row["step"]]),
        due_on=row["due_on"],
        days_left=days_left(row["due_on"], today),
        whole_due_on=row["whole_due_on"],
        officer=on[0],
        officer_name=on[1],
    )
