"""Parts computed in their order: here, or by processes of their own while this one reads and stores."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from jishiyu.assessment import queries as assessment
from jishiyu.assessment.queries import ModelInForce
from jishiyu.foundations.beside import Beside
from jishiyu.law.queries import pack
from jishiyu.programmes import queries as programmes
from jishiyu.programmes.rules.district_part import Kernel, PartDone, PartToDo
from jishiyu.registry.queries.district import Part

# For fewer households a process of its own costs more than it saves: it takes a second of the processor to begin.
WORTH_IT = 10_000


@dataclass(frozen=True, slots=True)
class Read:
    """A part as it was read, with what it is computed from."""

    part: Part
    to_do: PartToDo

    @property
    def households(self) -> int:
        """How far it takes a run, in households."""
        return len(self.part.household_ids) + self.part.without_members


@dataclass(frozen=True, slots=True)
class Computed:
    """A part with what it came to. ``last``: nothing comes after it."""

    read: Read
    done: PartDone

    @property
    def last(self) -> bool:
        """Whether the run is at its end with it."""
        return not self.read.part.whole


class Computer:
    """Takes parts until it is ``full``, and gives them back computed in the order in which it got them."""

    def __init__(self, kernel: Kernel, beside: list[Beside[PartToDo, PartDone]]) -> None:
        self._kernel, self._free = kernel, deque(beside)
        self._room = len(beside) + 1
        self._waiting: deque[Read] = deque()
        self._at_work: deque[tuple[Read, Beside[PartToDo, PartDone]]] = deque()

    @property
    def full(self) -> bool:
        """Whether one has to be taken before another can be given: every process is at work, and one part lies ready."""
        return len(self._waiting) + len(self._at_work) >= self._room

    @property
    def busy(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._waiting or self._at_work)

    def give(self, read: Read) -> None:
        """Compute a part when its turn comes."""
        self._waiting.append(read)
        self._hand_out()

    def take(self) -> Computed:
        """The part that was given first, computed."""
        if not self._at_work:
            read = self._waiting.popleft()
            return Computed(read, self._kernel(read.to_do))
        read, beside = self._at_work.popleft()
        done = beside.take()
        self._free.append(beside)
        self._hand_out()
        return Computed(read, done)

    def _hand_out(self) -> None:
        while self._free and self._waiting:
            read, beside = self._waiting.popleft(), self._free.popleft()
            beside.give(read.to_do)
            self._at_work.append((read, beside))


@contextmanager
def computing(run: Any, found: ModelInForce, processes: int | None) -> Iterator[Computer]:
    """What computes a run's parts. ``processes``: so many beside this one; None: as the settings say, if it is worth it."""
    told = (pack(), run.day, found.model, assessment.numbers_sealer(), programmes.numbers_sealer())
    count = _processes(run.total - run.done) if processes is None else processes
    with ExitStack() as stack:
        beside = []
        for _ in range(count):
            beside.append(Beside[PartToDo, PartDone](Kernel, *told))
            stack.callback(beside[-1].close)
        yield Computer(Kernel(*told), beside)


def _processes(households: int) -> int:
    if households < WORTH_IT or connection.in_atomic_block:
        return 0
    wished: int | None = settings.JISHIYU_SCREENING_PROCESSES
    # Two keep up with what one connection can store.
    return min((os.cpu_count() or 1) - 1, 2) if wished is None else wished


def in_order(read: Callable[[], Read | None], computer: Computer) -> Iterator[Computed]:
    """All parts, computed; ``read`` gives the next one until there is none."""
    more = True
    while more or computer.busy:
        if more and not computer.full:
            one = read()
            more = one is not None
            if one is not None:
                computer.give(one)
            continue
        yield computer.take()
