"""The parts of the register in their order, the next one read ahead on a second connection while this one is worked on."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.journeys.aid_had import aid_had_of_many
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.registry.queries import told_of_many
from jishiyu.registry.queries.district import Part, part_after

Read = tuple[Part, dict[str, dict[str, Any]]]  # a part, and what people told of its households


class Reader:
    """Reads one part at a time, as a post. ``ask`` for what comes after a household, then ``take`` it."""

    def __init__(
        self,
        actor: Post,
        clock: Callable[[], datetime],
        what: tuple[date, datetime, int],
        pool: ThreadPoolExecutor | None,
    ) -> None:
        self._day, self._until, self._size = what
        self._actor, self._clock, self._pool = actor, clock, pool
        self._after: UUID | None = None
        self._coming: Future[tuple[Read, dict[str, AidHad]]] | None = None
        self.had: dict[str, AidHad] = {}

    def ask(self, after: UUID | None) -> None:
        """Begin to read what comes after a household (None: from the first)."""
        self._after = after
        self._coming = self._pool.submit(self._read) if self._pool else None

    def take(self) -> Read:
        """What was asked for. What its households had already is then in ``had``, by household."""
        read, self.had = self._coming.result() if self._coming else self._read()
        return read

    def _read(self) -> tuple[Read, dict[str, AidHad]]:
        with acting(self._actor, moment=self._clock()):
            part = part_after(self._after, self._size, until=self._until)
            told = told_of_many(part.household_ids, self._day, until=self._until)
            return (part, told), aid_had_of_many(part.household_ids, part.snapshot_ids, self._day)


@contextmanager
def reading(
    actor: Post, clock: Callable[[], datetime], *, day: date, until: datetime, size: int, ahead: bool
) -> Iterator[Reader]:
    """A reader of the evidence that was there at a moment, in parts of a size, with what was told that counts on a day.

    Within an open transaction it never reads ahead: another connection would see nothing of it.
    """
    if not ahead or connection.in_atomic_block:
        yield Reader(actor, clock, (day, until, size), None)
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as pool:
        try:
            yield Reader(actor, clock, (day, until, size), pool)
        finally:
            pool.submit(lambda: connection.close()).result()  # the thread's own
