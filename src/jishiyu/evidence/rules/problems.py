"""What is wrong with a row: where, what, and how to mend it, in both languages."""

from dataclasses import dataclass
from typing import Any

from jishiyu.foundations.outcomes import Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``column`` is the column's key, empty when the row as a whole is meant. ``code`` is stable."""

    column: str
    code: str
    wrong: Sentence
    mend: Sentence

    def as_data(self) -> dict[str, Any]:
        """As stored beside the row."""
        return {
            "column": self.column,
            "code": self.code,
            "wrong": self.wrong.as_data(),
            "mend": self.mend.as_data(),
        }
