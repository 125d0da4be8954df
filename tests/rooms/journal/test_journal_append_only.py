"""Nobody changes the journal: not the application's role, not the role that owns the tables."""

import psycopg.errors
import pytest
from django.db import Error, connection, transaction

from jishiyu.journal import queries
from jishiyu.journal.operations import record
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.rooms.journal.conftest import Sql

CHANGES = (
    "update journal_entry set reason = 'never happened'",
    "delete from journal_entry",
    "truncate journal_entry",
)


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.django_db
def test_the_application_may_not(sql: str) -> None:
    with acting(SYSTEM, moment=NOON):
        record(act="tests.write")
    with pytest.raises(Error) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("sql", ["update journal_head set number = 0", "delete from journal_head"])
@pytest.mark.django_db
def test_the_application_may_not_touch_the_head(sql: str) -> None:
    with pytest.raises(Error) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("sql", CHANGES)
def test_the_owner_may_not_either(five_entries: Sql, sql: str) -> None:
    with pytest.raises(Error) as refused:
        five_entries(sql)
    assert isinstance(refused.value.__cause__, psycopg.errors.RestrictViolation)
    assert five_entries("select count(*) from journal_entry") == [(5,)]


def test_an_entry_must_follow_the_last_one(five_entries: Sql) -> None:
    with pytest.raises(Error, match="does not follow"):
        five_entries(
            "insert into journal_entry select 9, at, post, officer, act, about_kind, about_id, household, outcome, reason,"
            " source, detail, previous, seal from journal_entry where number = 5"
        )


@pytest.mark.django_db
def test_nothing_is_recorded_without_an_open_page() -> None:
    with pytest.raises(RuntimeError, match="outside an open journal page"):
        record(act="tests.write")


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_entry() -> None:
    def writes_and_fails() -> None:
        with acting(SYSTEM, moment=NOON):
            record(act="tests.write")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writes_and_fails()
    assert queries.length() == 0
