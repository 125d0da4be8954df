"""Aid that was had already: of a year's cap on other bills, and on the very bills that are looked at.

``used`` of an item is what counts against its yearly cap; ``given`` what it gave on these bills already, so that it is not
given twice and another item sees only the rest. Both come from awards (:mod:`jishiyu.journeys.aid_had`); a district's run or
a household without awards has none. Amounts are fen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from jishiyu.law.rules.columns import Column, Population


@dataclass(frozen=True, slots=True)
class Counted:
    """How the rules read an item's aid: of persons or the household, and the names of both values (empty: none)."""

    per: Literal["person", "household"]
    used: str
    given: str = ""


# The items whose aid is counted over a year or a bill. The values are inputs of the rules by these names.
COUNTED: dict[str, Counted] = {
    "ZY02": Counted("household", "outpatient_aid_used"),
    "ZY03": Counted("person", "medical_aid_used", "medical_aid_given"),
    "ZY04": Counted("person", "major_aid_used", "major_aid_given"),
    "CS01": Counted("household", "charity_used", "charity_given"),
}
VALUES: dict[str, Literal["person", "household"]] = {
    name: one.per for one in COUNTED.values() for name in (one.used, one.given) if name
}


@dataclass(frozen=True, slots=True)
class AidHad:
    """Aid had already: by value and person, and by value for the household."""

    people: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    household: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.people.values()) or any(self.household.values())

    def as_data(self) -> dict[str, Any]:
        """As it is kept with what rests on it."""
        return {
            "people": {name: dict(one) for name, one in self.people.items()},
            "household": dict(self.household),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "AidHad":
        """Read back what :meth:`as_data` wrote; nothing reads as no aid."""
        return cls(data.get("people", {}), data.get("household", {}))


Used = Mapping[str, int] | AidHad


def aid_had(used: Used | None) -> AidHad:
    """``used`` as the rules read it: a plain mapping by person is hospital aid of the year (ZY03)."""
    if isinstance(used, AidHad):
        return used
    return AidHad({"medical_aid_used": used}) if used else AidHad()


def with_used_aid(people: Population, used: Used | None, person_ids: Sequence[str]) -> Population:
    """The population of one household (or of many that had none) with the aid had already."""
    had, size = aid_had(used), len(people.counts)
    members, households = dict(people.members), dict(people.households)
    for name, per in VALUES.items():
        if per == "person":
            amounts = had.people.get(name, {})
            values = (
                np.array([amounts.get(one, 0) for one in person_ids], np.int64)
                if amounts
                else np.zeros(len(person_ids), np.int64)
            )
            members[name] = Column(values)
        else:
            households[name] = Column(np.full(size, had.household.get(name, 0), np.int64))
    return Population(people.counts, households, members)


def with_aid_of(people: Population, rows: Mapping[int, tuple[AidHad, Sequence[str]]]) -> Population:
    """A chunk with the aid that some of its households had: by row, with the ids of the row's members in their order."""
    starts = np.cumsum(people.counts) - people.counts
    members, households = dict(people.members), dict(people.households)
    for name, per in VALUES.items():
        values = np.array((members if per == "person" else households)[name].values)
        for row, (had, ids) in rows.items():
            if per == "household":
                values[row] = had.household.get(name, 0)
                continue
            own = had.people.get(name, {})
            values[starts[row] : starts[row] + len(ids)] = [own.get(one, 0) for one in ids]
        (members if per == "person" else households)[name] = Column(values)
    return Population(people.counts, households, members)


def left_of(whole: Any, taken: Any) -> Any:
    """What is left of the whole, never below zero."""
    return np.maximum(whole - taken, 0)
