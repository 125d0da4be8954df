"""Subscriptions and what they bring, enrolment both ways, and two systems of ours that ask each other."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.journeys import exchange_with_partners as partners
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners.models import Enrolment, Message, Subscription
from jishiyu.registry.operations import register_household
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, open_offices
from tests.rooms.exchange.a_partner import AT, NOW, Caller, a_partner, listening
from tests.rooms.funds.an_award import an_award

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C23")]
HERE = {"location": {"$eq": DESHENG}}


@pytest.fixture
def district() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def a_home(running: int, minutes: int, area: str = DESHENG) -> NewHousehold:
    names = (f"仇小{'甲乙丙丁戊'[running % 5]}", "仇大雪")
    home = a_newcomer(running, area=area, names=names)
    with acting(SYSTEM, moment=later(minutes)):
        register_household(home, actor=SYSTEM, moment=later(minutes))
    return home


def subscription(event: str = "REGISTER", wanted: Any = None, **more: Any) -> dict[str, Any]:
    wanted = {
        "filter_type": "expression",
        "filter": wanted or HERE,
        "notify_record_type": "spdci-extensions-social:Group",
    }
    criteria = {"version": "1.0.0", "reg_event_type": event} | wanted | more
    return {
        "transaction_id": uuid4().hex,
        "subscribe_request": [
            {"reference_id": "s1", "timestamp": NOW, "subscribe_criteria": criteria, "locale": "zho"}
        ],
    }


def test_news_come_to_who_subscribed_until_the_subscription_ends(district: None) -> None:
    caller = Caller(a_partner())
    with listening() as (address, received):
        ack = caller.say("/registry/subscribe", "subscribe", subscription(), sender_uri=address).json()[
            "message"
        ]
        run_waiting_jobs()
        told = received[0][1]["message"]
        assert (received[0][0], told["correlation_id"]) == ("/registry/on-subscribe", ack["correlation_id"])
        code = told["subscribe_response"][0]["subscriptions"][0]["code"]
        again = caller.say("/registry/subscribe", "subscribe", subscription(), sender_uri=address)
        assert again.json()["message"]["ack_status"] == "ACK"
        run_waiting_jobs()
        assert (
            received[1][1]["message"]["subscribe_response"][0]["status_reason_code"]
            == "rjct.event.already_subscribed"
        )
        begin_at_noon()
        ours, theirs = a_home(1, 1), a_home(2, 2, SHICHAHAI)
        assert partners.notify_subscribers(clock=lambda: later(4)) == 1
        assert partners.notify_subscribers(clock=lambda: later(5)) == 0, "nothing is told twice"
        run_waiting_jobs()
        path, news = received[2]
        assert path == "/registry/notify"
        events = news["message"]["notify_event"]
        assert [one["data"]["reg_records"]["group_identifier"][0]["identifier_value"] for one in events] == [
            ours.number
        ]
        assert theirs.number not in str(news)
        caller.say("/registry/unsubscribe", "unsubscribe", unsubscribe(code), sender_uri=address)
        run_waiting_jobs()
        assert received[3][1]["message"]["subscription_status"] == [{"code": code, "status": "unsubscribe"}]
        caller.say("/registry/unsubscribe", "unsubscribe", unsubscribe(code), sender_uri=address)
        run_waiting_jobs()
        assert received[4][1]["message"]["status_reason_code"] == "rjct.event.already_unsubscribed"
        a_home(3, 6)
        assert partners.notify_subscribers(clock=lambda: later(8)) == 0


def begin_at_noon() -> None:
    """The views read the real clock; the events of this test happen at noon of its day."""
    with acting(SYSTEM, moment=NOON):
        Subscription.objects.update(told_until=NOON)


def unsubscribe(*codes: str) -> dict[str, Any]:
    return {"transaction_id": uuid4().hex, "timestamp": NOW, "subscription_codes": list(codes)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reg_event_type": "SunRise"}, "rjct.notify_types.invalid"),
        ({"filter": {"shoe_size": 1}}, "rjct.notify_details.invalid"),
        ({"notify_record_type": 3}, "rjct.notify_details.invalid"),
    ],
)
def test_what_cannot_be_subscribed_to(district: None, change: dict[str, Any], code: str) -> None:
    with listening() as (address, received):
        message = subscription()
        message["subscribe_request"][0]["subscribe_criteria"] |= change
        Caller(a_partner()).say("/registry/subscribe", "subscribe", message, sender_uri=address)
        run_waiting_jobs()
    assert received[0][1]["message"]["subscribe_response"][0]["status_reason_code"] == code


def enrolled(number: str, programme: str = "") -> dict[str, Any]:
    query: dict[str, Any] = {"person_identifier": {"eq": number}}
    if programme:
        query["programme_identifier.program.programme_identifier"] = {"eq": programme}
    return {"transaction_id": uuid4().hex, "enrolled_criteria": {"query_type": "expression", "query": query}}


def test_whether_somebody_is_enrolled_here_or_was_reported_elsewhere(district: None) -> None:
    with acting(SYSTEM, moment=NOON):
        award = an_award(5, government=120_000)
    caller, where = Caller(a_partner()), "/registry/sync/enrolled"
    number = a_newcomer(5).members[0].id_number.text

    def answer(*asked: str) -> str:
        body = caller.say(where, "search", enrolled(*asked)).json()
        return str(body["message"]["enrolled_response"][0]["enrolled_status"])

    assert [answer(number), answer(number, award.item), answer(number, "FL01")] == ["yes", "yes", "no"]
    stranger = a_newcomer(9).members[0].id_number.text
    assert answer(stranger) == "no"
    report = {
        "transaction_id": uuid4().hex,
        "enrolled_updates": {
            "beneficiaries": [
                {
                    "person_identifier": [{"identifier_type": "NationalID", "identifier_value": stranger}],
                    "programme_identifier": "RS-7",
                },
                {"person_identifier": [{"identifier_type": "NationalID", "identifier_value": "1"}]},
            ]
        },
    }
    body = caller.wrapped("notify", report)
    told = caller.send("/registry/sync/enrollment/updates", body).json()
    assert [one["status"] for one in told["message"]["enrolled_response"]] == ["succ", "rjct"]
    assert caller.send("/registry/sync/enrollment/updates", body).json() == told, "sent again it is kept once"
    with acting(SYSTEM, moment=NOON):
        assert Enrolment.objects.count() == 1
    assert [answer(stranger), answer(stranger, "RS-7"), answer(stranger, "RS-8")] == ["yes", "yes", "no"]
    wrong = caller.say(where, "search", enrolled("12345")).json()["message"]["enrolled_response"][0]
    assert (wrong["status"], wrong["enrolled_status"]) == ("rjct", "no")


def test_an_answer_to_nothing_is_refused(district: None) -> None:
    caller = Caller(a_partner())
    body = {"transaction_id": "never", "correlation_id": "never", "search_response": []}
    told = caller.say("/registry/on-search", "on-search", body, status="succ")
    assert told.status_code == 404
    with acting(SYSTEM, moment=NOON):
        assert not Message.objects.exists()
    assert Client().post(f"{AT}/registry/notify").status_code == 401
    assert UUID(told.json()["message"]["correlation_id"])
