"""A journal whose entries are really committed, so that the owner of the database can be seen to tamper with them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jishiyu.journal.operations import record
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON

Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[Sql]:
    """Run SQL as the migrating role, committed at once; whatever the journal then holds is cleared away afterwards."""
    from django.db import connections

    def run(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []

    with django_db_blocker.unblock():
        yield run
        run("alter table journal_entry disable trigger user")
        run("delete from journal_entry")
        run("update journal_head set number = 0, seal = decode(repeat('00', 32), 'hex')")
        run("alter table journal_entry enable trigger user")
        connections.close_all()


@pytest.fixture
def five_entries(owner: Sql) -> Sql:
    """Five committed entries."""
    for number in range(1, 6):
        with acting(SYSTEM, moment=NOON):
            record(act="tests.write", about=("line", number), reason=f"第{number}条", detail={"n": number})
    return owner
