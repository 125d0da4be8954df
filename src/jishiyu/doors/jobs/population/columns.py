"""From arrays to Arrow columns: words, numbers with gaps, joined ids, lists and structs."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jishiyu.doors.jobs.population.draws import Bools, Draws, Ints

Column: TypeAlias = "pa.Array[Any]"
_arrow: Any = pa  # the type stubs of pyarrow refuse several calls that it documents
_compute: Any = pc

# What is not known lies together: some people and homes are little known (as one who will not say, or cannot), and of
# the others a stray fact is missing. Per 10 000: the little-known, and the chance of each fact in one and in the other.
_LITTLE_KNOWN = 450
_UNKNOWN_OF_LITTLE_KNOWN = {"marital": 1_500, "local_hukou": 1_500, "liquid_assets": 8_000, "debt": 8_000}
_UNKNOWN_OTHERWISE, _STRAY = 5_000, 12


class Unknown:
    """Turns values into columns in which the facts that are not known are null."""

    def __init__(self, draws: Draws, rows: int) -> None:
        self._draws = draws
        self._little_known = draws.happens(_LITTLE_KNOWN, rows)

    def where(self, name: str) -> Bools:
        """The rows in which this fact is not known."""
        chance = np.where(self._little_known, _UNKNOWN_OF_LITTLE_KNOWN.get(name, _UNKNOWN_OTHERWISE), _STRAY)
        return self._draws.happens(chance, len(chance))

    def plain(self, name: str, values: Ints | Bools) -> Column:
        """Numbers or yes and no."""
        return column(values, self.where(name))

    def words(self, name: str, codes: Ints, vocabulary: tuple[str, ...]) -> Column:
        """Words of a vocabulary."""
        return words(codes, vocabulary, self.where(name))


def column(values: NDArray[Any], unknown: Bools | None = None) -> Column:
    """The values, null where unknown."""
    made: Column = _arrow.array(values, mask=unknown)
    return made


def words(codes: Ints, vocabulary: tuple[str, ...], unknown: Bools | None = None) -> Column:
    """The codes as words, null where unknown."""
    made: Column = _arrow.array(vocabulary, type=pa.string()).take(column(codes, unknown))
    return made


def texts(values: Ints, width: int = 0) -> Column:
    """Whole numbers as text, with leading zeros up to ``width``."""
    made: Column = _compute.utf8_lpad(_compute.cast(column(values), pa.string()), width, "0")
    return made


def joined(left: Column, right: Column, by: str) -> Column:
    """Two columns of text as one."""
    made: Column = _compute.binary_join_element_wise(left, right, by)
    return made


def taken(values: Column, places: Ints) -> Column:
    """The values at the given places."""
    made: Column = _compute.take(values, column(places))
    return made


def lists(offsets: NDArray[Any], values: Column, kind: pa.DataType) -> Column:
    """Lists that run from each offset to the next."""
    made: Column = _arrow.ListArray.from_arrays(column(offsets.astype(np.int32)), values, type=kind)
    return made


def structs(kind: pa.StructType, columns: Mapping[str, Column]) -> Column:
    """Structs from one column for each field. Raises KeyError for a field without its column."""
    fields = [kind.field(i) for i in range(kind.num_fields)]
    made: Column = _arrow.StructArray.from_arrays([columns[f.name] for f in fields], fields=fields)
    return made
