"""Answers to what the register does not hold: who told what, on which paper, for which days; and which one counts on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

Value = int | bool


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be kept. ``value``: yes or no, an amount in fen, or None for *not known* after all."""

    key: str
    value: Value | None
    said_by: str
    paper: str
    first_day: date
    last_day: date | None = None
    reason: str = ""

    def as_data(self) -> dict[str, Any]:
        """What of it is kept sealed."""
        return {
            "value": self.value,
            "said_by": self.said_by.strip(),
            "paper": self.paper.strip(),
            "reason": self.reason.strip(),
        }


class Kept(Protocol):
    """An answer as it was kept."""

    key: str
    version: int
    told: Any
    first_day: date
    last_day: date | None


def told_on(answers: Iterable[Kept], day: date) -> dict[str, Value]:
    """What counts on a day, by question: of the answers that hold on it the newest version. *Not known* counts as no answer."""
    newest: dict[str, Kept] = {}
    for one in answers:
        holds = one.first_day <= day and (one.last_day is None or day <= one.last_day)
        if holds and (one.key not in newest or newest[one.key].version < one.version):
            newest[one.key] = one
    return {key: one.told["value"] for key, one in sorted(newest.items()) if one.told["value"] is not None}
