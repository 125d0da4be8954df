"""How a household fares, day by day: each snapshot stays as it was; the next one stands beside it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import operations, queries
from jishiyu.registry.models import Bill, Snapshot, SnapshotMember
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.conftest import NOON, TODAY
from tests.fixtures import SHICHAHAI, a_post
from tests.rooms.registry.conftest import District

CASEWORKER = a_post("caseworker")


def newer(district: District, **facts: Any) -> HouseholdSituation:
    """Our household's situation today, with some facts changed."""
    assert district.ours.situation is not None
    return replace(district.ours.situation, as_of=TODAY, **facts)


def unnamed(told: HouseholdSituation) -> HouseholdSituation:
    """The situation with members in order and without the bills' ids, which each storing makes anew."""
    return replace(
        told,
        members=tuple(sorted(told.members, key=lambda one: one.person_id)),
        bills=tuple(replace(bill, bill_id="") for bill in told.bills),
    )


def test_what_is_told_is_what_is_read(district: District) -> None:
    with acting(CASEWORKER, moment=NOON):
        newest = queries.latest_snapshot(UUID(district.ours.household_id))
        assert newest is not None
        read = queries.situation(newest.id)
    assert district.ours.situation is not None
    assert unnamed(read) == unnamed(district.ours.situation)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    assets=st.none() | st.integers(0, 2**53),
    unsafe=st.none() | st.booleans(),
    wage=st.none() | st.integers(-(10**12), 10**12),
    illness=st.sampled_from([None, "none", "chronic", "serious"]),
    grade=st.sampled_from([None, 0, 1, 4]),
    identities=st.frozensets(st.sampled_from(["orphan", "veteran", "religious"])),
)
def test_unknown_stays_unknown_and_zero_stays_zero(district: District, **facts: Any) -> None:
    first, *rest = newer(district).members
    changed = replace(
        first,
        wage_income=facts["wage"],
        illness=facts["illness"],
        disability_grade=facts["grade"],
        identities=facts["identities"],
    )
    told = newer(
        district,
        liquid_assets=facts["assets"],
        unsafe_housing=facts["unsafe"],
        members=(changed, *rest),
        bills=(),
    )
    with acting(CASEWORKER, moment=NOON):
        made = operations.record_snapshot(told, source="入户", actor=CASEWORKER, moment=NOON)
        assert unnamed(queries.situation(made)) == unnamed(told)


def test_a_new_snapshot_stands_beside_the_old_one(district: District) -> None:
    household = UUID(district.ours.household_id)
    with acting(CASEWORKER, moment=NOON):
        made = operations.record_snapshot(
            newer(district, debt=9_900), source="入户了解", actor=CASEWORKER, moment=NOON
        )
        rows = queries.snapshots(household)
        assert [(row.number, row.debt) for row in rows] == [(2, 9_900), (1, 0)]
        assert (rows[0].id, rows[0].source, rows[0].recorded_by) == (made, "入户了解", CASEWORKER.code)
        assert queries.latest_snapshot(household) == rows[0]
        assert queries.latest_snapshot_ids(CASEWORKER) == [made]
    with acting(CASEWORKER, moment=NOON):
        assert journal.entries(act="registry.record_snapshot").get().detail == {
            "as_of": str(TODAY),
            "number": 2,
        }


def test_its_members_are_the_households(district: District) -> None:
    told = newer(district)
    with acting(CASEWORKER, moment=NOON), pytest.raises(CannotBecause, match="other_members"):
        operations.record_snapshot(
            replace(told, members=told.members[:1]), source="入户", actor=CASEWORKER, moment=NOON
        )


def test_not_of_another_area(district: District) -> None:
    other = a_post("caseworker", area=SHICHAHAI)
    with acting(other, moment=NOON), pytest.raises(NotFound):
        operations.record_snapshot(newer(district), source="入户", actor=other, moment=NOON)


def test_not_by_whoever_decides(district: District) -> None:
    decider = a_post("decider")
    with acting(decider, moment=NOON), pytest.raises(NotYours):
        operations.record_snapshot(newer(district), source="入户", actor=decider, moment=NOON)


@pytest.mark.parametrize("model", [Snapshot, SnapshotMember, Bill])
@pytest.mark.usefixtures("district")
def test_a_snapshot_is_never_changed(model: Any) -> None:
    field = {Snapshot: "debt", SnapshotMember: "wage_income", Bill: "total"}[model]
    with acting(SYSTEM, moment=NOON):
        before = sorted(model.objects.values_list("pk", field))
        for change in (
            lambda: model.objects.update(**{field: 1}),
            lambda: model.objects.all()._raw_delete("default"),
        ):
            try:
                with transaction.atomic():
                    assert not change()
            except Error:
                pass
        assert sorted(model.objects.values_list("pk", field)) == before


def test_a_bill_must_add_up(district: District) -> None:
    wrong = replace(newer(district).bills[0], basic_paid=2_999_999, critical_paid=2)
    with (
        acting(CASEWORKER, moment=NOON),
        pytest.raises(Error, match="registry_bill_adds_up"),
        transaction.atomic(),
    ):
        operations.record_snapshot(
            newer(district, bills=(wrong,)), source="入户", actor=CASEWORKER, moment=NOON
        )


def test_a_snapshot_out_of_reach_is_not_found(district: District) -> None:
    with acting(SYSTEM, moment=NOON):
        theirs = queries.latest_snapshot(UUID(district.theirs.household_id))
    assert theirs is not None
    with acting(CASEWORKER, moment=NOON), pytest.raises(NotFound):
        queries.situation(theirs.id)


def test_situations_come_in_order_of_their_ids(district: District) -> None:
    with acting(SYSTEM, moment=NOON):
        ids = queries.latest_snapshot_ids(SYSTEM)
        told = queries.situations(ids)
        names = {row.id: str(row.household_id) for row in Snapshot.objects.all()}
    assert [one.household_id for one in told] == [names[pk] for pk in sorted(ids)]
