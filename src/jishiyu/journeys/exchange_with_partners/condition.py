"""A tree of conditions as a question to the register; the score comes from the room of assessment."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from jishiyu.assessment.queries import latest_scores
from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.rules import Post
from jishiyu.partners.rules.criteria import All, Entity, Is, Not, Tree
from jishiyu.partners.rules.reading import ItemRefused
from jishiyu.registry.queries import asked

_ORDERS = {"eq": "exact", "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte", "in": "in"}


def condition_of(tree: Tree, entity: Entity, actor: Post) -> Q:
    """The question. Raises ItemRefused for a value that does not fit its attribute."""
    one = asked.of_household if entity == "Group" else asked.of_person
    try:
        return _joined(tree, lambda part: one(part, _scored(actor)))
    except asked.BadValue as wrong:
        raise ItemRefused(
            "rjct.filter.invalid", sentence("查询条件有误：{w}", "The query is wrong: {w}", w=str(wrong))
        ) from None


def _joined(tree: Tree, of: Callable[[Is], Q]) -> Q:
    if isinstance(tree, Is):
        return of(tree)
    if isinstance(tree, Not):
        return ~_joined(tree.part, of)
    whole = Q()
    for part in tree.parts:
        whole = whole & _joined(part, of) if isinstance(tree, All) else whole | _joined(part, of)
    return whole


def _scored(actor: Post) -> asked.ScoreTest:
    def households(operator: str, value: Any) -> Any:
        hundredths = [round(one * 100) for one in value] if operator == "in" else round(value * 100)
        rows = latest_scores(actor).filter(**{f"score__{_ORDERS[operator]}": hundredths})
        return rows.order_by().values("household_id")

    return households
