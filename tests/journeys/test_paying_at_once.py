"""Many at the till at once: nothing is paid twice and no deposit is overdrawn. On a database of its own, with real commits."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds.operations import name_source, open_run, pay, plan, receive_deposit
from jishiyu.funds.queries import balances, due, payments, purses, runs
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON, SERVER, TEST_DATABASE
from tests.fixtures import a_post, open_offices
from tests.rooms.funds.an_award import an_award

NOVEMBER = date(2026, 11, 1)
WORKERS = 8


@pytest.fixture
def finance(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A copy of the tests' database in which transactions really commit; dropped afterwards."""
    name = f"{TEST_DATABASE}_till"
    with django_db_blocker.unblock():
        connections.close_all()
        SERVER.create_database(name, template=TEST_DATABASE)
        told = connections["default"].settings_dict
        before, told["NAME"] = told["NAME"], name
        try:
            with acting(SYSTEM, moment=NOON):
                open_offices()
            yield a_post("finance")
        finally:
            connections.close_all()
            told["NAME"] = before
            SERVER.drop_database(name)


def awards(count: int, amount: int) -> None:
    with acting(SYSTEM, moment=NOON):
        for running in range(count):
            an_award(running, government=amount)


def money(post: Any, amount: int) -> None:
    with acting(post, moment=NOON):
        source = name_source(kind="government", name=sentence("区级", "district"), actor=post)
        receive_deposit(
            source_id=source.id, amount=amount, received_on=NOVEMBER, document_no="1", actor=post, moment=NOON
        )


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Let all workers begin in the same moment; what each came back with, a refusal as its code."""
    start = Barrier(WORKERS)

    def work(number: int) -> Any:
        try:
            start.wait(30)
            return act(number)
        except CannotBecause as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(WORKERS)))


def test_a_run_started_by_many_pays_each_award_once(finance):
    awards(12, 10_000)
    money(finance, 120_000)

    def run(_number: int) -> int:
        with acting(finance, moment=NOON):
            return pay_the_month(NOVEMBER, actor=finance, moment=NOON).payments

    assert Counter(at_once(run)) == {12: 1, 0: WORKERS - 1}
    with acting(finance, moment=NOON):
        assert (runs().count(), payments(finance).count()) == (1, 12)
        assert sum(kind.left for kind in balances()) == 0


def test_a_deposit_is_not_overdrawn_by_many_who_saw_it_full(finance):
    awards(WORKERS, 30_000)
    money(finance, 100_000)
    seen = Barrier(WORKERS)

    def draw(number: int) -> str:
        with acting(finance, moment=NOON):
            mine = due(finance, NOVEMBER)[number]
            planned = plan([mine], purses())  # each sees the whole deposit
            run = open_run(month=NOVEMBER, actor=finance, moment=NOON)
            seen.wait(30)
            pay(run, planned, actor=finance, moment=NOON)
        return "paid"

    assert Counter(at_once(draw)) == {"paid": 3, "funds.changed_meanwhile": WORKERS - 3}
    with acting(finance, moment=NOON):
        assert [kind.left for kind in balances()] == [0, 10_000, 0]
        assert sum(row.amount for row in payments(finance)) == 90_000


def test_one_award_drawn_by_many_is_paid_once(finance):
    awards(1, 30_000)
    money(finance, 900_000)
    seen = Barrier(WORKERS)

    def draw(_number: int) -> str:
        with acting(finance, moment=NOON):
            planned = plan(due(finance, NOVEMBER), purses())
            run = open_run(month=NOVEMBER, actor=finance, moment=NOON)
            seen.wait(30)
            pay(run, planned, actor=finance, moment=NOON)
        return "paid"

    assert Counter(at_once(draw)) == {"paid": 1, "funds.changed_meanwhile": WORKERS - 1}
    with acting(finance, moment=NOON):
        assert [kind.left for kind in balances()] == [0, 870_000, 0]
