"""Entitlements kept with evidence, pack and trace: computed again they are the same to the last character."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jishiyu.foundations.bulk import insert_columns
from jishiyu.foundations.canonical import canonical_text, digest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes import queries
from jishiyu.programmes.models import EntitlementRun, RunInWords, StoredEntitlement
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.programmes.rules.entitlement import entitlement_data
from jishiyu.programmes.rules.kept_words import put_away, take_out
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import latest_snapshot, situation
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, open_offices, the_pack

pytestmark = pytest.mark.django_db
DAY = date(2020, 8, 1)
COMPUTED = {"ZK01", "ZK02", "ZK05", "ZY03", "CS01"}


@pytest.fixture
def home() -> UUID:
    one = a_newcomer(1, bills=((2_000_000, 800_000),))
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households([one], recorded_by="test", moment=NOON)
    return UUID(one.household_id)


def snapshot_of(household_id: UUID) -> UUID:
    found = latest_snapshot(household_id)
    assert found is not None
    return found.id


def test_every_item_has_an_answer_and_those_computed_are_kept(home: UUID) -> None:
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        answers = compute_entitlements(snapshot_of(home), actor=caseworker, moment=NOON, day=DAY)
        assert len(answers) == len(the_pack().items) == 79
        run = queries.latest_run(home)
        assert run is not None
        kept = {row.item: row for row in queries.stored(run.pk)}
        assert set(kept) >= COMPUTED
        by_item = {one.item: one for one in answers}
        assert all(row.content == entitlement_data(by_item[item]) for item, row in kept.items())
        assert all(row.digest == digest(row.content) for row in kept.values())


def test_the_words_of_a_household_are_kept_once_each_and_small(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        answers = compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        words = RunInWords.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("select length(content) from programmes_runinwords")
            (size,) = cursor.fetchone()
    whole = [entitlement_data(one) for one in answers]
    assert take_out(words.content) == whole
    assert words.digest == digest(put_away(answers)), "told again, the same digest"
    assert size < 50_000 < len(canonical_text(whole)) // 10
    names = [part["name"] for part in words.content["parts"] if "inputs" in part]
    assert len(names) == len(set(names)), "each step once"
    with pytest.raises(ValueError, match="form 99"):
        take_out({**words.content, "form": 99})


def test_words_written_many_at_once_are_read_like_any_others(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        run = EntitlementRun.objects.get()
        run.pk, run.digest = uuid4(), "0" * 64
        run.save(force_insert=True)
        words = {
            "id": [uuid4()],
            "run": [run.pk],
            "household": [home],
            "content": [{"form": "同"}],
            "digest": ["0"],
        }
        assert insert_columns(RunInWords, words) == 1
        assert RunInWords.objects.get(run=run).content == {"form": "同"}


def test_what_earlier_releases_kept_item_by_item_is_read_still(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        facts = situation(snapshot_of(home))
        answers = queries.entitlements(facts, DAY, the_pack())
        run = EntitlementRun.objects.create(
            household_id=home, snapshot_id=snapshot_of(home), day=DAY, pack_version=the_pack().version,
            rules_version="2026.1", digest="0" * 64, made_at=NOON, made_by="test",
        )  # fmt: skip
        StoredEntitlement.objects.bulk_create(
            StoredEntitlement(
                run=run, household_id=home, item=one.item, outcome=one.outcome, amount=one.amount,
                at_least=one.at_least, illustrative=one.illustrative, content=entitlement_data(one), digest=one.hash,
            )
            for one in answers
        )  # fmt: skip
        old = queries.stored(run.pk)
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        new = queries.stored(next(one.pk for one in queries.runs(home) if one.pk != run.pk))
    assert old == new
    assert len(old) == len(the_pack().items)


def test_words_that_were_changed_are_not_shown(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        answers = queries.entitlements(situation(snapshot_of(home)), DAY, the_pack())
        run = EntitlementRun.objects.create(
            household_id=home, snapshot_id=snapshot_of(home), day=DAY, pack_version=the_pack().version,
            rules_version="2026.1", digest="0" * 64, made_at=NOON, made_by="test",
        )  # fmt: skip
        RunInWords.objects.create(run=run, household_id=home, content=put_away(answers), digest="1" * 64)
        with pytest.raises(CannotBecause, match="words_changed"):
            queries.stored(run.pk)


def test_replayed_years_later_the_hash_is_the_same(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        (run,) = queries.runs(home)
        again = queries.entitlements(situation(run.snapshot_id), run.day, the_pack())
        hashes = {one.item: one.hash for one in again}
        kept = queries.stored(run.pk)
        assert {row.item for row in kept} >= COMPUTED
        assert all(row.digest == hashes[row.item] for row in kept)


def test_another_day_is_another_run(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=date(2021, 8, 1))
        assert len(queries.runs(home)) == 2


def test_only_within_reach_and_by_who_may(home: UUID) -> None:
    other, auditor = a_post("caseworker", area=SHICHAHAI), a_post("auditor")
    with acting(SYSTEM, moment=NOON):
        snapshot = snapshot_of(home)
        compute_entitlements(snapshot, actor=SYSTEM, moment=NOON, day=DAY)
    with acting(other, moment=NOON), pytest.raises(NotFound):
        compute_entitlements(snapshot, actor=other, moment=NOON, day=DAY)
    with acting(other, moment=NOON):
        assert EntitlementRun.objects.count() == RunInWords.objects.count() == 0
    with acting(auditor, moment=NOON), pytest.raises(NotYours):
        compute_entitlements(snapshot, actor=auditor, moment=NOON, day=DAY)
    with acting(a_post("caseworker", area=DESHENG), moment=NOON):
        assert EntitlementRun.objects.count() == 1


def test_what_was_computed_stays(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        compute_entitlements(snapshot_of(home), actor=SYSTEM, moment=NOON, day=DAY)
        before = RunInWords.objects.get().digest
        try:
            with transaction.atomic():
                RunInWords.objects.update(digest="1" * 64)
        except DatabaseError:
            pass
        assert RunInWords.objects.get().digest == before


def test_recommended_leaves_out_what_does_not_apply(home: UUID) -> None:
    with acting(SYSTEM, moment=NOON):
        facts = situation(snapshot_of(home))
    items = [one.item for one in queries.recommended(facts, DAY, the_pack())]
    assert {"ZK01", "ZY03"} <= set(items)
    assert not {"ZK05", "CS01"} & set(items), "no sudden event befell it and nobody is seriously ill"
