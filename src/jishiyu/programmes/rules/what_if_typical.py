"""Made-up households of each kind, plain but whole, to draw the curve of aid over wages for. They are nobody's."""

from dataclasses import dataclass, replace
from datetime import date

from jishiyu.registry.rules.situation import HouseholdSituation, Marital, MemberSituation

_ELDER, _ADULT, _CHILD = 72, 40, 9
MOST_CHILDREN = 3


@dataclass(frozen=True, slots=True)
class Typical:
    """What may be chosen of a household: its kind, how many children it has if any, whether a member is disabled or ill, and rent."""

    kind: str
    children: int = 1
    disabled: bool = False
    ill: bool = False
    renting: bool = False


def household_of(chosen: Typical, day: date) -> HouseholdSituation:
    """The household on a day: local, without property, all that is not chosen plain; the first member is the one who earns."""
    adults = {
        "elder_alone": [_ELDER],
        "elders": [_ELDER, _ELDER - 2],
        "lone_parent": [_ADULT],
        "one_adult": [_ADULT],
    }
    ages = adults.get(chosen.kind, [_ADULT, _ADULT - 2])
    members = [_member(place, age, len(ages), chosen.kind, day) for place, age in enumerate(ages)]
    if chosen.kind in ("lone_parent", "with_children"):
        wanted = min(max(chosen.children, 1), MOST_CHILDREN)
        members += [_child(place, day) for place in range(wanted)]
    if chosen.disabled:
        # The one who earns stays able to; of one person alone it is that one.
        members[-1] = replace(members[-1], disability_category=4, disability_grade=2, daily_activities_lost=2)
    if chosen.ill:
        members[-1] = replace(members[-1], illness="serious", medical_self_paid=0)
    return HouseholdSituation(
        "typical", "", day, tuple(members), tenure="private_rent" if chosen.renting else "owned",
        homes_owned=0 if chosen.renting else 1, usable_area_dm2=3_500, unsafe_housing=False,
        monthly_rent=300_000 if chosen.renting else 0, vehicles=0, liquid_assets=0, debt=0, support="none", event="none",
        event_on=None,
    )  # fmt: skip


def _member(place: int, age: int, adults: int, kind: str, day: date) -> MemberSituation:
    old = age >= _ELDER - 2
    marital: Marital = (
        "married" if adults > 1 else "divorced" if kind == "lone_parent" else "widowed" if old else "single"
    )
    return MemberSituation(
        f"typical-{place}", "02" if place == 0 else "10", _born(day, age), 1 + place % 2, marital, True,
        "retired" if old and place else "flexible", "full", "none", "resident", 0, 0, 0, 0, 0, "none", 0, 0, 0, 0, 0, 0,
    )  # fmt: skip


def _child(place: int, day: date) -> MemberSituation:
    return MemberSituation(
        f"typical-child-{place}", "20", _born(day, _CHILD + place), 1, "single", True, "student", "none", "compulsory",
        "resident", 0, 0, 0, 0, 0, "none", 0, 0, 0, 0, 0, 0,
    )  # fmt: skip


def _born(day: date, age: int) -> date:
    return date(day.year - age, 1, 1)
