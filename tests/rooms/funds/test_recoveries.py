"""Revised chains close, and recoveries stay within what was paid and go forward only: the database refuses anything else."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jishiyu.cases.models import Award, BillChain, BillLine, ChainRevision, LatePayment, Recovery, RevisedLine
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.fixtures import open_offices
from tests.rooms.funds.an_award import NOON, an_award

pytestmark = pytest.mark.django_db
CLOSED = [("need", 91_000), ("commercial_insurance", 20_000), ("government", 70_000), ("uncovered", 1_000)]


@pytest.fixture
def award() -> Award:
    """80,000 of government aid and 10,000 of insurance for a need of 91,000; nothing is paid."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        return an_award(1, government=80_000, insurance=10_000, frequency="once", item="ZK05")


def now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def revised(
    award: Award, lines: list[tuple[str, int]], amount: int = 70_000, number: int = 1
) -> ChainRevision:
    late = LatePayment.objects.create(
        award=award, household_id=award.household_id, kind="commercial_insurance", amount=10_000, insurer="某保险公司",
        paid_on=date(2026, 11, 1), document_no=str(uuid4()), recorded_at=NOON, recorded_by="system", officer_name="系统",
    )  # fmt: skip
    row = ChainRevision.objects.create(
        award=award,
        late=late,
        number=number,
        need=91_000,
        amount=amount,
        by_rules=False,
        made_at=NOON,
        made_by="system",
    )
    RevisedLine.objects.bulk_create(
        RevisedLine(revision=row, position=place, kind=kind, label={}, amount=sum_)
        for place, (kind, sum_) in enumerate(lines)
    )
    now()
    return row


OPEN: list[tuple[str, list[tuple[str, int]], int]] = [
    ("no lines", [], 70_000),
    ("parts", [*CLOSED[:3], ("uncovered", 999)], 70_000),
    ("order", [CLOSED[0], CLOSED[2], CLOSED[1], CLOSED[3]], 70_000),
    ("aid", CLOSED, 69_999),
    ("another need", [("need", 90_000), ("government", 70_000), ("uncovered", 20_000)], 70_000),
    ("more than decided", [("need", 91_000), ("government", 81_000), ("uncovered", 10_000)], 81_000),
]


def test_a_revision_without_its_closed_chain_is_refused(award: Award) -> None:
    with acting(SYSTEM, moment=NOON):
        for _, lines, amount in OPEN:
            with pytest.raises(IntegrityError, match="closed chain"), transaction.atomic():
                revised(award, lines, amount)
        assert not ChainRevision.objects.exists()


def test_no_more_is_claimed_than_was_paid(award: Award) -> None:
    with acting(SYSTEM, moment=NOON):
        row = revised(award, CLOSED)
        with pytest.raises(IntegrityError, match="would come back"), transaction.atomic():
            claim(row, 1)


def claim(row: ChainRevision, amount: int) -> Recovery:
    return Recovery.objects.create(
        revision=row, award_id=row.award_id, household_id=row.late.household_id, fund="government", amount=amount,
        proposed_at=NOON,
    )  # fmt: skip


CHANGES = (
    "update cases_latepayment set amount = 1",
    "update cases_chainrevision set amount = 1",
    "update cases_revisedline set amount = 1",
    "delete from cases_revisedline",
)


def test_what_was_revised_stays(award: Award) -> None:
    with acting(SYSTEM, moment=NOON):
        row = revised(award, CLOSED)
        for change in CHANGES:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(change)
            except DatabaseError:
                pass
        assert [line.amount for line in RevisedLine.objects.filter(revision=row)] == [
            sum_ for _, sum_ in CLOSED
        ]
        assert ChainRevision.objects.get().amount == 70_000
        assert LatePayment.objects.get().amount == 10_000


def bill(award: Award, lines: list[tuple[str, int]], **facts: Any) -> None:
    row = BillChain.objects.create(
        award=award, bill=uuid4().hex, person_id=award.case.applicant_id, settled_on=date(2026, 10, 1),
        **{"need": 91_000, **facts},
    )  # fmt: skip
    BillLine.objects.bulk_create(
        BillLine(chain=row, position=place, kind=kind, label={}, amount=sum_)
        for place, (kind, sum_) in enumerate(lines)
    )
    now()


WHOLE = [("need", 91_000), ("basic_insurance", 10_000), ("government", 80_000), ("uncovered", 1_000)]


BILLS: list[tuple[list[tuple[str, int]], dict[str, int], str]] = [
    ([], {}, "closed chain"),
    ([WHOLE[0], WHOLE[2], WHOLE[1], WHOLE[3]], {}, "closed chain"),
    ([*WHOLE[:3], ("uncovered", 2_000)], {}, "closed chain"),
    ([("need", 91_000), ("government", 79_000), ("uncovered", 12_000)], {}, "not its chain"),
    ([("need", 90_000), ("government", 80_000), ("uncovered", 10_000)], {"need": 90_000}, "not its chain"),
]


def test_a_bill_is_closed_and_the_bills_are_the_awards_chain(award: Award) -> None:
    with acting(SYSTEM, moment=NOON):
        for lines, facts, why in BILLS:
            with pytest.raises(IntegrityError, match=why), transaction.atomic():
                bill(award, lines, **facts)
        bill(award, WHOLE)
