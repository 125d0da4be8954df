"""Members come and go, heads change, households move and end: history stays, duplicates are refused, each with its ground."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry import operations, queries
from jishiyu.registry.rules.moves import Arrival, Departure, Ground, Lives, NewHome, suggested
from jishiyu.registry.rules.newcomers import NewMember
from tests.conftest import NOON, TODAY
from tests.fixtures import SHICHAHAI, a_newcomer, a_post, an_id, open_offices, person_of

pytestmark = pytest.mark.django_db
WORKER, OTHER = a_post("caseworker"), a_post("caseworker", area=SHICHAHAI)
OURS = a_newcomer(1, names=("单春雨", "王小满", "王大雪"))
THEIRS = a_newcomer(9, area=SHICHAHAI, names=("仇立秋",))
OURS_ID, THEIRS_ID = UUID(OURS.household_id), UUID(THEIRS.household_id)
HEAD, SON, SECOND = (str(person_of(OURS, place)) for place in range(3))
GROUND = Ground(TODAY, "户口本已变更", "户口本")


@pytest.fixture(autouse=True)
def homes() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        operations.store_households([OURS, THEIRS], recorded_by="test", moment=NOON)


def present(household_id: UUID) -> dict[str, str]:
    return {str(row.person_id): row.relation for row in queries.members(household_id)}


def a_baby(running: int = 40) -> NewMember:
    return NewMember(str(uuid4()), "单新芽", an_id(date(2026, 11, 20), 2, running), "30")


def goes(person: str, kind: str = "apart", **relations: str) -> Departure:
    return Departure(person, kind, GROUND, {key.removeprefix("_"): code for key, code in relations.items()})


def code_of(refused: pytest.ExceptionInfo[CannotBecause]) -> str:
    return refused.value.code


def test_a_child_is_born_and_nothing_is_known_of_it_until_somebody_tells() -> None:
    with acting(WORKER, moment=NOON):
        born = operations.move_in(OURS_ID, Arrival(a_baby(), "birth", GROUND), actor=WORKER, moment=NOON)
        assert present(OURS_ID)[str(born)] == "30"
        newest = queries.latest_snapshot(OURS_ID)
        assert newest is not None
        assert newest.number == 2
        told = {one.person_id: one for one in queries.situation(newest.id).members}
        assert told[str(born)].wage_income is None
        assert told[HEAD].wage_income == 600_000
        (line,) = queries.changes(OURS_ID)
        assert (line.kind, line.said["paper"], line.said["name"]) == ("birth", "户口本", "单新芽")
    with acting(SYSTEM, moment=NOON):
        assert journal.entries(act="registry.move_in", household=OURS_ID)


def test_who_lives_somewhere_is_refused_with_the_place_in_words() -> None:
    twin = replace(THEIRS.members[0], person_id=str(uuid4()), relation="97")
    with acting(WORKER, moment=NOON), pytest.raises(CannotBecause) as refused:
        operations.move_in(OURS_ID, Arrival(twin, "coming", GROUND), actor=WORKER, moment=NOON)
    assert code_of(refused) == "already_registered"
    assert "什刹海" in refused.value.reason.say("zh")


def test_a_member_leaves_and_comes_to_another_household_as_the_same_person() -> None:
    with acting(WORKER, moment=NOON):
        operations.move_out(OURS_ID, goes(SON, "married_out"), actor=WORKER, moment=NOON)
        assert SON not in present(OURS_ID)
        assert [str(row.person_id) for row in queries.former_members(OURS_ID)] == [SON]
    again = replace(OURS.members[1], person_id=str(uuid4()), relation="97")
    with acting(OTHER, moment=NOON):
        other_name = Arrival(replace(again, name="王小寒"), "marriage", GROUND)
        with pytest.raises(CannotBecause) as refused:
            operations.move_in(THEIRS_ID, other_name, actor=OTHER, moment=NOON)
        assert code_of(refused) == "registry.other_name"
        person = operations.move_in(THEIRS_ID, Arrival(again, "marriage", GROUND), actor=OTHER, moment=NOON)
        assert str(person) == SON
        assert queries.persons(OTHER).filter(pk=SON).exists()


def test_who_left_can_found_a_household_of_their_own() -> None:
    with acting(WORKER, moment=NOON):
        operations.move_out(OURS_ID, goes(SECOND), actor=WORKER, moment=NOON)
        apart = a_newcomer(77, names=("谁",))
        alone = replace(OURS.members[2], person_id=apart.members[0].person_id, relation="02")
        made = operations.register_household(replace(apart, members=(alone,)), actor=WORKER, moment=NOON)
        assert present(made) == {SECOND: "02"}
        newest = queries.latest_snapshot(made)
        assert newest is not None
        assert [one.person_id for one in queries.situation(newest.id).members] == [SECOND]


def test_when_the_head_dies_another_is_head_and_the_dead_come_back_nowhere() -> None:
    with acting(WORKER, moment=NOON):
        with pytest.raises(CannotBecause) as refused:
            operations.move_out(OURS_ID, goes(HEAD, "death"), actor=WORKER, moment=NOON)
        assert code_of(refused) == "registry.relations_missing"
        two = goes(HEAD, "death", **{f"_{SON}": "02", f"_{SECOND}": "02"})
        with pytest.raises(CannotBecause) as refused:
            operations.move_out(OURS_ID, two, actor=WORKER, moment=NOON)
        assert code_of(refused) == "registry.implausible"
        dies = goes(HEAD, "death", **{f"_{SON}": "02", f"_{SECOND}": "70"})
        operations.move_out(OURS_ID, dies, actor=WORKER, moment=NOON)
        assert present(OURS_ID) == {SON: "02", SECOND: "70"}
        assert {one.kind for one in queries.changes(OURS_ID)} == {"death", "head"}
        newest = queries.latest_snapshot(OURS_ID)
        assert newest is not None
        assert {one.person_id: one.relation for one in queries.situation(newest.id).members} == present(
            OURS_ID
        )
        back = replace(OURS.members[0], person_id=str(uuid4()), relation="52")
        with pytest.raises(CannotBecause):
            operations.move_in(OURS_ID, Arrival(back, "back", GROUND), actor=WORKER, moment=NOON)


def test_with_its_last_member_a_household_ends_and_changes_no_more() -> None:
    only = str(person_of(THEIRS))
    with acting(OTHER, moment=NOON):
        operations.move_out(THEIRS_ID, goes(only, "death"), actor=OTHER, moment=NOON)
        assert queries.household(THEIRS_ID, OTHER).status == "ended"
        with pytest.raises(CannotBecause) as refused:
            operations.move_in(THEIRS_ID, Arrival(a_baby(), "birth", GROUND), actor=OTHER, moment=NOON)
        assert code_of(refused) == "registry.ended"


def test_another_head_without_anybody_leaving() -> None:
    with acting(WORKER, moment=NOON):
        same = {HEAD: "02", SON: "20", SECOND: "20"}
        with pytest.raises(CannotBecause) as refused:
            operations.change_head(OURS_ID, same, GROUND, actor=WORKER, moment=NOON)
        assert code_of(refused) == "registry.same_head"
        other = {HEAD: "52", SON: "02", SECOND: "70"}
        operations.change_head(OURS_ID, other, GROUND, actor=WORKER, moment=NOON)
        assert present(OURS_ID) == other


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (replace(GROUND, reason=""), "registry.without_ground"),
        (replace(GROUND, paper=" "), "registry.without_ground"),
        (replace(GROUND, day=TODAY + timedelta(days=1)), "registry.not_yet"),
        (replace(GROUND, day=date(2020, 1, 1)), "registry.before_coming"),
    ],
)
def test_no_change_without_ground_or_of_an_impossible_day(ground: Ground, code: str) -> None:
    with acting(WORKER, moment=NOON), pytest.raises(CannotBecause) as refused:
        operations.move_out(OURS_ID, Departure(SON, "apart", ground, {}), actor=WORKER, moment=NOON)
    assert code_of(refused) == code


def test_an_address_is_corrected_and_what_stood_before_is_kept_sealed() -> None:
    home = NewHome("德胜一社区", OURS.address, "13900000000")
    with acting(WORKER, moment=NOON):
        operations.correct_home(OURS_ID, home, GROUND, version=1, actor=WORKER, moment=NOON)
        row = queries.household(OURS_ID, WORKER)
        assert (row.community, row.phone, row.version) == ("德胜一社区", "13900000000", 2)
        (line,) = queries.changes(OURS_ID)
        assert line.said["before_phone"] == OURS.phone
        for version, code in ((1, "registry.changed_meanwhile"), (2, "registry.nothing_new")):
            with pytest.raises(CannotBecause) as refused:
                operations.correct_home(OURS_ID, home, GROUND, version=version, actor=WORKER, moment=NOON)
            assert code_of(refused) == code


def test_a_household_moves_to_another_sub_district_and_the_old_one_keeps_what_it_recorded() -> None:
    home = NewHome("某社区", "某胡同1号", "")
    then = NOON + timedelta(minutes=1)
    with acting(WORKER, moment=then):
        operations.hand_over(OURS_ID, SHICHAHAI, home, GROUND, actor=WORKER, moment=then)
    with acting(OTHER, moment=NOON + timedelta(minutes=5)):
        assert queries.household(OURS_ID, OTHER).head_name == "单春雨"  # type: ignore[attr-defined]
        assert len(queries.members(OURS_ID)) == 3
        assert [one.household.number for one in queries.arrived(OTHER)] == [OURS.number]
        newest = queries.latest_snapshot(OURS_ID)
        assert newest is not None
        operations.record_snapshot(
            queries.situation(newest.id), source="新街道", actor=OTHER, moment=NOON + timedelta(minutes=5)
        )
        assert queries.arrived(OTHER) == []
    with acting(WORKER, moment=NOON + timedelta(minutes=9)):
        with pytest.raises(NotFound):
            queries.household(OURS_ID, WORKER)
        row = operations.look(OURS_ID, actor=WORKER)
        assert row.away.last_day == TODAY  # type: ignore[attr-defined]
        assert row.head_name == "单春雨"  # type: ignore[attr-defined]
        assert [one.number for one in queries.snapshots(OURS_ID)] == [1]
        with pytest.raises(NotFound):
            operations.move_out(OURS_ID, goes(SON), actor=WORKER, moment=NOON)
        assert not queries.households(WORKER).filter(pk=OURS_ID).exists()


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (OTHER, NotFound),
        (a_post("reviewer"), NotYours),
        (a_post("auditor"), NotYours),
        (a_post("agency_officer"), NotYours),
    ],
)
def test_only_the_caseworker_of_the_own_sub_district_changes_a_household(
    post: Post, why: type[Exception]
) -> None:
    with acting(post, moment=NOON):
        with pytest.raises(why):
            operations.move_out(OURS_ID, goes(SON), actor=post, moment=NOON)
        with pytest.raises(why):
            operations.hand_over(OURS_ID, SHICHAHAI, NewHome("", "", ""), GROUND, actor=post, moment=NOON)


def test_relations_to_a_new_head_are_suggested_where_they_can_be_told() -> None:
    def lives(name: str, relation: str, sex: int) -> Lives:
        return Lives(name, date(1990, 1, 1), sex, relation)

    head, wife, son = lives("h", "02", 1), lives("w", "10", 2), lives("s", "20", 1)
    mother, other = lives("m", "52", 2), lives("o", "97", 1)
    everybody = (head, wife, son, mother, other)
    assert [suggested(wife, one) for one in everybody] == ["10", "02", "20", "54", ""]
    assert [suggested(son, one) for one in everybody] == ["51", "52", "02", "60", ""]
    assert [suggested(mother, one) for one in everybody] == ["20", "38", "40", "02", ""]
