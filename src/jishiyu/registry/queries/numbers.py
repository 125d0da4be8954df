"""What crosses areas on purpose: whether an identity number is known anywhere, and the next free file number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from jishiyu.foundations.fields import index_of


def where_registered(id_numbers: Sequence[str]) -> dict[str, str]:
    """For each identity number of a household's member (or of somebody who died), anywhere in the district: the sub-district.

    The answer crosses areas on purpose and says nothing else about the person, so that nobody is registered twice.
    """
    by_index = {index_of(number, "person.id_number"): number for number in id_numbers}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id_index, sub_district_id from registry_where_registered(%s)", [list(by_index)]
        )
        return {by_index[bytes(index)]: area for index, area in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class WithoutHome:
    """A person whom the register knows and who lives in no household of it now."""

    person_id: UUID
    name: str


def without_home(id_numbers: Sequence[str]) -> dict[str, WithoutHome]:
    """For each identity number of somebody who left a household and lives in none now, anywhere in the district: who it is."""
    by_index = {index_of(number, "person.id_number"): number for number in id_numbers}
    with connection.cursor() as cursor:
        cursor.execute("select id_index, person, name from registry_without_home(%s)", [list(by_index)])
        return {
            by_index[bytes(index)]: WithoutHome(person, name) for index, person, name in cursor.fetchall()
        }


def next_number(sub_district: str, day: date) -> str:
    """The next free file number of a sub-district in the year of a day: ``XC010-2026-000123``."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('registry_household_numbers')")
        (running,) = cursor.fetchone()
    return f"XC{sub_district[-3:]}-{day.year}-{running:06d}"
