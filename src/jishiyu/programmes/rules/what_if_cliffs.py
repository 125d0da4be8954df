"""Cliffs: where a household that earns more loses more of its aid than it gains."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if_answers import (
    Answer,
    Ground,
    a_year,
    answers,
    between,
    one_of_rivals,
    run_items,
    some_of,
    with_more_wage,
    with_rivals,
)
from jishiyu.programmes.rules.what_if_plan import (
    MONTHS,
    Programme,
    asks_income,
    plan_for,
    ready,
    times_a_year,
)

STEP = 10_000  # fen a month: a cliff is looked for a hundred yuan further on
_MOST = 8
Sides = tuple[
    tuple[Mapping[str, Answer], Mapping[str, Answer]], tuple[Mapping[str, Answer], Mapping[str, Answer]]
]


@dataclass
class Cliffs:
    """Households with aid that lose more of it than they gain when the head earns ``STEP`` fen a month more; (before, after).

    ``rows`` are their places among all households, ``loss`` what they lose beyond the gain in a year, ``items`` what falls away.
    """

    looked_at: int = 0
    rows: tuple[list[Array], list[Array]] = field(default_factory=lambda: ([], []))
    loss: list[int] = field(default_factory=lambda: [0, 0])
    items: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))

    def at(self, side: int) -> Array:
        """The places of the households at a cliff, before (0) or after (1)."""
        return np.concatenate((np.zeros(0, np.int64), *self.rows[side]))

    def as_before(self) -> None:
        """After the change all is as it was."""
        self.rows[1].append(self.rows[0][-1])
        self.loss[1] = self.loss[0]
        self.items[1].update({id: n - self.items[1][id] for id, n in self.items[0].items()})

    def as_data(self) -> dict[str, Any]:
        """How many, what they lose, and which items fall away most often."""
        found: dict[str, Any] = {"step": STEP, "looked_at": self.looked_at}
        for side, name in enumerate(("before", "after")):
            most = sorted(((n, id) for id, n in self.items[side].items() if n), reverse=True)[:_MOST]
            found[name] = {
                "households": len(self.at(side)),
                "loss": self.loss[side],
                "items": [[id, n] for n, id in most],
            }
        return found


@dataclass(frozen=True, slots=True)
class Richer:
    """Some households of a chunk whose heads earn ``STEP`` more, and what the items that ask for it give them then."""

    rows: Array
    people: Population | None
    told: Mapping[str, Answer]


def richer(made: Ground, people: Population, rows: Array) -> Richer:
    """Households of a chunk with more wage under the policy in force."""
    if not len(rows):
        return Richer(rows, None, {})
    some = with_more_wage(some_of(people, rows), STEP * MONTHS)
    return Richer(rows, some, _answers_of(made.programme, made.of_income, some))


@dataclass(frozen=True)
class Looking:
    """What is the same for all chunks when cliffs are looked for: both policies, how often items come, who are rivals."""

    made: Ground
    after: Programme
    times: Mapping[str, int]
    reached: tuple[str, ...]

    def look(self, cliffs: Cliffs, group: Richer, at: int, told: Sides) -> None:
        """Find who of a group of a chunk is at a cliff. ``told``: for each side the chunk's answers, alone and among rivals.

        Only the items that ask what a household earns are computed again, after the change only those that it reaches.
        """
        cliffs.looked_at += len(group.rows)
        if group.people is None:
            return
        self._side(cliffs, 0, group, at, told[0], group.told)
        if not self.reached:
            cliffs.as_before()
            return
        more = [id for id in self.reached if id in self.after.items and asks_income(id, self.after)]
        again = {id: one for id, one in group.told.items() if set(id.split(";")) <= self.after.items.keys()}
        self._side(cliffs, 1, group, at, told[1], again | _answers_of(self.after, more, group.people))

    def _side(
        self, cliffs: Cliffs, side: int, group: Richer, at: int,
        told: tuple[Mapping[str, Answer], Mapping[str, Answer]], again: Mapping[str, Answer],
    ) -> None:  # fmt: skip
        alone, among = told
        rows, size, pairs = group.rows, len(group.rows), self.made.pairs
        items = {id for id in again if ";" not in id}
        asked = with_rivals(items, pairs).intersection(among)
        need = (asked | between(asked, pairs)).intersection(alone.keys() | again.keys())
        raw = {id: again[id] if id in again else alone[id].at(rows) for id in need}
        new = one_of_rivals(raw, pairs)
        poorer = {id: among[id].at(rows) for id in asked}
        short: Array = a_year(poorer, self.times, size) - a_year(new, self.times, size) - STEP * MONTHS
        fallen: Array = np.flatnonzero(short > 0)
        cliffs.rows[side].append(rows[fallen] + at)
        cliffs.loss[side] += int(short[fallen].sum())
        for id, one in new.items() if len(fallen) else ():
            had, has = poorer[id].paid[fallen], one.paid[fallen]
            # What is cut by as much as is earned more is no cliff: what is gone, or falls by more, is.
            gone = (has < had) & ((has == 0) | ((had - has) * self.times[id] > STEP * MONTHS))
            cliffs.items[side][id] += int(gone.sum())


def _answers_of(programme: Programme, items: Iterable[str], people: Population) -> dict[str, Answer]:
    own = sorted(items)
    columns = run(plan_for(programme, own), people, programme.parameters) if own else {}
    return answers(programme, columns, people, own)


@dataclass(frozen=True, slots=True)
class Curve:
    """One household at many wages of its head: ``net`` is wage and all aid together. All in fen a month.

    ``falls`` are the places at which it falls: (place, fen that are lost beyond what is earned more, the items that give less
    with how much less).
    """

    wages: tuple[int, ...]
    net: tuple[int, ...]
    aid: tuple[int, ...]
    falls: tuple[tuple[int, int, tuple[tuple[str, int], ...]], ...]


def curve_of(
    people: Population, policy: Policy, wages: Sequence[int], programme: Programme | None = None
) -> Curve:
    """One household at many wages of its head (fen a month, rising). ``people`` holds the one household.

    Where the net falls while the wage rises there is a cliff.
    """
    many, made = len(wages), programme or ready(policy)
    homes = {name: _repeated(one, many) for name, one in people.households.items()}
    persons = {name: _repeated(one, many) for name, one in people.members.items()}
    row = Population(np.tile(people.counts, many), homes, persons, checked=True)
    told = run_items(made, with_more_wage(row, np.asarray(wages, np.int64) * MONTHS))
    times = {id: times_a_year(id, made) for id in made.items}
    aid = a_year(told, times, many) // MONTHS
    net = np.asarray(wages, np.int64) + aid
    falls = []
    for place in (np.flatnonzero(np.diff(net) < 0) + 1).tolist():
        lost = []
        for id, one in told.items():
            less = (int(one.paid[place - 1]) - int(one.paid[place])) * times[id] // MONTHS
            if less > 0:
                lost.append((id, less))
        lost.sort(key=lambda each: -each[1])
        falls.append((place, int(net[place - 1] - net[place]), tuple(lost)))
    return Curve(tuple(wages), tuple(net.tolist()), tuple(aid.tolist()), tuple(falls))


def curve(
    people: Population, policy: Policy, wages: Sequence[int], programme: Programme | None = None
) -> list[tuple[int, int]]:
    """The same as pairs of (wage, wage and aid together), fen a month."""
    found = curve_of(people, policy, wages, programme)
    return list(zip(found.wages, found.net, strict=True))


def _repeated(one: Column, many: int) -> Column:
    return Column(np.tile(one.values, many), None if one.known is None else np.tile(one.known, many))
