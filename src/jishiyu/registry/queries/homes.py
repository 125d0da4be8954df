"""For many people at once: where each is registered, with whom, and what is known of their households. Used by imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from jishiyu.foundations.fields import index_of
from jishiyu.registry.models import Membership, Snapshot
from jishiyu.registry.queries.situations import situations
from jishiyu.registry.rules.situation import HouseholdSituation


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person within reach is registered now."""

    person_id: UUID
    name: str
    household_id: UUID
    household_number: str
    sub_district: str
    relation: str


def homes_of(id_numbers: Sequence[str]) -> dict[str, Home]:
    """For each identity number whose holder the transaction's post may see (row security decides): their present home."""
    by_index = {index_of(number, "person.id_number"): number for number in id_numbers}
    rows = Membership.objects.filter(last_day=None, person__id_index__in=list(by_index))
    found = rows.values_list(
        "person__id_index",
        "person_id",
        "person__name",
        "household_id",
        "household__number",
        "household__sub_district_id",
        "relation",
    )
    return {
        by_index[bytes(index)]: Home(person, name, household, number, area, relation)
        for index, person, name, household, number, area, relation in found
    }


def current_members(household_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """The persons who live in each household now."""
    present: dict[UUID, set[UUID]] = {household_id: set() for household_id in household_ids}
    rows = Membership.objects.filter(last_day=None, household_id__in=household_ids)
    for household_id, person_id in rows.values_list("household_id", "person_id"):
        present[household_id].add(person_id)
    return present


def latest_situations(household_ids: Sequence[UUID]) -> dict[UUID, tuple[int, HouseholdSituation]]:
    """The newest snapshot of each household that has one: its number and its facts."""
    newest = Snapshot.objects.filter(household_id__in=household_ids).order_by("household_id", "-number")
    numbers = {(row.household_id): (row.pk, row.number) for row in newest.distinct("household_id")}
    told = situations([pk for pk, _ in numbers.values()])
    return {UUID(one.household_id): (numbers[UUID(one.household_id)][1], one) for one in told}


def next_numbers(sub_district: str, day: date, count: int) -> list[str]:
    """As many free file numbers as asked for, in order."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('registry_household_numbers') from generate_series(1, %s)", [count])
        running = sorted(number for (number,) in cursor.fetchall())
    return [f"XC{sub_district[-3:]}-{day.year}-{number:06d}" for number in running]
