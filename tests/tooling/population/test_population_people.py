"""The invented people: numbers that are valid, unique and marked, names that run in families, places that are nowhere."""

from dataclasses import replace
from datetime import date

import pytest

from jishiyu.doors.jobs.population.census import Census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.doors.jobs.population.people import IdNumbers, newcomers
from jishiyu.foundations.identifiers import SYNTHETIC_PREFIX, read_id_number
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.names import reading
from jishiyu.registry.rules.newcomers import NewHousehold
from jishiyu.registry.rules.situation import HouseholdSituation

AS_OF = date(2026, 9, 30)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟", "令狐", "东方", "皇甫", "司徒", "慕容")


def situations(census: Census, n: int, seed: int) -> list[HouseholdSituation]:
    return list(situations_of(table(census, households=n, kind="known", seed=seed, as_of=AS_OF)))


@pytest.fixture(scope="module")
def registered(census: Census) -> list[NewHousehold]:
    return list(newcomers(situations(census, 1_500, 2), seed=2))


def told_of(household: NewHousehold) -> HouseholdSituation:
    assert household.situation is not None
    return household.situation


class TestPeople:
    def test_identity_numbers_are_valid_unique_and_marked(self, registered: list[NewHousehold]) -> None:
        texts = [member.id_number.text for household in registered for member in household.members]
        assert len(texts) == len(set(texts)) > 2_500
        for household in registered:
            for member, told in zip(household.members, told_of(household).members, strict=True):
                number = read_id_number(member.id_number.text)
                assert number.text.startswith(SYNTHETIC_PREFIX)
                assert number.synthetic
                assert (number.born, number.sex) == (told.born, told.sex)
                assert member.relation == told.relation
                assert member.person_id == told.person_id

    def test_the_numbers_of_one_day_run_out_with_a_word(self) -> None:
        numbers = IdNumbers()
        given = {numbers.next(date(1960, 1, 1), 2).text for _ in range(500)}
        assert len(given) == 500
        with pytest.raises(ValueError, match="no identity number is left for 1960-01-01"):
            numbers.next(date(1960, 1, 1), 2)
        assert numbers.next(date(1960, 1, 1), 1).sex == 1

    def test_the_same_people_for_the_same_seed(self, census: Census, registered: list[NewHousehold]) -> None:
        told = situations(census, 1_500, 2)
        assert list(newcomers(told, seed=2)) == registered
        assert {h.household_id for h in newcomers(told, seed=3)}.isdisjoint(
            h.household_id for h in registered
        )

    def test_places_and_telephones_are_invented(self, registered: list[NewHousehold]) -> None:
        for household in registered:
            assert household.address.endswith("号（虚构）")
            assert "胡同" in household.address
            assert household.phone.startswith("10")
            assert len(household.phone) == 11
            assert household.community.endswith("社区（虚构）")
            assert len(household.number) <= 30

    def test_nobody_is_registered_before_birth_or_after_today(self, registered: list[NewHousehold]) -> None:
        for household in registered:
            assert household.registered_on <= AS_OF
            assert all(member.born <= household.registered_on for member in told_of(household).members)

    def test_surnames_run_in_families(self, registered: list[NewHousehold]) -> None:
        def surname(name: str) -> str:
            return (
                name[:2]
                if name[:2]
                in ("欧阳", "司马", "上官", "诸葛", "尉迟", "令狐", "东方", "皇甫", "司徒", "慕容")
                else name[0]
            )

        for household in registered:
            head = household.members[0]
            for member in household.members:
                if member.relation == "51" or (member.relation in ("21", "31") and head.id_number.sex == 1):
                    assert surname(member.name) == surname(head.name)

    def test_rare_and_compound_surnames_occur_and_are_read_rightly(self, census: Census) -> None:
        names = [m.name for h in newcomers(situations(census, 4_000, 1), seed=1) for m in h.members]
        assert {name[0] for name in names} >= {"单", "仇", "区"}
        assert any(name.startswith("欧阳") for name in names)
        for first, read in (("单", "shan "), ("仇", "qiu "), ("区", "ou ")):
            assert all(reading(name).startswith(read) for name in names if name[0] == first)

    def test_the_situation_keeps_its_facts_under_the_new_ids(self, census: Census) -> None:
        (told,) = situations(census, 1, 2)
        (made,) = newcomers([told], seed=2)
        assert made.situation is not None
        same = replace(made.situation, household_id="", members=told.members, bills=())
        assert same == replace(told, household_id="", bills=())
        assert {bill.person_id for bill in made.situation.bills} <= {
            member.person_id for member in made.situation.members
        }
