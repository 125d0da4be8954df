"""The one way in which a case moves: fetched with a lock, taken by the right post, left by an outcome of its procedure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from jishiyu.cases import queries
from jishiyu.cases.models import Case, CaseStep, StepBefore
from jishiyu.cases.queries.life_after import planned_recheck
from jishiyu.cases.rules import steps as rules
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Outcome, Procedure, Step
from jishiyu.offices.rules import Post

MOVED = ("era", "step", "turn", "state", "accepted_on", "step_began", "due_on", "whole_due_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Said:
    """What the officer hands in with a step: the outcome, the papers that are there, remarks, and reasons where asked."""

    outcome: str
    papers: Sequence[str] = ()
    remarks: str = ""
    reasons: Sequence[str] = field(default=())


def fetch(case_id: UUID, actor: Post) -> Case:
    """The case within reach, locked until the transaction ends, so that two people never take one step."""
    row = queries.cases(actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if row is None:
        raise NotFound(
            "no_such_case", sentence("在您的权限范围内没有此案件", "There is no such case within your reach")
        )
    why = queries.relative_of_this_case(row, actor)
    if why is not None:
        raise NotYours("cases.near_relative", why, sentence("请转由他人办理", "Leave it to somebody else"))
    return row


def at_step(row: Case, key: str) -> Step:
    """The step that the case is at. Refused when it is another one: nobody skips a step or takes it twice."""
    if row.state in ("refused", "withdrawn", "ended") or row.step != key:
        raise CannotBecause(
            "cases.not_at_this_step",
            sentence(
                "案件{n}现处于“{s}”，不能办理“{k}”",
                "Case {n} is at “{s}”, so “{k}” cannot be done",
                n=row.number,
                s=rules.STEP_NAMES.get(row.step, rules.STEP_NAMES["end"]),
                k=rules.STEP_NAMES[key],
            ),
            sentence("请刷新页面查看最新进度", "Reload the page to see where it stands"),
        )
    return queries.procedure_of(row).step(key)


def require_turn(row: Case, step: Step, actor: Post) -> None:
    """Raise NotYours unless it is the turn of this post and of this person."""
    rules.require_take(
        queries.step_for(row, step, actor),
        actor,
        sub_district=row.sub_district_id,
        lead_agency=row.lead_agency_id,
        taken=queries.taken(row.id),
    )


def walk(case_id: UUID, key: str, said: Said, *, actor: Post, moment: datetime) -> Case:
    """Take the present step by the post whose turn it is, with its papers and reasons; the case moves on."""
    row = fetch(case_id, actor)
    step = at_step(row, key)
    require_turn(row, step, actor)
    outcome = rules.outcome_of(step, said.outcome)
    require_what_it_needs(step, outcome, said)
    require_steps_before(row, outcome)
    leave(row, step, outcome, said, actor=actor, moment=moment)
    return row


def require_what_it_needs(step: Step, outcome: Outcome, said: Said) -> None:
    """Refuse a step without its papers (unless it ends or returns the case) or an outcome without its reasons."""
    if outcome.reasons and not [one for one in said.reasons if len(one.strip()) >= 2]:
        raise CannotBecause(
            "cases.reasons_missing",
            sentence("结论“{o}”须写明理由", "The outcome “{o}” needs its reasons", o=outcome.name),
        )
    if not outcome.reasons:
        rules.require_papers(step, said.papers)


def require_steps_before(row: Case, outcome: Outcome) -> None:
    """Refuse an outcome whose necessary steps (a grant's public notice) were not taken since the last review."""
    lacking = outcome.lacks([one.step for one in queries.taken(row.id)])
    if lacking:
        procedure = queries.procedure_of(row)
        steps = [procedure.step(key).name for key in lacking]
        raise CannotBecause(
            "cases.step_skipped",
            sentence(
                "“{o}”之前须先完成：{chinese}",
                "Before “{o}” these steps have to be taken: {english}",
                o=outcome.name,
                chinese="、".join(name.say("zh") for name in steps),
                english=", ".join(name.say("en") for name in steps),
            ),
            sentence("请将案件退回上一环节补办", "Send the case back and take them"),
        )


def leave(row: Case, step: Step, outcome: Outcome, said: Said, *, actor: Post, moment: datetime) -> CaseStep:
    """Write down the step and move the case to what the outcome leads to, with its clocks."""
    stood = as_it_stands(row)
    written = write_step(
        row, outcome=outcome.key, next_step=outcome.next, said=said, actor=actor, moment=moment
    )
    StepBefore.objects.create(step=written, case=row, stood=stood)
    row.state = rules.state_after(row.state, step.key, outcome)  # type: ignore[arg-type]
    if step.key == "accept" and outcome.next not in ("apply", "end") and row.accepted_on is None:
        # The law of the day of acceptance binds the case from here on (受理日).
        row.accepted_on = day_of(moment)
        row.era = pack().era_on(row.accepted_on).key
    move_to(row, outcome.next, moment=moment)
    record(
        act=f"cases.{step.key}",
        about=("case", row.number),
        household=row.household_id,
        detail={"outcome": outcome.key, "next": outcome.next},
    )
    return written


def write_step(
    row: Case, *, outcome: str, next_step: str, said: Said, actor: Post, moment: datetime
) -> CaseStep:
    """Append one step to the case's record."""
    last = CaseStep.objects.filter(case=row).aggregate(last=Max("position"))["last"]
    return CaseStep.objects.create(
        case=row,
        position=0 if last is None else last + 1,
        step=row.step,
        outcome=outcome,
        next=next_step,
        post=actor.code,
        role=actor.role,
        officer=actor.officer,
        officer_name=actor.officer_name or actor.title.say("zh"),
        began=row.step_began,
        at=moment,
        due_on=row.due_on,
        papers=sorted(said.papers),
        remarks=said.remarks.strip(),
        reasons=[{"zh": one.strip(), "en": one.strip()} for one in said.reasons if one.strip()],
    )


def move_to(row: Case, key: str, *, moment: datetime) -> None:
    """Put the case at a step and set whose turn it is and until when."""
    procedure = queries.procedure_of(row)
    row.step, row.step_began = key, moment
    row.turn, row.due_on, row.whole_due_on = "", None, None
    if key == "end":
        row.closed_on = day_of(moment)
    else:
        _set_clocks(row, procedure, procedure.step(key))
    row.save(update_fields=MOVED)


def _set_clocks(row: Case, procedure: Procedure, step: Step) -> None:
    calendar = pack().calendar
    row.turn = queries.turn_at(row, step)
    row.due_on = rules.due_on(procedure.limit_of(step.key), row.step_began, calendar)
    # The day that was planned by the household's class goes before the procedure's shortest cycle.
    if step.key == "recheck":
        row.due_on = planned_recheck(row.id) or row.due_on
    began = row.opened_on if procedure.total_from == "applied" else row.accepted_on
    if began is not None and row.state == "open":
        row.whole_due_on = rules.whole_due_on(procedure, began, queries.taken(row.id), step.key, calendar)


def as_it_stands(row: Case) -> dict[str, str | None]:
    """Where the case is, whose turn it is and its clocks, as text."""
    stood = {name: getattr(row, name) for name in MOVED}
    return {name: one.isoformat() if hasattr(one, "isoformat") else one for name, one in stood.items()}


def about(row: Case) -> dict[str, Any]:
    """How the journal names a case."""
    return {"about": ("case", row.number), "household": row.household_id}
