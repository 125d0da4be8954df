"""A household moves to another sub-district: what is under way here is brought to its end first."""

from datetime import datetime
from uuid import UUID

from jishiyu.cases.queries import cases_of_household
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.offices.rules import Post
from jishiyu.registry import operations as registry
from jishiyu.registry.rules.moves import Ground, NewHome


def move_household(
    household_id: UUID, to: str, home: NewHome, ground: Ground, *, actor: Post, moment: datetime
) -> None:
    """Hand the household over. Refused while a case is under way, with its number; awards in force go on being paid."""
    under_way = [row.number for row in cases_of_household(household_id) if row.state == "open"]
    if under_way:
        raise CannotBecause(
            "move.cases_under_way",
            sentence(
                "还有在办案件：{n}",
                "Cases are under way: {n}",
                n=sentence("、".join(under_way), ", ".join(under_way)),
            ),
            sentence("请先办结或撤回，再办理迁移", "Finish or withdraw them first, then hand over"),
        )
    registry.hand_over(household_id, to, home, ground, actor=actor, moment=moment)
