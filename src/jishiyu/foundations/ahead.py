"""The next of a series made in a thread while this one is worked on: NumPy lets go of the interpreter while it counts."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")


def one_ahead(series: Iterable[One]) -> Iterator[One]:
    """The same series; at most one more is made than was asked for. What is raised in making one is raised in its turn."""
    end = object()
    following = iter(series)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="one-ahead") as pool:
        coming = pool.submit(next, following, end)
        while (one := coming.result()) is not end:
            coming = pool.submit(next, following, end)
            yield one  # type: ignore[misc]
