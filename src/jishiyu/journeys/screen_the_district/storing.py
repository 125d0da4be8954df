"""What was computed stored, part by part in their order, each in one transaction with the run's progress.

On a connection of its own while the next part is computed: waiting for the database would take half of the time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment import operations as assessment
from jishiyu.assessment.queries import ModelInForce
from jishiyu.journal.operations import record
from jishiyu.journeys.screen_the_district.computing import Computed
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.programmes.operations import store_answers


class Store:
    """Stores one part at a time, as a post. ``give`` it, then ``take`` the run as it stands afterwards.

    None for a part that somebody else took, and for all that come after it.
    """

    def __init__(
        self,
        run: Any,
        found: ModelInForce,
        actor: Post,
        clock: Callable[[], datetime],
        pool: ThreadPoolExecutor | None,
    ) -> None:
        self._run, self._found, self._actor, self._clock, self._pool = run, found, actor, clock, pool
        self._done: int = run.done
        self._waiting: Future[Any] | None = None

    @property
    def apart(self) -> bool:
        """Whether it stores while its caller goes on."""
        return self._pool is not None

    @property
    def busy(self) -> bool:
        """Whether a part was given and not taken yet."""
        return self._waiting is not None

    def give(self, one: Computed) -> None:
        """Begin to store a part. The one before has to be taken first."""
        self._waiting = self._pool.submit(self._stored, one) if self._pool else _at_once(self._stored, one)

    def take(self) -> Any | None:
        """The run after the part that was given; None when nothing was given or somebody else took that part."""
        waiting, self._waiting = self._waiting, None
        return waiting.result() if waiting else None

    def _stored(self, one: Computed) -> Any | None:
        moment = self._clock()
        with acting(self._actor, moment=moment):
            run = assessment.claim_part(self._run.id, expected_done=self._done, actor=self._actor)
            if run is None:
                return None
            counts = self._kept(one, moment)
            assessment.advance_screening(
                run,
                last=None if one.last else one.read.part.last,
                households=one.read.households,
                counts=counts,
                moment=self._clock(),
            )
        self._done = run.done
        return run

    def _kept(self, one: Computed, moment: datetime) -> dict[str, int]:
        """Store the rows. Returns the part's counts with how many of them are new."""
        done = one.done
        counts = done.counts.copy()
        counts["without_members"] = one.read.part.without_members
        given: dict[str, Any] = {
            "day": self._run.day, "actor": self._actor, "moment": moment, "screening": self._run.id,
        }  # fmt: skip
        for household, why in done.refused:
            record(act="assessment.screen_refused", household=UUID(household), outcome="refused", reason=why)
        for scores in done.scores:
            counts["scores_new"] += assessment.store_scores(scores, found=self._found, **given)
        for answers in done.answers:
            counts["answers_new"] += store_answers(answers, **given)
        return dict(counts)


def _at_once(act: Callable[[Computed], Any], one: Computed) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(act(one))
    return done


@contextmanager
def storing(
    run: Any, found: ModelInForce, actor: Post, clock: Callable[[], datetime], *, apart: bool
) -> Iterator[Store]:
    """A store for the parts of a run. Within an open transaction it stores at once: another connection would see nothing of it."""
    if not apart or connection.in_atomic_block:
        yield Store(run, found, actor, clock, None)
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storing") as pool:
        try:
            yield Store(run, found, actor, clock, pool)
        finally:
            pool.submit(lambda: connection.close()).result()  # the thread's own
