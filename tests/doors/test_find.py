"""Search everywhere: each kind of thing, within reach, by POST, the part that fits marked."""

from pathlib import Path

import pytest
from django.db import connection

from jishiyu.cases import queries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.queries import find
from tests.conftest import NOON
from tests.doors.work_street import FIRST, Office, open_street
from tests.fixtures import DESHENG, SHICHAHAI, a_post

FIND = "/desk/find/"


@pytest.fixture
def office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return open_street(tmp_path, monkeypatch, cases=2)


def hits(office: Office, words: str, username: str = FIRST) -> str:
    answer = office.browser(username).post(f"{FIND}suggest/", {"q": words})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def test_each_kind_of_thing_is_found_within_reach(office: Office) -> None:
    with acting(SYSTEM, moment=NOON):
        case = queries.case(office.cases[0], SYSTEM)
        number, home = case.number, case.household.number
    stranger = f"caseworker.{SHICHAHAI}"
    for words in (
        number,
        number.lower(),
        number[-6:],
        number[:14],
        home,
        home[-6:],
        "scy",
        "19900000001",
    ):
        assert "单春雨" in hits(office, words), words
        assert "单春雨" not in hits(office, words, stranger), words
    assert "单春雨" in hits(office, number, "decider.MZ")
    assert "<mark>单春</mark>雨" in hits(office, "单春")
    assert "单春雨" not in hits(office, "19900000009")


def test_pages_acts_items_and_standards_are_found_by_their_words_and_letters(office: Office) -> None:
    assert "/desk/households/register/" in hits(office, "登记新")
    assert "/desk/households/register/" in hits(office, "djxjt")
    assert "/desk/households/register/" not in hits(office, "登记新", f"reviewer.{DESHENG}")
    assert "/desk/policy/items/" in hits(office, "低保")
    assert "/desk/policy/standards/" in hits(office, "低保标准")
    assert "/desk/cases/" in hits(office, "jzbl")
    assert "/desk/policy/" in hits(office, "政策", "expert")
    assert "单春雨" not in hits(office, "单春雨", "admin")


def test_it_works_without_script_and_opens_the_only_hit(office: Office) -> None:
    client = office.browser(FIRST)
    assert client.post(FIND, {"q": "scy"})["Location"].startswith("/desk/households/")
    listed = client.post(FIND, {"q": "单"}).content.decode()
    assert listed.count("119900********") == 2
    assert "没有找到" in client.post(FIND, {"q": "查无此人"}).content.decode()
    assert (
        "电话" in client.get(f"{FIND}?q=单春雨").content.decode()
    )  # a word in the address is not looked for


def test_suggestions_wait_for_enough_to_go_by(office: Office) -> None:
    assert "<mark>单</mark>春雨" in hits(office, "单")
    assert "单春雨" not in hits(office, "s")
    assert hits(office, "").strip() == ""


@pytest.mark.parametrize("post", [a_post("caseworker"), a_post("office")], ids=["street", "district"])
def test_an_index_answers_under_row_security(office: Office, post: object) -> None:
    """Whatever the planner thinks of a small table: with no other way left, the index itself must be allowed."""
    from django.test.utils import CaptureQueriesContext

    with acting(post, moment=NOON), connection.cursor() as cursor:  # type: ignore[arg-type]
        cursor.execute("set local enable_seqscan = off")
        with CaptureQueriesContext(connection) as asked:
            for words in ("单春", "shanch", "123X", "19900000001"):
                find(words, post)  # type: ignore[arg-type]
        of_people = [one["sql"] for one in asked if "~>=~" in one["sql"] or "_index" in one["sql"]]
        assert len(of_people) >= 4
        for sql in of_people:
            cursor.execute(f"explain {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Index Cond" in plan, plan
            assert "Seq Scan on registry_person" not in plan, plan
