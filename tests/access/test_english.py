"""Every page that a post can reach, read in English, is English: names, titles of documents and free text are marked.

The walk starts from every address and follows links, so that cases in every step, notices and standards of every kind are
seen; then every address that takes a form is sent an empty one, for the words of its faults.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from jishiyu.foundations.clock import SHANGHAI, wind_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.access.addresses import addresses
from tests.access.english import CHINESE, not_english, walk
from tests.access.test_every_address import TABLE, World, client_of, filled
from tests.access.things import DEMO_DAY, things
from tests.fixtures import plan_by_indexes

NOON = datetime.combine(DEMO_DAY, time(10), tzinfo=SHANGHAI)
ROLES = (
    "caseworker",
    "reviewer",
    "agency_officer",
    "decider",
    "finance",
    "office",
    "expert",
    "auditor",
    "public",
)
# Pages that are only reached by links, or only while there is something to show.
DEEP = {
    "desk:cases_letter", "desk:cases_page", "desk:funds_payment", "desk:funds_run", "desk:households_snapshots",
    "desk:imports_page", "desk:notices_page", "desk:oversight_meeting", "desk:policy_item", "desk:whatif_households",
    "desk:whatif_page",
}  # fmt: skip
_DATA = re.compile(r"<script[^>]*application/json[^>]*>(.*?)</script>", re.DOTALL)


@pytest.mark.django_db
def test_every_page_is_english_when_read_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jishiyu.doors.jobs.demo_district import build_demo

    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(NOON)
    plan_by_indexes()
    build_demo(households=150, say=lambda _: None, today=DEMO_DAY)
    with acting(SYSTEM, moment=NOON):
        world = things()
    _try_a_policy()
    seen: set[str] = set()
    found = sorted({line for role in ROLES for line in _read_in_english(role, world, seen)})
    assert sorted(DEEP - seen) == [], "the walk has lost its way to these pages"
    assert not found, f"{len(found)} texts are Chinese on English pages:\n" + "\n".join(found)


def _try_a_policy() -> None:
    change = {
        "name": "提高低保标准",
        "day": DEMO_DAY.isoformat(),
        "parameter": "bj.dibao.urban",
        "parameter_value": "1500",
        "do": "run",
    }
    answer = client_of("office").post(reverse("desk:whatif_new"), change)
    assert answer.status_code == 302, "the demo's office can try a change of policy"


def _read_in_english(role: str, world: World, seen: set[str]) -> Iterator[str]:
    client = client_of(role)
    client.cookies["language"] = "en"
    starts = list(dict.fromkeys(_starts(role, world)))
    for url, page in walk(client, starts):
        seen.add(resolve(urlsplit(url).path).view_name)
        yield from _chinese_of(url, page)
    for url in starts:
        yield from _after_sending_nothing(client, url)


def _starts(role: str, world: World) -> Iterator[str]:
    for address in addresses():
        row = TABLE[address.name]
        if row.get("skip") or address.name == "desk:language":
            continue
        for side in ("own", "other"):
            given = filled(address, row, role, side, world)
            if given is not None:
                yield reverse(address.name, kwargs=given[0])
                break  # what is another's is refused in the same words everywhere


def _after_sending_nothing(client: Client, url: str) -> Iterator[str]:
    answer: Any = client.post(url, follow=True)
    if not answer.streaming and "text/html" in answer.headers.get("Content-Type", ""):
        yield from _chinese_of(f"POST {url}", answer.content.decode())


def _chinese_of(url: str, page: str) -> Iterator[str]:
    where = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", url)
    yield from (f"{where}: {text[:120]}" for text in not_english(page))
    for data in _DATA.findall(page):
        if match := CHINESE.search(json.dumps(json.loads(data), ensure_ascii=False)):
            yield f"{where}: a chart or script has {match.string[max(0, match.start() - 20) : match.end() + 20]}"


@pytest.mark.parametrize(
    "page",
    [
        "<p>家庭</p>",
        "<p>Date：</p>",
        '<p title="家庭">x</p>',
        '<input placeholder="姓名">',
        "<title>张三</title>",
        "<option>张三</option>",
        "<p>(家庭)</p>",
    ],
)
def test_chinese_is_seen(page: str) -> None:
    assert not_english(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>household</p>",
        '<p lang="zh-Hans">家庭</p>',
        '<title>Household of 张三</title><p translate="no">张三</p>',
        '<select translate="no"><option>张三</option></select><p>and</p>',
        '<input value="家庭"><textarea>家庭</textarea>',
        "<p>minimum living guarantee (低保)</p>",
    ],
)
def test_what_may_be_chinese_passes(page: str) -> None:
    assert not not_english(page)
