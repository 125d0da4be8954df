"""Questions to the register, all within the reach of the post that asks."""

from jishiyu.registry.queries.answers import answers, told_of_many, told_on
from jishiyu.registry.queries.households import (
    STATUSES,
    Counts,
    Narrowing,
    arrived,
    changes,
    communities,
    counts,
    former_members,
    household,
    household_once_here,
    households,
    members,
    narrowed,
    openings,
    persons,
    registered_between,
)
from jishiyu.registry.queries.keys import opens_with_our_keys
from jishiyu.registry.queries.numbers import WithoutHome, next_number, where_registered, without_home
from jishiyu.registry.queries.search import Found, communities_beginning, find
from jishiyu.registry.queries.situations import (
    HEALTH_FACTS,
    latest_snapshot,
    latest_snapshot_ids,
    situation,
    situations,
    snapshots,
)

__all__ = [
    "HEALTH_FACTS",
    "STATUSES",
    "Counts",
    "Found",
    "Narrowing",
    "WithoutHome",
    "answers",
    "arrived",
    "changes",
    "communities",
    "communities_beginning",
    "counts",
    "find",
    "former_members",
    "household",
    "household_once_here",
    "households",
    "latest_snapshot",
    "latest_snapshot_ids",
    "members",
    "narrowed",
    "next_number",
    "openings",
    "opens_with_our_keys",
    "persons",
    "registered_between",
    "situation",
    "situations",
    "snapshots",
    "told_of_many",
    "told_on",
    "where_registered",
    "without_home",
]
