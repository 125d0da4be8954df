"""How entries are chained: each seal is the SM3 digest of the seal before it and of the entry's own words."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.secrets import sm3

FIRST_SEAL = bytes(32)


@dataclass(frozen=True, slots=True)
class Line:
    """What an entry says, in the exact form that is sealed. ``at`` is an ISO 8601 moment in UTC."""

    number: int
    at: str
    post: str
    officer: str
    act: str
    about_kind: str
    about_id: str
    household: str
    outcome: str
    reason: str
    source: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stored line with the seal before it and its own."""

    line: Line
    previous: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold: the entry's number and what is wrong there."""

    number: int
    kind: str  # changed | missing | swapped | lost_tail
    why: Sentence


def seal_of(line: Line, previous: bytes) -> bytes:
    """The seal of a line that follows ``previous``."""
    words = json.dumps(asdict(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sm3(previous + words.encode())


def faults(entries: Iterable[Sealed], *, last_number: int, last_seal: bytes) -> Iterable[Fault]:
    """Walk the chain in order of number and name each changed, missing or swapped entry.

    ``last_number`` and ``last_seal`` are what the head of the journal remembers, so that a cut-off end is seen too.
    """
    expected, previous = 1, FIRST_SEAL
    for entry in entries:
        number = entry.line.number
        if number > expected:
            yield Fault(expected, "missing", _missing(expected, number - 1))
        elif entry.previous != previous:
            yield Fault(
                number,
                "swapped",
                sentence(
                    "第{n}条不接上一条：顺序被调换或前一条被替换",
                    "Entry {n} does not follow the entry before it: swapped or replaced",
                    n=number,
                ),
            )
        if seal_of(entry.line, entry.previous) != entry.seal:
            yield Fault(
                number,
                "changed",
                sentence(
                    "第{n}条内容与封印不符：被改动",
                    "Entry {n} does not match its seal: it was changed",
                    n=number,
                ),
            )
        expected, previous = number + 1, entry.seal
    if expected <= last_number:
        yield Fault(expected, "lost_tail", _missing(expected, last_number))
    elif previous != last_seal:
        yield Fault(
            last_number,
            "swapped",
            sentence(
                "末条封印与日志簿首页所记不符",
                "The last seal is not the one that the journal's head remembers",
            ),
        )


def _missing(first: int, last: int) -> Sentence:
    if first == last:
        return sentence("第{n}条缺失", "Entry {n} is missing", n=first)
    return sentence("第{a}至{b}条缺失", "Entries {a} to {b} are missing", a=first, b=last)
