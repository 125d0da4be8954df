"""A function in a process of its own: answers in turn, faults come back with where they arose, and it never outlives its owner."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from jishiyu.foundations.beside import Beside, LostBeside

ROOT = Path(__file__).resolve().parents[3]


def dividing(whole: int) -> Callable[[int], tuple[int, int]]:
    """What is called there: it tells the other process's number with each answer."""
    if whole < 0:
        raise ValueError("nothing to share out")
    return lambda part: (whole // part, os.getpid())


class Own(Exception):
    """A fault that does not come through pickling."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)


def failing() -> Callable[[int], int]:
    """Fails with a fault of its own."""

    def act(given: int) -> int:
        raise Own("one", "other")

    return act


def there(pid: int) -> bool:
    """Whether a process runs still; one that is dead and not yet cleared away does not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip()) and not told.stdout.strip().startswith("Z")


def test_it_answers_from_another_process_and_ends_when_closed() -> None:
    beside: Beside[int, tuple[int, int]] = Beside(dividing, 12)
    for part in (3, 4):
        beside.give(part)
        found, pid = beside.take()
        assert found == 12 // part
    assert pid != os.getpid()
    assert there(pid)
    beside.close()
    assert not there(pid)


def test_a_fault_comes_back_with_its_traceback_and_the_next_is_taken() -> None:
    beside: Beside[int, tuple[int, int]] = Beside(dividing, 12)
    beside.give(0)
    with pytest.raises(ZeroDivisionError) as fault:
        beside.take()
    assert "whole // part" in fault.value.__notes__[0]
    beside.give(6)
    assert beside.take()[0] == 2
    beside.close()


def test_a_fault_that_cannot_be_sent_is_told_in_words_and_so_is_one_at_the_beginning() -> None:
    strange: Beside[int, int] = Beside(failing)
    strange.give(1)
    with pytest.raises(RuntimeError, match="process beside") as fault:
        strange.take()
    assert "Own: one" in fault.value.__notes__[0]
    strange.close()
    unready: Beside[int, tuple[int, int]] = Beside(dividing, -1)
    unready.give(3)
    with pytest.raises(ValueError, match="nothing to share out"):
        unready.take()
    unready.close()


def test_a_process_that_is_killed_is_told() -> None:
    beside: Beside[int, tuple[int, int]] = Beside(dividing, 12)
    beside.give(3)
    _, pid = beside.take()
    os.kill(pid, signal.SIGKILL)
    beside.give(4)
    with pytest.raises(LostBeside, match="-9"):
        beside.take()
    beside.close()


OWNER = """
from jishiyu.foundations.beside import Beside
from tests.rooms.foundations.test_beside import dividing

if __name__ == "__main__":
    beside = Beside(dividing, 12)
    beside.give(3)
    print(beside.take()[1], flush=True)
    input()
"""


def test_it_ends_when_its_owner_is_killed() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    assert there(pid)
    owner.kill()
    owner.communicate(timeout=60)
    until = monotonic() + 20
    while there(pid) and monotonic() < until:
        sleep(0.05)
    assert not there(pid)
