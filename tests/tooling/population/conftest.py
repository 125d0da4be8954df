"""The same few thousand made-up households for every page of these tests."""

from datetime import date

import pytest
from django.conf import settings

from jishiyu.doors.jobs.population.census import Census, Kind, read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.situation import HouseholdSituation

AS_OF = date(2026, 9, 30)


def situations(census: Census, kind: Kind, n: int, seed: int = 7) -> list[HouseholdSituation]:
    return list(situations_of(table(census, households=n, kind=kind, seed=seed, as_of=AS_OF)))


@pytest.fixture(scope="session")
def census() -> Census:
    return read_census(settings.PACK_DIR / "population.csv")


@pytest.fixture(scope="session")
def general(census: Census) -> list[HouseholdSituation]:
    return situations(census, "general", 4_000)


@pytest.fixture(scope="session")
def known(census: Census) -> list[HouseholdSituation]:
    return situations(census, "known", 4_000)


@pytest.fixture(scope="session")
def everyone(general: list[HouseholdSituation], known: list[HouseholdSituation]) -> list[HouseholdSituation]:
    return general + known
