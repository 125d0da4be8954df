"""A procedure as it is walked, step by step, for whoever reads the policy."""

from dataclasses import dataclass

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.procedures import Limit, Outcome, Procedure, Step
from jishiyu.offices.rules import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class Walked:
    """One step: who takes it, until when, and each way out with the step that it leads to."""

    step: Step
    who: Sentence
    limit: Limit | None
    ways: list[tuple[Outcome, Sentence]]


def walked(procedure: Procedure) -> list[Walked]:
    """The steps of a procedure without its end."""
    return [
        Walked(
            step,
            ROLE_NAMES[step.role],
            procedure.limit_of(step.key),
            [(way, procedure.step(way.next).name) for way in step.outcomes],
        )
        for step in procedure.steps
        if step.key != "end"
    ]
