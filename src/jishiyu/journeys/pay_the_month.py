"""Pay the month (按月发放): every award that is due is paid from named deposits, or nothing at all is.

Preview first, with what each kind of source would lack; then the run itself. Done again, it finds nothing due and pays nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jishiyu.cases import operations as cases_operations
from jishiyu.cases import queries as cases_queries
from jishiyu.cases.operations.measures import close_run_out
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.funds import operations as funds
from jishiyu.funds import queries as funds_queries
from jishiyu.funds.queries import Due
from jishiyu.funds.rules.allocation import NotEnough, Part, allocate, spend, usable
from jishiyu.funds.rules.sources import FUND_NAMES, Fund
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require

Progress = Callable[[int, int], None]
_STRIDE = 500


@dataclass(frozen=True, slots=True)
class Lack:
    """Money that is missing for a programme's lines of one fund, in fen."""

    programme: str
    fund: Fund
    payments: int
    amount: int

    def say(self) -> Sentence:
        """The lack in words."""
        return sentence(
            "{p}（{f}）尚缺{a}元，涉及{n}笔",
            "{p} ({f}): {a} yuan missing, {n} payments",
            p=pack().programme(self.programme).name,
            f=FUND_NAMES[self.fund],
            a=yuan_text(self.amount),
            n=self.payments,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would pay, from what, and what is missing."""

    month: date
    dues: tuple[Due, ...]
    planned: tuple[tuple[Due, tuple[Part, ...]], ...]
    lacks: tuple[Lack, ...]

    @property
    def amount(self) -> int:
        """Fen due altogether."""
        return sum(one.amount for one in self.dues)

    @property
    def households(self) -> int:
        """How many households would be paid."""
        return len({one.household for one in self.dues})

    @property
    def by_source(self) -> dict[str, int]:
        """Fen that each source (by id) would bear."""
        sums: dict[str, int] = {}
        for _, parts in self.planned:
            for part in parts:
                sums[part.source] = sums.get(part.source, 0) + part.amount
        return sums


@dataclass(frozen=True, slots=True)
class Paid:
    """What a run did: its id and number (empty when nothing was due), payments made, households, fen."""

    run: UUID | None
    number: str
    payments: int
    households: int
    amount: int


def preview_the_month(month: date, *, actor: Post) -> Preview:
    """What is due in the month and how it would be borne. Changes nothing."""
    require(actor, "funds.see")
    dues = funds_queries.due(actor, month)
    held = funds_queries.purses()
    planned: list[tuple[Due, tuple[Part, ...]]] = []
    lacking: dict[tuple[str, Fund], list[int]] = {}
    for one in dues:
        try:
            parts = allocate(one.amount, held, fund=one.fund, programme=one.programme)
        except NotEnough as refusal:
            lacking.setdefault((one.programme, one.fund), []).append(refusal.wanted)
            continue
        held = spend(held, parts)
        planned.append((one, parts))
    left: dict[tuple[str, Fund], int] = {}
    for programme, fund in lacking:
        left[programme, fund] = sum(purse.left for purse in usable(held, fund, programme))
    lacks = tuple(
        Lack(programme, fund, len(amounts), sum(amounts) - left[programme, fund])
        for (programme, fund), amounts in lacking.items()
    )
    return Preview(month_start(month), tuple(dues), tuple(planned), lacks)


def pay_the_month(month: date, *, actor: Post, moment: datetime, progress: Progress | None = None) -> Paid:
    """Pay all that is due in the month, in one run and one transaction.

    Raises CannotBecause (``funds.not_enough``) naming each lack when money is short; then nothing is paid. An award is paid
    once for a month, and a single grant once, however often this is called; cases whose grace is over end. ``progress`` is told (done, of how many).
    """
    require(actor, "funds.pay")
    first = month_start(month)
    if first > month_start(day_of(moment)):
        raise CannotBecause(
            "funds.month_not_begun",
            sentence(
                "{m}尚未开始，不能提前发放", "{m} has not begun: nothing is paid ahead", m=f"{first:%Y-%m}"
            ),
        )
    funds.hold_the_till()
    preview = preview_the_month(first, actor=actor)
    if preview.lacks:
        raise CannotBecause("funds.not_enough", _all_lacks(preview.lacks), _MEND)
    _move_void_on(actor=actor, moment=moment)
    close_run_out(first, actor=actor, moment=moment)
    if not preview.planned:
        return Paid(None, "", 0, 0, 0)
    run = funds.open_run(month=first, actor=actor, moment=moment)
    total = len(preview.planned)
    for begin in range(0, total, _STRIDE):
        funds.pay(run, preview.planned[begin : begin + _STRIDE], actor=actor, moment=moment)
        if progress is not None:
            progress(min(begin + _STRIDE, total), total)
    _move_cases_on(preview.dues, run.number, actor=actor, moment=moment)
    return Paid(run.id, run.number, total, preview.households, preview.amount)


_MEND = sentence(
    "请先登记到账资金，再发放；本次未发放任何款项",
    "Record the money received, then pay; nothing was paid now",
)


def _all_lacks(lacks: Sequence[Lack]) -> Sentence:
    said = [lack.say() for lack in lacks]
    return sentence(
        "资金不足，本批未发放：{lacks_zh}",
        "Money is short, nothing was paid: {lacks_en}",
        lacks_zh="；".join(one.say("zh") for one in said),
        lacks_en="; ".join(one.say("en") for one in said),
    )


def _move_void_on(*, actor: Post, moment: datetime) -> None:
    """Cases that waited for a payment of which nothing is left (insurance paid all, charity had nothing) go on as well."""
    void = cases_queries.nothing_to_pay(actor)
    for case_id in list(void.values_list("pk", flat=True)):
        cases_operations.note_paid(case_id, remarks="0", actor=actor, moment=moment)


def _move_cases_on(dues: Sequence[Due], run: str, *, actor: Post, moment: datetime) -> None:
    """Cases that waited for their first payment go on to what follows it."""
    waiting = cases_queries.cases(actor).filter(pk__in={one.case for one in dues}, step="pay")
    for case_id in list(waiting.values_list("pk", flat=True)):
        cases_operations.note_paid(case_id, remarks=run, actor=actor, moment=moment)
