"""Stored results computed again: the same hash, or what differs, or what is missing."""

import shutil
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import override_settings

from jishiyu.assessment.operations import assess_household
from jishiyu.assessment.queries import latest_score
from jishiyu.cases.queries import case
from jishiyu.doors.jobs.replay_command import CANNOT, DIFFERS, SAME, replay_command
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.journal.models import Entry
from jishiyu.journeys.apply import apply_for
from jishiyu.journeys.replay import Replay, Rests, replay
from jishiyu.journeys.screen_the_district import begin_screening, screen_the_district
from jishiyu.law.models import PackVersion
from jishiyu.law.rules.read import read_pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.programmes.queries import latest_run
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import latest_snapshot
from tests.conftest import NOON
from tests.fixtures import PACK_DIR, SHICHAHAI, a_newcomer, a_post, open_offices, person_of, the_pack

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
PAPERS = tuple(paper.key for paper in the_pack().procedure_for("ZY03", NOON.date()).first.papers)
HOME = a_newcomer(1, bills=((8_000_000, 2_000_000),))
HOUSEHOLD = UUID(HOME.household_id)


@pytest.fixture(autouse=True)
def home() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households([HOME], recorded_by="test", moment=NOON)


@pytest.fixture
def other_pack(tmp_path: Path) -> Path:
    """A pack of the same words with one line more: another version."""
    folder = tmp_path / "xicheng"
    shutil.copytree(PACK_DIR, folder)
    (folder / "district.yaml").write_text((folder / "district.yaml").read_text() + "\n")
    return folder


def names() -> list[str]:
    """A case's number, the id of a score, and of stored entitlements, all on the same evidence."""
    worker = a_post("caseworker")
    with acting(worker, moment=NOON):
        snapshot = latest_snapshot(HOUSEHOLD)
        assert snapshot is not None
        number = case(apply_for(HOUSEHOLD, "ZY03", papers=PAPERS, actor=worker, moment=NOON), worker).number
        score = assess_household(snapshot.id, actor=worker, moment=NOON, day=DAY)
        compute_entitlements(snapshot.id, actor=worker, moment=NOON, day=DAY)
        run = latest_run(HOUSEHOLD)
        assert run is not None
    return [number, str(score.id), str(run.id)]


def again(word: str, **given: object) -> Replay:
    with acting(SYSTEM, moment=NOON):
        return replay(word, actor=SYSTEM, **given)  # type: ignore[arg-type]


def test_a_case_a_score_and_entitlements_come_out_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for word in names():
        found = again(word)
        assert found.same
        assert found.other_rules is None
        assert len(found.found_hash) == 64
        assert found.rests_on.rules_version == found.present_rules
        assert replay_command([word]) == SAME
        told = capsys.readouterr().out
        assert told.count(found.found_hash) == 2
        assert "一致 · the same" in told
        assert found.rests_on.pack_version in told


def test_what_a_run_over_the_district_kept_too() -> None:
    with acting(SYSTEM, moment=NOON):
        number = begin_screening(day=DAY, actor=SYSTEM, moment=NOON)
    assert list(screen_the_district(number, actor=SYSTEM, clock=lambda: NOON))
    with acting(SYSTEM, moment=NOON):
        score, run = latest_score(HOUSEHOLD), latest_run(HOUSEHOLD)
    assert score is not None
    assert run is not None
    assert again(str(score.id)).same
    assert again(str(run.id)).same


def test_under_another_pack_the_kept_one_is_taken_out(other_pack: Path) -> None:
    words = names()
    with override_settings(PACK_DIR=other_pack):
        for word in words:
            assert again(word).same


def test_a_pack_that_is_not_kept_is_named_and_may_be_handed_in(
    other_pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = names()
    PackVersion.objects.update(content=None)
    with override_settings(PACK_DIR=other_pack):
        for word in words:
            assert replay_command([word]) == CANNOT
            assert f"Policy pack {read_pack(PACK_DIR).version} is needed" in capsys.readouterr().err
            assert again(word, pack=read_pack(PACK_DIR)).same
            with pytest.raises(CannotBecause) as refusal:
                again(word, pack=read_pack(other_pack))
            assert refusal.value.code == "replay.other_pack"
            assert "content hash differs" in refusal.value.reason.say("en")


def test_evidence_that_was_changed_behind_our_back_shows(capsys: pytest.CaptureFixture[str]) -> None:
    words = names()
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute("update registry_person set born = '1935-01-01' where id = %s", [person_of(HOME)])
        assert cursor.rowcount == 1
    found = again(words[2])  # at 89 other items are due
    assert not found.same
    assert "outcomes" in found.changed
    assert found.stored_hash != found.found_hash
    assert replay_command([words[2]]) == DIFFERS
    told = capsys.readouterr().out
    assert "不一致 · it differs:" in told
    assert f"outcomes: {found.stored['outcomes']} → {found.found['outcomes']}" in told


def test_rules_of_another_text_are_told_even_when_all_is_the_same() -> None:
    rests = Rests(uuid4(), DAY, "p", "2026.1+aaaaaaaaaaaa")
    same = Replay(sentence("x", "x"), rests, {}, "h", {}, "h", (), "2026.1+bbbbbbbbbbbb")
    assert same.same
    assert same.other_rules is not None
    assert "aaaaaaaaaaaa" in same.other_rules.say("en")


def test_nothing_is_told_outside_one_s_reach() -> None:
    words = names()
    stranger = a_post("caseworker", area=SHICHAHAI)
    for word in (*words, "ZK01-000000000-2026-000000", str(uuid4())):
        with acting(stranger, moment=NOON), pytest.raises(NotFound):
            replay(word, actor=stranger)
    with acting(a_post("expert"), moment=NOON), pytest.raises(NotYours):
        replay(words[0], actor=a_post("expert"))


def test_a_replay_is_a_look_that_the_journal_keeps() -> None:
    for word in names():
        again(word)
    with acting(a_post("auditor"), moment=NOON):
        acts = set(Entry.objects.filter(household=HOUSEHOLD).values_list("act", flat=True))
    assert {"cases.replay", "assessment.replay", "programmes.replay"} <= acts
