"""Sequences that are made when somebody looks: most of what is computed about a household is never read."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

One = TypeVar("One")


class Later(Sequence[One]):
    """A sequence by how to make it. It is made once, at the first look."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[One, ...]]) -> None:
        self._make = make
        self._made: tuple[One, ...] | None = None

    @property
    def made(self) -> tuple[One, ...]:
        """The sequence itself."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def __len__(self) -> int:
        return len(self.made)

    def __iter__(self) -> Iterator[One]:
        return iter(self.made)

    @overload
    def __getitem__(self, place: int) -> One: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[One, ...]: ...
    def __getitem__(self, place: int | slice) -> One | tuple[One, ...]:
        return self.made[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.made == tuple(other)

    def __hash__(self) -> int:
        return hash(self.made)

    def __repr__(self) -> str:
        return repr(self.made)
