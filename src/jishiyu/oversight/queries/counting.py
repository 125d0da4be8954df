"""Counting events between two days within a post's reach, by one thing at a time (``by``: a look-up path, or none for all)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Sum

from jishiyu.assessment.models import HardshipScore
from jishiyu.cases.models import Award, CaseStep
from jishiyu.cases.queries import cases
from jishiyu.funds.models import Allocation, Deposit
from jishiyu.funds.queries import payments
from jishiyu.notices.queries import notices, objections
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household
from jishiyu.registry.queries.newest import newest_first

Counts = dict[str, dict[str, int]]
Rows = QuerySet[Any]
_SEES_ALL_MONEY = ("district", "audit", "system")
_STREET_ROLES = ("caseworker", "reviewer", "sub_district_head")
_AGENCY_ROLES = ("agency_officer", "decider", "agency_head")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day counted, both included."""

    first: date
    last: date

    def of(self, field: str) -> Q:
        """The condition that a day field lies in the span."""
        return Q(**{f"{field}__range": (self.first, self.last)})


def known_households(post: Post, span: Span, by: str = "") -> Counts:
    """Households registered until the last day. By sub-district or altogether."""
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    return _count(
        rows.filter(registered_on__lte=span.last, status="known"), by, households=Count("pk", distinct=True)
    )


def case_work(post: Post, span: Span, by: str = "") -> Counts:
    """Applications, grants, refusals, withdrawals, and what was in progress when the last day ended."""
    rows = cases(post).order_by()
    decided = Award.objects.filter(case=OuterRef("pk"))
    going = rows.filter(opened_on__lte=span.last).exclude(closed_on__lte=span.last)
    return _merge(
        _count(rows.filter(span.of("opened_on")), by, applications=Count("pk")),
        _count(rows.filter(Exists(decided.filter(span.of("decided_on")))), by, granted=Count("pk")),
        _count(rows.filter(span.of("closed_on"), state="refused"), by, refused=Count("pk")),
        _count(rows.filter(span.of("closed_on"), state="withdrawn"), by, withdrawn=Count("pk")),
        _count(going.exclude(Exists(decided.filter(decided_on__lte=span.last))), by, in_progress=Count("pk")),
    )


def money_paid(post: Post, span: Span, by: str = "") -> Counts:
    """Payments, households paid, and fen net of what came back in the span."""
    rows = payments(post).order_by().filter(span.of("paid_on"))
    real = Q(reverses=None)
    return _count(
        rows,
        by,
        payments=Count("pk", filter=real),
        helped=Count("household", filter=real, distinct=True),
        paid=Sum("amount"),
    )


def notices_given(post: Post, span: Span, by: str = "") -> Counts:
    """Public notices, objections received, and objections upheld in the span. ``by`` leads from the case."""
    path = f"case__{by}" if by else ""
    told, held = notices(post).order_by(), objections(post).order_by()
    return _merge(
        _count(told.filter(span.of("published_on")), path, notices=Count("pk")),
        _count(held.filter(span.of("received_at__date")), path, objections=Count("pk")),
        _count(held.filter(span.of("answered_at__date"), upheld=True), path, upheld=Count("pk")),
    )


def steps_taken(post: Post, span: Span, by: str = "") -> Counts:
    """Steps taken in the span: how many, how many with a term, how many late, and days altogether."""
    return _steps(_step_rows(post, span), by)


def street_steps(post: Post, span: Span) -> Counts:
    """Steps taken by the sub-districts' posts, by sub-district."""
    return _steps(_step_rows(post, span).filter(role__in=_STREET_ROLES), "case__sub_district")


def agency_steps(post: Post, span: Span) -> Counts:
    """Steps taken by the agencies' posts, by lead agency."""
    return _steps(_step_rows(post, span).filter(role__in=_AGENCY_ROLES), "case__lead_agency")


def source_money(post: Post, span: Span) -> Counts:
    """By source: fen paid within reach; for who sees all money also received in the span and left at its end."""
    paid = Allocation.objects.filter(payment__in=payments(post).order_by())
    found = _count(paid.filter(span.of("payment__paid_on")), "source", paid=Sum("amount"))
    if post.scope not in _SEES_ALL_MONEY:
        return found
    came = Deposit.objects.order_by()
    before = _count(came.filter(received_on__lte=span.last), "source", left=Sum("amount"))
    spent = _count(paid.filter(payment__paid_on__lte=span.last), "source", left=Sum("amount"))
    for source, values in before.items():
        values["left"] -= spent.get(source, {}).get("left", 0)
    return _merge(
        found, _count(came.filter(span.of("received_on")), "source", received=Sum("amount")), before
    )


def hardship_bands(post: Post, span: Span) -> Counts:
    """Households by the band of their newest score as of the last day."""
    newest = HardshipScore.objects.filter(household=OuterRef("household"), day__lte=span.last)
    newest = newest_first(newest)
    rows = within_reach(
        HardshipScore.objects.filter(pk=Subquery(newest.values("pk")[:1])),
        post,
        area="household__sub_district_id",
        opened="household__openings__agency_id",
    )
    return _count(rows, "band", households=Count("household", distinct=True))


def _step_rows(post: Post, span: Span) -> QuerySet[CaseStep]:
    rows = CaseStep.objects.filter(case__in=cases(post).order_by()).order_by()
    return rows.filter(span.of("at__date")).exclude(role="system")


def _steps(rows: QuerySet[CaseStep], by: str) -> Counts:
    late = Q(at__date__gt=F("due_on"))
    return _count(
        rows,
        by,
        steps=Count("pk"),
        timed=Count("pk", filter=Q(due_on__isnull=False)),
        late=Count("pk", filter=late),
        days=Sum(F("at") - F("began")),
    )


def _count(rows: "QuerySet[Model] | Rows", by: str, **measures: Any) -> Counts:
    if not by:
        return {"": _values(rows.aggregate(**measures))}
    grouped = rows.order_by().values(by).annotate(**measures)
    return {str(row.pop(by)): _values(row) for row in grouped}


def _values(row: dict[str, Any]) -> dict[str, int]:
    return {
        name: value.days if isinstance(value, timedelta) else int(value or 0) for name, value in row.items()
    }


def _merge(*found: Counts) -> Counts:
    merged: Counts = defaultdict(dict)
    for counts in found:
        for key, values in counts.items():
            merged[key].update(values)
    return dict(merged)
