"""What a household had already, from awards that were granted: of a year's cap, and on the very bills of its evidence.

Counted as it stands after late insurance payments; awards that ended before they began are not. Seen within the reach of
the transaction's post: a sub-district's caseworker sees all of its households' awards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jishiyu.cases import queries as cases
from jishiyu.cases.rules.basis import Earlier
from jishiyu.law.queries import pack
from jishiyu.programmes.rules.bills import bill_keys
from jishiyu.programmes.rules.used_aid import COUNTED, AidHad
from jishiyu.registry import queries as registry
from jishiyu.registry.rules.situation import HouseholdSituation


@dataclass(frozen=True, slots=True)
class Resting:
    """The facts that an application rests on and what was had before; ``earlier``: on its bills, by their keys."""

    facts: HouseholdSituation
    had: AidHad = field(default_factory=AidHad)
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)


def resting_on(facts: HouseholdSituation, day: date, *, besides: UUID | None = None) -> Resting:
    """The facts with what the household had already by a day. ``besides`` leaves one award out, as if it were not."""
    keys = set(bill_keys(facts.bills).values())
    people: dict[str, dict[str, int]] = {}
    household: dict[str, int] = {}
    earlier: dict[str, list[Earlier]] = {}
    for one in cases.aid_on_bills_of([UUID(member.person_id) for member in facts.members], day):
        if not one.amount or one.award == besides:
            continue
        here = one.bill in keys
        if here:
            label = pack().item(one.item).name
            earlier.setdefault(one.bill, []).append(Earlier(one.item, label, one.amount))
        counted = COUNTED.get(one.item)
        if counted is None or not (here or one.settled_on.year == day.year):
            continue
        name = counted.given if here else counted.used
        if counted.per == "person":
            own = people.setdefault(name, {})
            own[one.person] = own.get(one.person, 0) + one.amount
        else:
            household[name] = household.get(name, 0) + one.amount
    for item, counted in COUNTED.items():
        if not counted.given:  # not for bills of the evidence: the year's awards count
            used = cases.aid_in_year(UUID(facts.household_id), item, day)
            if used:
                household[counted.used] = used
    return Resting(facts, AidHad(people, household), {bill: tuple(given) for bill, given in earlier.items()})


def aid_had_by(household_id: UUID, day: date) -> AidHad:
    """What a household had already, seen from its newest evidence; nothing where there is no evidence."""
    snapshot = registry.latest_snapshot(household_id)
    return resting_on(registry.situation(snapshot.id), day).had if snapshot else AidHad()


def aid_had_of_many(households: Sequence[str], snapshots: Sequence[str], day: date) -> dict[str, AidHad]:
    """The same for many households and the snapshots that they are judged by; only those that had any. Few had."""
    aided = cases.households_aided(households, tuple(COUNTED), day)
    wanted = [UUID(snapshot) for home, snapshot in zip(households, snapshots, strict=True) if home in aided]
    found = ((facts.household_id, resting_on(facts, day).had) for facts in registry.situations(wanted))
    return {home: had for home, had in found if had}
