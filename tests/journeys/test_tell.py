"""Questions answered by a person: what they change, how they stay, who may, and that a replay uses the same answers."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection

from jishiyu.cases.queries import basis_of, case
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal import queries as journal
from jishiyu.journeys.apply import apply_for, rest_on_latest
from jishiyu.journeys.replay import replay
from jishiyu.journeys.tell import tell, waiting_questions
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.queries import entitlements_now, latest_run
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import answers, told_on
from jishiyu.registry.rules.answers import NewAnswer
from jishiyu.registry.rules.answers import told_on as counting_on
from tests.conftest import NOON, TODAY
from tests.fixtures import SHICHAHAI, a_newcomer, a_post, open_offices, the_pack

pytestmark = pytest.mark.django_db
HOME = a_newcomer(1)
HOUSEHOLD = UUID(HOME.household_id)
WORKER = a_post("caseworker")
STRUCK = NewAnswer("natural_disaster", value=True, said_by="本人", paper="社区证明", first_day=TODAY)
BURDEN = NewAnswer("outpatient_burden", value=120_000, said_by="本人", paper="门诊票据", first_day=TODAY)


@pytest.fixture(autouse=True)
def home() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households([HOME], recorded_by="test", moment=NOON)


def outcome(item: str) -> str:
    return next(one.outcome for one in entitlements_now(HOUSEHOLD, TODAY) if one.item == item)


def test_an_answer_turns_the_items_that_waited_for_it_and_is_kept_with_them() -> None:
    with acting(WORKER, moment=NOON):
        waiting = waiting_questions(entitlements_now(HOUSEHOLD, TODAY))
        assert "natural_disaster" in waiting
        turned = tell(HOUSEHOLD, STRUCK, actor=WORKER, moment=NOON)
        assert "JZ02" in {one.after.item for one in turned}
        assert all(one.before.outcome == "cannot_compute" for one in turned)
        assert "natural_disaster" not in waiting_questions(entitlements_now(HOUSEHOLD, TODAY))
        run = latest_run(HOUSEHOLD)
        assert run is not None
        assert run.told == {"natural_disaster": True}
        assert replay(str(run.id), actor=WORKER).same
    with acting(SYSTEM, moment=NOON):
        assert len(journal.entries(act="registry.tell", household=HOUSEHOLD)) == 1


def test_no_is_an_answer_too_and_a_correction_is_a_new_version_with_its_reason() -> None:
    with acting(WORKER, moment=NOON):
        tell(HOUSEHOLD, replace(STRUCK, value=False), actor=WORKER, moment=NOON)
        assert outcome("JZ02") == "not_eligible"
        first = latest_run(HOUSEHOLD)
        with pytest.raises(CannotBecause) as refused:
            tell(HOUSEHOLD, STRUCK, actor=WORKER, moment=NOON)
        assert refused.value.code == "tell.without_reason"
        tell(HOUSEHOLD, replace(STRUCK, reason="查出病了"), actor=WORKER, moment=NOON + timedelta(hours=1))
        assert [(one.version, one.told["value"]) for one in answers(HOUSEHOLD)] == [(2, True), (1, False)]
        assert outcome("JZ02") != "not_eligible"
        assert first is not None
        assert replay(str(first.id), actor=WORKER).same  # with the answer of its time
        tell(HOUSEHOLD, replace(STRUCK, value=None, reason="说不清"), actor=WORKER, moment=NOON)
        assert outcome("JZ02") == "cannot_compute"
    with acting(SYSTEM, moment=NOON):
        # Why may tell of health: it stands sealed with the answer alone.
        told = [one.reason for one in journal.entries(act="registry.tell", household=HOUSEHOLD)]
        assert told == ["", "", ""]
        assert "查出病了" in [one.told["reason"] for one in answers(HOUSEHOLD)]


def test_an_amount_is_asked_in_yuan_and_kept_in_fen() -> None:
    with acting(WORKER, moment=NOON):
        tell(HOUSEHOLD, BURDEN, actor=WORKER, moment=NOON)
        assert told_on(HOUSEHOLD, TODAY) == {"outpatient_burden": 120_000}
        for wrong in (replace(BURDEN, value=True), replace(BURDEN, value=-1), replace(STRUCK, value=3)):
            with pytest.raises(CannotBecause) as refused:
                tell(HOUSEHOLD, replace(wrong, reason="改"), actor=WORKER, moment=NOON)
            assert refused.value.code == "tell.other_kind"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"said_by": " "}, "tell.without_source"),
        ({"paper": ""}, "tell.without_source"),
        ({"first_day": TODAY + timedelta(days=1)}, "tell.not_yet"),
        ({"last_day": TODAY - timedelta(days=1)}, "tell.days"),
    ],
)
def test_an_answer_without_ground_is_refused(change: dict[str, object], code: str) -> None:
    with acting(WORKER, moment=NOON):
        with pytest.raises(CannotBecause) as refused:
            tell(HOUSEHOLD, replace(STRUCK, **change), actor=WORKER, moment=NOON)  # type: ignore[arg-type]
        assert refused.value.code == code
        with pytest.raises(NotFound):
            tell(HOUSEHOLD, replace(STRUCK, key="nobody_asks"), actor=WORKER, moment=NOON)


def test_only_within_reach_by_who_may_and_what_was_told_stays() -> None:
    with acting(WORKER, moment=NOON):
        tell(HOUSEHOLD, STRUCK, actor=WORKER, moment=NOON)
    for other, why in (
        (a_post("caseworker", area=SHICHAHAI), NotFound),
        (a_post("agency_officer", agency="CS"), NotFound),
        (a_post("auditor"), NotYours),
    ):
        with acting(other, moment=NOON):
            with pytest.raises(why):
                tell(HOUSEHOLD, replace(STRUCK, reason="改"), actor=other, moment=NOON)
            assert bool(answers(HOUSEHOLD)) == (other.scope == "audit")
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute("update registry_answer set version = 9")
        assert cursor.rowcount == 0  # no policy lets anybody change an answer
        cursor.execute("delete from registry_answer")
        assert cursor.rowcount == 0


def test_a_case_rests_on_the_answers_of_its_day_and_can_be_made_to_rest_on_newer_ones() -> None:
    with acting(WORKER, moment=NOON):
        tell(HOUSEHOLD, STRUCK, actor=WORKER, moment=NOON)
        papers = tuple(one.key for one in the_pack().procedure_for("ZK01", TODAY).first.papers)
        made = apply_for(HOUSEHOLD, "ZK01", papers=papers, actor=WORKER, moment=NOON)
        row = case(made, WORKER)
        assert dict(basis_of(row).told) == {"natural_disaster": True}
        assert replay(row.number, actor=WORKER).same
        with pytest.raises(CannotBecause) as refused:
            rest_on_latest(made, reason="再看", actor=WORKER, moment=NOON)
        assert refused.value.code == "apply.no_newer_evidence"
        tell(HOUSEHOLD, BURDEN, actor=WORKER, moment=NOON)
        assert replay(row.number, actor=WORKER).same  # what is told later changes nothing of it
        rest_on_latest(made, reason="问清了门诊费用", actor=WORKER, moment=NOON)
        assert dict(basis_of(case(made, WORKER)).told)["outpatient_burden"] == 120_000


def test_the_newest_answer_that_holds_on_a_day_counts() -> None:
    def kept(version: int, value: object, first: date, last: date | None = None) -> SimpleNamespace:
        return SimpleNamespace(
            key="boards", version=version, told={"value": value}, first_day=first, last_day=last
        )

    given = [
        kept(1, True, date(2020, 9, 1), date(2023, 6, 30)),
        kept(2, False, date(2023, 7, 1)),
        kept(3, None, date(2024, 1, 1)),
    ]
    assert counting_on(given, date(2020, 1, 1)) == {}
    assert counting_on(given, date(2021, 1, 1)) == {"boards": True}
    assert counting_on(given, date(2023, 12, 31)) == {"boards": False}
    assert counting_on(given, date(2024, 1, 1)) == {}
