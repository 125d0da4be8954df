"""Where a case stands: every stage of its procedure with who did it and until when; and a household's timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from jishiyu.cases.models import Case, CaseStep, HomeVisit
from jishiyu.cases.queries.files import procedure_of, standing_steps, taken
from jishiyu.cases.queries.second_eyes import relative_of_this_case, step_for
from jishiyu.cases.rules.life_after import MEASURE_NAMES
from jishiyu.cases.rules.steps import STEP_NAMES, TAKE_BACK, days_left, refusal_to_take, whose_turn
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Limit
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the procedure as the case page shows it; ``rows`` are the times it was taken (again, after a return).

    ``passed``: the case went on without it, because the procedure asks for it only in some cases.
    """

    key: str
    name: Sentence
    who: Sentence
    status: Literal["done", "now", "ahead", "passed"]
    rows: tuple[CaseStep, ...]
    limit: Limit | None
    due_on: date | None
    days_left: int | None
    note: Sentence | None


def stages(row: Case, today: date) -> list[Stage]:
    """The stages of a case in the order of its procedure, without the end."""
    procedure = procedure_of(row)
    rows = standing_steps(row.id)
    found: list[Stage] = []
    keys: list[str] = [step.key for step in procedure.steps]
    reached = max((keys.index(one.step) for one in rows if one.step in keys), default=0)
    for place, step in enumerate(procedure.steps):
        if step.key == "end":
            continue
        here = tuple(one for one in rows if one.step == step.key)
        now = step.key == row.step
        due = row.due_on if now else None
        found.append(
            Stage(
                key=step.key,
                name=step.name,
                who=whose_turn(step),
                status=_status(now=now, done=bool(here), before=place < reached),
                rows=here,
                limit=procedure.limit_of(step.key),
                due_on=due,
                days_left=days_left(due, today),
                note=step.note,
            )
        )
    return found


def _status(*, now: bool, done: bool, before: bool) -> Literal["done", "now", "ahead", "passed"]:
    if now:
        return "now"
    return "done" if done else "passed" if before else "ahead"


def may_take_now(row: Case, post: Post) -> Sentence | None:
    """None when the post may take the present step, else who must act and why this one may not."""
    if row.step == "end":
        return sentence("本案已结束", "This case has ended")
    return relative_of_this_case(row, post) or refusal_to_take(
        step_for(row, procedure_of(row).step(row.step), post),
        post,
        sub_district=row.sub_district_id,
        lead_agency=row.lead_agency_id,
        taken=taken(row.id),
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a household, for its timeline."""

    at: datetime
    kind: Literal["step", "visit"]
    title: Sentence
    case_id: UUID
    number: str
    by: str


def timeline(household_id: UUID) -> list[Happening]:
    """What happened in a household's cases, newest first."""
    rows = CaseStep.objects.filter(case__household_id=household_id).select_related("case")
    found = [
        Happening(row.at, "step", _title(row), row.case_id, row.case.number, row.officer_name) for row in rows
    ]
    for visit in HomeVisit.objects.filter(case__household_id=household_id).select_related("case"):
        title = sentence(
            "{a}、{b}入户调查", "Home visit by {a} and {b}", a=visit.first_visitor, b=visit.second_visitor
        )
        found.append(
            Happening(
                visit.recorded_at, "visit", title, visit.case_id, visit.case.number, visit.first_visitor
            )
        )
    return sorted(found, key=lambda one: one.at, reverse=True)


def _title(row: CaseStep) -> Sentence:
    item = pack().item(row.case.item).name
    return sentence("{i}：{s}——{o}", "{i}: {s}, {o}", i=item, s=STEP_NAMES[row.step], o=outcome_name(row))


# What is written beside the procedure's own steps: ways out, and what was done to an award afterwards.
_OWN_NAMES: dict[str, Sentence] = MEASURE_NAMES | {
    "withdraw": sentence("撤回申请", "withdrawn"),
    "end": sentence("停发", "ended"),
    "run_out": sentence("渐退期满，终止", "the grace period is over, ended"),
    "reopened": sentence("原决定被撤销或变更，重新审核", "the decision fell: reviewed again"),
}


def outcome_name(row: CaseStep) -> Sentence:
    """The outcome of a step in words, by the procedure; by its key where the procedure no longer has it."""
    if row.outcome in _OWN_NAMES:
        return _OWN_NAMES[row.outcome]
    if row.outcome == TAKE_BACK:
        return sentence("撤销上一步，案件恢复原状", "the step before taken back")
    for procedure in pack().procedures:
        if procedure.era == row.case.era and row.case.item in procedure.items:
            for step in procedure.steps:
                for outcome in step.outcomes:
                    if (step.key, outcome.key) == (row.step, row.outcome):
                        return outcome.name
    return sentence(row.outcome, row.outcome)


def on(row: CaseStep) -> date:
    """The day a step was taken."""
    return day_of(row.at)
