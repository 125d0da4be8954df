"""The file of a household for reading; for the sub-district that it left, as it was when it left and no later."""

from typing import Any
from uuid import UUID

from jishiyu.offices.rules import Post
from jishiyu.registry import operations, queries
from jishiyu.registry.rules.vocabulary import HEAD


def opened(household_id: UUID, *, actor: Post) -> Any:
    """Open the file: a look that the journal keeps. Where the household lives now is not for the sub-district that it left."""
    row: Any = operations.look(household_id, actor=actor)
    if row.away is not None:
        row.community = row.address = row.phone = ""
        row.head_name = next((one.person.name for one in members_shown(row) if one.relation == HEAD), "")
    return row


def members_shown(household: Any) -> list[Any]:
    """Who lives there, the head first; of a household that left, who lived there on the day it did."""
    stay = getattr(household, "away", None)
    gone = queries.former_members(household.id) if stay is not None else []
    return there_then(queries.members(household.id), gone, stay)


def there_then(now: list[Any], gone: list[Any], stay: Any) -> list[Any]:
    """Of today's members and of those who are gone, who lived there when a stay ended; today's where none did."""
    if stay is None:
        return now
    there = [one for one in now if one.first_day <= stay.last_day]
    there += [one for one in gone if one.first_day <= stay.last_day < one.last_day]
    return sorted(there, key=lambda one: (one.relation != HEAD, one.relation, one.person.born))


def former_shown(household: Any) -> list[Any]:
    """Who lived there before; of a household that left, before it did."""
    stay = getattr(household, "away", None)
    rows = queries.former_members(household.id)
    return rows if stay is None else [one for one in rows if one.last_day <= stay.last_day]


def status_shown(household: Any) -> Any:
    """How the household stands, in words: for the sub-district that it left, that it left."""
    away = getattr(household, "away", None) is not None
    return queries.STATUSES.get("left" if away else household.status)
