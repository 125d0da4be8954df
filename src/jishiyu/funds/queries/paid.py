"""What was paid: runs, payments within reach, and what one household received."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.funds.models import Allocation, Payment, PaymentRun
from jishiyu.funds.rules.sources import FUND_NAMES, Fund
from jishiyu.law.queries import pack
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post


def payments(post: Post) -> QuerySet[Payment]:
    """The payments (and their reversals) that a post reaches, newest first."""
    rows = within_reach(
        Payment.objects.all(), post, area="sub_district_id", opened="household__openings__agency_id"
    )
    return rows.select_related("run", "household", "sub_district", "award__case").order_by(
        "-paid_on", "award__case__number"
    )


def payment(payment_id: UUID, post: Post) -> Payment:
    """One payment within reach. Raises NotFound."""
    row = payments(post).filter(pk=payment_id).first()
    if row is None:
        raise NotFound(
            "funds.no_such_payment",
            sentence("在您的权限范围内没有这笔发放", "There is no such payment within your reach"),
        )
    return row


def paid_since(case_id: UUID, day: date) -> bool:
    """Whether anything was paid under a case's awards on a day or later."""
    return Payment.objects.filter(award__case_id=case_id, paid_on__gte=day).exists()


def runs() -> QuerySet[PaymentRun]:
    """Payment runs, newest first, with ``count`` and ``amount`` of what of them is within reach."""
    return PaymentRun.objects.annotate(
        count=Count("payments", filter=Q(payments__reverses=None)), amount=Sum("payments__amount")
    ).order_by("-month", "-number")


def run(run_id: UUID) -> PaymentRun:
    """One run. Raises NotFound."""
    row = runs().filter(pk=run_id).first()
    if row is None:
        raise NotFound("funds.no_such_run", sentence("没有这个发放批次", "There is no such payment run"))
    return row


@dataclass(frozen=True, slots=True)
class RunTotals:
    """One line of a run's summary: programme, fund, how many households, fen."""

    programme: Sentence
    fund: Sentence
    households: int
    amount: int


def run_totals(run_id: UUID, post: Post) -> list[RunTotals]:
    """What a run paid within reach, by programme and fund."""
    rows = payments(post).filter(run_id=run_id, reverses=None, reversed_by=None).order_by()
    grouped = rows.values("programme", "fund").annotate(
        homes=Count("household", distinct=True), sum=Sum("amount")
    )
    return [
        RunTotals(
            pack().programme(row["programme"]).name,
            FUND_NAMES[row["fund"]],  # type: ignore[index]
            row["homes"],
            row["sum"],
        )
        for row in grouped.order_by("programme", "fund")
    ]


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One payment to a household as its page shows it. ``amount`` fen, below zero when it came back."""

    id: UUID
    paid_on: date
    month: date
    item: Sentence
    fund: Fund
    amount: int
    sources: tuple[tuple[Sentence, int], ...]
    reversed: bool


def money_of_household(household_id: UUID) -> list[PaidLine]:
    """What a household received, newest first, each with the sources that bore it; as far as the transaction's post sees."""
    parts = Allocation.objects.select_related("source")
    rows = (
        Payment.objects.filter(household_id=household_id)
        .select_related("reversed_by")
        .prefetch_related(Prefetch("allocations", parts))
    )
    return [
        PaidLine(
            id=row.id,
            paid_on=row.paid_on,
            month=row.month,
            item=pack().item(row.item).name,
            fund=row.fund,  # type: ignore[arg-type]
            amount=row.amount,
            sources=tuple(
                (sentence(part.source.name_zh, part.source.name_en), part.amount)
                for part in row.allocations.all()
            ),
            reversed=row.reverses_id is not None or hasattr(row, "reversed_by"),
        )
        for row in rows.order_by("-paid_on", "-month", "fund")
    ]
