"""Conditions met and awards granted: what is said of an answer that rests on a status which nobody granted."""

from dataclasses import replace
from datetime import date

from jishiyu.programmes.queries import entitlements
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import the_pack
from tests.rooms.programmes.test_pack_rules import a_home

DAY = date(2020, 8, 1)


def answers(home: HouseholdSituation, *held: str) -> dict[str, Entitlement]:
    return {one.item: one for one in entitlements(home, DAY, the_pack(), held=held)}


def test_an_item_for_dibao_families_says_to_apply_for_dibao_first() -> None:
    one = answers(a_home())["ZK08"]
    assert one.outcome == "eligible"
    assert [each.say("en") for each in one.depends_on] == [
        "The conditions of “Urban minimum living guarantee (dibao)” are met, but it is not granted yet: "
        "apply for “Urban minimum living guarantee (dibao)” first; this follows once it is granted"
    ]


def test_nothing_is_said_once_it_is_granted_or_where_awards_are_not_known() -> None:
    assert answers(a_home(), "ZK01")["ZK08"].depends_on == ()
    assert {one.depends_on for one in entitlements(a_home(), DAY, the_pack())} == {()}


def test_an_item_that_asks_for_no_status_says_nothing() -> None:
    old = a_home(born=date(1938, 1, 1))
    assert answers(old)["ZL01"].outcome == "eligible"
    assert answers(old)["ZL01"].depends_on == ()


def test_another_amount_by_what_is_granted_is_said() -> None:
    disabled = a_home(disability_category=4, disability_grade=3)
    one = answers(disabled, "ZK03")["ZC01"]
    assert (one.outcome, one.amount) == ("eligible", 32_000)
    assert "按已批准的身份为300.00元" in one.depends_on[0].say("zh")
    assert answers(disabled, "ZK01")["ZC01"].depends_on == ()


def test_the_awards_themselves_depend_on_none() -> None:
    found = answers(a_home())
    assert all(found[id].depends_on == () for id in ("ZK01", "ZK02", "ZK03", "ZK04"))


def test_what_is_told_of_awards_is_no_part_of_what_is_stored() -> None:
    told = answers(a_home())["ZK08"]
    assert told.hash == replace(told, depends_on=()).hash
