"""Finding people as officials know them."""

import pytest

from jishiyu.offices.operations import acting
from jishiyu.registry import queries
from jishiyu.registry.operations import register_household
from tests.conftest import NOON
from tests.fixtures import a_newcomer, a_post
from tests.rooms.registry.conftest import District

CASEWORKER = a_post("caseworker")


def found(words: str) -> list[str]:
    """Names of who is found."""
    with acting(CASEWORKER, moment=NOON):
        return [one.person.name for one in queries.find(words, CASEWORKER)]


@pytest.mark.parametrize(
    "words",
    ["单春雨", "单", " 单 春雨 ", "scy", "SCY", "shan chun yu", "shanchunyu", "shanch", "shan chun"],
)
@pytest.mark.usefixtures("district")
def test_by_name_and_by_reading(words: str) -> None:
    assert found(words) == ["单春雨"]


def test_by_number_and_its_last_four(district: District) -> None:
    number = district.ours.members[0].id_number
    assert found(number.text) == ["单春雨"]
    assert found(number.text.lower()) == ["单春雨"]
    assert found(number.last_four) == ["单春雨"]


def test_by_the_household_number(district: District) -> None:
    assert sorted(found(district.ours.number)) == ["单春雨", "王小满"]
    assert sorted(found(district.ours.number.lower())) == ["单春雨", "王小满"]


@pytest.mark.parametrize(
    "words", ["", "   ", "春雨", "zzz", "9999", "119900", "%", "_", "'", "单%", "1199001975030404"]
)
@pytest.mark.usefixtures("district")
def test_nothing_is_found(words: str) -> None:
    assert found(words) == []


def test_nobody_of_another_area_even_by_the_whole_number(district: District) -> None:
    assert found(district.theirs.members[0].id_number.text) == []
    assert found(district.theirs.members[0].id_number.last_four) == []
    assert found(district.theirs.number) == []


def test_hits_are_limited_and_in_order_of_reading(district: District) -> None:
    with acting(CASEWORKER, moment=NOON):
        for running, name in enumerate(["王安", "王北", "王春", "王东"], start=20):
            register_household(a_newcomer(running, names=(name,)), actor=CASEWORKER, moment=NOON)
        hits = queries.find("w", CASEWORKER, limit=3)
    assert [one.person.name for one in hits] == ["王安", "王北", "王春"]
    assert hits[0].relation == "02"
