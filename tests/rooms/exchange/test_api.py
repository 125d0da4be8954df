"""The open interface: what it says, what it refuses, and that nothing that is sent to it breaks it."""

from collections.abc import Iterator
from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import engage_all, open_offices, the_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client()


def test_it_answers_with_the_policy_in_force(client):
    told = client.get("/api/v1/health").json()
    assert (told["status"], told["pack"]) == ("ok", the_pack().version)


def test_standards_are_those_of_the_day_with_where_they_were_read(client):
    told = client.get("/api/v1/standards/bj.dibao.urban?day=2012-06-01").json()
    assert (told["value"], told["unit"], told["per"], told["confidence"]) == (
        52_000,
        "yuan",
        "person-month",
        "verified",
    )
    assert told["citation"]["title"]
    unknown = client.get("/api/v1/standards/bj.dibao.urban?day=1990-01-01").json()
    assert (unknown["known"], unknown["value"]) == (False, None)
    assert unknown["reason"]["zh"]
    assert len(client.get("/api/v1/standards").json()) == len(the_pack().parameters)


def test_programmes_and_items(client):
    programmes = client.get("/api/v1/programmes").json()
    assert [one["code"] for one in programmes] == [one.code for one in the_pack().programmes]
    assert programmes[-1]["lead"] == "CS"
    medical = client.get("/api/v1/items?programme=ZY").json()
    assert {one["programme"] for one in medical} == {"ZY"}
    assert client.get(f"/api/v1/items/{medical[0]['id']}").json() == medical[0]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/items/QQ99", 404, "law.not_in_pack"),
        ("/api/v1/standards/bj.nothing", 404, "law.no_parameter"),
        ("/api/v1/standards?day=soon", 422, "exchange.invalid"),
        ("/api/v1/items?programme=%00", 422, "exchange.invalid"),
        ("/api/v1/notices?sub_district=%00%00", 422, "exchange.invalid"),
        ("/api/v1/nothing", 404, "exchange.no_such_address"),
        ("/api/", 404, "exchange.no_such_address"),
    ],
)
def test_refusals_are_data_in_both_languages(client, address, status, code):
    answer = client.get(address)
    assert answer.status_code == status
    told = answer.json()
    assert told["code"] == code
    assert told["zh"]
    assert told["en"]


def test_who_is_logged_in_sees_no_more_than_the_public(client):
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
    from tests.journeys.logged_in import logged_in

    assert logged_in("office").get("/api/v1/notices").json() == client.get("/api/v1/notices").json() == []


def test_it_only_tells(client):
    for address in ("/api/v1/notices", "/api/v1/standards"):
        assert client.post(address, {}).status_code == 405


@pytest.fixture
def description(db: None) -> Iterator[schemathesis.BaseSchema]:
    """The interface as it describes itself, asked through the real application, in the test's own transaction."""
    from config.wsgi import application

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_is_sent_is_answered_as_described(description):
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) == 7
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        def answered(case: schemathesis.Case) -> None:
            case.call_and_validate()

        answered()
