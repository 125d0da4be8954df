"""Real cases opened and walked by the real posts on tables of every kind, up to the payment or the delivery; and other endings."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys.apply import apply_for
from jishiyu.law.queries import procedure_for
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import register_household
from tests.fixtures import a_newcomer, a_post, open_offices
from tests.rooms.cases.a_case import VISIT

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
WHY = "按实际困难核定"

# A table of each kind: the item, the outcome where it is not the first, the steps that the case takes, and where it stands then.
WALKS: list[tuple[str, dict[str, str], str, str]] = [
    ("ZK02", {}, "apply accept check visit review notice decide", "pay"),
    ("ZK03", {}, "apply accept check visit review decide", "deliver"),
    ("ZK05", {"accept": "urgent"}, "apply accept advance visit review notice decide", "pay"),
    ("ZK06", {}, "apply accept advance visit review notice decide", "pay"),
    ("ZK08", {}, "apply accept review decide", "pay"),
    ("ZY02", {"check": "needs_visit"}, "apply accept check visit review notice decide", "pay"),
    ("ZY05", {}, "apply accept review decide", "deliver"),
    ("ZL03", {}, "apply accept visit review decide", "pay"),
    ("ZL06", {}, "apply accept visit review decide", "deliver"),
    ("ZX02", {}, "apply accept check decide", "pay"),
    ("ZC01", {}, "apply accept review decide", "pay"),
    ("ZC06", {}, "apply accept visit review decide", "deliver"),
    ("ZF01", {}, "apply accept check review notice decide", "pay"),
    ("JZ02", {"accept": "urgent"}, "apply accept advance appraisal notice review decide", "deliver"),
    ("JZ03", {"appraisal": "doubted"}, "apply accept appraisal visit notice review decide", "pay"),
    ("FL02", {}, "apply accept review decide", "deliver"),
    ("CS02", {}, "apply accept check visit review notice decide", "pay"),
]


class Desk:
    """The posts of a street and of whichever agency leads, each a person of its own, and a household."""

    def __init__(self, running: int, now: datetime = MORNING) -> None:
        self.now = now
        self.posts: dict[tuple[str, str], Post] = {}
        actor = self.post("caseworker", "")
        with acting(SYSTEM, moment=self.now):
            open_offices()
        with acting(actor, moment=self.now):
            self.household = register_household(a_newcomer(running), actor=actor, moment=self.now)

    def post(self, role: str, agency: str) -> Post:
        agency = agency if role in ("decider", "agency_officer") else ""
        return self.posts.setdefault((role, agency), a_post(role, agency=agency))  # type: ignore[arg-type]

    def apply(self, item: str) -> UUID:
        actor = self.post("caseworker", "")
        papers = tuple(one.key for one in procedure_for(item, self.now.date()).first.papers if one.required)
        with acting(actor, moment=self.now):
            return apply_for(
                self.household, item, papers=papers, statement="生活困难", actor=actor, moment=self.now
            )

    def stands(self, case_id: UUID) -> Any:
        with acting(SYSTEM, moment=self.now):
            return case_queries.case(case_id, SYSTEM)

    def take(self, case_id: UUID, outcome: str = "") -> str:
        """Take the present step by the post whose turn it is, by an outcome (the first, if none is named)."""
        row = self.stands(case_id)
        assert row.due_on is not None, f"{row.item} {row.step}: nobody knows until when"
        step = case_queries.procedure_of(row).step(row.step)
        actor = self.post(step.role, row.lead_agency_id)
        way = next(one for one in step.outcomes if outcome in ("", one.key))
        how: dict[str, Any] = {
            "outcome": way.key, "actor": actor, "moment": self.now,
            "papers": [] if way.reasons else [one.key for one in step.papers if one.required],
            "reasons": [WHY] if way.reasons else [],
        }  # fmt: skip
        with acting(actor, moment=self.now):
            match step.key:
                case "apply":
                    cases.supply_papers(case_id, **how)
                case "accept":
                    cases.accept(case_id, **how)
                case "check":
                    cases.check(case_id, authorised_by="户主", **how)
                case "visit":
                    cases.visit(case_id, replace(VISIT, visited_on=self.now.date()), **how)
                case "review":
                    cases.review(case_id, **how)
                case "notice":
                    self._publish(case_id, actor)
                case "decide":
                    cases.decide(case_id, **(how | {"amount": 30_000, "need": 30_000, "reasons": [WHY]}))
                case other:
                    cases.take_step(case_id, step=other, **how)
        return step.key

    def _publish(self, case_id: UUID, actor: Post) -> None:
        shown = notices.publish(case_id, actor=actor, moment=self.now)
        with pytest.raises(CannotBecause, match="window_open"):
            notices.close(shown.id, actor=actor, moment=self.now)
        self.now += timedelta(days=8)
        notices.close(shown.id, actor=actor, moment=self.now)

    def walk(self, case_id: UUID, outcomes: dict[str, str], until: tuple[str, ...]) -> list[str]:
        went = ["apply"]
        while self.stands(case_id).step not in until:
            step = self.stands(case_id).step
            went.append(self.take(case_id, outcomes.get(step, "")))
        return went


@pytest.mark.parametrize(("item", "outcomes", "steps", "last"), WALKS, ids=[one[0] for one in WALKS])
def test_a_case_of_each_kind_is_walked_to_what_it_gives(
    item: str, outcomes: dict[str, str], steps: str, last: str
) -> None:
    desk = Desk([one[0] for one in WALKS].index(item))
    case_id = desk.apply(item)
    assert desk.walk(case_id, outcomes, ("pay", "deliver", "end")) == steps.split()
    row = desk.stands(case_id)
    assert (row.step, row.state, row.era) == (last, "granted", "E3")
    assert row.due_on is not None


ENDINGS: list[tuple[str, str, dict[str, str], str]] = [
    ("not accepted", "ZC01", {"accept": "refused"}, "apply accept"),
    ("papers never came", "ZL01", {"accept": "more_papers", "apply": "not_supplied"}, "apply accept apply"),
    ("over the limits", "ZK01", {"check": "over_limits", "review": "propose_refuse", "decide": "refuse"},
     "apply accept check review decide"),
    ("visit refused", "ZL03", {"visit": "refused_visit", "review": "propose_refuse", "decide": "refuse"},
     "apply accept visit review decide"),
    ("refused", "FL02", {"decide": "refuse"}, "apply accept review decide"),
    ("no emergency", "ZK06", {"advance": "not_urgent"}, "apply accept advance"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "outcomes", "steps"), [one[1:] for one in ENDINGS], ids=[one[0] for one in ENDINGS]
)
def test_a_case_comes_to_each_kind_of_end(item: str, outcomes: dict[str, str], steps: str) -> None:
    desk = Desk(30 + [one[1] for one in ENDINGS].index(item))
    case_id = desk.apply(item)
    assert desk.walk(case_id, outcomes, ("pay", "deliver", "end")) == steps.split()
    row = desk.stands(case_id)
    assert (row.step, row.state, row.due_on) == ("end", "refused", None)


def test_neither_a_step_nor_its_papers_nor_its_post_can_be_left_out() -> None:
    desk = Desk(40)
    case_id = desk.apply("ZX02")
    desk.take(case_id)
    officer, decider = desk.post("agency_officer", "JW"), desk.post("decider", "JW")
    with acting(decider, moment=desk.now), pytest.raises(CannotBecause, match="not_at_this_step"):
        cases.decide(case_id, outcome="grant", amount=1_000, need=1_000, actor=decider, moment=desk.now)
    street = desk.post("caseworker", "")
    with acting(street, moment=desk.now), pytest.raises(NotYours):
        cases.check(case_id, outcome="within", authorised_by="户主", actor=street, moment=desk.now)
    with acting(officer, moment=desk.now), pytest.raises(CannotBecause, match="papers_missing"):
        cases.check(case_id, outcome="within", authorised_by="户主", actor=officer, moment=desk.now)
    # The school's opinion was asked for and given: since then, and not before, the case can be decided.
    assert desk.walk(case_id, {}, ("decide",)) == ["apply", "check"]


def test_a_case_of_2012_has_thirty_days_from_its_application_and_the_law_of_its_acceptance() -> None:
    desk = Desk(50, now=datetime(2012, 12, 3, 9, 0, tzinfo=SHANGHAI))
    early, late = desk.apply("ZK01"), Desk(51, now=desk.now)
    waiting = late.apply("ZK01")
    desk.now += timedelta(days=1)
    desk.take(early)
    row = desk.stands(early)
    assert (row.era, row.step, row.whole_due_on) == ("E1", "check", date(2013, 1, 2))
    # Accepted a day after the measures of 2012-12-12 came into force: by those, which limit the steps and not the whole.
    late.now = datetime(2012, 12, 13, 9, 0, tzinfo=SHANGHAI)
    late.take(waiting)
    row = late.stands(waiting)
    assert (row.era, row.whole_due_on, row.due_on) == ("E2", None, date(2012, 12, 27))
    assert late.walk(waiting, {}, ("review",)) == ["apply", "check", "visit", "appraisal"]
