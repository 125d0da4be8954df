"""The district screened (全区筛查): every household's newest evidence scored and all items computed, part by part.

A part is stored in one transaction with the run's progress: a process that is killed loses the parts under way, and whoever
goes on begins after the last household that was stored. The evidence is that of the run's beginning, so
that it comes to the same whenever it goes on. Two at once: an advisory lock of the session lets one work, and the run
itself moves only from where its worker saw it.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment import operations as assessment
from jishiyu.assessment import queries as assessment_queries
from jishiyu.assessment.queries import ModelInForce
from jishiyu.foundations.collecting import collecting_seldom
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.aid_had import aid_had_of_many
from jishiyu.journeys.screen_the_district.computing import Computed, Read, computing, in_order
from jishiyu.journeys.screen_the_district.reading import Reader, reading
from jishiyu.journeys.screen_the_district.storing import Store, storing
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.queries import newest_answers
from jishiyu.programmes.rules.district_part import PartToDo
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry.queries import told_of_many
from jishiyu.registry.queries.district import part_after

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
    number: int,
    *,
    actor: Post,
    clock: Clock,
    part: int = PART,
    ahead: bool = True,
    processes: int | None = None,
) -> Iterator[Progress]:
    """Take a run forward to its end, yielding after each stored part. Goes on where an earlier attempt stopped.

    Opens its own transactions: not to be called inside another post's. Refused (``assessment.screening_under_way``) while
    another process works on one. A run whose pack, weights or rules are no more the present ones is ended with the reason.
    ``ahead`` reads the next part and stores the last one on connections of their own while this one is computed;
    ``processes`` compute beside this one (None: as the settings say, and none for few households).
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
            read = partial(_part, run.day, run.evidence_until, part)
            with (
                collecting_seldom(),
                computing(run, found, processes) as computer,
                reading(read, actor=actor, clock=clock, ahead=ahead) as reader,
                storing(run, found, actor, clock, apart=ahead) as store,
            ):
                yield from _parts(in_order(_one_by_one(reader, run.last_household), computer), store)


def _parts(parts: Iterator[Computed], store: Store) -> Iterator[Progress]:
    """One part is read, one computed and one stored at the same time. Only what is stored is told."""
    for one in parts:
        if store.busy and not (yield from _told(store)):
            return
        store.give(one)
        if not store.apart and not (yield from _told(store)):
            return
    if store.busy:
        yield from _told(store)


def _part(day: date, until: datetime, size: int, after: UUID | None) -> Read:
    """The next part with what it is computed from."""
    part = part_after(after, size, until=until)
    homes, snapshots = part.household_ids, part.snapshot_ids
    told = told_of_many(homes, day, until=until)
    had = aid_had_of_many(homes, snapshots, day)
    scored, answered = assessment_queries.newest_scores(homes), newest_answers(homes)
    return Read(part, PartToDo(homes, snapshots, part.facts, told, had, scored, answered))


def _one_by_one(reader: Reader[Read], after: UUID | None) -> Callable[[], Read | None]:
    """Each call gives the next part, and asks for the one behind it; None after the last."""
    reader.ask(after)
    more = True

    def following() -> Read | None:
        nonlocal more
        if not more:
            return None
        read = reader.take()
        more = read.part.whole
        if more:
            reader.ask(read.part.last)
        return read

    return following


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
