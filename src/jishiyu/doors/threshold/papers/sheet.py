"""What stands on a sheet of paper, in the order it is read. Plain words only: nothing in them is ever taken as markup.

Sizes and margins follow GB/T 9704-2012, the form of official documents: A4, text area 156 × 225 mm, 16 pt body, 22 pt title.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of the sheet."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. The address ("王某：") and the like are not indented."""

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of two columns: what, and how it is. An empty value leaves room to write by hand."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; ``numbers`` are the places of columns with figures, set to the right; ``narrow`` of those that

    are as wide as what stands in them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    narrow: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Points:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Things to tick, each ticked or not."""

    items: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ToSign:
    """Lines to sign on: who signs, and a day; what is empty is written by hand."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, as a QR code, with the words that stand below it and are read out for it."""

    svg: str
    caption: str
    width_mm: int = 32


Block = Heading | Paragraph | Facts | Grid | Points | Ticks | ToSign | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper. ``number`` stands below the title; ``signed`` are the lines at the end on the right; ``foot`` on each page."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    signed: tuple[str, ...] = ()
    foot: str = ""
    language: Language = "zh"
    author: str = ""

    def as_data(self) -> dict[str, Any]:
        """The sheet as plain data, each block with its kind."""
        blocks = [{"kind": type(one).__name__} | _plain(asdict(one)) for one in self.blocks]
        return {
            "title": self.title, "number": self.number, "blocks": blocks, "signed": list(self.signed),
            "foot": self.foot, "language": self.language, "author": self.author,
        }  # fmt: skip


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in data.items()}
