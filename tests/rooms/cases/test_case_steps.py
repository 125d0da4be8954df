"""Nobody skips a step, takes another post's, or checks their own work; and the days are counted by the law's unit."""

from datetime import date, datetime

import pytest

from jishiyu.cases.rules import steps
from jishiyu.cases.rules.clocks import provisional
from jishiyu.cases.rules.steps import Taken
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.rules.procedures import Limit
from jishiyu.law.rules.working_days import Calendar
from tests.fixtures import DESHENG, SHICHAHAI, a_post
from tests.rooms.cases.a_procedure import PROCEDURE

DAY = date(2026, 9, 28)  # a Monday; 1 to 7 October are days off
CALENDAR = Calendar()


def taken(step: str, officer: str) -> Taken:
    return Taken(step, "x", officer, DAY, DAY)


def refusal(key: str, post: object, *earlier: Taken) -> str | None:
    why = steps.refusal_to_take(
        PROCEDURE.step(key), post, sub_district=DESHENG, lead_agency="MZ", taken=earlier  # type: ignore[arg-type]
    )  # fmt: skip
    return why and why.say("en")


def test_the_right_post_may_and_the_others_are_told_who() -> None:
    assert refusal("accept", a_post("caseworker")) is None
    assert "Sub-district caseworker" in str(refusal("accept", a_post("reviewer")))
    assert "Decider" in str(refusal("decide", a_post("reviewer")))


def test_the_right_role_elsewhere_may_not() -> None:
    assert refusal("accept", a_post("caseworker", area=SHICHAHAI))
    assert refusal("decide", a_post("decider", agency="CS"))
    assert refusal("decide", a_post("decider", agency="MZ")) is None


@pytest.mark.parametrize(
    ("earlier", "now", "role"),
    [
        ("accept", "review", "reviewer"),
        ("visit", "review", "reviewer"),
        ("review", "decide", "decider"),
        ("visit", "decide", "decider"),
    ],
)
def test_one_person_never_checks_their_own_work(earlier: str, now: str, role: str) -> None:
    me = a_post(role)  # type: ignore[arg-type]
    assert "different people" in str(refusal(now, me, taken(earlier, me.officer)))
    assert refusal(now, me, taken(earlier, "somebody else")) is None
    with pytest.raises(NotYours):
        steps.require_take(
            PROCEDURE.step(now),
            me,
            sub_district=DESHENG,
            lead_agency="MZ",
            taken=[taken(earlier, me.officer)],
        )


def test_an_outcome_that_the_step_has_not_is_refused() -> None:
    with pytest.raises(CannotBecause, match="no_such_outcome"):
        steps.outcome_of(PROCEDURE.step("accept"), "granted")


def test_missing_papers_are_named() -> None:
    step = PROCEDURE.step("apply")
    with pytest.raises(CannotBecause) as refused:
        steps.require_papers(step, ["photo"])
    assert "application form" in refused.value.reason.say("en")
    assert "申请书" in refused.value.reason.say("zh")
    steps.require_papers(step, ["form"])


def test_working_days_step_over_holidays_and_calendar_days_do_not() -> None:
    began = datetime(2026, 9, 28, 16, 0, tzinfo=SHANGHAI)
    assert steps.due_on(Limit(n=3, unit="calendar", confidence="recalled"), began, CALENDAR) == date(
        2026, 10, 1
    )
    assert steps.due_on(Limit(n=3, unit="working", confidence="recalled"), began, CALENDAR) == date(
        2026, 10, 8
    )
    assert steps.due_on(Limit(n=24, unit="hours", confidence="illustrative"), began, CALENDAR) == date(
        2026, 9, 29
    )
    assert steps.due_on(None, began, CALENDAR) is None


def test_the_whole_clock_stands_during_the_notice_and_goes_on_after_it() -> None:
    accepted = date(2026, 11, 2)
    plain = steps.whole_due_on(PROCEDURE, accepted, [], "review", CALENDAR)
    assert plain == date(2026, 12, 14)
    assert steps.whole_due_on(PROCEDURE, accepted, [], "notice", CALENDAR) is None
    shown = [Taken("notice", "clear", "", date(2026, 11, 9), date(2026, 11, 16))]
    assert steps.whole_due_on(PROCEDURE, accepted, shown, "decide", CALENDAR) == date(2026, 12, 21)


def test_days_in_an_unpublished_year_are_counted_provisionally_and_marked() -> None:
    began = datetime(2026, 12, 30, 9, 0, tzinfo=SHANGHAI)
    due = steps.due_on(Limit(n=5, unit="working", confidence="recalled"), began, CALENDAR)
    assert due == date(2027, 1, 6)
    assert provisional(due, CALENDAR)
    assert not provisional(date(2026, 12, 31), CALENDAR)
    assert not provisional(None, CALENDAR)


def test_what_becomes_of_a_case() -> None:
    decide = PROCEDURE.step("decide")
    assert steps.state_after("open", "decide", steps.outcome_of(decide, "granted")) == "granted"
    assert steps.state_after("open", "decide", steps.outcome_of(decide, "refused")) == "refused"
    assert steps.state_after("open", "decide", steps.outcome_of(decide, "back")) == "open"
    assert (
        steps.state_after("granted", "recheck", steps.outcome_of(PROCEDURE.step("recheck"), "over"))
        == "ended"
    )
