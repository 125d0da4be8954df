"""A household with medical bills that is granted aid by several items: walked by the acts, in December 2021.

On that day the pack knows hospital aid for sure (80% up to 60,000 yuan) and the procedures are whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import Told
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.journeys.apply import apply_for
from jishiyu.journeys.grant_within_funds import decide_within_funds
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.law.queries import pack, procedure_for
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import register_household
from jishiyu.registry.rules.situation import MedicalBill
from tests.fixtures import a_newcomer, a_post
from tests.rooms.cases.a_case import VISIT

BEGUN = datetime(2021, 12, 1, 9, 0, tzinfo=SHANGHAI)
YUAN = 100
# (day, total, in scope, basic insurance) in yuan, for the head.
OneBill = tuple[date, int, int, int]
ONE: Sequence[OneBill] = ((date(2021, 6, 1), 100_000, 90_000, 50_000),)


def settled() -> None:
    """What the database checks at commit, now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


class Aided:
    """The posts, the moment, and the household."""

    def __init__(
        self,
        bills: Sequence[OneBill] = ONE,
        *,
        running: int = 1,
        names: tuple[str, ...] = ("单春雨",),
        begun: datetime = BEGUN,
        illness: str = "serious",
    ) -> None:
        self.now = begun
        self.caseworker, self.finance = a_post("caseworker"), a_post("finance")
        known = add_months(month_start(begun.date()), -1)
        with acting(self.caseworker, moment=self.now):
            newcomer = a_newcomer(running, names=names, bills=[(1, 0)] * len(bills))
            told = newcomer.situation
            assert told is not None
            head = replace(told.members[0], illness=illness, wage_income=0)
            rows = tuple(
                MedicalBill(
                    str(place), head.person_id, day, total * YUAN, scope * YUAN, basic * YUAN, 0, 0, 0
                )
                for place, (day, total, scope, basic) in enumerate(bills)
            )
            told = replace(told, as_of=known, members=(head, *told.members[1:]), bills=rows)
            newcomer = replace(newcomer, situation=told, registered_on=known)
            self.household = register_household(newcomer, actor=self.caseworker, moment=self.now)
        self.person = head.person_id

    def post(self, role: str, item: str) -> Post:
        """The post that takes a step of an item's case."""
        lead = pack().item(item).lead_on(self.now.date()).agency
        return a_post(role, agency=lead) if role in ("decider", "agency_head") else a_post(role)  # type: ignore[arg-type]

    def apply(self, item: str) -> UUID:
        """Apply, and walk the case to its decision."""
        with acting(self.caseworker, moment=self.now):
            papers = tuple(paper.key for paper in procedure_for(item, self.now.date()).first.papers)
            case_id = apply_for(
                self.household,
                item,
                papers=papers,
                statement="生活困难",
                actor=self.caseworker,
                moment=self.now,
            )
        while self._step(case_id, item) != "decide":
            pass
        return case_id

    def _step(self, case_id: UUID, item: str) -> str:
        with acting(SYSTEM, moment=self.now):
            row = case_queries.case(case_id, SYSTEM)
            step = case_queries.procedure_of(row).step(row.step)
        if step.key == "decide":
            return "decide"
        actor = self.post(step.role, item)
        papers = tuple(paper.key for paper in step.papers)
        how: dict[str, Any] = {
            "outcome": step.outcomes[0].key, "papers": papers, "actor": actor, "moment": self.now,
        }  # fmt: skip
        with acting(actor, moment=self.now):
            if step.key == "accept":
                cases.accept(case_id, **how)
            elif step.key == "check":
                cases.check(case_id, authorised_by="户主", **how)
            elif step.key == "visit":
                cases.visit(case_id, replace(VISIT, visited_on=self.now.date()), **how)
            elif step.key == "review":
                cases.review(case_id, **how)
            elif step.key == "notice":
                published = notices.publish(case_id, actor=actor, moment=self.now)
                self.now += timedelta(days=8)
                notices.close(published.id, actor=actor, moment=self.now)
            else:
                cases.take_step(case_id, step=step.key, **how)
        return step.key

    def decide(self, case_id: UUID, item: str, **words: Any) -> Any:
        """Grant what was computed, or as told; a sum beyond one hand is signed by the head of the agency as well."""
        for role in ("decider", "agency_head"):
            actor = self.post(role, item)
            with acting(actor, moment=self.now):
                row = case_queries.case(case_id, actor)
                papers = [paper.key for paper in case_queries.procedure_of(row).step("decide").papers]
                award = decide_within_funds(
                    case_id, outcome="grant", papers=papers, actor=actor, moment=self.now, **words
                )
                settled()
            if award is not None:
                return award
        raise AssertionError("two signatures make an award")

    def grant(self, item: str, **words: Any) -> Any:
        """From application to award."""
        return self.decide(self.apply(item), item, **words)

    def money(self, kind: str, yuan: int, *, number: str = "1") -> None:
        """Money that came in."""
        with acting(self.finance, moment=self.now):
            source = name_source(
                kind=kind, name=sentence(f"{kind}来源", f"{kind} source"), actor=self.finance
            )  # type: ignore[arg-type]
            receive_deposit(
                source_id=source.id, amount=yuan * YUAN, received_on=self.now.date(), document_no=number,
                actor=self.finance, moment=self.now,
            )  # fmt: skip

    def pay(self) -> int:
        """Pay all that is due this month; in fen."""
        with acting(self.finance, moment=self.now):
            done = pay_the_month(self.now.date(), actor=self.finance, moment=self.now)
            settled()
        return done.amount

    def late(
        self, yuan: float, *, kind: str = "commercial_insurance", bill: str = "", number: str = "L-1"
    ) -> Told:
        """What an insurer paid late."""
        return Told(kind, round(yuan * YUAN), "某保险公司", self.now.date(), number, bill)  # type: ignore[arg-type]
