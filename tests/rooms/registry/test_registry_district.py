"""The register part by part in Arrow: the very facts of the snapshots, the newest that were there, each household once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries
from jishiyu.registry.operations import store_households, store_snapshots
from jishiyu.registry.queries.district import Part, households_until, part_after
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.newcomers import NewHousehold
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.conftest import NOON
from tests.fixtures import PACK_DIR, SHICHAHAI, a_newcomer, a_post, open_offices

pytestmark = pytest.mark.django_db


def varied(number: int) -> list[NewHousehold]:
    """Households with facts of all kinds, the unknown among them: those of a made-up district."""
    census = read_census(PACK_DIR / "population.csv")
    made = table(census, households=number, kind="known", seed=5, as_of=NOON.date())
    homes = []
    for running, facts in enumerate(situations_of(made)):
        home = a_newcomer(running, names=tuple("甲" for _ in facts.members), area=SHICHAHAI)
        people = {one.person_id: own.person_id for one, own in zip(facts.members, home.members, strict=True)}
        members = tuple(
            replace(one, person_id=people[one.person_id], born=own.id_number.born, sex=own.id_number.sex)
            for one, own in zip(facts.members, home.members, strict=True)
        )
        bills = tuple(replace(one, person_id=people[one.person_id]) for one in facts.bills)
        told = replace(
            facts, household_id=home.household_id, sub_district=SHICHAHAI, members=members, bills=()
        )
        homes.append(replace(home, situation=replace(told, bills=_own_bills(bills, running))))
    return homes


def _own_bills(bills: tuple, running: int) -> tuple:  # type: ignore[type-arg]
    return tuple(
        replace(bill, bill_id=str(UUID(int=running * 100 + place))) for place, bill in enumerate(bills)
    )


def all_parts(size: int, until: object = NOON) -> list[Part]:
    parts, after = [], None
    while True:
        part = part_after(after, size, until=until)  # type: ignore[arg-type]
        if part.last is None:
            return parts
        parts.append(part)
        after = part.last


def test_parts_hold_the_facts_of_the_newest_snapshots() -> None:
    homes = varied(30)
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households(homes, recorded_by="test", moment=NOON)
        parts = all_parts(7)
        assert [len(part.household_ids) for part in parts] == [7, 7, 7, 7, 2]
        assert households_until(NOON) == 30
        read = {one.household_id: one for part in parts for one in situations_of(part.facts)}
        ids = {
            home: own
            for part in parts
            for home, own in zip(part.household_ids, part.snapshot_ids, strict=True)
        }
        kept = queries.situations([UUID(one) for one in ids.values()])
    assert {one.household_id: _plain(one) for one in kept} == {
        home: _plain(one) for home, one in read.items()
    }


def test_what_came_later_than_the_moment_is_left_for_the_next_run() -> None:
    home = a_newcomer(1)
    assert home.situation is not None
    later = replace(home.situation, vehicles=3)
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households([home], recorded_by="test", moment=NOON)
        store_snapshots([(later, 2)], recorded_by="test", moment=NOON + timedelta(hours=1), source="test")
        for until, vehicles in ((NOON, 0), (NOON + timedelta(hours=2), 3)):
            (part,) = all_parts(10, until)
            assert [one.vehicles for one in situations_of(part.facts)] == [vehicles]
        assert all_parts(10, NOON - timedelta(days=1)) == []


def test_an_empty_register_and_a_post_s_reach() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        assert all_parts(5) == []
        store_households([a_newcomer(1), a_newcomer(2, area=SHICHAHAI)], recorded_by="test", moment=NOON)
    with acting(a_post("caseworker"), moment=NOON):
        assert households_until(NOON) == 1
        assert [len(part.household_ids) for part in all_parts(5)] == [1]


def _plain(one: HouseholdSituation) -> HouseholdSituation:
    return replace(one, members=tuple(sorted(one.members, key=lambda member: member.person_id)))
