"""A small district behind the staff's pages: log-ins of every kind, a household in Desheng and one in Shichahai."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import open_to_agency, register_household
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, engage_all, open_offices

CASEWORKER = f"caseworker.{DESHENG}"
Open = Callable[[str], Client]


@dataclass(frozen=True)
class Street:
    """The two households; Desheng's is open to 民政局."""

    ours: NewHousehold
    theirs: NewHousehold

    @property
    def our_id(self) -> UUID:
        return UUID(self.ours.household_id)

    @property
    def their_id(self) -> UUID:
        return UUID(self.theirs.household_id)


@pytest.fixture
def street(db: None) -> Street:
    """Offices, log-ins, households."""
    # Of another year than today, so that they do not meet the file numbers that the pages give.
    ours = replace(a_newcomer(1, bills=[(3_000_000, 1_000_000)]), number="XC010-2020-000001")
    theirs = a_newcomer(2, area=SHICHAHAI, names=("仇小满", "仇大雪"))
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        for one in (ours, theirs):
            register_household(one, actor=SYSTEM, moment=NOON)
        open_to_agency(UUID(ours.household_id), sub_district=DESHENG, agency="MZ", because="测试", day=TODAY)
    return Street(ours, theirs)


@pytest.fixture
def log_in(street: Street) -> Open:
    """A browser of somebody who is logged in already."""

    def opened(username: str) -> Client:
        client = Client()
        officer = get_user_model().objects.get(username=username)
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


@pytest.fixture
def caseworker(log_in: Open) -> Client:
    """Desheng's caseworker."""
    return log_in(CASEWORKER)
