"""The district screened (全区筛查): every household's newest evidence scored and all items computed, part by part.

A part reads, computes and stores in one transaction with the run's progress: a process that is killed loses the part under
way, and whoever goes on begins after the last household that was stored. The evidence is that of the run's beginning, so
that it comes to the same whenever it goes on. Two at once: an advisory lock of the session lets one work, and the run
itself moves only from where its worker saw it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment import operations as assessment
from jishiyu.assessment import queries as assessment_queries
from jishiyu.assessment.queries import ModelInForce
from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import numbers_of_many as score_numbers
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.screen_the_district.reading import Reader, reading
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.operations import store_answers
from jishiyu.programmes.rules.numbers import numbers_of_many as answer_numbers
from jishiyu.programmes.rules.screening import CANNOT, ELIGIBLE, Answer, Screened, Screening
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry.queries.district import Part

# Households in one transaction: few enough that progress moves and little is lost, many enough that arrays pay.
PART = 4_000
_LOCK = 0x4A495351

Clock = Callable[[], datetime]
Numbers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in households."""

    number: int
    done: int
    total: int


def screen_the_district(
    number: int, *, actor: Post, clock: Clock, part: int = PART, ahead: bool = True
) -> Iterator[Progress]:
    """Take a run forward to its end, yielding after each stored part. Goes on where an earlier attempt stopped.

    Opens its own transactions: not to be called inside another post's. Refused (``assessment.screening_under_way``) while
    another process works on one. A run whose pack, weights or rules are no more the present ones is ended with the reason.
    ``ahead`` reads the next part on a second connection while this one is computed and stored.
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
        if why is None and run.state == "open":
            with reading(actor, clock, until=run.evidence_until, size=part, ahead=ahead) as reader:
                yield from _parts(run, Screening(pack(), run.day, found.model), found, actor, clock, reader)


def _parts(
    run: Any, screening: Screening, found: ModelInForce, actor: Post, clock: Clock, reader: Reader
) -> Iterator[Progress]:
    done = run.done
    reader.ask(run.last_household)
    while run.state == "open":
        part = reader.take()
        more = len(part.household_ids) + part.without_members == reader.size
        if more:
            reader.ask(part.last)
        moment = clock()
        with acting(actor, moment=moment):
            claimed = assessment.claim_part(run.id, expected_done=done, actor=actor)
            if claimed is None:
                return
            run = claimed
            counts = _screened(part, screening, found, actor, moment, run.id)
            assessment.advance_screening(
                run,
                last=part.last if more else None,
                households=len(part.household_ids) + part.without_members,
                counts=counts,
                moment=clock(),
            )
        done = run.done
        yield Progress(run.number, run.done, run.total)


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


def _screened(
    part: Part, screening: Screening, found: ModelInForce, actor: Post, moment: datetime, run_id: UUID
) -> dict[str, int]:
    """Compute and store a part. Returns what it came to, as counts."""
    counts: Counter[str] = Counter(without_members=part.without_members)
    given: dict[str, Any] = {"day": screening.day, "actor": actor, "moment": moment, "screening": run_id}
    for start, stop, result in _computed(part, screening, counts):
        homes, snapshots = part.household_ids[start:stop], part.snapshot_ids[start:stop]
        scores = score_numbers(result.scores, screening.pack, screening.model)
        answers = answer_numbers(result.answers, screening.pack)
        counts["scores_new"] += assessment.store_scores(homes, snapshots, scores, found=found, **given)
        counts["answers_new"] += store_answers(homes, snapshots, answers, **given)
        counts["households"] += len(homes)
        counts.update(f"band.{one['band']}" for one in scores)
        for one in result.answers:
            counts.update(_count(one))
    return dict(counts)


def _computed(part: Part, screening: Screening, counts: Counter[str]) -> Iterator[tuple[int, int, Screened]]:
    """The part computed: usually at once, else in halves until what no rule can take stands alone, is told, and left out."""
    waiting = [(0, len(part.household_ids))] if part.household_ids else []
    while waiting:
        start, stop = waiting.pop()
        try:
            people = population_from(part.facts.slice(start, stop - start), screening.day)
            yield start, stop, screening.screen(people)
        except (OverflowError, ValueError, CannotBecause) as fault:
            if stop - start > 1:
                middle = (start + stop) // 2
                waiting += [(middle, stop), (start, middle)]
                continue
            counts["refused"] += 1
            household = UUID(part.household_ids[start])
            record(act="assessment.screen_refused", household=household, outcome="refused", reason=str(fault))


def _count(one: Answer) -> dict[str, int]:
    eligible = one.outcome == ELIGIBLE
    money = int(one.amount.values[eligible].sum()) if one.amount is not None else 0
    return {
        f"eligible.{one.item}": int(eligible.sum()),
        f"cannot.{one.item}": int((one.outcome == CANNOT).sum()),
        f"amount.{one.item}": money,
    }
