"""The parts of the register in their order, the next one read ahead on a second connection while this one is worked on."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db import connection

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post

Read = TypeVar("Read")


class Reader(Generic[Read]):
    """Reads one part at a time, as a post. ``ask`` for what comes after a household, then ``take`` it."""

    def __init__(
        self,
        read: Callable[[UUID | None], Read],
        actor: Post,
        clock: Callable[[], datetime],
        pool: ThreadPoolExecutor | None,
    ) -> None:
        self._act, self._actor, self._clock, self._pool = read, actor, clock, pool
        self._after: UUID | None = None
        self._coming: Future[Read] | None = None

    def ask(self, after: UUID | None) -> None:
        """Begin to read what comes after a household (None: from the first)."""
        self._after = after
        self._coming = self._pool.submit(self._read) if self._pool else None

    def take(self) -> Read:
        """What was asked for."""
        return self._coming.result() if self._coming else self._read()

    def _read(self) -> Read:
        with acting(self._actor, moment=self._clock()):
            return self._act(self._after)


@contextmanager
def reading(
    read: Callable[[UUID | None], Read], *, actor: Post, clock: Callable[[], datetime], ahead: bool
) -> Iterator[Reader[Read]]:
    """A reader of parts; ``read`` gives what comes after a household, within a transaction of the post.

    Within an open transaction it never reads ahead: another connection would see nothing of it.
    """
    if not ahead or connection.in_atomic_block:
        yield Reader(read, actor, clock, None)
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as pool:
        try:
            yield Reader(read, actor, clock, pool)
        finally:
            pool.submit(lambda: connection.close()).result()  # the thread's own
