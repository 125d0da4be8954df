"""The district screened (全区筛查): every household's newest evidence scored and all items computed, part by part.

A part is stored in one transaction with the run's progress: a process that is killed loses the parts under way, and whoever
goes on begins after the last household that was stored. The evidence is that of the run's beginning, so
that it comes to the same whenever it goes on. Two at once: an advisory lock of the session lets one work, and the run
itself moves only from where its worker saw it.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment import operations as assessment
from jishiyu.assessment import queries as assessment_queries
from jishiyu.assessment.queries import ModelInForce
from jishiyu.foundations.collecting import collecting_seldom
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.screen_the_district.computing import Computed, computed
from jishiyu.journeys.screen_the_district.reading import Reader, reading
from jishiyu.journeys.screen_the_district.storing import Store, storing
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.screening import Screening
from jishiyu.programmes.rules.versions import rules_version

# Households in one transaction: few enough that progress moves and little is lost, many enough that arrays pay.
PART = 4_000
_LOCK = 0x4A495351

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in households, and when it will be done at this pace (None: it is)."""

    number: int
    done: int
    total: int
    expected_end: datetime | None = None


def screen_the_district(
    number: int, *, actor: Post, clock: Clock, part: int = PART, ahead: bool = True
) -> Iterator[Progress]:
    """Take a run forward to its end, yielding after each stored part. Goes on where an earlier attempt stopped.

    Opens its own transactions: not to be called inside another post's. Refused (``assessment.screening_under_way``) while
    another process works on one. A run whose pack, weights or rules are no more the present ones is ended with the reason.
    ``ahead`` reads the next part and stores the last one on connections of their own while this one is computed.
    """
    with acting(actor, moment=clock()):
        require(actor, "assessment.screen")
        run = assessment_queries.screening_run(number)
    if run.state != "open":
        return
    with _alone(run):
        with acting(actor, moment=clock()):
            run = assessment_queries.screening_run(number)
            found = assessment_queries.model_in_force(run.day)
            why = _outdated(run, found)
            if why is not None:
                assessment.fail_screening(run.id, why, actor=actor, moment=clock())
            else:
                assessment.take_up(run.id, actor=actor, moment=clock())
        if why is None and run.state == "open":
            screening = Screening(pack(), run.day, found.model)
            with (
                collecting_seldom(),
                reading(
                    actor, clock, day=run.day, until=run.evidence_until, size=part, ahead=ahead
                ) as reader,
                storing(run, found, actor, clock, apart=ahead) as store,
            ):
                yield from _parts(run, screening, reader, store)


def _parts(run: Any, screening: Screening, reader: Reader, store: Store) -> Iterator[Progress]:
    """One part is read, one computed and one stored at the same time. Only what is stored is told."""
    for one in _computed(run.last_household, screening, reader):
        if store.busy and not (yield from _told(store)):
            return
        store.give(one)
        if not store.apart and not (yield from _told(store)):
            return
    if store.busy:
        yield from _told(store)


def _computed(after: UUID | None, screening: Screening, reader: Reader) -> Iterator[Computed]:
    reader.ask(after)
    more = True
    while more:
        part, told = reader.take()
        had = reader.had
        more = part.whole
        if more:
            reader.ask(part.last)
        yield computed(part, told, had, screening, last=not more)


def _told(store: Store) -> Generator[Progress, None, bool]:
    """Tell how far the run is once its part is stored; False when somebody else took it."""
    run = store.take()
    if run is not None:
        yield Progress(run.number, run.done, run.total, run.expected_end)
    return run is not None


@contextmanager
def _alone(run: Any) -> Iterator[None]:
    """Hold the lock that only one process at a time can have; the database lets it go when a process dies."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_LOCK])
        (held,) = cursor.fetchone()
    if not held:
        raise assessment.already_running(run)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])


def _outdated(run: Any, found: ModelInForce) -> CannotBecause | None:
    """Why a run cannot go on as it began; None when it can."""
    pairs = (
        (sentence("政策包", "the policy pack"), run.pack_version, pack().version),
        (sentence("指标权重", "the weights"), run.set_version, found.model.version),
        (sentence("规则", "the rules"), run.rules_version, rules_version()),
    )
    for what, then, now in pairs:
        if then != now:
            return CannotBecause(
                "assessment.screening_outdated",
                sentence(
                    "开始之后{w}已更换（{a} → {b}），不能混在一次筛查里",
                    "Since it began {w} changed ({a} → {b}): one run cannot mix both",
                    w=what,
                    a=then,
                    b=now,
                ),
                sentence("请重新开始一次筛查", "Begin a new run"),
            )
    return None
