"""Fewer walks of Python's collector over what a long run makes and drops by itself.

A run over the district makes millions of small objects and hardly a cycle among them. By default the collector walks over them
(and over the policy pack, and Django) after every few hundred: measured, 30% of the run's processor time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made beyond those dropped before the youngest are looked over; then how often the older ones are, in turn.
_SELDOM = (200_000, 20, 50)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within, cycles are looked for seldom. Of the whole process: not to be nested in threads that end in another order."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
