"""What crosses areas on purpose: whether an identity number is known anywhere, and the next free file number."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from jishiyu.foundations.fields import index_of


def where_registered(id_numbers: Sequence[str]) -> dict[str, str]:
    """For each identity number already in the register, anywhere in the district: the sub-district that keeps it.

    The answer crosses areas on purpose and says nothing else about the person, so that nobody is registered twice.
    """
    by_index = {index_of(number, "person.id_number"): number for number in id_numbers}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id_index, sub_district_id from registry_where_registered(%s)", [list(by_index)]
        )
        return {by_index[bytes(index)]: area for index, area in cursor.fetchall()}


def next_number(sub_district: str, day: date) -> str:
    """The next free file number of a sub-district in the year of a day: ``XC010-2026-000123``."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('registry_household_numbers')")
        (running,) = cursor.fetchone()
    return f"XC{sub_district[-3:]}-{day.year}-{running:06d}"
