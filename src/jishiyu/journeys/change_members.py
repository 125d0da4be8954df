"""A member comes or goes, and the pack says what that means for the awards that run: proposed, never done by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases.queries import life_after as life
from jishiyu.journeys.life_after import note_change
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.registry import operations as registry
from jishiyu.registry.rules.moves import Arrival, Departure, Ground


def take_in(household_id: UUID, coming: Arrival, *, actor: Post, moment: datetime) -> list[Any]:
    """A member comes: born, married, or back. Returns the measures that were proposed."""
    person = registry.move_in(household_id, coming, actor=actor, moment=moment)
    return _noted(household_id, coming.kind, person, coming.ground, actor=actor, moment=moment)


def let_go(household_id: UUID, going: Departure, *, actor: Post, moment: datetime) -> list[Any]:
    """A member goes: died, divorced, left. Returns the measures that were proposed."""
    registry.move_out(household_id, going, actor=actor, moment=moment)
    person = UUID(going.person_id)
    return _noted(household_id, going.kind, person, going.ground, actor=actor, moment=moment)


def _noted(
    household_id: UUID, kind: str, person: UUID, ground: Ground, *, actor: Post, moment: datetime
) -> list[Any]:
    rule = pack().district.life_after.change_of_members(kind)
    if rule is None or not life.running_awards(household_id):
        return []
    return note_change(
        household_id, rule.key, day=ground.day, reason=ground.reason, paper=ground.paper, person=person, actor=actor,
        moment=moment,
    )  # fmt: skip
