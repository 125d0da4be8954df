"""A household's page tells its places, what would change its band, and what changed since the last score and why."""

from dataclasses import replace

import pytest
from django.test import Client

from jishiyu.offices.operations import acting
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import record_snapshot, store_households
from tests.conftest import NOON
from tests.fixtures import DESHENG, a_newcomer, engage_all, open_offices
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
CASEWORKER = f"caseworker.{DESHENG}"
HOMES = [a_newcomer(n, wage=600_000 * (n + 1)) for n in range(3)]


@pytest.fixture
def street() -> Client:
    """The caseworker of the households' sub-district."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        store_households(HOMES, recorded_by="test", moment=NOON)
    return logged_in(CASEWORKER)


def assessed(street: Client, place: int) -> str:
    """A household's page right after it was assessed."""
    page = f"/desk/households/{HOMES[place].household_id}/"
    assert street.post(f"{page}assess/").status_code in (200, 302)
    return street.get(page).content.decode()


def test_places_and_ways_stand_beside_the_score(street: Client) -> None:
    assert "全区第 1 位（共 1 户）" in assessed(street, 2)
    text = assessed(street, 0)
    assert "共 2 户" in text
    assert "怎样会变到另一等级" in text
    assert "与上次评估相比" not in text, "there is no score before this one"


def test_what_changed_since_the_last_score_is_told_with_its_cause(street: Client) -> None:
    assessed(street, 0)
    told = HOMES[0].situation
    assert told is not None
    with acting(SYSTEM, moment=NOON):
        caseworker = post_by_code(CASEWORKER, NOON.date())
    with acting(caseworker, moment=NOON):
        worse = replace(told, unsafe_housing=True)
        record_snapshot(worse, source="test", actor=caseworker, moment=NOON)
    text = assessed(street, 0)
    assert "与上次评估相比" in text
    assert "情况变化" in text
    assert "危旧、无独立厨卫、平房直管公房" in text
