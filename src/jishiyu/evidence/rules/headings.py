"""Finding the headings of a sheet: below title lines, over one to three rows, merged or not, in any order of columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from jishiyu.evidence.rules.cells import Raw
from jishiyu.evidence.rules.columns import plain_heading

# Titles, units, dates of filling in and instructions stand above the headings; nobody writes more of them than this.
LOOK_DOWN = 40
_DEEPEST = 3

# The column in which our own papers say what is wrong; it is not taken back in.
NOTE_HEADING = "问题说明"

Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings of a sheet stand. ``first_data_row`` counts from 0; ``extra`` are headings that we do not know."""

    first_data_row: int
    places: dict[str, int]
    extra: dict[int, str]
    doubled: tuple[str, ...] = ()


def find_headings(
    top: Sequence[Sequence[Raw]], known: dict[str, str], merges: Sequence[Merge] = ()
) -> Headings | None:
    """The best reading of the first rows as headings: the one that knows most columns. None when it knows fewer than three."""
    grid = _spread(top[:LOOK_DOWN], merges)
    best: tuple[int, Headings] | None = None
    for first in range(len(grid)):
        for depth in range(1, min(_DEEPEST, len(grid) - first) + 1):
            found = _read_as_headings(grid[first : first + depth], first + depth, known)
            if best is None or len(found.places) > best[0]:
                best = (len(found.places), found)
    return best[1] if best and best[0] >= 3 else None


def _spread(top: Sequence[Sequence[Raw]], merges: Sequence[Merge]) -> list[list[str]]:
    """The rows as text, with the text of a merged range in each of its cells."""
    width = max(map(len, top), default=0)
    grid = [
        ["" if cell == "" else str(cell).strip() for cell in row] + [""] * (width - len(row)) for row in top
    ]
    for (first_row, first_column), (last_row, last_column) in merges:
        if first_row >= len(grid) or last_row - first_row >= LOOK_DOWN:
            continue
        text = grid[first_row][first_column] if first_column < len(grid[first_row]) else ""
        for row in grid[first_row : last_row + 1]:
            for column in range(first_column, min(last_column + 1, len(row))):
                row[column] = text
    return grid


def _read_as_headings(rows: list[list[str]], first_data_row: int, known: dict[str, str]) -> Headings:
    places: dict[str, int] = {}
    extra: dict[int, str] = {}
    doubled: list[str] = []
    above = [_carried(row) for row in rows[:-1]]
    for column, lowest in enumerate(rows[-1]):
        levels = [row[column] for row in above] + [lowest]
        key = next((known[text] for text in _names(levels, rows, column) if text in known), None)
        shown = next((text for text in reversed(levels) if text), "")
        if key is None:
            if shown and shown != NOTE_HEADING:
                extra[column] = shown
        elif key in places:
            doubled.append(shown)
            extra[column] = shown
        else:
            places[key] = column
    return Headings(first_data_row, places, extra, tuple(doubled))


def _carried(row: list[str]) -> list[str]:
    """An upper heading reaches over the empty cells to its right, as it does on paper where nothing was merged."""
    carried, last = [], ""
    for text in row:
        last = text or last
        carried.append(last)
    return carried


def _names(levels: list[str], rows: list[list[str]], column: int) -> list[str]:
    """What a column may be called: its lowest heading, levels joined either way, or an upper heading with nothing below."""
    lowest = plain_heading(levels[-1])
    names = [lowest] if lowest else []
    for upper in reversed(levels[:-1]):
        upper = plain_heading(upper)
        if lowest and upper and upper != lowest:
            names += [upper + lowest, lowest + upper]
    if not lowest:
        # Only a heading of this very column, not one that was carried over from the left.
        names += [plain_heading(row[column]) for row in reversed(rows[:-1]) if row[column]][:1]
    return names
