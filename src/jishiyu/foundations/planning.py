"""Telling the planner to follow indexes, where it would misjudge; and asking for thousands of rows by their ids.

The planner thinks that a row security policy leaves next to nothing, and then reads a whole table once for each part of a run over the
district (measured: 0.3 s for a part instead of 0.05, growing with the table).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models.expressions import RawSQL

_OTHER_WAYS = (
    "enable_seqscan",
    "enable_bitmapscan",
    "enable_hashjoin",
    "enable_mergejoin",
    "enable_sort",
    "jit",
)


@contextmanager
def following_indexes() -> Iterator[None]:
    """Within an open transaction: go from row to row by indexes. For queries that name the rows or begin after one."""
    _say("off")
    yield
    _say("on")


def _say(word: str) -> None:
    wishes = ", ".join(f"set_config('{name}', %s, true)" for name in _OTHER_WAYS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {wishes}", [word] * len(_OTHER_WAYS))


def any_of(ids: Sequence[str]) -> RawSQL:
    """For ``field__in``: many ids as one array. One by one Django and the driver need 40 µs for each of them."""
    return RawSQL("select unnest(%s::uuid[])", [list(ids)])
