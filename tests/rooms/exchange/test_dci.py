"""The Initiative's interface: who calls, what is searched, what is told, and that nothing is told or sent that was not agreed."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners.models import Message
from jishiyu.partners.operations import stop_partner
from jishiyu.partners.rules import signatures
from jishiyu.registry.operations import open_to_agency, register_household
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, open_offices
from tests.rooms.exchange.a_partner import AT, NOW, SECRET, Caller, a_partner, by_id, listening, search

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C23")]
SYNC, LATER = "/registry/sync/search", "/registry/search"


@pytest.fixture
def homes() -> list[NewHousehold]:
    """Two households, the first open to 人社局."""
    made = [a_newcomer(1), a_newcomer(2, area=SHICHAHAI, names=("仇小满", "仇大雪"))]
    with acting(SYSTEM, moment=NOON):
        open_offices()
        for one in made:
            register_household(one, actor=SYSTEM, moment=NOON)
        open_to_agency(
            UUID(made[0].household_id), sub_district=DESHENG, agency="RS", because="测试", day=TODAY
        )
    return made


def number_of(home: NewHousehold, place: int = 0) -> str:
    return home.members[place].id_number.text


def records(told: Any, place: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told.json()["message"]["search_response"][place]["data"]["reg_records"]
    return found


def test_a_person_is_found_by_the_identity_number_and_the_look_is_in_the_journal(
    homes: list[NewHousehold],
) -> None:
    caller = Caller(a_partner())
    told = caller.say(
        SYNC,
        "search",
        search(by_id(number_of(homes[0])), by_id(number_of(homes[1]), response_entity="Member")),
    )
    assert told.status_code == 200
    body = told.json()
    head = body["header"]
    assert (head["action"], head["status"], head["total_count"], head["completed_count"]) == (
        "on-search",
        "succ",
        2,
        2,
    )
    household, person = records(told)[0], records(told, 1)[0]
    assert household["@type"] == "spdci:Group"
    assert household["group_size"] == len(homes[0].members)
    assert household["group_identifier"][0]["identifier_value"] == homes[0].number
    assert household["group_head_info"]["member_identifier"][0]["identifier_value"] == number_of(homes[0])
    assert person["demographic_info"]["name"] == {
        "@type": "Name",
        "surname": "仇",
        "given_name": "小满",
        "prefix": "",
        "suffix": "",
    }
    assert body["message"]["search_response"][0]["pagination"] == {
        "page_size": 100,
        "page_number": 1,
        "total_count": 1,
    }
    keys = Client().get(f"{AT}/.well-known/jwks.json").json()["keys"]
    assert signatures.verify(body["signature"], head, body["message"], keys) == keys[0]["kid"]
    with acting(SYSTEM, moment=NOON):
        looks = entries(act="registry.told_partner")
        assert {str(one.household) for one in looks} == {home.household_id for home in homes}
        assert {one.reason for one in looks} == {"核对重复享受"}


def test_only_what_was_agreed_is_told(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner("bare", fields=(), reach="agency", agency="RS"))
    told = caller.say(SYNC, "search", search(by_id(number_of(homes[0])), by_id(number_of(homes[1]))))
    assert records(told, 1) == [], "a household that is not open to the agency does not exist for it"
    words = json.dumps(records(told), ensure_ascii=False)
    for secret in (
        number_of(homes[0]),
        homes[0].members[0].name,
        homes[0].address,
        "birth_date",
        "is_disabled",
        "poverty_score",
    ):
        assert secret not in words


@pytest.mark.parametrize(
    ("criteria", "hits"),
    [
        ({"query_type": "expression", "query": {"type": "ns:org:QueryType:expression", "value": {"expression": {
            "collection": "Group", "query": {"$and": [{"location": {"$eq": DESHENG}}, {"group_size": {"$lt": 5}}]}}}}}, 1),
        ({"query_type": "expression", "query": {"$or": [{"location": DESHENG}, {"location": "什刹海街道"}]}}, 2),
        ({"query_type": "expression", "query": {"poverty_score": {"$lt": 5}}}, 0),
        ({"query_type": "expression", "query": {"$not": {"location": DESHENG}}}, 1),
        ({"query_type": "predicate", "query": [
            {"seq_num": 1, "expression1": {"attribute_name": "area-code", "operator": "eq", "attribute_value": SHICHAHAI},
             "condition": "and", "expression2": {"attribute_name": "group_size", "operator": "ge", "attribute_value": 1}}]}, 1),
        ({"query_type": "predicate", "response_entity": "Member", "query": [
            {"expression1": {"attribute_name": "YOB", "operator": "gt", "attribute_value": 1900}}]}, 4),
        ({"query_type": "idtype-value", "query": {"type": "NationalID", "value": "11990019000101001X"}}, 0),
    ],
)  # fmt: skip
def test_three_ways_to_ask(homes: list[NewHousehold], criteria: dict[str, Any], hits: int) -> None:
    told = Caller(a_partner()).say(SYNC, "search", search(criteria))
    answer = told.json()["message"]["search_response"][0]
    assert answer["status"] == "succ", answer
    assert answer["pagination"]["total_count"] == hits == len(records(told))


def test_pages_wherever_the_pagination_stands(homes: list[NewHousehold]) -> None:
    caller, everybody = Caller(a_partner()), {"query_type": "expression", "query": {"group_size": {"$ge": 1}}}
    sorted_ = {"sort": [{"attribute_name": "householdNumber", "sort_order": "desc"}]}
    first = caller.say(
        SYNC, "search", search(everybody | sorted_ | {"pagination": {"page_size": 1, "page_number": 1}})
    )
    second = caller.say(
        SYNC, "search", search(everybody | sorted_, pagination={"page_size": 1, "page_number": 2})
    )
    numbers = [records(one)[0]["group_identifier"][0]["identifier_value"] for one in (first, second)]
    assert numbers == sorted((home.number for home in homes), reverse=True)
    assert second.json()["message"]["search_response"][0]["pagination"]["total_count"] == 2


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"reference_id": ""}, "rjct.reference_id.invalid"),
        ({"reference_id": "x" * 100}, "rjct.reference_id.invalid"),
        ({"timestamp": "2026-11-24T12:00:00"}, "rjct.timestamp.invalid"),
        ({"locale": "zh-CN"}, "rjct.search_criteria.invalid"),
        ({"search_criteria": {"query_type": "graphql", "query": {}}}, "rjct.search_criteria.invalid"),
        ({"search_criteria": {"query_type": "expression", "query": {"shoe_size": 42}}}, "rjct.filter.invalid"),
        ({"search_criteria": {"query_type": "expression", "query": {"born": {"$lt": "yesterday"}}}}, "rjct.filter.invalid"),
        ({"search_criteria": by_id("1") | {"sort": [{"attribute_name": "UIN"}]}}, "rjct.sort.invalid"),
        ({"search_criteria": by_id("1") | {"pagination": {"page_size": 0}}}, "rjct.pagination.invalid"),
        ({"search_criteria": by_id("1") | {"pagination": {"page_size": 1e308}}}, "rjct.pagination.invalid"),
    ],
)  # fmt: skip
def test_one_bad_request_is_refused_with_its_code_and_the_others_go_on(
    homes: list[NewHousehold], request_: dict[str, Any], code: str
) -> None:
    message = search(by_id(number_of(homes[0])), by_id(number_of(homes[0])))
    message["search_request"][1] |= request_
    answers = Caller(a_partner()).say(SYNC, "search", message).json()["message"]["search_response"]
    assert [one["status"] for one in answers] == ["succ", "rjct"]
    assert answers[1]["status_reason_code"] == code
    assert "/" in answers[1]["status_reason_message"]


def test_the_same_reference_twice(homes: list[NewHousehold]) -> None:
    message = search(by_id(number_of(homes[0])), by_id(number_of(homes[0])))
    message["search_request"][1]["reference_id"] = "r0"
    answers = Caller(a_partner()).say(SYNC, "search", message).json()["message"]["search_response"]
    assert answers[1]["status_reason_code"] == "rjct.reference_id.duplicate"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"version": "2.0.0"}, 400, "err.version.not_supported"),
        ({"message_ts": "2026-11-24 12:00"}, 400, "err.request.bad"),
        ({"action": "notify"}, 400, "err.request.bad"),
        ({"total_count": 7}, 400, "err.request.bad"),
        ({"total_count": "1"}, 400, "err.request.bad"),
        ({"message_id": "x" * 100}, 400, "err.request.bad"),
        ({"is_msg_encrypted": True}, 400, "err.encryption.invalid"),
        ({"sender_id": "somebody"}, 403, "err.sender_id.invalid"),
    ],
)
def test_a_message_that_is_wrong_as_a_whole(change: dict[str, Any], status: int, code: str) -> None:
    told = Caller(a_partner(sender_ids=("renshe",))).say(SYNC, "search", search(by_id("1")), **change)
    assert told.status_code == status
    body = told.json()
    assert (body["message"]["ack_status"], body["message"]["error"]["code"]) == ("ERR", code)
    assert body["errors"]
    assert body["message"]["correlation_id"]
    assert "+08:00" in body["message"]["timestamp"]


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "[]",
        "{",
        '{"header": 1}',
        '{"header": {}}',
        "NaN",
        "[" * 5000,
        '{"header":{},"message":{"a":"\\u0000"}}',
        '{"header":{},"message":{"a":"\\ud800"}}',
    ],
)
def test_what_is_no_message(body: str) -> None:
    told = Caller(a_partner()).send(SYNC, body)
    assert told.status_code == 400
    assert told.json()["message"]["error"]["code"] == "err.request.bad"


def test_without_a_token_with_another_and_without_a_grant(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner(grants=("subscribe",)))
    body = caller.wrapped("search", search(by_id(number_of(homes[0]))))
    assert caller.send(SYNC, body).status_code == 403
    assert caller.send(SYNC, body, Authorization="Bearer nonsense").status_code == 401
    bare = Client().post(f"{AT}{SYNC}", json.dumps(body), content_type="application/json")
    assert bare.status_code == 401
    assert bare.headers["WWW-Authenticate"] == "Bearer"
    assert bare.json()["errors"]
    assert Client().get(f"{AT}{SYNC}").status_code == 405
    assert Client().post(f"{AT}/registry/nothing").status_code == 404
    with acting(SYSTEM, moment=NOON):
        stop_partner("renshe", reason="测试", actor=SYSTEM, moment=NOON)
    assert caller.send(SYNC, body).status_code == 401


def test_a_wrong_secret_is_refused_and_guessing_comes_to_an_end() -> None:
    a_partner()
    form = f"grant_type=client_credentials&client_id=renshe&client_secret={SECRET}"
    kind, where, client = "application/x-www-form-urlencoded", f"{AT}/oauth2/client/token", Client()
    assert (
        client.post(where, form.replace("client_credentials", "password"), content_type=kind).json()["error"]
        == "unsupported_grant_type"
    )
    for _ in range(10):
        told = client.post(where, form + "x", content_type=kind)
        assert (told.status_code, told.json()["error"]) == (401, "invalid_client")
    assert client.post(where, form, content_type=kind).status_code == 401


def test_signatures_are_held_against_the_agreed_keys(homes: list[NewHousehold]) -> None:
    a_partner("strict", signatures="required")
    caller = Caller("strict")
    body = caller.wrapped("search", search(by_id(number_of(homes[0]))))
    assert caller.send(SYNC, body).status_code == 200
    head, _payload, tail = body["signature"].split(".")
    assert caller.send(SYNC, body | {"signature": f"{head}..{tail}"}).status_code == 200, "detached"
    for wrong, code in (
        ({"signature": ""}, "err.signature.missing"),
        ({"signature": "a.b.c"}, "err.signature.invalid"),
        ({"message": search(by_id(number_of(homes[1])))}, "err.signature.invalid"),
    ):
        told = caller.send(SYNC, body | wrong)
        assert (told.status_code, told.json()["message"]["error"]["code"]) == (401, code)
    other = Caller("strict", signs=signatures.signing_key(b"somebody else"))
    assert other.say(SYNC, "search", search(by_id("1"))).status_code == 401


def test_a_partner_without_a_standing_purpose_has_to_name_one(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner(purpose=""))
    silent = caller.say(SYNC, "search", search(by_id(number_of(homes[0])))).json()["message"][
        "search_response"
    ][0]
    assert silent["status_reason_code"] == "rjct.search_criteria.invalid"
    named = by_id(number_of(homes[0]), authorize={"purpose": {"text": "发放社保补贴"}})
    assert len(records(caller.say(SYNC, "search", search(named)))) == 1


def test_the_pace_is_held() -> None:
    caller = Caller(a_partner(each_minute=2))
    codes = [caller.say(SYNC, "search", search(by_id("1"))).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_an_answer_comes_to_the_callback_under_the_acknowledged_id(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner())
    with listening() as (address, received):
        body = caller.wrapped("search", search(by_id(number_of(homes[0]))), sender_uri=f"{address}/callback")
        ack = caller.send(LATER, body).json()["message"]
        again = caller.send(LATER, body).json()["message"]
        assert ack["ack_status"] == "ACK"
        assert again["correlation_id"] == ack["correlation_id"]
        before = caller.say(
            "/registry/sync/txn/status", "txn-status", asked_after(ack["correlation_id"])
        ).json()
        assert before["message"]["txnstatus_response"]["txn_status"]["search_response"][0]["status"] == "rcvd"
        run_waiting_jobs()
    assert [path for path, _body in received] == ["/callback/registry/on-search"]
    told = received[0][1]
    assert told["message"]["correlation_id"] == ack["correlation_id"]
    assert told["message"]["transaction_id"] == body["message"]["transaction_id"]
    assert told["header"]["action"] == "on-search"
    assert told["message"]["search_response"][0]["status"] == "succ"
    after = caller.say("/registry/sync/txn/status", "txn-status", asked_after(ack["correlation_id"])).json()
    assert after["header"]["action"] == "txn-on-status"
    assert (
        after["message"]["txnstatus_response"]["txn_status"]["search_response"]
        == told["message"]["search_response"]
    )


def asked_after(value: Any, kind: str = "correlation_id", txn: str = "search") -> dict[str, Any]:
    return {
        "transaction_id": uuid4().hex,
        "txnstatus_request": {
            "reference_id": "s1",
            "txn_type": txn,
            "attribute_type": kind,
            "attribute_value": value,
        },
    }


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://169.254.169.254/latest", "https://evil.example", "http://127.0.0.1.evil.example:80/", "file:///etc/passwd",
        "http://127.0.0.1@evil.example/", "gopher://127.0.0.1:70/", "http://[::1]:80/", "http://localhost:80/", "http://127.0.0.1:80\\@x/",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_an_address_that_was_not_agreed(elsewhere: str) -> None:
    caller = Caller(a_partner())
    told = caller.say(LATER, "search", search(by_id("1")), sender_uri=elsewhere)
    assert (told.status_code, told.json()["message"]["error"]["code"]) == (400, "err.sender_uri.invalid")
    with acting(SYSTEM, moment=NOON):
        assert not Message.objects.filter(outgoing=False).exists()


def test_a_redirect_is_not_followed_and_a_failure_is_tried_again(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner())
    with listening(lambda n: 302 if n == 1 else 200) as (address, received):
        caller.say(LATER, "search", search(by_id(number_of(homes[0]))), sender_uri=address)
        with pytest.raises(Exception, match=r"[0-9a-f-]{36}"):
            run_waiting_jobs()
        with acting(SYSTEM, moment=NOON):
            row = Message.objects.get(action="search")
        assert (row.tries, row.told_at, row.trouble) == (1, None, "answered 302")
        from jishiyu.doors.jobs.tasks import moment_now
        from jishiyu.journeys.exchange_with_partners import tell

        assert tell(row.id, clock=moment_now)
        assert tell(row.id, clock=moment_now), "once it is told nothing is sent again"
    assert [path for path, _body in received] == ["/registry/on-search", "/registry/on-search"]
    assert received[0][1] == received[1][1], "the same answer, to the last sign"


def test_status_by_references_by_transaction_and_of_nothing(homes: list[NewHousehold]) -> None:
    caller = Caller(a_partner())
    message = search(by_id(number_of(homes[0])), by_id("1"))
    caller.say(SYNC, "search", message)
    where = "/registry/sync/txn/status"
    by_reference = caller.say(where, "txn-status", asked_after(["r1"], "reference_id_list")).json()["message"]
    assert [
        one["reference_id"] for one in by_reference["txnstatus_response"]["txn_status"]["search_response"]
    ] == ["r1"]
    whole = caller.say(where, "txn-status", asked_after(message["transaction_id"], "transaction_id")).json()[
        "message"
    ]
    assert len(whole["txnstatus_response"]["txn_status"]["search_response"]) == 2
    nothing = caller.say(where, "txn-status", asked_after("never", "transaction_id")).json()["message"]
    assert nothing["txnstatus_response"]["txn_status"]["search_response"][0]["status"] == "rjct"
    a_partner("other")
    other = (
        Caller("other")
        .say(where, "txn-status", asked_after(message["transaction_id"], "transaction_id"))
        .json()
    )
    assert other["message"]["txnstatus_response"]["txn_status"]["search_response"][0]["status"] == "rjct"
    assert (
        caller.say(where, "txn-status", {"transaction_id": "x", "txnstatus_request": {}}).status_code == 400
    )
    assert NOW
