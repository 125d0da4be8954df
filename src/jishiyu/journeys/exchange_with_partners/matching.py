"""Which of the things that happened a subscription asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from jishiyu.journeys.exchange_with_partners.condition import condition_of
from jishiyu.journeys.exchange_with_partners.subscribing import filter_type
from jishiyu.offices.rules import Post
from jishiyu.partners.rules import criteria
from jishiyu.registry.queries import asked
from jishiyu.registry.queries.happened import Happening


def matching(wanted: Mapping[str, Any], news: Sequence[Happening], post: Post) -> list[Happening]:
    """Those whose household (or whose person, for a filter on persons) fits the filter, within the partner's reach."""
    if not news:
        return []
    tree = criteria.tree_of(filter_type(wanted), wanted["filter"])
    where = condition_of(tree, "Group", post)
    fitting = set(
        asked.households_whatever(where, post)
        .filter(pk__in={one.household_id for one in news})
        .values_list("pk", flat=True)
    )
    return [one for one in news if one.household_id in fitting]
