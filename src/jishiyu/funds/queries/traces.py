"""Any fen, from its source to the household and back. What lies outside the reader's reach is one sum, without names."""

from dataclasses import dataclass
from uuid import UUID

from jishiyu.funds.models import Allocation, Deposit, Payment
from jishiyu.funds.queries.holdings import deposit
from jishiyu.funds.queries.paid import payment, payments
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class DepositTrace:
    """Where a deposit went: parts within reach, what is left, and what went where the reader may not look. Fen.

    ``deposit.amount`` = sum of parts + ``elsewhere`` + ``left`` (+ what was taken back).
    """

    deposit: Deposit
    left: int
    parts: tuple[Allocation, ...]
    households: int
    elsewhere: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class PaymentTrace:
    """What bore a payment: its parts with source and, for those who may see it, the deposit."""

    payment: Payment
    parts: tuple[Allocation, ...]
    reversal: Payment | None


def trace_deposit(deposit_id: UUID, post: Post) -> DepositTrace:
    """One deposit to the households that it reached. Raises NotFound."""
    held = deposit(deposit_id)
    rows = (
        Allocation.objects.filter(deposit_id=deposit_id, payment__in=payments(post).order_by())
        .select_related("payment__household", "payment__sub_district", "payment__award__case", "payment__run")
        .order_by("payment__paid_on", "payment__award__case__number", "-amount")
    )
    parts = tuple(rows)
    back = Deposit.objects.filter(reverses_id=deposit_id).first()
    taken_back = -back.amount if back else 0
    seen = sum(part.amount for part in parts)
    left: int = held.left  # type: ignore[attr-defined]
    return DepositTrace(
        deposit=held,
        left=left,
        parts=parts,
        households=len({part.payment.household_id for part in parts}),
        elsewhere=held.amount - taken_back - left - seen,
        taken_back=taken_back,
    )


def trace_payment(payment_id: UUID, post: Post) -> PaymentTrace:
    """One payment back to what bore it. Raises NotFound."""
    row = payment(payment_id, post)
    parts = Allocation.objects.filter(payment=row).select_related("source").order_by("-amount")
    return PaymentTrace(row, tuple(parts), Payment.objects.filter(reverses=row).first())
