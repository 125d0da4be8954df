"""Who lives together: the kinds of household, by size, with how common each is in general and among known households."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import LARGEST, Kind
from jishiyu.doors.jobs.population.draws import Ints

# The places in a household. The head (户主) is always there; the order is the order in which members are listed.
SLOTS = (
    "head", "spouse", "child1", "child2", "child3", "child_in_law", "grandchild1", "grandchild2",
    "father", "mother", "sibling1", "sibling2", "relative",
)  # fmt: skip

# Marital state of a head without a spouse at home: single, married, widowed, divorced (per 10 000).
_ALONE_YOUNG, _ALONE_MIDDLE, _ALONE_OLD = (8800, 700, 0, 500), (3600, 900, 900, 4600), (500, 300, 7600, 1600)
_PARENT_ALONE, _OLD_PARENT_ALONE, _COUPLE = (700, 300, 1500, 7500), (100, 200, 6700, 3000), (0, 10_000, 0, 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of household: who is in it, how common, the head's age and sex."""

    name: str
    members: str  # H head S spouse 1 2 3 children D child-in-law G g grandchildren F father M mother B b siblings R other
    general: int
    known: int
    head_age: tuple[int, int, int]  # youngest, middle, oldest
    head_female: int  # per 10 000
    head_marital: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.members)


_LETTERS = dict(zip("HS123DGgFMBbR", SLOTS, strict=True))

SHAPES = (
    Shape("young person alone", "H", 2400, 300, (20, 28, 38), 4600, _ALONE_YOUNG),
    Shape("person alone in middle age", "H", 2900, 4700, (38, 50, 59), 4200, _ALONE_MIDDLE),
    Shape("elder alone", "H", 4700, 5000, (60, 74, 96), 6400, _ALONE_OLD),
    Shape("young couple", "HS", 1800, 200, (24, 32, 45), 2800, _COUPLE),
    Shape("couple in middle age", "HS", 2000, 1300, (45, 54, 60), 2800, _COUPLE),
    Shape("elder couple", "HS", 3800, 2100, (60, 69, 90), 2600, _COUPLE),
    Shape("parent and child", "H1", 1100, 4300, (27, 44, 62), 7600, _PARENT_ALONE),
    Shape("old parent and grown child", "H1", 500, 1100, (60, 70, 88), 6800, _OLD_PARENT_ALONE),
    Shape("grandparent and grandchild", "HG", 80, 400, (58, 66, 80), 6600, _OLD_PARENT_ALONE),
    Shape("brothers and sisters", "HB", 250, 200, (30, 55, 72), 4200, _ALONE_MIDDLE),
    Shape("grown child with a parent", "HM", 470, 400, (30, 50, 62), 4300, _ALONE_MIDDLE),
    Shape("couple with a child", "HS1", 5600, 3500, (28, 40, 52), 2800, _COUPLE),
    Shape("older couple with a grown child", "HS1", 2900, 3700, (50, 60, 78), 2600, _COUPLE),
    Shape("couple with a parent", "HSM", 600, 600, (40, 54, 66), 2800, _COUPLE),
    Shape("parent and two children", "H12", 200, 900, (28, 40, 52), 7800, _PARENT_ALONE),
    Shape("grandparents and grandchild", "HSG", 250, 500, (58, 66, 78), 2600, _COUPLE),
    Shape("parent, child and grandparent", "H1M", 450, 800, (28, 40, 55), 6000, _PARENT_ALONE),
    Shape("couple with two children", "HS12", 4400, 4700, (29, 39, 52), 2800, _COUPLE),
    Shape("three generations, one elder", "HS1M", 3300, 3300, (32, 43, 58), 2800, _COUPLE),
    Shape("elder with a child's family", "H1DG", 2000, 1600, (54, 64, 80), 6400, _OLD_PARENT_ALONE),
    Shape("couple with both parents", "HSFM", 300, 400, (36, 48, 60), 2800, _COUPLE),
    Shape("three generations, two elders", "HS1FM", 4100, 4100, (30, 40, 56), 2800, _COUPLE),
    Shape("elder couple with a child's family", "HS1DG", 4600, 4300, (52, 62, 78), 2400, _COUPLE),
    Shape("two children and an elder", "HS12M", 1300, 1600, (30, 40, 54), 2800, _COUPLE),
    Shape("two children and two elders", "HS12FM", 5200, 5200, (30, 40, 54), 2800, _COUPLE),
    Shape("elder couple, child's family of four", "HS1DGg", 4800, 4800, (56, 64, 78), 2400, _COUPLE),
    Shape("seven: with a brother or sister", "HS12FMB", 5000, 5000, (32, 42, 54), 2800, _COUPLE),
    Shape("seven: two grown children", "HS12DGg", 5000, 5000, (56, 64, 78), 2400, _COUPLE),
    Shape("eight", "HS123FMB", 1, 1, (34, 42, 54), 2800, _COUPLE),
    Shape("nine", "HS12DGgMB", 1, 1, (56, 60, 68), 2400, _COUPLE),
    Shape("ten", "HS12DGgMBR", 1, 1, (56, 60, 68), 2400, _COUPLE),
)

# Known households are smaller than the census ones: per cent of the census share, by size. Invented.
_KNOWN_BY_SIZE = {1: 150, 2: 120, 3: 85, 4: 60, 5: 40, 6: 25, 7: 15, 8: 10, 9: 10, 10: 10}


def presence() -> Ints:
    """Shape by slot: 1 where the shape has that member."""
    table = np.zeros((len(SHAPES), len(SLOTS)), dtype=np.int64)
    for row, shape in enumerate(SHAPES):
        for letter in shape.members:
            table[row, SLOTS.index(_LETTERS[letter])] = 1
    return table


def shape_weights(kind: Kind, households_by_size: dict[int, int]) -> Ints:
    """How often each shape is drawn: the census share of its size, divided among the shapes of that size."""
    weights = []
    for shape in SHAPES:
        common = getattr(shape, kind)
        alike = sum(getattr(other, kind) for other in SHAPES if other.size == shape.size)
        of_size = households_by_size[shape.size] * (_KNOWN_BY_SIZE[shape.size] if kind == "known" else 100)
        weights.append(of_size * 1_000 * common // alike)
    return np.array(weights, dtype=np.int64)


if {shape.size for shape in SHAPES} != set(range(1, LARGEST + 1)):
    raise ValueError("every census size needs a shape")
