"""The district's newest scores in numbers, part by part; and the newest reading that was made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment.models import DistrictReading, HardshipScore
from jishiyu.assessment.queries.sets import model_in_force
from jishiyu.assessment.rules.reading import Reading, unpacked
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.planning import following_indexes
from jishiyu.law.queries import pack

_FIRST = UUID(int=0)
_PART = 10_000
# Each household that lives here with its newest score (a household without any is not in it) and how many its members are.
_NEWEST = """
  select h.id, h.sub_district_id, s.indicator_set_id, s.pack_version, s.day, s.override <> '',
         (select count(*) from registry_snapshotmember m where m.snapshot_id = s.snapshot_id), s.numbers
    from registry_household h
    join lateral (
      select own.* from assessment_hardshipscore own join registry_snapshot n on n.id = own.snapshot_id
       where own.household_id = h.id order by own.day desc, own.made_at desc, n.number desc limit 1
    ) s on true
   where h.status = 'known' and h.id > %s order by h.id limit %s
"""


@dataclass(frozen=True, slots=True)
class ScoredHousehold:
    """A household's newest score as stored: where, how many people, with which weights, pack and day, and its numbers."""

    area: str
    persons: int
    set_id: UUID | None
    pack_version: str
    day: date
    overridden: bool
    numbers: dict[str, Any] | None


def newest_scores() -> Iterator[list[ScoredHousehold]]:
    """The newest score of every household within the transaction's reach, in parts."""
    field: Any = HardshipScore._meta.get_field("numbers")
    after = _FIRST
    while True:
        with following_indexes(), connection.cursor() as cursor:
            cursor.execute(_NEWEST, [after, _PART])
            rows = cursor.fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [
            ScoredHousehold(
                area, persons, set_id, version, day, overridden, field.from_db_value(sealed, None, connection)
            )
            for _, area, set_id, version, day, overridden, persons, sealed in rows
        ]


def newest_reading() -> DistrictReading | None:
    """The newest reading, whatever indicators it was made with."""
    return DistrictReading.objects.first()


def reading_of(row: DistrictReading) -> Reading:
    """The lines of a reading. Refused when it was made with other indicators than the pack has now."""
    if row.content != pack().indicators.version:
        raise CannotBecause(
            "assessment.old_reading",
            sentence(
                "读数用的是另一版指标，请重新读取",
                "The reading is of other indicators: read the district again",
            ),
        )
    return _read(row.pk, row.lines, row.pack_version)


@lru_cache(maxsize=2)
def _read(_id: UUID, lines: str, _pack: str) -> Reading:
    return unpacked(lines, pack().indicators)


def is_stale(row: DistrictReading, day: date) -> bool:
    """Whether the weights in force are not those that the newest scores were made with any more, or the pack is another."""
    return row.pack_version != pack().version or row.last_day > day or _made_before(row.made_at, day)


def _made_before(moment: datetime, day: date) -> bool:
    approved = model_in_force(day).approved
    return approved is not None and approved.approved_at is not None and approved.approved_at > moment
