"""A case's deliveries as the pages show them."""

from dataclasses import dataclass
from typing import Any

from jishiyu.cases import queries as case_queries
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.service_kinds import KINDS, Kind
from jishiyu.cases.rules.services import APPOINTMENT_STATES, DELIVERY_STATES, SCORES, answers_told
from jishiyu.doors.desk.fields import say
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class Shown:
    """One delivery with its words: what was arranged, what was done, its appointments, and what the household said."""

    row: Any
    kind: Kind
    state: Sentence
    arranged: list[tuple[Sentence, str]]
    done: list[tuple[Sentence, str]]
    appointments: list[tuple[Any, Sentence]]
    satisfaction: Any
    score: Sentence | None
    office: Any


def deliveries_shown(case_id: Any) -> list[Shown]:
    """The deliveries of a case, the newest first."""
    return [_shown(row) for row in queries.deliveries_of_case(case_id)]


def _shown(row: Any) -> Shown:
    kind = KINDS[row.kind]
    said = queries.satisfaction_of(row.id)
    return Shown(
        row=row,
        kind=kind,
        state=DELIVERY_STATES[row.state],
        arranged=_said(answers_told(kind.arrange, row.arranged)),
        done=_said(answers_told(kind.finish, row.done)),
        appointments=[(one, APPOINTMENT_STATES[one.state]) for one in row.appointments.all()],
        satisfaction=said,
        score=SCORES[said.score] if said else None,
        office=row.agency or row.sub_district,
    )


def _said(told: list[tuple[Sentence, Sentence | str]]) -> list[tuple[Sentence, str]]:
    return [(words, say(answer) if isinstance(answer, Sentence) else answer) for words, answer in told]


def services_of(row: Any) -> dict[str, Any]:
    """For the case page: its deliveries, and whether its procedure delivers at all."""
    try:
        delivers = queries.delivers(row)
    except CannotBecause:  # a newer pack without that procedure must not hide the case
        delivers = False
    shown = deliveries_shown(row.id)
    return {"delivers": delivers or bool(shown), "deliveries": shown}


def may_deliver(row: Any, post: Post) -> Sentence | None:
    """None when the post may take the step of delivery now, else why not."""
    return case_queries.may_take_now(row, post)
