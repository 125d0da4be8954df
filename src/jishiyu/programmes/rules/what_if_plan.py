"""A policy made ready to run over many households, and what of it a change reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jishiyu.assessment.rules.parameters import given
from jishiyu.assessment.rules.points import bounds_of
from jishiyu.assessment.rules.score import measured_with
from jishiyu.law.rules.engine import Given
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan, Rule
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.compute import plan_of
from jishiyu.programmes.rules.exclusion import Pair
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.ready import clashes_in_force

MONTHS = 12
# How often an amount comes in a year. What comes once, on an event or in a season counts once.
TIMES_A_YEAR = {"monthly": MONTHS, "term": 2, "weekly": 52}
_ALSO = ("income", "counted_members", "lone_parent")


@dataclass(frozen=True)
class Programme:
    """A policy made ready to run: one plan for all items, and the parameters that it reads."""

    policy: Policy
    items: Mapping[str, ItemRules]
    plan: Plan
    parameters: Mapping[str, Given]
    clashes: tuple[Pair, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, Rule]:
        """Its rules by name."""
        return {one.name: one for one in self.plan.rules}


def ready(policy: Policy, told: Sequence[str] = ()) -> Programme:
    """Plan all items of a policy that have rules on its day. ``told``: the questions that anybody answered."""
    rules, day = policy.rules, policy.day
    items = {id: one for id, one in rules.items.items() if isinstance(plan_of(rules, one, day), Plan)}
    wanted = dict.fromkeys((*_ALSO, *(name for one in items.values() for name in one.decided_by)))
    plan = rules.book.plan(day, tuple(wanted))
    parameters = given(policy.pack, rules.parameters, plan.leaves, day, certain=True)
    parameters |= rules.unanswered(dict.fromkeys(told, True))
    clashes = tuple(clashes_in_force(rules, items))
    return Programme(policy, items, plan, parameters, clashes, tuple(told))


def plan_for(programme: Programme, items: Iterable[str]) -> Plan:
    """All that some items rest on, from the facts up, and what tells whether they clash with others."""
    own = [id for id in dict.fromkeys(items) if id in programme.items]
    wanted = dict.fromkeys(name for id in own for name in programme.items[id].decided_by)
    for pair in programme.clashes:
        if not set(own).isdisjoint(pair):
            wanted |= dict.fromkeys(programme.items[id].by_member for id in pair)
    return programme.policy.rules.book.plan(programme.policy.day, tuple(wanted))


def times_a_year(item: str, programme: Programme) -> int:
    """How often an item's amount comes in a year; what is reckoned from the bills of twelve months is for all of them."""
    own = programme.items.get(item)
    if own is not None and own.amount:
        plan = programme.policy.rules.book.plan(programme.policy.day, (own.amount,))
        if any(leaf.startswith("bill_") for leaf in plan.leaves):
            return 1
    return TIMES_A_YEAR.get(programme.policy.pack.item(item).frequency, 1)


def asks_income(item: str, programme: Programme) -> bool:
    """Whether an item or its amount depends on what the members earn."""
    own = programme.items.get(item)
    return (
        own is not None
        and "wage_income" in programme.policy.rules.book.plan(programme.policy.day, own.decided_by).leaves
    )


@dataclass(frozen=True)
class Reach:
    """What a change reaches: rules to compute again, items to answer again, and whether the scores move."""

    plan: Plan
    items: tuple[str, ...]
    measures: bool
    scores: bool


def reach(before: Programme, after: Programme) -> Reach:
    """What has to be computed again under the second policy."""
    touched = {
        name
        for name, value in after.parameters.items()
        if value_in(value) != value_in(before.parameters.get(name))
    }
    old, again = before.names, []
    for one in after.plan.rules:
        known = old.get(one.name)
        if known is None or _shape(known) != _shape(one) or touched.intersection(one.inputs):
            touched.add(one.name)
            again.append(one)
    own = {one.name for one in again}
    leaves = dict.fromkeys(name for one in again for name in one.inputs if name not in own)
    items = tuple(
        id
        for id in dict.fromkeys((*before.items, *after.items))
        if _item_changed(before.items.get(id), after.items.get(id), touched)
    )
    first, second = before.policy, after.policy
    asked = (measured_with(one.day, one.pack, one.model) for one in (first, second))
    old_asked, new_asked = ({name: value_in(value) for name, value in one.items()} for one in asked)
    measures = old_asked != new_asked
    scores = measures or _cut(first) != _cut(second)
    return Reach(Plan(second.day, tuple(again), tuple(leaves)), items, measures, scores)


def _item_changed(old: ItemRules | None, new: ItemRules | None, touched: set[str]) -> bool:
    if old is None or new is None:
        return old is not new
    return old.decided_by != new.decided_by or not touched.isdisjoint(new.decided_by)


def _shape(one: Rule) -> tuple[Any, ...]:
    # A decision table is one function for all: its text tells one edition from another.
    content = getattr(one.function, "content", None)
    return one.inputs, one.aware, one.how, one.entity, one.first, content


def value_in(given_: Given | None) -> Any:
    return given_.value if isinstance(given_, Dated) else None


def _cut(policy: Policy) -> Any:
    model = policy.model
    bounds = [bounds_of(one, policy.pack, policy.day) for one in model.indicators.indicators]
    plain = [[(bound.value, bound.points) for bound in one] for one in bounds]
    return plain, dict(model.full), [one.basis_points for one in model.indicators.bands]
