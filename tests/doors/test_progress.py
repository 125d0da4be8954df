"""An applicant asks by number and code: the steps, who looked at the file, nobody's name; a wrong guess tells nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jishiyu.cases import queries
from jishiyu.foundations.clock import wind_to
from jishiyu.journal.models import Entry
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import operations as registry
from jishiyu.registry.queries import members
from jishiyu.registry.rules.moves import Departure, Ground
from tests.fixtures import engage_all, open_offices
from tests.rooms.cases.a_case import MORNING, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(db: None, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Street:
    """The posts of Desheng, on a morning."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", f"{tmp_path}/clock")
    wind_to(MORNING + timedelta(hours=3))
    with acting(SYSTEM, moment=MORNING):
        open_offices()
        engage_all()
    return Street()


def number_and_code(case: UUID) -> tuple[str, str]:
    with acting(SYSTEM, moment=MORNING):
        row = queries.case(case, SYSTEM)
        return row.number, queries.progress_code(row)


def asked(number: str, code: str) -> Any:
    return Client().post("/progress/", {"number": number, "code": code})


@pytest.mark.clause("C6")
def test_the_steps_and_the_looks_are_shown_without_a_name(street: Street) -> None:
    case = street.apply(51)
    street.to_visit(case)
    with acting(street.reviewer, moment=street.now):
        registry.look(queries.case(case, street.reviewer).household_id, actor=street.reviewer)
    page = asked(*number_and_code(case))
    text = page.content.decode()
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "正在办" in text
    assert "打开家庭档案" in text
    assert str(street.reviewer.title) in text
    for private in ("单春雨", "王小满", "119900", "测试reviewer"):
        assert private not in text
    assert "凭查询码查询" in asked(*number_and_code(case)).content.decode()


def test_however_the_code_is_typed(street: Street) -> None:
    number, code = number_and_code(street.apply(52))
    assert len(code) == 11
    for written in (
        code.lower(),
        code.replace("-", ""),
        f" {code} ",
        code.replace("0", "o").replace("1", "l"),
    ):
        assert asked(number.lower(), written).status_code == 200


def test_a_wrong_guess_tells_nothing_and_stays_in_the_journal(street: Street) -> None:
    case, other = street.apply(53), street.apply(54, names=("余舟", "余小舟"))
    number, code = number_and_code(case)
    _, wrong = number_and_code(other)
    assert code != wrong
    answers = [asked(number, wrong), asked("ZK01-000000000-2026-000001", code)]
    assert [one.status_code for one in answers] == [404, 404]
    said = {one.content.decode().partition("alert-danger")[2].partition("</div>")[0] for one in answers}
    assert len(said) == 1
    with acting(SYSTEM, moment=MORNING):
        assert Entry.objects.filter(act="cases.ask_progress", outcome="refused").count() == 2
        assert Entry.objects.filter(about_id="unknown", household=None, outcome="refused").count() == 1
        assert Entry.objects.filter(about_id=number, outcome="refused").exclude(household=None).count() == 1


def test_what_was_not_filled_in_is_said(street: Street) -> None:
    page = asked("", "")
    assert page.status_code == 422
    assert "请填写查询码" in page.content.decode()


def test_no_reason_that_an_officer_wrote_is_shown(street: Street) -> None:
    case = street.apply(55)
    with acting(street.caseworker, moment=street.now):
        household = queries.case(case, street.caseworker).household_id
        person = members(household)[0].person_id
        registry.unmask(person, reason="核对王小满的病历", actor=street.caseworker)
    text = asked(*number_and_code(case)).content.decode()
    assert "查看完整的身份信息" in text
    assert "病历" not in text


def test_who_left_sees_only_the_looks_of_before(street: Street) -> None:
    case = street.apply(56)
    with acting(SYSTEM, moment=street.now):
        row = queries.case(case, SYSTEM)
        household = row.household_id
        head, other = members(household)
        ground = Ground(street.now.date(), "离婚", "离婚证")
        told = Departure(str(head.person_id), "divorce", ground, {str(other.person_id): "02"})
        registry.move_out(household, told, actor=street.caseworker, moment=street.now)
    street.pass_days(2)
    wind_to(street.now)
    with acting(street.reviewer, moment=street.now):
        registry.unmask(other.person_id, reason="核对住院情况", actor=street.reviewer)
    text = asked(*number_and_code(case)).content.decode()
    assert "办理业务" in text
    assert "查看完整的身份信息" not in text


def test_guessing_comes_to_an_end_and_begins_again_later(street: Street) -> None:
    number, code = number_and_code(street.apply(57))
    for _ in range(10):
        assert asked(number, "AAAAA-AAAAA").status_code == 404
    assert asked(number, code).status_code == 404, "the right code is not told from a wrong one any more"
    with acting(SYSTEM, moment=MORNING):
        refused = Entry.objects.filter(act="cases.ask_progress", outcome="refused")
        assert refused.count() == 10
    wind_to(MORNING + timedelta(hours=3, minutes=11))
    page = asked(number, code)
    assert page.status_code == 200
    assert "查询码不对" in page.content.decode(), "the household sees that somebody tried"
