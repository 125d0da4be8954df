"""Scores kept with their reasons, by the right posts, within their reach, and never changed."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jishiyu.assessment import operations, queries
from jishiyu.assessment.models import HardshipScore, IndicatorSet
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import record_snapshot, store_households
from jishiyu.registry.queries import latest_snapshot, latest_snapshot_ids, situation
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, open_offices, the_pack

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


@pytest.fixture
def homes() -> dict[str, UUID]:
    """One household in each of two sub-districts, by sub-district code."""
    ones = {DESHENG: a_newcomer(1), SHICHAHAI: a_newcomer(2, area=SHICHAHAI)}
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households(list(ones.values()), recorded_by="test", moment=NOON)
    return {area: UUID(one.household_id) for area, one in ones.items()}


def snapshot_of(household_id: UUID) -> UUID:
    found = latest_snapshot(household_id)
    assert found is not None
    return found.id


def test_a_score_is_kept_with_a_reason_for_each_indicator(homes: dict[str, UUID]) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        score = operations.assess_household(
            snapshot_of(homes[DESHENG]), actor=caseworker, moment=NOON, day=DAY
        )
    with acting(caseworker, moment=NOON):
        kept = HardshipScore.objects.get(pk=score.pk)
        assert kept.score == sum(one["points"] for one in kept.dimensions) > 0
        assert len(kept.reasons) == 21
        assert all(one["reason"]["zh"] and one["reason"]["en"] for one in kept.reasons)
        assert {one["key"] for one in kept.reasons if not one["known"]} == set()
        assert kept.set_version == "0.1-illustrative"
        assert kept.certain
        assert kept.band in {"red", "orange", "yellow", "blue", "green"}


def test_assessed_again_on_the_same_evidence_the_kept_score_comes_back(homes: dict[str, UUID]) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        snapshot = snapshot_of(homes[DESHENG])
        first = operations.assess_household(snapshot, actor=caseworker, moment=NOON, day=DAY)
        again = operations.assess_household(snapshot, actor=caseworker, moment=NOON, day=DAY)
        later = operations.assess_household(
            snapshot, actor=caseworker, moment=NOON, day=DAY + timedelta(days=1)
        )
        assert first.pk == again.pk == later.pk
        assert len(queries.score_history(homes[DESHENG])) == 1


def test_new_evidence_makes_a_new_score_and_keeps_the_old(homes: dict[str, UUID]) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        old = operations.assess_household(snapshot_of(homes[DESHENG]), actor=caseworker, moment=NOON, day=DAY)
        facts = situation(snapshot_of(homes[DESHENG]))
        poorer = replace(
            facts, members=tuple(replace(one, wage_income=0) for one in facts.members), as_of=TODAY
        )
        changed = record_snapshot(poorer, source="test", actor=caseworker, moment=NOON)
        new = operations.assess_household(changed, actor=caseworker, moment=NOON, day=DAY)
        assert new.score > old.score
        assert [one.pk for one in queries.score_history(homes[DESHENG])][-1] == old.pk


def test_many_at_once_give_the_same_scores_as_one_by_one(homes: dict[str, UUID]) -> None:
    with acting(SYSTEM, moment=NOON):
        ids = latest_snapshot_ids(SYSTEM)
        assert operations.assess_many(ids, actor=SYSTEM, moment=NOON, day=DAY) == 2
        assert operations.assess_many(ids, actor=SYSTEM, moment=NOON, day=DAY) == 0
        kept = {row.household_id: row.digest for row in queries.latest_scores(SYSTEM)}
        for household in homes.values():
            one = operations.assess_household(snapshot_of(household), actor=SYSTEM, moment=NOON, day=DAY)
            assert one.digest == kept[household]


def test_a_post_scores_and_sees_only_within_its_reach(homes: dict[str, UUID]) -> None:
    own, other = a_post("caseworker"), a_post("caseworker", area=SHICHAHAI)
    with acting(other, moment=NOON):
        theirs = operations.assess_household(snapshot_of(homes[SHICHAHAI]), actor=other, moment=NOON, day=DAY)
        snapshot = theirs.snapshot_id
    with acting(own, moment=NOON):
        assert queries.latest_score(homes[SHICHAHAI]) is None
        assert queries.distribution(own) == []
        with pytest.raises(NotFound):
            operations.assess_household(snapshot, actor=own, moment=NOON, day=DAY)
    with acting(a_post("auditor"), moment=NOON):
        assert [one.households for one in queries.distribution(a_post("auditor"))] == [1]
    with acting(a_post("expert"), moment=NOON):
        assert HardshipScore.objects.count() == 0


def test_who_may_not_score(homes: dict[str, UUID]) -> None:
    auditor = a_post("auditor")
    with acting(auditor, moment=NOON), pytest.raises(NotYours):
        operations.assess_household(snapshot_of(homes[DESHENG]), actor=auditor, moment=NOON, day=DAY)


@pytest.mark.parametrize(
    "statement", ["update assessment_hardshipscore set score = 0", "delete from assessment_hardshipscore"]
)
def test_a_kept_score_is_never_changed(homes: dict[str, UUID], statement: str) -> None:
    with acting(SYSTEM, moment=NOON):
        operations.assess_household(snapshot_of(homes[DESHENG]), actor=SYSTEM, moment=NOON, day=DAY)
        before = HardshipScore.objects.get().score
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            pass
        assert HardshipScore.objects.get().score == before


def test_a_circumstance_goes_before_the_score(homes: dict[str, UUID]) -> None:
    with acting(SYSTEM, moment=NOON):
        snapshot = snapshot_of(homes[DESHENG])
        score = operations.assess_household(
            snapshot, actor=SYSTEM, moment=NOON, day=DAY, override="immediate_danger"
        )
        assert (score.band, score.override) == ("red", "immediate_danger")
        with pytest.raises(CannotBecause, match="not_scored"):
            operations.assess_household(
                snapshot, actor=SYSTEM, moment=NOON, day=DAY, override="recorded_death"
            )


def test_ranks_and_counts(homes: dict[str, UUID]) -> None:
    with acting(SYSTEM, moment=NOON):
        assert queries.unscored(SYSTEM) == 2
        assert queries.rank(homes[DESHENG], SYSTEM) is None
        operations.assess_many(latest_snapshot_ids(SYSTEM), actor=SYSTEM, moment=NOON, day=DAY)
        assert queries.unscored(SYSTEM) == 0
        assert queries.rank(homes[DESHENG], SYSTEM) == (1, 2)
        assert sum(one.households for one in queries.distribution(SYSTEM)) == 2


def star(value: str = "2") -> dict[tuple[str, str], str]:
    """Income compared with every other dimension: the fewest judgements that connect everything."""
    return {("income", dim.key): value for dim in the_pack().indicators.dims[1:]}


def test_a_panel_judges_and_another_person_approves_its_weights(homes: dict[str, UUID]) -> None:
    experts = [a_post("expert", code=f"expert.{n}") for n in (1, 2)]
    office, second = a_post("office", code="office.1"), a_post("office", code="office.2")
    for number, expert in enumerate(experts):
        with acting(expert, moment=NOON):
            told = operations.judge(
                star() | {("income", "health"): str(3 - number), ("sudden_event", "income"): "1/2"},
                actor=expert,
                moment=NOON,
            )
            assert told is not None
            assert told.given == 8
            assert len(queries.panel()) == 1, "an expert sees only his own judgements"
    with acting(office, moment=NOON):
        assert len(queries.panel()) == 2
        draft = operations.propose_weights("2026-1", first_day=TODAY, actor=office, moment=NOON)
        assert sum(draft.weights) == 1_000_000
        assert draft.experts == 2
        assert queries.model_in_force(TODAY).approved is None
        with pytest.raises(CannotBecause, match="own_work"):
            operations.approve_weights(draft.pk, actor=office, moment=NOON)
    with acting(second, moment=NOON):
        operations.approve_weights(draft.pk, actor=second, moment=NOON)
        found = queries.model_in_force(TODAY)
        assert found.model.version == "2026-1"
        assert queries.model_in_force(TODAY - timedelta(days=1)).approved is None
        with pytest.raises(CannotBecause, match="approved"):
            operations.approve_weights(draft.pk, actor=second, moment=NOON)
        with pytest.raises(DatabaseError), transaction.atomic():
            IndicatorSet.objects.update(label="other")


def test_nobody_approves_his_own_set_in_the_database_either(homes: dict[str, UUID]) -> None:
    office = a_post("office")
    expert = a_post("expert")
    with acting(expert, moment=NOON):
        operations.judge(star(), actor=expert, moment=NOON)
    with acting(office, moment=NOON):
        draft = operations.propose_weights("x", first_day=TODAY, actor=office, moment=NOON)
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorSet.objects.filter(pk=draft.pk).update(
                status="approved", approved_by="x", approved_by_officer=office.officer, approved_at=NOON
            )


@pytest.mark.parametrize(
    ("pair", "value"),
    [
        (("income", "health"), "10"),
        (("income", "health"), "0"),
        (("income", "income"), "1"),
        (("income", "luck"), "3"),
        (("income", "health"), "much"),
    ],
)
def test_a_judgement_off_the_scale_is_refused(
    homes: dict[str, UUID], pair: tuple[str, str], value: str
) -> None:
    expert = a_post("expert")
    with acting(expert, moment=NOON), pytest.raises(CannotBecause, match="bad_judgement"):
        operations.judge({pair: value}, actor=expert, moment=NOON)


def test_contradictory_judgements_make_no_weights(homes: dict[str, UUID]) -> None:
    expert, office = a_post("expert"), a_post("office")
    with acting(expert, moment=NOON):
        told = operations.judge(
            star() | {("income", "health"): "9", ("health", "housing"): "9", ("housing", "income"): "9"},
            actor=expert,
            moment=NOON,
        )
        assert told is not None
        assert told.ratio > 0.1
        assert len(told.doubts) == 2
    with acting(office, moment=NOON), pytest.raises(CannotBecause, match="inconsistent"):
        operations.propose_weights("x", first_day=TODAY, actor=office, moment=NOON)


def test_places_in_the_district_and_the_sub_district_show_no_other_household(homes: dict[str, UUID]) -> None:
    with acting(SYSTEM, moment=NOON):
        ids = latest_snapshot_ids(SYSTEM)
        operations.assess_many(ids, actor=SYSTEM, moment=NOON, day=DAY)
        assert {queries.ranks(one).district_of for one in homes.values()} == {2}  # type: ignore[union-attr]
    street = a_post("caseworker")
    with acting(street, moment=NOON):
        own = queries.ranks(homes[DESHENG])
        assert own is not None
        assert (own.district_of, own.area, own.area_of) == (2, 1, 1)
        assert own.district in (1, 2)
        assert queries.ranks(homes[SHICHAHAI]) is None


def test_what_changed_since_the_last_score_and_what_would_change_the_band(homes: dict[str, UUID]) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        first = operations.assess_household(
            snapshot_of(homes[DESHENG]), actor=caseworker, moment=NOON, day=DAY
        )
        assert queries.change_since_last(homes[DESHENG]) is None
        told = situation(first.snapshot_id)
        head, *rest = told.members
        richer = replace(told, members=(replace(head, wage_income=9_000_000), *rest), as_of=DAY)
        newer = record_snapshot(richer, source="test", actor=caseworker, moment=NOON)
        second = operations.assess_household(newer, actor=caseworker, moment=NOON, day=DAY)
        change = queries.change_since_last(homes[DESHENG])
        assert change is not None
        assert change.points == second.score - first.score < 0
        assert "inc_ratio" in {one.key for one in change.causes}
        assert queries.ways_from(second)
        assert queries.ways_from(HardshipScore(override="x", reasons=[1])) == ()
