"""A function in a process of its own beside this one, for what would keep the processor busy while this one waits.

The process is started anew (``spawn``, on every system alike): it inherits no connection and no lock, and knows only what it is
sent. It ends with its owner, killed or not: it only ever listens to the one end of a pipe that its owner holds.
"""

import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
_PATIENCE = 5.0  # seconds for it to end by itself once its pipe is closed


class LostBeside(RuntimeError):
    """The process ended without an answer: killed, or out of memory. What it was given has to be given again."""


class Beside(Generic[Given, Made]):
    """``make(*told)`` is called there once and gives the function; then one thing at a time is ``give``\\ n and ``take``\\ n back.

    All that passes is pickled. ``make`` is a function of a module that the other process can import.
    """

    def __init__(self, make: Callable[..., Callable[[Given], Made]], *told: Any) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_listen, args=(theirs,), daemon=True, name=make.__name__)
        self._process.start()
        theirs.close()  # so that the pipe breaks when it ends
        self._send((make, told))

    def give(self, one: Given) -> None:
        """Let it begin on something. What was given before has to be taken first."""
        self._send(one)

    def take(self) -> Made:
        """What was made of it. Raises what was raised there, with its traceback as a note; :class:`LostBeside` when it died."""
        try:
            made, fault, said = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE)
            raise LostBeside(
                f"the process beside ({self._process.name}) ended with {self._process.exitcode} and no answer"
            ) from None
        if not said:
            result: Made = made
            return result
        fault = fault or RuntimeError("a process beside failed")
        fault.add_note(f"In a process beside:\n{said}")
        raise fault

    def close(self) -> None:
        """Let it end; what it is at is lost."""
        self._pipe.close()
        self._process.join(_PATIENCE / 10)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_PATIENCE)

    def _send(self, what: Any) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it died: `take` says so
            self._pipe.send(what)


def _listen(pipe: Connection) -> None:
    """What the other process does until its owner closes the pipe, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the owner stops it through the pipe
    act: Callable[[Any], Any] | None = None
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            sent = pipe.recv_bytes()
            try:
                given = pickle.loads(sent)  # noqa: S301 - our owner's own
                if act is None:
                    make, told = given
                    act = make(*told)
                    continue
                answer: tuple[Any, Exception | None, str] = (act(given), None, "")
            except Exception as fault:
                answer = (None, _portable(fault), traceback.format_exc())
            pipe.send(answer)


def _portable(fault: Exception) -> Exception | None:
    """The fault where it can be sent as it is, else None: the text of its traceback goes in any case."""
    try:
        same: Exception = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes
    except Exception:
        return None
    return same
