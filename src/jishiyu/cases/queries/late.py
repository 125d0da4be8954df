"""Chains as they stand now, bills and what is borne of them, late insurance payments, recoveries, and needs that wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, Sum

from jishiyu.cases.models import (
    Award,
    BillChain,
    BillLine,
    ChainLine,
    ChainRevision,
    Recovery,
    RevisedLine,
    WaitingNeed,
)
from jishiyu.cases.rules.basis import words_of
from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.foundations.planning import any_of
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules import bills as bill_rules
from jishiyu.programmes.rules.coordination import AID, ChainKind
from jishiyu.programmes.rules.coordination import ChainLine as Line

RECOVERY_STATES: dict[str, Sentence] = {
    "proposed": sentence("待确认", "to be confirmed"),
    "open": sentence("待退还", "to come back"),
    "paid": sentence("已退还", "came back"),
    "waived": sentence("已免于追回", "waived"),
}


@dataclass(frozen=True, slots=True)
class AidOnBill:
    """What an award gives of a bill now: aid of its own only, in fen."""

    award: UUID
    item: str
    household: UUID
    bill: str
    person: str
    settled_on: date
    amount: int


def chain_now(award_id: UUID) -> tuple[Line, ...]:
    """The chain of an award as it stands: the newest revision's, or the one decided."""
    newest = ChainRevision.objects.filter(award_id=award_id).order_by("-number").first()
    if newest is None:
        return tuple(_line(row) for row in ChainLine.objects.filter(award_id=award_id).order_by("position"))
    return tuple(_line(row) for row in RevisedLine.objects.filter(revision=newest).order_by("position"))


def due_by_fund(awards: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
    """What each award gives of each fund since its newest revision, in fen; only awards that were revised."""
    newest: dict[UUID, UUID] = {}
    for award, revision in (
        ChainRevision.objects.filter(award_id__in=list(awards))
        .order_by("award", "number")
        .values_list("award_id", "pk")
    ):
        newest[award] = revision
    sums: dict[tuple[UUID, str], int] = {(award, fund): 0 for award in newest for fund in AID}
    lines = RevisedLine.objects.filter(revision_id__in=list(newest.values()), kind__in=AID)
    for award, fund, amount in lines.values_list("revision__award_id", "kind", "amount"):
        sums[award, fund] += amount
    return sums


def bills_now(award_id: UUID) -> tuple[bill_rules.BillChain, ...]:
    """The bills of an award with their chains as they stand, in the order of their days."""
    rows = list(BillChain.objects.filter(award_id=award_id).prefetch_related("lines").order_by("number"))
    newest = {row.bill: row for row in rows}
    return tuple(_bill(row) for row in sorted(newest.values(), key=lambda one: (one.settled_on, one.bill)))


def borne_of_bill(bill: str) -> tuple[int | None, int, int]:
    """(total, borne by insurance, aid of all awards) of a bill, whoever decided them. Total is None for a bill without aid."""
    with connection.cursor() as cursor:
        cursor.execute("select total, insured, aid from cases_bill_borne(%s, null)", [bill])
        total, insured, aid = cursor.fetchone()
    return total, insured, aid


def aid_on_bills_of(people: Sequence[UUID], day: date) -> list[AidOnBill]:
    """What awards decided by a day give of these people's bills, older bills first.

    Awards that ended before they began are left out."""
    rows = (
        BillChain.objects.filter(person_id__in=people, award__decided_on__lte=day)
        .exclude(award__last_month__lt=F("award__first_month"))
        .select_related("award")
        .order_by("number")
    )
    newest = {(row.award_id, row.bill): row for row in rows}
    sums: dict[UUID, int] = dict(
        BillLine.objects.filter(chain__in=[row.pk for row in newest.values()], kind__in=AID)
        .values("chain")
        .annotate(sum=Sum("amount"))
        .values_list("chain", "sum")
    )
    found = [
        AidOnBill(
            row.award_id, row.award.item, row.award.household_id, row.bill, str(row.person_id), row.settled_on,
            sums.get(row.pk, 0),
        )
        for row in newest.values()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.settled_on, one.bill, one.item))


def aid_in_year(household_id: UUID, item: str, day: date) -> int:
    """What a household was granted for an item in the year of a day until then, as it stands after revisions, in fen."""
    rows = Award.objects.filter(
        household_id=household_id, item=item, decided_on__year=day.year, decided_on__lte=day
    ).exclude(last_month__lt=F("first_month"))
    amounts = dict(rows.values_list("pk", "amount"))
    revised = due_by_fund(amounts)
    return sum(
        sum(revised[award, fund] for fund in AID) if (award, "government") in revised else amount
        for award, amount in amounts.items()
    )


def households_aided(households: Sequence[str], items: Sequence[str], day: date) -> set[str]:
    """Which of these households were granted any of these items by a day, or aid on a bill."""
    rows = Award.objects.filter(household_id__in=any_of(households), decided_on__lte=day)
    counted = rows.filter(item__in=list(items)).values_list("household_id", flat=True)
    return {
        str(one) for one in counted.union(rows.filter(bills__number=0).values_list("household_id", flat=True))
    }


def awards_on_bills(bills: Iterable[str]) -> list[Award]:
    """The awards within the transaction's sight that rest on any of these bills, the oldest first."""
    rows = Award.objects.filter(bills__bill__in=list(bills)).exclude(last_month__lt=F("first_month"))
    return list(rows.select_related("case").distinct().order_by("decided_on", "pk"))


def revisions_of(case_id: UUID) -> list[ChainRevision]:
    """The revisions of a case's awards with their chains, oldest first."""
    rows = ChainRevision.objects.filter(award__case_id=case_id).select_related("late")
    return list(rows.prefetch_related("chain", "recoveries").order_by("award", "number"))


def recoveries(post: Post) -> QuerySet[Recovery]:
    """The recoveries that a post reaches, through their awards' cases; what has to be done first."""
    rows = within_reach(
        Recovery.objects.all(),
        post,
        area="award__case__sub_district_id",
        opened="award__case__lead_agency_id",
    )
    return rows.select_related(
        "award__case__applicant", "award__case__sub_district", "revision__late", "household"
    ).order_by("proposed_at", "fund")


def recovery(recovery_id: UUID, post: Post) -> Recovery:
    """One recovery within reach. Raises NotFound."""
    row = recoveries(post).filter(pk=recovery_id).first()
    if row is None:
        raise NotFound(
            "no_such_recovery",
            sentence("在您的权限范围内没有这笔退还", "There is no such recovery within your reach"),
        )
    return row


def recoveries_of_household(household_id: UUID) -> list[Recovery]:
    """All recoveries of a household that the transaction's post may see."""
    rows = Recovery.objects.filter(household_id=household_id).select_related("award__case", "revision__late")
    return list(rows.order_by("proposed_at", "fund"))


def claimed(award_id: UUID) -> dict[str, int]:
    """What is claimed back, or came back, of each fund of an award, in fen; what was waived is not."""
    rows = Recovery.objects.filter(award_id=award_id).exclude(state="waived")
    return dict(rows.values("fund").annotate(sum=Sum("amount")).values_list("fund", "sum"))


def recovered(award_id: UUID, fund: str, *, besides: UUID) -> int:
    """What came back to a fund of an award already, in fen, one recovery left out."""
    rows = Recovery.objects.filter(award_id=award_id, fund=fund, state="paid").exclude(pk=besides)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def waiting_needs(post: Post) -> QuerySet[WaitingNeed]:
    """Needs that charity could not meet for want of money and that still wait, the oldest first."""
    rows = within_reach(
        WaitingNeed.objects.all(),
        post,
        area="award__case__sub_district_id",
        opened="award__case__lead_agency_id",
    )
    return (
        rows.filter(closed_on=None)
        .select_related("award__case__applicant", "award__case__sub_district")
        .order_by("since", "award__case__number")
    )


def waiting_need(need_id: UUID, post: Post) -> WaitingNeed:
    """One waiting need within reach. Raises NotFound."""
    row = waiting_needs(post).filter(pk=need_id).first()
    if row is None:
        raise NotFound(
            "no_such_waiting_need",
            sentence("在您的权限范围内没有这项待助", "There is no such waiting need within your reach"),
        )
    return row


def unpaid_charity(programme: str) -> list[tuple[UUID, int]]:
    """Awards within sight with a charity line of a programme, and what it gives now: (award, fen). The caller knows what is paid."""
    rows = ChainLine.objects.filter(kind="charity", amount__gt=0, award__case__programme=programme)
    rows = rows.exclude(award__last_month__lt=F("award__first_month"))
    amounts = dict(rows.values("award").annotate(sum=Sum("amount")).values_list("award", "sum"))
    revised = due_by_fund(amounts)
    return [(award, revised.get((award, "charity"), amount)) for award, amount in amounts.items()]


def _line(row: ChainLine | RevisedLine) -> Line:
    kind: Any = row.kind  # the database knows no other kinds
    return Line(
        kind, words_of(row.label), row.amount, row.citation, row.first, row.last,
        words_of(row.note) if row.note else None,
    )  # fmt: skip


def _bill(row: BillChain) -> bill_rules.BillChain:
    lines = tuple(
        Line(
            cast(ChainKind, one.kind), words_of(one.label), one.amount, one.citation, row.settled_on, row.settled_on,
            words_of(one.note) if one.note else None,
        )
        for one in row.lines.all()
    )  # fmt: skip
    return bill_rules.BillChain(row.bill, str(row.person_id), row.settled_on.year, lines)
