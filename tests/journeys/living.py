"""A running award for tests of its life afterwards: its posts, the money, and the months as they go by."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.cases import queries as cases
from jishiyu.cases.models import Award
from jishiyu.cases.operations.measures import Proposal
from jishiyu.cases.rules.life_after import earliest
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import add_months
from jishiyu.funds.models import Payment
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.journeys import life_after as journey
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from tests.fixtures import a_post
from tests.rooms.funds.an_award import an_award

JANUARY = date(2026, 1, 1)
AMOUNT = 80_000


class Living:
    """An award of 800 yuan a month from January 2026 on, walked through the year by its posts."""

    def __init__(self, running: int = 1, *, names: tuple[str, ...] = ("单春雨",), **award: Any) -> None:
        self.now = self.began()
        self.caseworker, self.decider, self.finance = (
            a_post("caseworker"),
            a_post("decider"),
            a_post("finance"),
        )
        with acting(SYSTEM, moment=self.now):
            made = an_award(running, government=AMOUNT, first=JANUARY, names=names, **award)
            source = name_source(kind="government", name=sentence("区财政", "district"), actor=SYSTEM)
            receive_deposit(
                source_id=source.id, amount=100_000_000, received_on=JANUARY, document_no=f"拨-{running}",
                actor=SYSTEM, moment=self.now,
            )  # fmt: skip
        self.award, self.case, self.household = made.id, made.case_id, made.household_id

    @staticmethod
    def began() -> datetime:
        """The moment at which it begins."""
        return datetime(2026, 1, 10, 9, 0, tzinfo=SHANGHAI)

    @property
    def month(self) -> date:
        """The month that it is."""
        return self.now.date().replace(day=1)

    def next_month(self) -> None:
        """A month goes by."""
        self.now = datetime.combine(add_months(self.now.date(), 1), self.now.timetz())

    def pay(self) -> int:
        """The month's run, in fen."""
        with acting(self.finance, moment=self.now):
            paid = pay_the_month(self.month, actor=self.finance, moment=self.now)
            settled()
        return paid.amount

    def propose(
        self, kind: str, *, first: date | None = None, actor: Post | None = None, **more: Any
    ) -> UUID:
        """Propose a measure by the caseworker, from the next month on unless told."""
        actor = actor or self.caseworker
        told = Proposal(
            more.pop("award", self.award),
            kind,
            more.pop("source", "hand"),
            first or earliest("stop", self.now.date()),
            ["核实情况后提出"],
            **more,
        )
        with acting(actor, moment=self.now):
            made: UUID = journey.propose(told, actor=actor, moment=self.now).id
        return made

    def confirm(self, measure: UUID) -> Any:
        """The decider confirms."""
        with acting(self.decider, moment=self.now):
            made = journey.confirm(measure, actor=self.decider, moment=self.now)
            settled()
        return made

    def do(self, kind: str, **more: Any) -> Any:
        """Propose and confirm."""
        return self.confirm(self.propose(kind, **more))

    def paid(self) -> dict[date, int]:
        """What the household was paid by month of the awards of its case, in fen."""
        with acting(SYSTEM, moment=self.now):
            found: dict[date, int] = {}
            for month, amount, once in Payment.objects.filter(award__case=self.case).values_list(
                "month", "amount", "award__frequency"
            ):
                assert once != "monthly" or month not in found, f"{month} was paid twice"
                found[month] = found.get(month, 0) + amount
            return found

    def payments_of_month(self, month: date) -> int:
        """How many monthly payments of the case are for one month."""
        with acting(SYSTEM, moment=self.now):
            return Payment.objects.filter(
                award__case=self.case, month=month, award__frequency="monthly"
            ).count()

    def case_now(self) -> Any:
        """The case as it stands."""
        with acting(SYSTEM, moment=self.now):
            return cases.case(self.case, SYSTEM)

    def award_now(self, award: UUID | None = None) -> Award:
        """The award as it stands."""
        with acting(SYSTEM, moment=self.now):
            return Award.objects.get(pk=award or self.award)


def settled() -> None:
    """What the database checks at commit, now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
