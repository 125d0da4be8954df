"""Taking the last step back: a counter step, and the case stands where it stood, with its clocks as they were."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Case, CaseStep, StepBefore, TakenBack
from jishiyu.cases.operations.walking import MOVED, Said, about, fetch, write_step
from jishiyu.cases.rules.steps import TAKE_BACK
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require

_DAYS = {"accepted_on", "due_on", "whole_due_on", "closed_on"}


def take_back(case_id: UUID, *, reason: str, days: int, actor: Post, moment: datetime) -> CaseStep:
    """Take the last step back, within ``days`` after its day. Returns the counter step.

    For the journey of that name, which has asked the later rooms whether a notice was published or money moved. Raises
    CannotBecause when the step has effects that stay, another person took it, somebody went on, or the time is over.
    """
    require(actor, "cases.take_step")
    row = fetch(case_id, actor)
    why = queries.refusal_to_take_back(row, actor, moment=moment, days=days)
    undone = queries.last_step(row)
    if why is not None or undone is None:
        raise CannotBecause(
            "cases.cannot_take_back", why or sentence("没有可以撤销的步骤", "There is no step to take back")
        )
    if len(reason.strip()) < 2:
        raise CannotBecause("cases.reasons_missing", sentence("请写明理由", "Say why"))
    stood = StepBefore.objects.get(step=undone).stood
    said = Said(TAKE_BACK, (), "", (reason,))
    counter = write_step(
        row, outcome=TAKE_BACK, next_step=stood["step"], said=said, actor=actor, moment=moment
    )
    TakenBack.objects.create(undone=undone, counter=counter, case=row)
    _stand_again(row, stood)
    record(act="cases.take_back", reason=reason.strip(), detail={"step": stood["step"]}, **about(row))
    return counter


def _stand_again(row: Case, stood: dict[str, Any]) -> None:
    for name, value in stood.items():
        if value is not None and name in _DAYS:
            setattr(row, name, date.fromisoformat(value))
        elif value is not None and name == "step_began":
            setattr(row, name, datetime.fromisoformat(value))
        else:
            setattr(row, name, value)
    row.save(update_fields=MOVED)
