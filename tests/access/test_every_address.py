"""Point by point: every address × every post × own and other area, against the table in ``access.yaml``.

A page that is not in the table fails the test, so that nobody adds one without saying whose it is. What belongs to one
household is tried with something of the post's own area (or agency) and of another one; the other one must be answered as if
it did not exist, and no answer may hold a whole identity number or the name of a household out of the post's reach.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from jishiyu.foundations.clock import SHANGHAI, wind_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SCOPE_OF_ROLE, SYSTEM
from tests.access.addresses import Address, addresses
from tests.access.things import DEMO_DAY, Thing, things
from tests.fixtures import plan_by_indexes

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("access.yaml").read_text(encoding="utf-8")
)
STAFF = tuple(role for role in SCOPE_OF_ROLE if role not in ("partner", "public", "system"))
GROUPS = {
    "ALL": STAFF,
    "SEE": tuple(role for role in STAFF if role not in ("expert", "admin")),
    "STREET": ("caseworker", "reviewer", "sub_district_head"),
    "PUBLIC": (*STAFF, "public"),
}
World = dict[str, list[Thing]]
_CHARACTER = r"[\u4e00-\u9fff·]"

# What the server answers when it takes the request up: shown, gone on, told that the words or the moment do not fit.
TAKEN, REFUSED = {200, 302, 400, 409, 422}, {403, 404}

# One log-in of each role in the demo district: of Desheng, of the charity association, or of the district.
LOG_INS = {
    "caseworker": "desheng.jingban",
    "reviewer": "desheng.shenhe",
    "sub_district_head": "desheng.fuze",
    "agency_officer": "cishan.jingban",
    "decider": "cishan.shenpi",
    "agency_head": "cishan.fuze",
    "finance": "caizheng",
    "office": "bangongshi",
    "expert": "zhuanjia1",
    "auditor": "shenji",
    "admin": "xitong",
}


def test_each_address_stands_in_the_table() -> None:
    known = {one.name for one in addresses()}
    assert sorted(known - TABLE.keys()) == [], "these pages do not say whose they are"
    assert sorted(TABLE.keys() - known) == [], "these rows are about pages that are gone"


def test_the_table_names_roles_that_exist() -> None:
    for name, row in TABLE.items():
        for verb in ("open", "do"):
            assert set(_who(row, verb)) <= set(GROUPS["PUBLIC"]), name


@pytest.mark.django_db
@pytest.mark.clause("C1")
def test_every_address_for_every_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jishiyu.doors.jobs.demo_district import build_demo

    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(datetime.combine(DEMO_DAY, time(10), tzinfo=SHANGHAI))
    plan_by_indexes()
    build_demo(households=150, say=lambda _: None, today=DEMO_DAY)
    with acting(SYSTEM, moment=datetime.combine(DEMO_DAY, time(10), tzinfo=SHANGHAI)):
        world = things()
    for kind in ("household_id", "person_id", "case_id", "payment_id"):
        for role in ("caseworker", "decider"):
            sides = {thing.reached_by(role) for thing in world[kind]}
            assert sides == {True, False}, (
                f"the demo district has no {kind} of both sides for a {role} to try"
            )
    wrong = [line for role in GROUPS["PUBLIC"] for line in _tried(role, world)]
    assert not wrong, f"{len(wrong)} answers differ from the table:\n" + "\n".join(wrong)


def _tried(role: str, world: World) -> Iterator[str]:
    client = client_of(role)
    for address in addresses():
        row = TABLE[address.name]
        if row.get("skip"):
            continue
        for side in ("own", "other"):
            found = filled(address, row, role, side, world)
            if found is None:
                continue
            given, reached = found
            url = reverse(address.name, kwargs=given)
            for verb, answer in (("open", client.get(url)), ("do", client.post(url))):
                for why in _faults(answer, role in _who(row, verb), reached, role, row, verb, world):
                    yield f"{role:<18}{address.name:<34}{side:<6}{verb:<5}{why}"


def _faults(
    answer: Any, may: bool, reached: bool, role: str, row: dict[str, Any], verb: str, world: World
) -> Iterator[str]:
    status = answer.status_code
    if status == 405:
        if row.get(verb):
            yield "is not offered"
    elif role == "public" and not may:
        if not (status == 302 and answer.headers["Location"].startswith("/login/")) and status not in REFUSED:
            yield f"gave {status}, not the log-in page"
    elif status not in ({*TAKEN, row.get("blank")} if may and reached else REFUSED):
        yield f"gave {status}, {'though it is theirs' if may and reached else 'though it is not theirs'}"
    if status == 200:
        yield from _shown_too_much(answer, role, world)


def _shown_too_much(answer: Any, role: str, world: World) -> Iterator[str]:
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = text.decode(errors="replace")
    theirs = {home.name for home in world["household_id"] if role != "public" and home.reached_by(role)}
    for home in world["household_id"]:
        if home.secret in words:
            yield "shows a whole ID number"
        # A name can stand within a longer name or word: only what no other character touches tells.
        if home.name not in theirs and re.search(rf"(?<!{_CHARACTER}){home.name}(?!{_CHARACTER})", words):
            yield f"shows the name of a household of {home.area}"


def client_of(role: str) -> Client:
    """Logged in as the first post of that role; as nobody for the public."""
    from jishiyu.offices.models import Officer

    client = Client(raise_request_exception=False)
    if role != "public":
        officer = Officer.objects.get(username=LOG_INS[role])
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def filled(
    address: Address, row: dict[str, Any], role: str, side: str, world: World
) -> tuple[dict[str, Any], bool] | None:
    """What the address needs, and whether it lies in the post's reach. None when this side has nothing to try."""
    given: dict[str, Any] = {}
    bound = False
    for need in address.needs:
        fixed = row.get("with", {}).get(need)
        if fixed is not None:
            given[need] = fixed
            continue
        found = next(
            (
                one
                for one in world.get(need, [])
                if (role == "public" or one.reached_by(role)) == (side == "own")
            ),
            None,
        )
        if found is None:
            return None
        given[need], bound = found.id, True
    return None if side == "other" and not bound else (given, side == "own")


def _who(row: dict[str, Any], verb: str) -> tuple[str, ...]:
    words = str(row.get(verb, "")).split()
    return tuple(role for word in words for role in GROUPS.get(word, (word,)))
