"""Who sees which households: once by the queries, and again by the database when a filter is forgotten."""

from contextlib import suppress
from uuid import UUID

import psycopg.errors
import pytest
from django.db import Error, connection, transaction

from jishiyu.foundations.outcomes import NotFound
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM, Post
from jishiyu.registry import queries
from jishiyu.registry.models import Bill, Household, Membership, Opening, Person, Snapshot, SnapshotMember
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post
from tests.rooms.registry.conftest import District

OURS, THEIRS = {DESHENG}, {SHICHAHAI}
WHO: list[tuple[Post, set[str]]] = [
    (a_post("caseworker"), OURS),
    (a_post("caseworker", area=SHICHAHAI), THEIRS),
    (a_post("reviewer"), OURS),
    (a_post("sub_district_head"), OURS),
    (a_post("agency_officer", agency="MZ"), OURS),
    (a_post("decider", agency="MZ"), OURS),
    (a_post("decider", agency="CS"), set()),
    (a_post("finance"), OURS | THEIRS),
    (a_post("office"), OURS | THEIRS),
    (a_post("auditor"), OURS | THEIRS),
    (a_post("expert"), set()),
    (a_post("admin"), set()),
    (PUBLIC, set()),
    (SYSTEM, OURS | THEIRS),
]
EACH = pytest.mark.parametrize(("post", "areas"), WHO, ids=[post.code for post, _ in WHO])
SEEN_OF_EACH = {Household: 1, Person: 2, Membership: 2, Snapshot: 1, SnapshotMember: 2, Bill: 1}


@EACH
@pytest.mark.usefixtures("district")
def test_the_queries_obey(post: Post, areas: set[str]) -> None:
    with acting(post, moment=NOON):
        assert {row.sub_district_id for row in queries.households(post)} == areas
        assert {row.sub_district_id for row in queries.persons(post)} == areas


@EACH
@pytest.mark.usefixtures("district")
def test_counts_search_and_snapshots_obey_too(post: Post, areas: set[str]) -> None:
    with acting(post, moment=NOON):
        count = queries.counts(post)
        assert (count.households, count.persons) == (len(areas), 2 * len(areas))
        assert set(count.by_sub_district) == areas
        assert {one.household.sub_district_id for one in queries.find("xiaoman", post)} <= areas
        assert {one.household.sub_district_id for one in queries.find("仇小满", post)} == areas & THEIRS
        assert len(queries.latest_snapshot_ids(post)) == len(areas)
        assert queries.communities(post) == sorted(f"{area}001" for area in areas)
        assert queries.registered_between(post, TODAY.replace(day=1), TODAY) == len(areas)


@EACH
@pytest.mark.usefixtures("district")
def test_a_forgotten_filter_shows_no_more(post: Post, areas: set[str]) -> None:
    with acting(post, moment=NOON):
        for model, of_each in SEEN_OF_EACH.items():
            assert model.objects.count() == of_each * len(areas), model.__name__  # type: ignore[attr-defined]
        assert set(Household.objects.values_list("sub_district_id", flat=True)) == areas


@pytest.mark.usefixtures("district")
def test_with_no_post_named_everything_is_empty() -> None:
    for model in (*SEEN_OF_EACH, Opening):
        assert model.objects.count() == 0, model.__name__  # type: ignore[attr-defined]


@pytest.mark.usefixtures("district")
def test_an_agency_sees_its_own_openings_only() -> None:
    for agency, seen in (("MZ", 1), ("CS", 0)):
        with acting(a_post("decider", agency=agency), moment=NOON):
            assert Opening.objects.count() == seen


def test_a_household_out_of_reach_is_as_if_it_were_not(district: District) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        for unknown in (district.theirs.household_id, "00000000-0000-4000-8000-000000000000"):
            with pytest.raises(NotFound, match="no_such_household"):
                queries.household(UUID(unknown), caseworker)


def test_the_database_refuses_to_write_elsewhere(district: District) -> None:
    with acting(a_post("caseworker"), moment=NOON):
        with pytest.raises(Error) as refused, transaction.atomic():
            Household.objects.create(
                number="X", sub_district_id=SHICHAHAI, community="", address="", phone="", registered_on=TODAY
            )
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
        assert Household.objects.filter(pk=district.theirs.household_id).update(community="x") == 0
        with pytest.raises(Error), transaction.atomic():
            Household.objects.filter(pk=district.ours.household_id).update(sub_district_id=SHICHAHAI)


@pytest.mark.parametrize("role", ["auditor", "expert", "admin"])
@pytest.mark.usefixtures("district")
def test_who_only_watches_writes_nothing(role: str) -> None:
    with acting(a_post(role), moment=NOON), pytest.raises(Error), transaction.atomic():  # type: ignore[arg-type]
        Household.objects.create(
            number="X", sub_district_id=DESHENG, community="", address="", phone="", registered_on=TODAY
        )


@pytest.mark.parametrize(
    "table", ["membership", "bill", "snapshotmember", "snapshot", "household", "opening", "person"]
)
@pytest.mark.usefixtures("district")
def test_nobody_deletes(table: str) -> None:
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from registry_{table}")  # noqa: S608 - fixed words above
        before = cursor.fetchone()
        with suppress(Error), transaction.atomic():
            cursor.execute(f"delete from registry_{table}")  # noqa: S608
        cursor.execute(f"select count(*) from registry_{table}")  # noqa: S608
        assert cursor.fetchone() == before
        assert before > (0,)


def test_where_somebody_is_registered_crosses_areas_and_says_no_more(district: District) -> None:
    number = district.theirs.members[0].id_number.text
    unknown = a_newcomer(90).members[0].id_number.text
    with acting(a_post("caseworker"), moment=NOON):
        assert queries.where_registered([number, unknown]) == {number: SHICHAHAI}
