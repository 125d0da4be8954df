"""What a household gets and could get, by programme: each item as it is on one day and on another, with awards and payments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from jishiyu.cases import queries as cases
from jishiyu.doors.desk.navigation import address
from jishiyu.doors.desk.package.lines import STATES, Line, change, held, pays_on, pending, side
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.funds import queries as funds
from jishiyu.journeys.aid_had import resting_on
from jishiyu.law.queries import pack, procedure_for
from jishiyu.programmes.queries import entitlements
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry import queries as registry

_REGULAR = "monthly"
_ORDER = {state: place for place, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Group:
    """One programme's items: what the household gets or may get first, then what it does not and why.

    ``monthly``: what it certainly could have every month on each day, in fen.
    """

    name: Sentence
    shown: tuple[Line, ...]
    others: tuple[Line, ...]
    monthly: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The snapshot that a day's answers rest on; ``later`` when there was none as early as that day."""

    snapshot: Any
    later: bool


@dataclass(frozen=True, slots=True)
class Package:
    """Everything, in fen on each of the days: what is awarded and what could be had, every month and otherwise; what was paid in all.

    ``unsure``: of how many items nobody knows yet on each day. ``answers`` are those of the later day; ``counts`` how many items stand how.
    """

    groups: tuple[Group, ...]
    evidence: tuple[Evidence, Evidence]
    awarded: tuple[int, int]
    monthly: tuple[int, int]
    otherwise: tuple[int, int]
    unsure: tuple[int, int]
    paid: int
    answers: tuple[Entitlement, ...]
    counts: Mapping[str, int]

    @property
    def sums(self) -> tuple[tuple[str, int, int, int], ...]:
        """The three sums: their key, on the earlier and the later day, and the difference."""
        rows = (("awarded", self.awarded), ("monthly", self.monthly), ("otherwise", self.otherwise))
        return tuple((key, before, after, after - before) for key, (before, after) in rows)


def evidence_on(household_id: UUID, day: date) -> Evidence | None:
    """The newest snapshot of facts as of the day or before; the first one there is when all are later."""
    rows = registry.snapshots(household_id)
    if not rows:
        return None
    found = next((row for row in rows if row.as_of <= day), None)
    return Evidence(found or rows[-1], found is None)


def package_of(household_id: UUID, before: date, after: date, *, today: date | None = None) -> Package | None:
    """The whole package; None when no facts are on file. ``today`` counts the days left of cases (the later day unless said)."""
    earlier, later = evidence_on(household_id, before), evidence_on(household_id, after)
    if earlier is None or later is None:
        return None
    sides = tuple(
        entitlements(
            facts,
            day,
            used=resting_on(facts, day).had,
            told=registry.told_on(household_id, day),
            held=cases.held_items(household_id, day),
        )
        for facts, day in (
            (registry.situation(earlier.snapshot.id), before),
            (registry.situation(later.snapshot.id), after),
        )
    )
    awards = cases.awards_of_household(household_id)
    paid = funds.money_of_household(household_id)
    own = cases.cases_of_household(household_id)
    by_item = tuple({one.item: one for one in answers} for answers in sides)
    lines = {
        item.id: Line(
            item,
            side(by_item[0][item.id]),
            side(by_item[1][item.id]),
            held(awards, item.id, after),
            tuple(one for one in paid if one.item.as_data() == item.name.as_data()),
            pending(own, item.id, today or after),
            change(by_item[0][item.id], by_item[1][item.id]),
            _apply_url(household_id, item.id, today or after),
        )
        for item in pack().items
    }
    regular = tuple(_certain(answers, lambda one: one.period == _REGULAR) for answers in sides)
    otherwise = tuple(_certain(answers, lambda one: one.period != _REGULAR) for answers in sides)
    unsure = tuple(sum(one.outcome == "cannot_compute" for one in answers) for answers in sides)
    return Package(
        groups=_groups(lines),
        evidence=(earlier, later),
        awarded=(_awarded(awards, before), _awarded(awards, after)),
        monthly=(regular[0], regular[1]),
        otherwise=(otherwise[0], otherwise[1]),
        unsure=(unsure[0], unsure[1]),
        paid=sum(one.amount for one in paid),
        answers=tuple(sides[1]),
        counts={state: sum(one.state == state for one in lines.values()) for state in STATES},
    )


def narrowed(package: Package, words: str, state: str) -> Package:
    """The package with only the items whose name or programme has the words, and that stand so; the sums stay."""
    plain = words.strip().lower()

    def fits(line: Line, group: Group) -> bool:
        named = (line.name.zh, line.name.en, line.item.id, group.name.zh, group.name.en)
        return (not plain or any(plain in one.lower() for one in named)) and state in ("", line.state)

    groups = []
    for group in package.groups:
        shown = tuple(one for one in group.shown if fits(one, group))
        others = tuple(one for one in group.others if fits(one, group))
        if shown or others or not (plain or state):
            groups.append(replace(group, shown=shown, others=others))
    return replace(package, groups=tuple(groups))


def _groups(lines: Mapping[str, Line]) -> tuple[Group, ...]:
    groups = []
    for programme in pack().programmes:
        own = sorted((lines[item.id] for item in pack().items_of(programme.code)), key=_order)
        if own:
            shown = tuple(one for one in own if one.state != "no")
            sums = tuple(
                _certain([getattr(one, day).answer for one in own], lambda one: one.period == _REGULAR)
                for day in ("before", "after")
            )
            others = tuple(one for one in own if one not in shown)
            groups.append(Group(programme.name, shown, others, (sums[0], sums[1])))
    return tuple(groups)


def _order(line: Line) -> tuple[int, int]:
    return _ORDER[line.state], -(line.after.amount or 0)


def _certain(answers: Sequence[Entitlement], which: Callable[[Entitlement], bool]) -> int:
    """What is certain, less what is given up for a better item."""
    return sum((one.amount or one.at_least or 0) - one.given_up for one in answers if which(one))


def _awarded(awards: Sequence[Any], day: date) -> int:
    return sum(one.amount for one in awards if one.frequency == _REGULAR and pays_on(one, day) == "now")


def _apply_url(household_id: UUID, item: str, day: date) -> str:
    try:
        steps = procedure_for(item, day).steps
    except CannotBecause:  # nothing is known of how such a case runs that day
        steps = ()
    return address("desk:cases_apply", household_id=household_id, item=item) if steps else ""
