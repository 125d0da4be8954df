"""A household moves to another sub-district: what runs and what is under way goes along, with its clocks and payments."""

from datetime import datetime
from uuid import UUID

from jishiyu.cases.operations.rechecks import hand_over_cases
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import Post
from jishiyu.registry import operations as registry
from jishiyu.registry.rules.moves import Ground, NewHome


def move_household(
    household_id: UUID, to: str, home: NewHome, ground: Ground, *, actor: Post, moment: datetime
) -> int:
    """Hand the household over with its open cases and running awards. Returns how many cases went along.

    Payments go on without a gap, each clock goes on as it stood, and the new sub-district looks at each award again in time.
    """
    known = {one.code for one in sub_districts()}
    # Before the register lets it go: afterwards it is out of the reach of who hands it over. Where to, the register judges.
    moved = hand_over_cases(household_id, to, actor=actor, moment=moment) if to in known else 0
    registry.hand_over(household_id, to, home, ground, actor=actor, moment=moment)
    return moved
