"""What happened in the register between two moments: households that were registered, and changes in them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jishiyu.offices.rules import Post
from jishiyu.registry.models import Change, Snapshot
from jishiyu.registry.queries.households import households


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: ``registered`` or the kind of a change, in which household, about whom, on which day, recorded when."""

    kind: str
    household_id: UUID
    person_id: UUID | None
    day: date
    at: datetime


def happenings(post: Post, *, after: datetime, until: datetime) -> list[Happening]:
    """What was recorded after one moment and not after another, within reach, in order."""
    reach = households(post).order_by().values("pk")
    first = Snapshot.objects.filter(
        number=1, recorded_at__gt=after, recorded_at__lte=until, household__in=reach
    )
    found = [
        Happening("registered", household, None, day, at)
        for household, day, at in first.values_list("household_id", "as_of", "recorded_at")
    ]
    changed = Change.objects.filter(recorded_at__gt=after, recorded_at__lte=until, household__in=reach)
    found += [
        Happening(kind, household, person, day, at)
        for kind, household, person, day, at in changed.values_list(
            "kind", "household_id", "person_id", "day", "recorded_at"
        )
    ]
    return sorted(found, key=lambda one: (one.at, str(one.household_id), one.kind))
