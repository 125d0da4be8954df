"""One household's claim through every room, by the acts alone: registered, scored, entitled, applied, checked, visited, reviewed,
published, decided, paid from a named source, counted in the quarter; each step in the journal, whose chain holds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from jishiyu.assessment.operations import assess_household
from jishiyu.assessment.queries import latest_score
from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import Quarter
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.funds.queries import money_of_household
from jishiyu.journal.queries import entries, find_faults
from jishiyu.journeys.apply import apply_for
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.law.queries import pack, procedure_for
from jishiyu.notices import operations as notices
from jishiyu.notices.queries import current_notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM, Post
from jishiyu.oversight.queries import quarterly
from jishiyu.programmes.queries import entitlements_now
from jishiyu.registry.operations import register_household
from jishiyu.registry.queries import latest_snapshot
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.fixtures import DESHENG, a_newcomer, a_post, open_offices
from tests.rooms.cases.a_case import VISIT

pytestmark = pytest.mark.django_db
# A day for which the pack knows the dibao standard for sure.
START = datetime(2024, 6, 12, 9, 0, tzinfo=SHANGHAI)
ACTS = {"registry.register", "assessment.assess", "programmes.compute", "cases.apply", "cases.accept", "cases.check",
        "cases.review", "notices.publish", "notices.close", "cases.notice", "cases.decide", "cases.award"}  # fmt: skip


def a_claim(item: str) -> NewHousehold:
    """A single person in need, with the event or the bills that the item asks for."""
    newcomer = a_newcomer(1, names=("单春雨",), bills=[(20_000_000, 8_000_000)])
    told = newcomer.situation
    assert told is not None
    head = replace(
        told.members[0], marital="single", illness="serious" if item in ("ZY03", "CS01") else "none"
    )
    bills = tuple(replace(bill, settled_on=date(2024, 3, 1)) for bill in told.bills)
    told = replace(
        told, as_of=date(2024, 6, 1), members=(head,), bills=bills if item in ("ZY03", "CS01") else ()
    )
    if item == "ZK05":
        told = replace(told, event="job_loss", event_on=date(2024, 5, 1))
    return replace(newcomer, situation=told, registered_on=date(2024, 6, 1))


class Journey:
    """The posts of one claim and its moment."""

    def __init__(self, item: str) -> None:
        self.item, self.now, self.case = item, START, UUID(int=0)
        lead = pack().item(item).lead_on(START.date()).agency
        self.posts: dict[str, Post] = {
            "caseworker": a_post("caseworker"), "reviewer": a_post("reviewer"), "finance": a_post("finance"),
            "decider": a_post("decider", agency=lead), "office": a_post("office"),
        }  # fmt: skip

    def claim(self) -> UUID:
        """Register, score, compute, apply."""
        actor = self.posts["caseworker"]
        with acting(actor, moment=self.now):
            household = register_household(a_claim(self.item), actor=actor, moment=self.now)
            snapshot = latest_snapshot(household)
            assert snapshot is not None
            assess_household(snapshot.id, actor=actor, moment=self.now, day=self.now.date())
            assert latest_score(household) is not None
            offered = next(
                one for one in entitlements_now(household, self.now.date()) if one.item == self.item
            )
            assert offered.outcome != "not_eligible"
            papers = procedure_for(self.item, self.now.date()).first.papers
            self.case = apply_for(
                household, self.item, papers=tuple(paper.key for paper in papers), statement="生活困难", actor=actor,
                moment=self.now,
            )  # fmt: skip
        return household

    def walk(self) -> None:
        """From acceptance to the notice's end, each step by its post and on its first way forward."""
        for _ in range(6):
            with acting(SYSTEM, moment=self.now):
                row = case_queries.case(self.case, SYSTEM)
                step = case_queries.procedure_of(row).step(row.step)
            if step.key == "decide":
                return
            self.now += timedelta(days=1)
            self._take(
                step.key,
                step.outcomes[0].key,
                tuple(paper.key for paper in step.papers),
                self.posts[step.role],
            )

    def _take(self, key: str, outcome: str, papers: tuple[str, ...], actor: Post) -> None:
        how = {"outcome": outcome, "papers": papers, "actor": actor, "moment": self.now}
        with acting(actor, moment=self.now):
            if key == "accept":
                cases.accept(self.case, **how)
            elif key == "check":
                cases.check(self.case, authorised_by="单春雨", **how)
            elif key == "visit":
                cases.visit(self.case, replace(VISIT, visited_on=self.now.date()), **how)
            elif key == "review":
                cases.review(self.case, **how)
            else:
                published = notices.publish(self.case, actor=actor, moment=self.now)
                with acting(PUBLIC, moment=self.now):
                    assert [row.content["head"] for row in current_notices(self.now.date(), DESHENG)] == [
                        "单**"
                    ]
                self.now += timedelta(days=8)
                notices.close(published.id, actor=actor, moment=self.now)

    def decide(self) -> int:
        """Grant what was computed, or by hand where nothing could be; in fen."""
        actor = self.posts["decider"]
        with acting(actor, moment=self.now):
            row = case_queries.case(self.case, actor)
            papers = [paper.key for paper in case_queries.procedure_of(row).step("decide").papers]
            computed = case_queries.basis_of(row).amount
            by_hand = (
                {}
                if computed is not None
                else {"amount": 300_000, "need": 500_000, "reasons": ["按票据核定金额"]}
            )
            award = cases.decide(
                self.case, outcome="grant", papers=papers, actor=actor, moment=self.now, **by_hand
            )
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate; set constraints all deferred")
        assert award is not None
        return award.amount

    def pay(self) -> int:
        """Money comes in, the next month is paid; what was paid, in fen."""
        self.now = datetime(2024, 7, 10, 9, 0, tzinfo=SHANGHAI)
        actor = self.posts["finance"]
        with acting(actor, moment=self.now):
            for kind in ("government", "donation"):
                source = name_source(kind=kind, name=sentence(kind, kind), actor=actor)
                receive_deposit(
                    source_id=source.id, amount=10_000_000, received_on=date(2024, 7, 1), document_no="1", actor=actor,
                    moment=self.now,
                )  # fmt: skip
            return pay_the_month(date(2024, 7, 1), actor=actor, moment=self.now).amount


@pytest.mark.parametrize(
    ("item", "then"), [("ZK01", "recheck"), ("ZK05", "end"), ("ZY03", "end"), ("CS01", "end")]
)
@pytest.mark.clause("C6", "C7", "C21", "C25", "C49")
def test_from_registration_to_the_quarter(item: str, then: str) -> None:
    with acting(SYSTEM, moment=START):
        open_offices()
    journey = Journey(item)
    household = journey.claim()
    journey.walk()
    amount = journey.decide()
    assert journey.pay() == amount > 0
    with acting(SYSTEM, moment=journey.now):
        row = case_queries.case(journey.case, SYSTEM)
        assert row.step == then
        assert sum(line.amount for line in money_of_household(household)) == amount
        acts = set(entries(household=household).values_list("act", flat=True))
        assert acts >= ACTS, ACTS - acts
        assert list(find_faults()) == []
        officers = {
            one.officer
            for one in case_queries.steps_of(journey.case)
            if one.step in ("visit", "check", "review", "decide")
        }
        assert len(officers) == 3  # caseworker, reviewer, decider are three people
    office = journey.posts["office"]
    with acting(office, moment=journey.now):
        figures = quarterly(Quarter(2024, 3), office, until=journey.now.date())
        (line,) = [one for one in figures.lines if one.part == "programme" and one.key == item[:2]]
        assert (line.value("paid"), line.value("helped")) == (amount, 1)
