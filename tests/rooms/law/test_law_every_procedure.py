"""Every procedure table (item × era) walked by chance through the rules of the walk: nobody is stuck, skipped, or waits for ever."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jishiyu.cases.rules import steps as rules
from jishiyu.cases.rules.steps import APART, State, Taken
from jishiyu.foundations.clock import SHANGHAI, day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.rules.procedures import Outcome, Procedure, Step
from jishiyu.law.rules.working_days import Calendar
from jishiyu.offices.rules import ROLE_NAMES, SCOPE_OF_ROLE, Post, Role
from tests.fixtures import DESHENG, SHICHAHAI, a_post, the_pack

FULL = [one for one in the_pack().procedures if one.status == "full"]
CALENDAR = Calendar()
BEGAN = datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI)
LEAD = "MZ"
# Two officers for each kind of post, and one of the same kind elsewhere.
ROLES = [cast("Role", role) for role in SCOPE_OF_ROLE if role not in ("partner", "public", "system")]
OFFICERS: dict[str, tuple[Post, Post]] = {role: (a_post(role), a_post(role)) for role in ROLES}
ELSEWHERE: dict[str, Post] = {role: a_post(role, area=SHICHAHAI, agency="CS") for role in ROLES}


def name_of(procedure: Procedure) -> str:
    return f"{procedure.items[0]}-{procedure.era}-{procedure.from_ or 'all'}"


class Walk(RuleBasedStateMachine):
    """A case that goes wherever its table lets it, by whoever happens to be there."""

    procedure: ClassVar[Procedure]

    def __init__(self) -> None:
        super().__init__()
        self.step: Step = self.procedure.first
        self.state: State = "open"
        self.now = BEGAN
        self.began = BEGAN
        self.taken: list[Taken] = []

    def _why_not(self, post: Post) -> object:
        return rules.refusal_to_take(
            self.step, post, sub_district=DESHENG, lead_agency=LEAD, taken=self.taken
        )

    def _lacks(self, outcome: Outcome) -> tuple[str, ...]:
        return outcome.lacks([one.step for one in self.taken])

    def _leave(self, outcome: Outcome, officer: str) -> None:
        ended = day_of(self.now)
        self.taken.append(Taken(self.step.key, outcome.key, officer, day_of(self.began), ended))
        self.state = rules.state_after(self.state, self.step.key, outcome)
        self.step = self.procedure.step(outcome.next)  # raises KeyError where there is no such step
        self.began = self.now

    @precondition(lambda self: self.step.key != "end")
    @rule(way=st.integers(0, 5), which=st.integers(0, 1), days=st.integers(0, 9))
    def take(self, way: int, which: int, days: int) -> None:
        outcome = self.step.outcomes[way % len(self.step.outcomes)]
        post = OFFICERS[self.step.role][which]
        self.now += timedelta(days=days)
        apart = APART.get(self.step.key, frozenset()) | set(self.step.not_by)
        if any(one.step in apart and one.officer == post.officer for one in self.taken):
            assert self._why_not(post) is not None
            return
        assert self._why_not(post) is None
        assert rules.outcome_of(self.step, outcome.key) == outcome
        if not self._lacks(outcome):
            self._leave(outcome, post.officer)

    @precondition(lambda self: self.step.key != "end")
    @rule(role=st.sampled_from(sorted(OFFICERS)))
    def another_post_is_refused(self, role: str) -> None:
        if role != self.step.role:
            assert self._why_not(OFFICERS[role][0]) is not None
        if self.step.office in ("sub_district", "lead_agency"):
            assert self._why_not(ELSEWHERE[self.step.role]) is not None

    @precondition(lambda self: any(one.required for one in self.step.papers))
    @rule()
    def without_its_papers_it_is_refused(self) -> None:
        with pytest.raises(CannotBecause, match="papers_missing"):
            rules.require_papers(self.step, [])
        rules.require_papers(self.step, [one.key for one in self.step.papers if one.required])

    @rule()
    def what_the_table_does_not_offer_is_refused(self) -> None:
        with pytest.raises((CannotBecause, NotYours)):
            rules.outcome_of(self.step, "no_such_way")

    @invariant()
    def it_is_somebodys_turn_until_a_day(self) -> None:
        if self.step.key == "end":
            assert self.state in ("refused", "ended")
            return
        assert self.step.role in ROLE_NAMES
        due = rules.due_on(self.procedure.limit_of(self.step.key), self.began, CALENDAR)
        assert due is not None
        assert due >= day_of(self.began)

    @invariant()
    def the_whole_is_limited_unless_its_clock_stands(self) -> None:
        total, key = self.procedure.total, self.step.key
        due = rules.whole_due_on(self.procedure, day_of(BEGAN), self.taken, key, CALENDAR)
        assert (due is None) == (total is None or key in self.procedure.clock_stops)

    @invariant()
    def a_grant_had_its_notice_and_another_pair_of_eyes(self) -> None:
        publicity = self.procedure.publicity
        if self.state == "granted" and publicity is not None and publicity.published:
            assert "notice" in [one.step for one in self.taken]
        for place, one in enumerate(self.taken):
            if one.step == "decide":
                earlier = {before.officer for before in self.taken[:place] if before.step in APART["decide"]}
                assert one.officer not in earlier

    def teardown(self) -> None:
        """From wherever it is, the case can be brought to its end in a few steps: no loop holds it."""
        for number in range(20):
            if self.step.key == "end":
                break
            ways = [one for one in self.step.outcomes if not self._lacks(one)]
            assert ways, f"{name_of(self.procedure)} {self.step.key}: no way out"
            self._leave(min(ways, key=lambda one: _distance(self.procedure, one.next)), f"another {number}")
        assert self.step.key == "end", name_of(self.procedure)


def _distance(procedure: Procedure, key: str) -> int:
    reached, far = {key}, 0
    while "end" not in reached:
        reached |= {str(way.next) for one in procedure.steps if one.key in reached for way in one.outcomes}
        far += 1
    return far


def walk_of(table: Procedure) -> type[Walk]:
    """The walk of one table."""

    class Of(Walk):
        procedure = table

    return Of


def shape_of(table: Procedure) -> tuple[Any, ...]:
    """All that the walk of a table can depend on: not its words, nor which papers they are."""
    steps = [
        (
            step.key, step.role, step.office, table.limit_of(step.key), step.not_by,
            any(one.required for one in step.papers),
            [(way.key, way.next, way.reasons, way.after, way.since) for way in step.outcomes],
        )
        for step in table.steps
    ]  # fmt: skip
    published = table.publicity is not None and table.publicity.published
    return (steps, published, table.total, table.clock_stops)


def test_every_table_is_walked_by_chance_without_a_dead_end() -> None:
    few = settings(
        max_examples=4, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )  # fmt: skip
    # Tables that differ in words only are walked once.
    walked = {repr(shape_of(one)): one for one in FULL}
    assert len(walked) > 40
    for table in walked.values():
        run_state_machine_as_test(walk_of(table), settings=few)
