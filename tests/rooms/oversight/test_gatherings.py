"""Meetings and training: planned, held on their day, decisions followed until done."""

from datetime import date, datetime

import pytest

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.oversight.operations import (
    decide_in_meeting,
    finish_decision,
    hold_training,
    keep_minutes,
    note_attendance,
    plan_meeting,
    plan_training,
)
from jishiyu.oversight.queries import meeting, open_decisions, suggested_agenda, training
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, a_post, open_offices

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 20, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def office():
    with acting(SYSTEM, moment=NOON):
        open_offices()
    return a_post("office")


def _planned(office, day: date = TODAY):
    return plan_meeting(
        kind="quarterly",
        title="第四季度例会",
        held_on=day,
        place="区政府",
        agenda=["通报", " ", "审议"],
        actor=office,
    )


def test_a_meeting_from_its_agenda_to_what_came_of_it(office):
    with acting(office, moment=NOON):
        row = _planned(office)
        assert row.agenda == ["通报", "审议"]
        note_attendance(row.id, present={"MZ": "副局长", DESHENG: None}, actor=office, moment=NOON)
        keep_minutes(row.id, minutes="会议听取了……", actor=office, moment=NOON)
        decision = decide_in_meeting(
            row.id, text="一周内办结", unit=DESHENG, due_on=date(2026, 12, 1), actor=office
        )
        found = meeting(row.id)
        assert (found.present, found.undone) == (1, 1)
        assert {(one.unit, one.present) for one in found.attendance.all()} == {("MZ", True), (DESHENG, False)}
    with acting(office, moment=LATER):
        (follow,) = open_decisions(LATER.date())
        assert (follow.days_left, follow.unit.zh) == (-19, "德胜街道办事处")
        assert any("逾期议定事项1项" in one.say("zh") for one in suggested_agenda(office, LATER.date()))
        finish_decision(decision.id, outcome="已办结", actor=office, moment=LATER)
        assert open_decisions(LATER.date()) == []
        with pytest.raises(CannotBecause, match="nothing_to_finish"):
            finish_decision(decision.id, outcome="再改", actor=office, moment=LATER)


def test_nothing_is_recorded_of_a_meeting_before_its_day(office):
    with acting(office, moment=NOON):
        row = _planned(office, date(2026, 12, 24))
        with pytest.raises(CannotBecause, match="not_held_yet"):
            note_attendance(row.id, present={"MZ": ""}, actor=office, moment=NOON)
        with pytest.raises(CannotBecause, match="no_such_unit"):
            decide_in_meeting(row.id, text="x", unit="??", due_on=date(2027, 1, 1), actor=office)
        with pytest.raises(CannotBecause, match="decision_unclear"):
            decide_in_meeting(row.id, text="x", unit="MZ", due_on=TODAY, actor=office)


def test_a_training_with_its_counts(office):
    with acting(office, moment=NOON):
        row = plan_training(
            title="新办法解读", kind="regular", planned_on=TODAY, place="", teacher="", content="",
            enrolled={"MZ": 3, DESHENG: 2, "JW": 0}, actor=office,
        )  # fmt: skip
        with pytest.raises(CannotBecause, match="counts_wrong"):
            hold_training(row.id, came={"MZ": (2, 3)}, actor=office, moment=NOON)
        hold_training(row.id, came={"MZ": (3, 2), DESHENG: (4, 4)}, actor=office, moment=NOON)
        found = training(row.id)
        assert (found.enrolled, found.attended, found.passed, found.held_on) == (7, 7, 6, TODAY)


def test_others_only_read(office):
    street = a_post("caseworker")
    with acting(office, moment=NOON):
        row = _planned(office)
    with acting(street, moment=NOON):
        assert meeting(row.id).title == "第四季度例会"
        with pytest.raises(NotYours):
            _planned(street)
