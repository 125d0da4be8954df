"""Registering: once in the whole district, by the sub-district where they live, and written in the journal."""

from dataclasses import replace
from uuid import UUID

import pytest

from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import operations, queries
from jishiyu.registry.models import Household
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post
from tests.rooms.registry.conftest import District

CASEWORKER = a_post("caseworker")
pytestmark = pytest.mark.usefixtures("district")


def test_a_caseworker_registers_a_household_of_the_own_sub_district() -> None:
    one = a_newcomer(11, names=("曾阿牛", "曾小小"))
    with acting(CASEWORKER, moment=NOON):
        made = operations.register_household(one, actor=CASEWORKER, moment=NOON)
        row = queries.household(made, CASEWORKER)
        assert (row.number, row.status, row.address) == (one.number, "known", one.address)
        assert [member.person.name for member in queries.members(made)] == ["曾阿牛", "曾小小"]
        assert [member.person.pinyin for member in queries.members(made)] == ["zeng a niu", "zeng xiao xiao"]
        assert all(member.person.synthetic for member in queries.members(made))
    with acting(SYSTEM, moment=NOON):
        entry = journal.entries(act="registry.register", post=CASEWORKER.code).get()
    assert (entry.about_id, entry.household, entry.detail) == (one.number, made, {"members": 2})


def test_not_for_another_sub_district() -> None:
    with acting(CASEWORKER, moment=NOON), pytest.raises(NotYours) as refused:
        operations.register_household(a_newcomer(11, area=SHICHAHAI), actor=CASEWORKER, moment=NOON)
    assert refused.value.code == "other_area"
    assert refused.value.mend is not None


@pytest.mark.parametrize("role", ["reviewer", "decider", "finance", "office", "auditor", "expert", "admin"])
def test_only_caseworkers_register(role: str) -> None:
    post = a_post(role)  # type: ignore[arg-type]
    with acting(post, moment=NOON), pytest.raises(NotYours, match="not_your_act"):
        operations.register_household(a_newcomer(11), actor=post, moment=NOON)


def test_nobody_is_registered_twice_not_even_across_areas(district: District) -> None:
    newcomer = a_newcomer(11)
    known = district.theirs.members[1]
    again = replace(newcomer, members=(newcomer.members[0], replace(known, relation="20")))
    with acting(CASEWORKER, moment=NOON):
        with pytest.raises(CannotBecause) as refused:
            operations.register_household(again, actor=CASEWORKER, moment=NOON)
        assert refused.value.code == "already_registered"
        said = refused.value.reason.say("zh")
        assert "什刹海街道" in said
        assert known.id_number.last_four in said
        assert known.id_number.text not in said
        assert district.theirs.number not in said
        assert Household.objects.count() == 1


def test_an_act_that_fails_leaves_nothing(district: District) -> None:
    twice = replace(a_newcomer(11), number=district.ours.number)
    with acting(CASEWORKER, moment=NOON):
        with pytest.raises(Exception, match="number"):
            operations.register_household(twice, actor=CASEWORKER, moment=NOON)
        assert queries.counts(CASEWORKER).persons == 2


def test_file_numbers_follow_one_another() -> None:
    with acting(CASEWORKER, moment=NOON):
        one, two = queries.next_number(DESHENG, TODAY), queries.next_number(DESHENG, TODAY)
    assert one.startswith("XC010-2026-")
    assert int(two[-6:]) == int(one[-6:]) + 1


def test_opening_to_an_agency_is_done_once_and_noted(district: District) -> None:
    household = UUID(district.ours.household_id)
    with acting(CASEWORKER, moment=NOON):
        for _ in range(2):
            operations.open_to_agency(household, sub_district=DESHENG, agency="CS", because="慈善", day=TODAY)
        assert [row.agency_id for row in queries.openings(household)] == ["MZ", "CS"]
    with acting(SYSTEM, moment=NOON):
        assert journal.entries(act="registry.open_to_agency", post=CASEWORKER.code).count() == 1
    with acting(a_post("decider", agency="CS"), moment=NOON):
        assert Household.objects.count() == 1


def test_looking_is_noted(district: District) -> None:
    household = UUID(district.ours.household_id)
    with acting(CASEWORKER, moment=NOON):
        operations.look(household, actor=CASEWORKER)
    with acting(CASEWORKER, moment=NOON):
        entry = journal.entries(act="registry.look").get()
    assert (entry.household, entry.about_id) == (household, district.ours.number)


def test_exporting_is_noted_and_not_everybodys() -> None:
    with acting(CASEWORKER, moment=NOON):
        operations.note_export(rows=7, what="households", actor=CASEWORKER)
    with acting(CASEWORKER, moment=NOON):
        assert journal.entries(act="registry.export").get().detail == {"rows": 7}
    with acting(a_post("auditor"), moment=NOON), pytest.raises(NotYours):
        operations.note_export(rows=7, what="households", actor=a_post("auditor"))
