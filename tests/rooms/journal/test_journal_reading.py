"""A post reads its own entries; audit, the office and the system read all; nobody writes in another's name."""

import psycopg.errors
import pytest
from django.db import Error, transaction

from jishiyu.journal import queries
from jishiyu.journal.models import Entry
from jishiyu.journal.operations import forget_waiting, record
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI, a_post

MINE = a_post("caseworker")
OTHER = a_post("caseworker", area=SHICHAHAI)


@pytest.fixture
def written(db: None) -> None:
    """One entry of each of two posts."""
    for post in (MINE, OTHER):
        with acting(post, moment=NOON, source="10.0.0.1"):
            record(act="registry.look", about=("household", "XC"))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (MINE, {MINE.code}),
        (OTHER, {OTHER.code}),
        (a_post("auditor"), {MINE.code, OTHER.code}),
        (a_post("office"), {MINE.code, OTHER.code}),
        (SYSTEM, {MINE.code, OTHER.code}),
        (a_post("admin"), set()),
        (a_post("expert"), set()),
        (PUBLIC, set()),
    ],
    ids=lambda value: getattr(value, "role", None),
)
def test_who_reads_what(reader: object, sees: set[str]) -> None:
    with acting(reader, moment=NOON):  # type: ignore[arg-type]
        assert {entry.post for entry in queries.entries()} == sees


@pytest.mark.usefixtures("written")
def test_with_nobody_named_nothing_is_read() -> None:
    assert list(queries.entries()) == []


@pytest.mark.usefixtures("written")
def test_entries_say_who_when_and_whence() -> None:
    with acting(SYSTEM, moment=NOON):
        entry = queries.entries(post=MINE.code).get()
    assert (entry.officer, entry.at, entry.source, entry.outcome) == (
        MINE.officer_name,
        NOON,
        "10.0.0.1",
        "done",
    )


@pytest.mark.django_db
def test_nobody_writes_in_another_posts_name() -> None:
    with pytest.raises(Error) as refused, transaction.atomic(), acting(MINE, moment=NOON):
        Entry.objects.create(
            number=1,
            at=NOON,
            post=OTHER.code,
            officer="x",
            act="x",
            outcome="done",
            previous=bytes(32),
            seal=b"x",
        )
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.django_db
def test_what_waits_can_be_forgotten_before_a_refusal_is_noted() -> None:
    with acting(MINE, moment=NOON):
        record(act="cases.decide")
        forget_waiting()
        record(act="doors.refuse", outcome="refused")
    with acting(SYSTEM, moment=NOON):
        assert [(entry.act, entry.outcome) for entry in queries.entries()] == [("doors.refuse", "refused")]


@pytest.mark.usefixtures("written")
def test_entries_are_narrowed() -> None:
    with acting(SYSTEM, moment=NOON):
        record(act="registry.unmask", reason="核对材料")
    with acting(SYSTEM, moment=NOON):
        assert queries.entries(act="registry.unmask").get().reason == "核对材料"
        assert queries.entries(act="registry").count() == 3
        assert queries.entries(outcome="refused").count() == 0
