"""A row as it is kept with its batch, whatever became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jishiyu.evidence.rules.lines import Line
from jishiyu.evidence.rules.problems import Problem

# States of a row that still asks for something.
OPEN_STATES = ("bad", "waiting", "duplicate")
SETTLED_STATES = ("taken", "updated", "unchanged")


@dataclass(slots=True)
class KeptRow:
    """One row of a batch in its present state. See :class:`evidence.models.Row` for the states."""

    sheet: str
    number: int
    household_key: str
    state: str
    cells: dict[str, Any]
    problems: list[dict[str, Any]] = field(default_factory=list)
    household: UUID | None = None

    @property
    def codes(self) -> list[str]:
        """The stable codes of its problems, each once."""
        return sorted({str(problem["code"]) for problem in self.problems})


def kept(
    line: Line, key: str, state: str, *, problems: Iterable[Problem] = (), household: UUID | None = None
) -> KeptRow:
    """A line as kept, with its problems in both languages."""
    told = [problem.as_data() for problem in problems]
    return KeptRow(line.sheet[:40], line.number, key, state, line.cells, told, household)
