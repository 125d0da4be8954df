"""Suspended months of awards: for which nothing is paid."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jishiyu.cases.models import Award, Suspension
from jishiyu.cases.rules.life_after import Span


def suspensions_of(award_id: UUID) -> list[Suspension]:
    """The suspended months of an award, the earliest first."""
    return list(Suspension.objects.filter(award_id=award_id).order_by("first_month"))


def suspended_of(awards: Iterable[UUID]) -> dict[UUID, list[Span]]:
    """The suspended spans of many awards."""
    found: dict[UUID, list[Span]] = {}
    for one in Suspension.objects.filter(award_id__in=list(awards)):
        found.setdefault(one.award_id, []).append(Span(one.first_month, one.last_month))
    return found


def not_suspended(rows: QuerySet[Award], month: date) -> QuerySet[Award]:
    """Only the awards that are not suspended in a month."""
    covering = Suspension.objects.filter(
        Q(last_month=None) | Q(last_month__gte=month), first_month__lte=month
    )
    return rows.filter(~Exists(covering.filter(award=OuterRef("pk"))))
