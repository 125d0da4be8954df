"""Questions about money: what each source still holds, what is due, and any fen traced from source to household and back."""

from jishiyu.funds.queries.holdings import (
    DepositRow,
    KindBalance,
    SourceBalance,
    balances,
    deposit,
    deposits,
    kind_name,
    purses,
    sources,
)
from jishiyu.funds.queries.made_good import back_pay_of_household, made_good
from jishiyu.funds.queries.owed import Due, already_paid, bearers, charity_left, due, paid_by_fund
from jishiyu.funds.queries.paid import (
    PaidLine,
    RunTotals,
    money_of_household,
    paid_since,
    payment,
    payments,
    run,
    run_totals,
    runs,
)
from jishiyu.funds.queries.traces import DepositTrace, PaymentTrace, trace_deposit, trace_payment

__all__ = [
    "DepositRow",
    "DepositTrace",
    "Due",
    "KindBalance",
    "PaidLine",
    "PaymentTrace",
    "RunTotals",
    "SourceBalance",
    "already_paid",
    "back_pay_of_household",
    "balances",
    "bearers",
    "charity_left",
    "deposit",
    "deposits",
    "due",
    "kind_name",
    "made_good",
    "money_of_household",
    "paid_by_fund",
    "paid_since",
    "payment",
    "payments",
    "purses",
    "run",
    "run_totals",
    "runs",
    "sources",
    "trace_deposit",
    "trace_payment",
]
