"""A worker that dies, two that meet, the queue; and who sees what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.evidence import queries as evidence
from jishiyu.evidence.queries import Batch, Row
from jishiyu.foundations.outcomes import NotFound, NotYours
from jishiyu.journal import queries as journal
from jishiyu.journeys.take_in_workbook import (
    ask_for_taking_in,
    receive_workbook,
    take_in,
)
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries as registry
from jishiyu.registry.operations import register_household
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post
from tests.journeys.imports.a_street import Street
from tests.journeys.imports.a_workbook import a_family, a_head, a_workbook

pytestmark = pytest.mark.django_db


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(street: Street) -> None:
    rows = [row for n in range(1, 8) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    under_way = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    next(under_way)
    under_way.close()  # the worker is gone after the first part
    half = street.batch(made)
    assert (half.state, half.done, half.total) == ("reading", 2, 7)
    assert [one.done for one in take_in(made, actor=street.post, clock=lambda: NOON, part=2)] == [4, 6, 7]
    assert street.households() == 7
    assert street.states(street.batch(made)) == ["taken"] * 21


def test_a_part_that_breaks_leaves_nothing_half_done(street: Street) -> None:
    rows = [row for n in range(1, 5) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    with acting(street.post, moment=NOON):
        # Somebody holds the file number that the fourth household would get: the database refuses the second part.
        running = int(registry.next_number(DESHENG, TODAY)[-6:])
        other = replace(a_newcomer(40), number=f"XC010-2026-{running + 4:06d}")
        register_household(other, actor=street.post, moment=NOON)
    with pytest.raises(IntegrityError):
        for _ in take_in(made, actor=street.post, clock=lambda: NOON, part=2):
            pass
    batch = street.batch(made)
    assert (batch.done, street.households(), len(street.rows(batch))) == (2, 1 + 2, 6)
    for _ in take_in(made, actor=street.post, clock=lambda: NOON, part=2):
        pass
    assert street.households() == 1 + 4
    assert street.states(street.batch(made)) == ["taken"] * 12


def test_two_workers_on_one_batch_do_not_both_go_on(street: Street) -> None:
    rows = [row for n in range(1, 5) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    one = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    other = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    next(one)
    next(other)  # begins after the first part and takes the second
    assert list(one) == []
    assert street.households() == 4


def test_the_queue_runs_the_job_for_the_post_that_asked(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        establish_post(code="desheng.cw", role="caseworker", title=street.post.title, area=DESHENG)
        engage(
            username="cw",
            name="经办",
            password="only-for-tests-1",
            post_code="desheng.cw",
            first_day=date(2026, 1, 1),
        )
    street.post = post_by_code("desheng.cw", TODAY)
    made, _ = street.hand_in(a_workbook(a_family(1)))
    with acting(street.post, moment=NOON):
        assert ask_for_taking_in(made, actor=street.post)
        assert not ask_for_taking_in(made, actor=street.post), "it waits already"
    assert run_waiting_jobs() == 1
    assert street.batch(made).state == "done"
    with acting(SYSTEM, moment=NOON):
        (entry,) = journal.entries(act="evidence.take_in")
    assert (entry.post, entry.detail["households_new"]) == ("desheng.cw", 1)


def test_a_post_no_longer_held_fails_the_batch_and_says_so(street: Street) -> None:
    made, _ = street.hand_in(a_workbook(a_family(1)))
    with acting(street.post, moment=NOON):
        ask_for_taking_in(made, actor=street.post)
    run_waiting_jobs()
    batch = street.batch(made)
    assert batch.state == "failed"
    assert batch.failure["code"] == "post_not_held"


@pytest.mark.parametrize(
    ("role", "area", "sees"),
    [("caseworker", DESHENG, True), ("reviewer", DESHENG, True), ("sub_district_head", DESHENG, True), ("office", "", True),
     ("auditor", "", True), ("caseworker", SHICHAHAI, False), ("agency_officer", "", False), ("expert", "", False), ("admin", "", False)],
)  # fmt: skip
def test_who_sees_a_batch(street: Street, role: Any, area: str, sees: bool) -> None:
    batch = street.import_(a_workbook(a_family(1)))
    reader = a_post(role, area=area)
    with acting(reader, moment=NOON):
        assert Batch.objects.filter(pk=batch.pk).exists() is sees
        assert Row.objects.filter(batch_id=batch.pk).exists() is sees
        if not sees:
            with pytest.raises(NotFound):
                evidence.batch(batch.id, reader)


def test_only_caseworkers_of_the_place_import(street: Street) -> None:
    content = a_workbook(a_family(1))
    for post in (
        a_post("reviewer"),
        a_post("office"),
        a_post("agency_officer"),
        a_post("caseworker", area=SHICHAHAI),
    ):
        with acting(post, moment=NOON), pytest.raises(NotYours):
            receive_workbook(
                content=content, file_name="x.xlsx", sub_district=DESHENG, actor=post, moment=NOON
            )


def test_file_and_cells_are_sealed(street: Street, settings: Any) -> None:
    batch = street.import_(a_workbook([a_head(1, wage_income="许多")]))
    number = a_head(1)["id_number"]
    (sealed,) = settings.UPLOAD_DIR.iterdir()
    assert b"PK" not in sealed.read_bytes()[:64]
    assert sealed.stat().st_mode & 0o077 == 0
    with acting(street.post, moment=NOON), connection.cursor() as cursor:
        cursor.execute("select cells, problems from evidence_row where batch_id = %s", [batch.id])
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    assert number.encode() not in stored
