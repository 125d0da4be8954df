"""A street with two caseworkers who have log-ins, and cases that wait for them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from jishiyu.cases import operations, queries
from jishiyu.foundations.clock import wind_to
from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM, Post
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, engage_all, open_offices
from tests.rooms.cases.a_case import Street

FIRST, SECOND = f"caseworker.{DESHENG}", "second.jingban"


@dataclass
class Office:
    """The street, its posts as they log in, and what they have to do."""

    street: Street
    first: Post
    second: Post
    reviewer: Post
    decider: Post
    cases: list[UUID]

    def browser(self, username: str) -> Client:
        """A browser of somebody who is logged in."""
        client = Client()
        officer = get_user_model().objects.get(username=username)
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def accept(self, case_id: UUID, moment: datetime = NOON) -> None:
        """The first caseworker accepts a case."""
        papers = self.street.papers(case_id)
        with acting(self.first, moment=moment):
            operations.accept(case_id, outcome="accepted", papers=papers, actor=self.first, moment=moment)

    def step(self, case_id: UUID) -> str:
        """Where a case is."""
        with acting(SYSTEM, moment=NOON):
            return queries.case(case_id, SYSTEM).step


def open_street(home: Path, monkeypatch: pytest.MonkeyPatch, cases: int = 3) -> Office:
    """Offices, log-ins, a second caseworker, and cases that wait to be accepted."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(home / "clock"))
    wind_to(NOON)
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        establish_post(
            code=SECOND, role="caseworker", title=sentence("德胜经办二岗", "Second caseworker"), area=DESHENG
        )
        engage(username=SECOND, name="测试乙", password=None, post_code=SECOND, first_day=TODAY)
        first, second = post_by_code(FIRST, TODAY), post_by_code(SECOND, TODAY)
        reviewer = post_by_code(f"reviewer.{DESHENG}", TODAY)
        decider = post_by_code("decider.MZ", TODAY)
    street = Street(now=NOON)
    street.caseworker, street.reviewer, street.decider = first, reviewer, decider
    made = [
        street.apply(running + 1, names=(f"单春{'雨雪风'[running % 3]}", "王小满"))
        for running in range(cases)
    ]
    return Office(street, first, second, reviewer, decider, made)
