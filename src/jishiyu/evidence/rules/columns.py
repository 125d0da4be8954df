"""What a column of a workbook is: its headings, the kind of its cells, its bounds, and the words that it takes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jishiyu.foundations.outcomes import Sentence

# text, name, ID number, phone; day; amount in yuan kept as fen; area in square metres kept as square decimetres; whole number;
# yes or no; one of several words; several of several words; the key that ties a household's rows together.
Kind = Literal[
    "text", "name", "id", "phone", "day", "amount", "area", "whole", "yes_no", "choice", "choices", "key"
]

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s*:·,;、。_\-/\\\"'“”]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``of`` says whether its cells speak of the household (once for all its rows) or of the row's member.

    ``words`` gives the code for each accepted word; ``options`` are the words offered in the template's pick-list.
    ``least`` and ``most`` are plausible bounds in the stored unit, not law.
    """

    key: str
    heading: Sentence
    kind: Kind
    of: Literal["household", "member"]
    meaning: Sentence
    example: str = ""
    required: bool = False
    unit: Sentence | None = None
    synonyms: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    width: int = 12

    def shown(self) -> str:
        """The heading as the template writes it, with its unit."""
        return self.heading.zh + (f"（{self.unit.zh}）" if self.unit else "")


def plain_heading(text: object) -> str:
    """A heading without what officials put around it: spaces, line breaks, marks, and anything in brackets."""
    wide = unicodedata.normalize("NFKC", str(text))
    return _MARKS.sub("", _BRACKETS.sub("", wide)).lower()


def headings_of(columns: tuple[Column, ...]) -> dict[str, str]:
    """Every accepted heading in its plain form, and the key of its column. Raises ValueError when two columns share one."""
    known: dict[str, str] = {}
    for column in columns:
        for text in (column.heading.zh, column.heading.en, column.key, *column.synonyms):
            plain = plain_heading(text)
            if known.setdefault(plain, column.key) != column.key:
                raise ValueError(f"the heading {text!r} belongs to {known[plain]} and to {column.key}")
    return known
