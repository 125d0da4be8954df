"""The money pages in use: a deposit comes in, the month is previewed and paid, and every fen is followed on screen."""

from datetime import date

import pytest
from django.test import Client

from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.foundations.periods import month_start
from jishiyu.funds.models import Deposit, Payment, PaymentRun, Source
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI, engage_all, open_offices
from tests.journeys.logged_in import logged_in
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    """Offices with log-ins, two awards due since last month, no money yet."""
    month = month_start(day_of(moment_now()))
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        an_award(1, government=80_000, charity=10_000, first=month)
        an_award(2, government=40_000, area=SHICHAHAI, first=month)
    return month


def as_system(rows):
    with acting(SYSTEM, moment=NOON):
        return list(rows())


def money_comes(client: Client, kind: str, amount: str, number: str) -> Deposit:
    assert (
        client.post(
            "/desk/funds/sources/new/", {"kind": kind, "name_zh": f"来源{kind}", "name_en": kind}
        ).status_code
        == 302
    )
    (source,) = as_system(lambda: Source.objects.filter(kind=kind))
    answer = client.post(
        "/desk/funds/deposits/new/",
        {
            "source": source.id,
            "amount": amount,
            "received_on": "2026-01-05",
            "document_no": number,
            "purpose": "",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    (made,) = as_system(lambda: Deposit.objects.filter(source=source))
    return made


@pytest.mark.clause("C28", "C36")
def test_from_deposit_to_household_and_back(district):
    finance = logged_in("finance")
    month = f"{district:%Y-%m}"
    page = finance.get(f"/desk/funds/runs/preview/?month={month}").content.decode()
    assert "资金不足" in page
    assert "确认发放" not in page
    answer = finance.post("/desk/funds/runs/pay/", {"month": month})
    assert answer.status_code == 409
    assert "尚缺" in answer.content.decode()

    public = money_comes(finance, "upper_level", "￥1,500.00", "京财社指1号")
    money_comes(finance, "donation", "100", "慈1号")
    assert "1,300.00" in finance.get(f"/desk/funds/runs/preview/?month={month}").content.decode()
    paid = finance.post("/desk/funds/runs/pay/", {"month": month}, follow=True)
    assert "已发放 3 笔" in paid.content.decode()
    again = finance.post("/desk/funds/runs/pay/", {"month": month}, follow=True)
    assert "没有待发放的救助" in again.content.decode()

    (run,) = as_system(lambda: PaymentRun.objects.all())
    payment = as_system(lambda: Payment.objects.filter(amount=80_000))[0]
    for address, words in (
        ("/desk/funds/", "1,500.00"),
        ("/desk/funds/runs/", run.number),
        (f"/desk/funds/runs/{run.id}/", "800.00"),
        (f"/desk/funds/deposits/{public.id}/", "每一分钱的去向"),
        (f"/desk/funds/payments/{payment.id}/", "来源upper_level"),
    ):
        answer = finance.get(address)
        assert answer.status_code == 200, address
        assert words in answer.content.decode(), address
    sheet = finance.post(f"/desk/funds/runs/{run.id}/export/")
    assert sheet.content[:2] == b"PK"

    back = finance.post(f"/desk/funds/payments/{payment.id}/", {"reason": "银行退回，账号有误"}, follow=True)
    assert "已冲正" in back.content.decode()
    assert "退回重发" in finance.get(f"/desk/funds/runs/preview/?month={month}").content.decode()


def test_a_wrong_deposit_keeps_what_was_typed_and_says_why(district):
    finance = logged_in("finance")
    money_comes(finance, "government", "10", "1")
    (source,) = as_system(lambda: Source.objects.all())
    told = {
        "source": source.id,
        "amount": "10",
        "received_on": "2026-01-05",
        "document_no": "1",
        "purpose": "",
    }
    for wrong, words in (
        ({}, "已登记"),
        ({"amount": "一百", "document_no": "2"}, "不是金额"),
        ({"amount": "0", "document_no": "2"}, "金额"),
        ({"received_on": "2999-01-01", "document_no": "2"}, "不能晚于今天"),
        ({"purpose": "??", "document_no": "2"}, "purpose"),
        ({"source": "x", "document_no": "2"}, "source"),
    ):
        answer = finance.post("/desk/funds/deposits/new/", told | wrong)
        assert answer.status_code == 422, wrong
        assert words in answer.content.decode(), wrong


def test_who_may_open_what(district):
    finance = logged_in("finance")
    public = money_comes(finance, "upper_level", "1500", "1")
    money_comes(finance, "donation", "100", "2")
    finance.post("/desk/funds/runs/pay/", {"month": f"{district:%Y-%m}"})
    mine, theirs = (
        as_system(lambda area=area: Payment.objects.filter(sub_district_id=area))[0]
        for area in ("110102010", SHICHAHAI)
    )
    street = logged_in("caseworker.110102010")
    assert street.get(f"/desk/funds/payments/{mine.id}/").status_code == 200
    assert street.get(f"/desk/funds/payments/{theirs.id}/").status_code == 404
    assert street.get("/desk/funds/").status_code == 403
    assert street.get(f"/desk/funds/deposits/{public.id}/").status_code == 403
    auditor = logged_in("auditor")
    assert auditor.get(f"/desk/funds/deposits/{public.id}/").status_code == 200
    assert auditor.post("/desk/funds/runs/pay/", {"month": "2026-11"}).status_code == 403
    assert auditor.post(f"/desk/funds/payments/{mine.id}/", {"reason": "不该由我冲正"}).status_code == 403
    assert Client().get("/desk/funds/").status_code == 302


def test_the_pages_speak_english_too(district):
    answer = logged_in("finance", english=True).get("/desk/funds/")
    assert answer.status_code == 200
    assert "Upper-level allocation" in answer.content.decode()
