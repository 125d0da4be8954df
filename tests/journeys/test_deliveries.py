"""What happens on the way of a delivery: missed and moved appointments, other posts, and what the database keeps as it is."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from jishiyu.cases.models import Appointment, Delivery, Provider, Satisfaction
from jishiyu.cases.operations import services
from jishiyu.cases.operations.services import Arrangement
from jishiyu.cases.queries import services as queries
from jishiyu.foundations.clock import moment_now, wind_to
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import store_households
from tests.fixtures import DESHENG, SHICHAHAI, a_post, engage_all, open_offices
from tests.journeys.claims import ARRANGED, DONE, START, Claim, act, page, seat_agency
from tests.journeys.logged_in import logged_in
from tests.journeys.test_eleven_programmes import a_household_in_need

pytestmark = pytest.mark.django_db
OFFICER, STRANGER = a_post("agency_officer", agency="JS"), a_post("agency_officer", agency="HH")


@pytest.fixture
def claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """A household's claim for a counsellor, granted, taken in by the family-planning commission and waiting to be delivered."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(START)
    newcomer = a_household_in_need()
    with acting(SYSTEM, moment=START):
        open_offices()
        engage_all(date(2020, 1, 1))
        seat_agency("JS", "HH")
        store_households([newcomer], recorded_by="system", moment=START)
    household = UUID(newcomer.household_id)
    act(logged_in(f"caseworker.{DESHENG}"), f"/desk/services/refer/{household}/", agency="JS", why="失独家庭")
    made = Claim(household, "XL02", window="agency_officer.JS")
    made.apply()
    made.walk("deliver")
    return made


def arranged(claim: Claim) -> str:
    """Arrange it at a counselling centre; the page's address."""
    officer, at = logged_in("agency_officer.JS"), f"/desk/services/{claim.case.id}/"
    act(
        officer,
        "/desk/services/providers/",
        name="测试心语中心",
        outside="yes",
        services=["comfort"],
        phone="010-1",
    )
    with acting(SYSTEM, moment=START):
        centre = Provider.objects.get()
    assert "测试心语中心" in page(officer, at)
    act(officer, f"{at}arrange/", kind="comfort", provider=centre.id, **ARRANGED["comfort"])
    return at


def appointed(claim: Claim, days: int) -> Appointment:
    """An appointment so many days from now."""
    day = moment_now().date() + timedelta(days=days)
    address = f"/desk/services/deliveries/{claim.delivery().id}/appoint/"
    act(
        logged_in("agency_officer.JS"),
        address,
        planned_on=day.isoformat(),
        who_goes="测试咨询师",
        at_time="09:30",
    )
    return claim.appointment()


def test_a_missed_and_a_moved_appointment_stay_in_the_record(claim: Claim) -> None:
    officer, at = logged_in("agency_officer.JS"), arranged(claim)
    first = appointed(claim, 1)
    marking = f"/desk/services/appointments/{first.id}/"
    early = officer.post(marking, {"became": "kept", "what_happened": "按约进行"})
    assert early.status_code == 422
    assert "约定日期未到" in early.content.decode()
    wind_to(moment_now() + timedelta(days=3))
    assert "已过约定日期" in page(officer, "/desk/services/")
    assert "心理慰藉：单春雨户" in page(officer, "/desk/")
    act(officer, marking, became="missed", what_happened="到门无人应答")
    assert officer.post(marking, {"became": "kept", "what_happened": "其实去过"}).status_code == 422
    # Nobody came yet: it cannot be told as delivered.
    told = {
        "outcome": "delivered",
        "done_on": moment_now().date().isoformat(),
        "what_was_done": "已办",
        **DONE["comfort"],
    }
    answer = officer.post(f"{at}deliver/", told)
    assert answer.status_code == 422
    assert "还没有一次已进行的约定" in answer.content.decode()
    second = appointed(claim, 1)
    moving = f"/desk/services/appointments/{second.id}/"
    assert (
        officer.post(moving, {"became": "moved", "what_happened": "家人住院"}).status_code == 422
    )  # to which day?
    later = moment_now().date() + timedelta(days=2)
    act(officer, moving, became="moved", what_happened="家人住院", to=later.isoformat())
    wind_to(moment_now() + timedelta(days=2))
    third = claim.appointment()
    assert (third.planned_on, third.moved_from_id, third.at_time) == (later, second.id, second.at_time)
    act(officer, f"/desk/services/appointments/{third.id}/", became="kept", what_happened="面谈", minutes=50)
    act(officer, f"{at}deliver/", **told | {"done_on": moment_now().date().isoformat()})
    shown = page(officer, at)
    for words in ("到门无人应答", "家人住院", "面谈", "已落实", "测试心语中心"):
        assert words in shown, words
    with acting(SYSTEM, moment=START):
        acts = set(entries(household=claim.household).values_list("act", flat=True))
    assert acts >= {"cases.arrange_service", "cases.appoint", "cases.miss_appointment", "cases.move_appointment",
                    "cases.keep_appointment", "cases.deliver_service", "cases.look"}  # fmt: skip
    low = officer.post(
        f"/desk/services/deliveries/{claim.delivery().id}/satisfaction/", {"score": 2, "told_by": "户主"}
    )
    assert "不满意的，写明意见" in low.content.decode()


def test_nobody_else_delivers_for_an_agency(claim: Claim) -> None:
    case = claim.case.id
    arrangement = Arrangement("comfort", {"counsellor": "甲", "way": "home", "sessions": 1})
    posts: list[tuple[Post, type[Exception]]] = [
        (a_post("caseworker"), NotYours),
        (a_post("reviewer"), NotYours),
        (a_post("decider", agency="JS"), NotYours),
        (STRANGER, NotFound),
        (a_post("caseworker", area=SHICHAHAI), NotFound),
        (a_post("finance"), NotYours),
        (a_post("auditor"), NotYours),
    ]
    for post, refusal in posts:
        with acting(post, moment=moment_now()), pytest.raises(refusal):
            services.arrange(case, arrangement, actor=post, moment=moment_now())
    with acting(OFFICER, moment=moment_now()), pytest.raises(CannotBecause, match="kind_does_not_fit"):
        services.arrange(case, Arrangement("goods", {"what": "米"}), actor=OFFICER, moment=moment_now())
    with acting(OFFICER, moment=moment_now()), pytest.raises(CannotBecause, match="no_such_provider"):
        services.arrange(case, arrangement, actor=OFFICER, moment=moment_now())


def test_an_agency_sees_its_own_deliveries_and_keeps_its_own_providers(claim: Claim) -> None:
    arranged(claim)
    appointed(claim, 1)
    for post, seen in (
        (OFFICER, 1),
        (a_post("caseworker"), 1),
        (STRANGER, 0),
        (a_post("caseworker", area=SHICHAHAI), 0),
    ):
        with acting(post, moment=moment_now()):
            # Row security alone, without the narrowing of queries.
            assert (Delivery.objects.count(), Appointment.objects.count()) == (seen, seen), post.code
            assert len(queries.deliveries(post)) == seen
    with acting(STRANGER, moment=moment_now()):
        assert queries.providers_for(STRANGER, "comfort") == []
    act(
        logged_in("agency_officer.HH"),
        "/desk/services/providers/",
        name="测试红会站",
        outside="no",
        services=["goods"],
    )
    with acting(SYSTEM, moment=moment_now()):
        theirs = Provider.objects.get(agency_id="JS")
    assert (
        logged_in("agency_officer.HH").post(f"/desk/services/providers/{theirs.id}/end/").status_code == 403
    )
    act(logged_in("agency_officer.JS"), f"/desk/services/providers/{theirs.id}/end/")
    assert "已停用" in page(logged_in("agency_officer.JS"), "/desk/services/providers/")


def _finish(claim: Claim) -> None:
    arranged(claim)
    one = appointed(claim, 0)
    officer, at = logged_in("agency_officer.JS"), f"/desk/services/{claim.case.id}/"
    act(officer, f"/desk/services/appointments/{one.id}/", became="kept", what_happened="面谈")
    act(officer, f"{at}deliver/", outcome="delivered", done_on=moment_now().date().isoformat(), what_was_done="已办",
        **DONE["comfort"])  # fmt: skip
    act(officer, f"/desk/services/deliveries/{claim.delivery().id}/satisfaction/", score=4, told_by="户主")


def test_what_is_recorded_stays(claim: Claim) -> None:
    _finish(claim)
    for tamper in (
        lambda: Delivery.objects.update(amount=1),
        lambda: Delivery.objects.update(state="arranged", closed_at=None),
        lambda: Appointment.objects.update(state="missed"),
        lambda: Appointment.objects.all().delete(),
        lambda: Satisfaction.objects.update(score=1),
        lambda: Satisfaction.objects.all().delete(),
    ):
        with acting(SYSTEM, moment=moment_now()), suppress(DatabaseError), transaction.atomic():
            # Refused aloud by a trigger, or without effect because no policy lets it.
            assert not (done := tamper()) or done == (0, {})
    with acting(SYSTEM, moment=moment_now()):
        assert (Delivery.objects.get().state, Appointment.objects.get().state) == ("delivered", "kept")
        assert (Delivery.objects.get().amount, Satisfaction.objects.get().score) == (None, 4)
