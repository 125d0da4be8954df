"""What has to be paid in a month and was not yet: by award and fund, with the amount that the chain decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Sum

from jishiyu.cases.models import Award
from jishiyu.cases.queries import awards_to_pay, due_by_fund, unpaid_charity
from jishiyu.foundations.identifiers import masked_name
from jishiyu.funds.models import Allocation, Payment, Source
from jishiyu.funds.queries.holdings import purses
from jishiyu.funds.rules.allocation import usable
from jishiyu.funds.rules.months import pays_for
from jishiyu.funds.rules.sources import FUNDS, Fund
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that is due: ``amount`` fen of one fund under an award, for ``month`` (a first day)."""

    award: UUID
    case: UUID
    number: str
    household: UUID
    sub_district: str
    item: str
    programme: str
    fund: Fund
    month: date
    amount: int
    attempt: int
    payee: str


Key = tuple[UUID, date, str]


def due(post: Post, month: date) -> list[Due]:
    """All payments due in a month within reach that were not made yet, in the order of case numbers."""
    rows = list(awards_to_pay(post, month).prefetch_related("chain"))
    paid, came_back = already_paid(row.id for row in rows)
    revised = due_by_fund(row.id for row in rows)
    found = []
    for row in rows:
        owed = pays_for(row.frequency, first=row.first_month, last=row.last_month, month=month)
        if owed is None:
            continue
        for fund in FUNDS:
            key = (row.id, owed, fund)
            decided = sum(line.amount for line in row.chain.all() if line.kind == fund)
            amount = revised.get((row.id, fund), decided)
            if amount and key not in paid:
                found.append(_due(row, fund, owed, amount, came_back.get(key, 0) + 1))
    return found


def already_paid(awards: Iterable[UUID]) -> tuple[set[Key], dict[Key, int]]:
    """What of these awards is paid, and how often a payment came back, by award, month and fund."""
    rows = Payment.objects.filter(award_id__in=list(awards), reverses=None)
    paid: set[Key] = set()
    back: dict[Key, int] = {}
    for award, month, fund, returned in rows.values_list("award_id", "month", "fund", "reversed_by"):
        if returned is None:
            paid.add((award, month, fund))
        else:
            back[award, month, fund] = back.get((award, month, fund), 0) + 1
    return paid, back


def paid_by_fund(award_id: UUID) -> dict[str, int]:
    """What each fund paid under an award so far, in fen, less what came back from the bank."""
    rows = Payment.objects.filter(award_id=award_id).values("fund").annotate(sum=Sum("amount"))
    return dict(rows.values_list("fund", "sum"))


def paid_by_month(award_id: UUID) -> dict[date, int]:
    """What was paid under an award for each month, in fen, less what came back from the bank; only months with something left."""
    rows = (
        Payment.objects.filter(award_id=award_id)
        .values("month")
        .annotate(sum=Sum("amount"))
        .order_by("month")
    )
    return {month: amount for month, amount in rows.values_list("month", "sum") if amount}


def charity_left(programme: str) -> int:
    """What charity still holds for a programme, in fen: the usable deposits, less what is granted and not paid yet.

    Within the transaction's sight: a member unit counts its own programmes' awards.
    """
    held = sum(one.left for one in usable(purses(), "charity", programme))
    granted = dict(unpaid_charity(programme))
    paid = (
        Payment.objects.filter(award_id__in=list(granted), fund="charity")
        .values("award")
        .annotate(sum=Sum("amount"))
    )
    done = dict(paid.values_list("award", "sum"))
    still: int = sum(max(0, amount - done.get(award, 0)) for award, amount in granted.items())
    return held - still


def bearers(award_id: UUID, fund: Fund) -> list[tuple[Source, int]]:
    """The sources that bore what a fund paid under an award, with their parts in fen, the last first."""
    rows = (
        Allocation.objects.filter(payment__award_id=award_id, payment__fund=fund)
        .values("source")
        .annotate(sum=Sum("amount"), last=Max("payment__paid_on"))
        .order_by("-last", "source")
    )
    parts = [(row["source"], row["sum"]) for row in rows if row["sum"] > 0]
    sources = Source.objects.in_bulk([source for source, _ in parts])
    return [(sources[source], amount) for source, amount in parts]


def _due(row: Award, fund: Fund, month: date, amount: int, attempt: int) -> Due:
    return Due(
        award=row.id,
        case=row.case_id,
        number=row.case.number,
        household=row.household_id,
        sub_district=row.case.sub_district_id,
        item=row.item,
        programme=row.case.programme,
        fund=fund,
        month=month,
        amount=amount,
        attempt=attempt,
        payee=masked_name(row.case.applicant.name),
    )
