"""Money in the demo's past: what came in each quarter from the three sources, and the monthly payment."""

from datetime import date, datetime

from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.funds.rules.sources import SourceKind
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.offices.operations import acting

# Kind, name, fen a quarter, document number's beginning. Invented amounts, ample for the demo's cases.
_SOURCES: tuple[tuple[SourceKind, Sentence, int, str], ...] = (
    ("upper_level", sentence("市级困难群众救助补助资金", "Municipal subsidy for people in hardship"), 120_000_000, "京财社指（演示）"),
    ("government", sentence("区级财政救助资金", "District budget for social assistance"), 80_000_000, "西财预（演示）"),
    ("donation", sentence("区慈善协会社会募集", "Donations raised by the charity association"), 15_000_000, "西慈收（演示）"),
)  # fmt: skip
_PAY_DAY = 10


def enter_money(diary: Diary, desks: Desks, *, first_month: date, last_month: date) -> None:
    """Enter the deposits of each quarter and the payment of each month, from one month to another."""
    month, quarter = month_start(first_month), 0
    while month <= last_month:
        if quarter == 0 or month.month % 3 == 1:
            quarter += 1
            diary.enter(diary.office_hours(month, 2), _Deposits(desks, f"{month.year}-{quarter}"))
        diary.enter(diary.office_hours(month.replace(day=_PAY_DAY)), _MonthlyPayment(desks, month))
        month = add_months(month, 1)


class _Deposits:
    """The deposits of one quarter."""

    def __init__(self, desks: Desks, label: str) -> None:
        self._desks, self._label = desks, label

    def __call__(self, moment: datetime) -> None:
        finance = self._desks.at("finance")
        with acting(finance, moment=moment, source="demo"):
            for kind, name, amount, document in _SOURCES:
                source = name_source(kind=kind, name=name, actor=finance)
                receive_deposit(
                    source_id=source.id, amount=amount, received_on=moment.date(), document_no=f"{document}{self._label}号",
                    actor=finance, moment=moment,
                )  # fmt: skip


class _MonthlyPayment:
    """The payment of one month."""

    def __init__(self, desks: Desks, month: date) -> None:
        self._desks, self._month = desks, month

    def __call__(self, moment: datetime) -> None:
        finance = self._desks.at("finance")
        with acting(finance, moment=moment, source="demo"):
            pay_the_month(self._month, actor=finance, moment=moment)
