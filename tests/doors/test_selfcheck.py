"""The public's self-check: likely, not, or cannot tell because; nothing kept; more people without a script."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jishiyu.doors.portal.selfcheck.answers import Answer
from jishiyu.foundations.clock import SHANGHAI, wind_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import open_offices

pytestmark = pytest.mark.django_db
ADDRESS = "/self-check/"
HOME = {
    "tenure": "public_rent", "homes_owned": "0", "area": "24", "monthly_rent": "120", "unsafe_housing": "no",
    "vehicles": "0", "liquid_assets": "3000", "debt": "0", "support": "none", "event": "none",
}  # fmt: skip
WOMAN = {
    "relation": "02", "age": "45", "sex": "2", "marital": "divorced", "local_hukou": "yes", "employment": "flexible",
    "work_capacity": "full", "wages": "900", "pension": "0", "other_income": "0", "schooling": "none",
    "medical_insurance": "resident", "illness": "none", "medical_self_paid": "0", "disability": "0",
    "disability_grade": "0", "daily_activities_lost": "0", "identity": "none",
}  # fmt: skip
BOY = WOMAN | {
    "relation": "20", "age": "9", "sex": "1", "marital": "single", "employment": "student", "work_capacity": "none",
    "wages": "0", "schooling": "compulsory",
}  # fmt: skip


def sent(*people: dict[str, str], home: dict[str, str] = HOME, **more: str) -> dict[str, str]:
    """A filled-in form."""
    named = {f"p{place}-{name}": word for place, one in enumerate(people) for name, word in one.items()}
    return home | named | {"people": str(len(people))} | more


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody without a log-in, on a day that the pack knows the standards of."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(datetime(2021, 12, 15, 10, tzinfo=SHANGHAI))
    with acting(SYSTEM, moment=NOON):
        open_offices()
    return Client()


def items(answers: list[Answer]) -> dict[str, Answer]:
    return {one.entitlement.item: one for one in answers}


@pytest.mark.clause("C21")
def test_a_family_without_means_is_told_of_dibao_with_its_amount(public: Client) -> None:
    page: Any = public.post(ADDRESS, sent(WOMAN, BOY, check="1"))
    assert page.status_code == 200
    likely = items(page.context["likely"])
    assert likely["ZK01"].entitlement.at_least
    assert likely["ZK08"].entitlement.amount
    text = page.content.decode()
    assert "这不是决定" in text
    assert "不保存" in text


def test_what_was_not_told_is_never_taken_as_no(public: Client) -> None:
    page: Any = public.post(ADDRESS, sent({"relation": "02", "age": "45", "sex": "2"}, home={}, check="1"))
    unclear, likely = items(page.context["unclear"]), items(page.context["likely"])
    assert "ZK01" in unclear
    assert "ZK01" not in likely
    assert "您没有填" in str(unclear["ZK01"].reasons[0])


def test_the_well_off_are_told_why_not(public: Client) -> None:
    rich = sent(WOMAN | {"wages": "60000"}, home=HOME | {"liquid_assets": "3000000"}, check="1")
    page: Any = public.post(ADDRESS, rich)
    denied = {one.entitlement.item: one for _, found in page.context["denied"] for one in found}
    assert denied["ZK01"].reasons


def test_aid_for_bills_is_not_denied_to_who_brought_no_bill(public: Client) -> None:
    ill = WOMAN | {"illness": "serious", "medical_self_paid": "80000"}
    page: Any = public.post(ADDRESS, sent(ill, BOY, check="1"))
    assert "结算单" in str(items(page.context["unclear"])["ZY03"].reasons[0])


def test_a_question_of_one_programme_is_asked_and_counts(public: Client) -> None:
    form = sent(WOMAN, BOY, check="1")
    asked: Any = public.post(ADDRESS, form)
    assert "natural_disaster" in asked.context["more"].fields
    assert "自然灾害" in str(items(asked.context["special"])["JZ02"].reasons[0])
    again: Any = public.post(ADDRESS, form | {"more-natural_disaster": "no"})
    assert "JZ02" not in items(again.context["special"])
    assert again.context["more"]["natural_disaster"].value() == "no"


def test_people_come_and_go_without_a_script_and_nothing_typed_is_lost(public: Client) -> None:
    more: Any = public.post(ADDRESS, sent(WOMAN, BOY, add="1"))
    assert len(more.context["persons"]) == 3
    assert more.context["persons"][1]["age"].value() == "9"
    assert not more.context["persons"][2].errors
    less: Any = public.post(ADDRESS, sent(WOMAN, BOY, WOMAN | {"age": "70"}, drop="1"))
    assert [one["age"].value() for one in less.context["persons"]] == ["45", "70"]
    most: Any = public.post(ADDRESS, sent(*[WOMAN] * 10, add="1"))
    assert len(most.context["persons"]) == 10


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"age": ""}, "请填年龄"), ({"age": "200"}, "太大"), ({"wages": "一千"}, "请填数字"), ({"wages": "-3"}, "不能小于 0"),
     ({"schooling": "DROP TABLE"}, "请从列表里选一项")],
)  # fmt: skip
def test_a_fault_is_said_beside_its_question(public: Client, wrong: dict[str, str], said: str) -> None:
    page = public.post(ADDRESS, sent(WOMAN | wrong, check="1"))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "还没有算" in page.content.decode()


def test_strange_counts_do_no_harm(public: Client) -> None:
    for people in ("", "0", "-1", "999999", "1e9", "二"):
        for act in ({"drop": "77"}, {"drop": "x"}, {"add": "1"}, {"check": "1"}):
            form = sent(WOMAN) | {"people": people} | act
            assert public.post(ADDRESS, form).status_code in (200, 422)


def test_nothing_is_kept(public: Client) -> None:
    before = rows()
    page = public.post(ADDRESS, sent(WOMAN, BOY, check="1"))
    assert rows() == before
    assert "no-store" in page.headers["Cache-Control"]
    assert not public.cookies.keys() - {"csrftoken"}


def rows() -> dict[str, int]:
    """How many rows each table holds, as its owner sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def test_in_english(public: Client) -> None:
    public.cookies["language"] = "en"
    page = public.post(ADDRESS, sent(WOMAN, BOY, check="1"))
    assert b"This is not a decision" in page.content
