"""Which months of which awards were made good for a raised standard."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from jishiyu.funds.models import BackPay


def made_good(awards: Iterable[UUID], parameter: str) -> set[tuple[UUID, date]]:
    """The months of these awards that back-pay was made for."""
    rows = BackPay.objects.filter(award_id__in=list(awards), parameter=parameter)
    return set(rows.values_list("award_id", "month"))


def back_pay_of_household(household_id: UUID) -> list[BackPay]:
    """All months made good for a household, as far as the transaction's post may see."""
    rows = BackPay.objects.filter(household_id=household_id).select_related("award", "supplement")
    return list(rows.order_by("month", "award"))
