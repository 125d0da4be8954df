"""On which days an item is computed: wholly, for some households only, or not at all, because of what standards are known.

A day is *done* when every standard that the item's answer can need is known and certain; *partly* when some answer with its amount
can be given all the same (a household with nothing needs no limit on money); *unknown* when no household can be told yes with its
amount. What a person has to tell is no matter here: the questions are listed beside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from jishiyu.law.rules.decision_tables import out
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan, Rule
from jishiyu.programmes.rules import amounts
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.from_pack import PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.ready import Ready, ready_for
from jishiyu.programmes.rules.tables import by_rule_name

DayState = Literal["done", "partly", "unknown", "closed"]
FIRST = date(2006, 7, 1)  # the first era that the rules know in full
_A_DAY = timedelta(days=1)
# Settings that are off until the district fills them in, and what a person has to see in any case (the built area of a second
# home is not in the register): without them nothing is lacking.
SETTINGS = frozenset({"rounding_unit", "rounding_way", "work_cost_share", "average_built_area"})
# Rules aware of what is not known that can say yes only when all they read is known.
_NEEDS_ALL = frozenset({
    "on_dibao", "on_hardship_allowance", "low_income_family", "property_within_limits", "in_hardship",
    "severe_without_income",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days in one state; ``last`` None: to this day and on."""

    first: date
    last: date | None
    state: DayState


def days_of(pack: Pack) -> dict[str, tuple[Days, ...]]:
    """The runs of days of each item of the pack, from July 2006 on."""
    starts = sorted(set(_changes(pack)))
    states: dict[str, list[tuple[date, DayState]]] = {item.id: [] for item in pack.items}
    for day in starts:
        rules, ready = rules_of_pack(pack, day), ready_for(pack, day)
        dead = _Dead(pack, rules, ready)
        for item in pack.items:
            runs = states[item.id]
            state = dead.state(item.id)
            if not runs or runs[-1][1] != state:
                runs.append((day, state))
    return {id: tuple(_runs(found)) for id, found in states.items()}


def _runs(found: list[tuple[date, DayState]]) -> Iterator[Days]:
    ends = [first - _A_DAY for first, _ in found[1:]]
    for (first, state), last in zip(found, [*ends, None], strict=True):
        yield Days(first, last, state)


def _changes(pack: Pack) -> Iterator[date]:
    """Every day on which a standard, a rule or an item begins or has ended."""
    yield FIRST
    spans: list[tuple[date | None, date | None]] = []
    for parameter in pack.parameters:
        for value in parameter.values:
            spans += [(value.from_, value.to), (value.doubted_from, None)]
    for name in BOOK.names():
        spans += [(rule.first, rule.last) for rule in BOOK.versions(name)]
    for item in pack.items:
        spans.append((item.effective_from, item.effective_to))
        spans += [(one.since, one.until) for one in item.conditions]
        spans += [(row.since, row.until) for row in (item.amount.rows if item.amount else ())]
    for table in pack.tables:
        spans += [(edition.from_, edition.to) for edition in table.editions]
    for first, last in spans:
        for day in (first, last and last + _A_DAY):
            if day is not None and day > FIRST:
                yield day
    # A limit may rest on the value of the year before (上年度): what ends with a year is missed a year later.
    for parameter in pack.parameters:
        for value in parameter.values:
            if value.to is not None and value.to >= FIRST:
                yield date(value.to.year + 2, 1, 1)


class _Dead:
    """What can have no value on a day, because a standard lacks."""

    def __init__(self, pack: Pack, rules: PackRules, ready: Ready) -> None:
        self._rules, self._ready, self._day = rules, ready, ready.whole.day
        self._tables = by_rule_name(pack.tables)
        self._known: dict[str, bool] = {}
        self._by_name = {rule.name: rule for rule in ready.whole.rules}

    def state(self, item: str) -> DayState:
        own, plan = self._rules.items.get(item), self._ready.plans.get(item)
        if own is None or not isinstance(plan, Plan):
            return "unknown"
        if own.gate == "not_in_force":
            return "closed"
        if self._no_amount(own):
            return "unknown"
        names = {name for name in self._decisive(own, plan) if name in self._rules.parameters}
        return "partly" if any(self._lacks(name) for name in names - SETTINGS) else "done"

    def _decisive(self, own: ItemRules, plan: Plan) -> tuple[str, ...]:
        """The leaves of what decides the item; what only its words name is no matter."""
        asked = [name for name in (*(test.rule for test in own.tests), own.gate, own.amount) if name]
        return self._rules.book.plan(plan.day, tuple(asked)).leaves

    def _no_amount(self, own: ItemRules) -> bool:
        needed = [own.gate] if own.gate else [test.rule for test in own.tests]
        return any(self._dead(name) for name in (*needed, own.amount) if name)

    def _lacks(self, name: str) -> bool:
        return not name.startswith("asked.") and not isinstance(self._ready.parameters.get(name), Dated)

    def _dead(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = False  # what reads itself cannot kill itself
            rule = self._by_name.get(name)
            if rule is not None:
                self._known[name] = self._rule_dead(rule)
            elif name in self._rules.parameters:
                self._known[name] = self._lacks(name)
        return self._known[name]

    def _rule_dead(self, rule: Rule) -> bool:
        function = rule.function
        if isinstance(function, partial) and function.func is amounts.first_that_applies:
            return self._amount_dead(function.args[0], rule.inputs)
        if rule.name in self._tables:
            return self._table_dead(rule.name)
        dead = [self._dead(name) for name in rule.inputs if name not in rule.aware]
        told = [self._dead(name) for name in rule.inputs if name in rule.aware and name not in SETTINGS]
        if any(dead):
            return True
        if function is amounts.all_of or rule.name in _NEEDS_ALL:
            return any(told)
        return bool(told) and all(told) and len(told) == len(rule.inputs)

    def _table_dead(self, name: str) -> bool:
        """Whether no row of the day's table gives anything that is known."""
        table, output = self._tables[name]
        edition = table.edition_on(self._day)
        if edition is None:
            return True
        last = [edition.otherwise] if edition.otherwise is not None else []
        for then in (*(row.then for row in edition.rows), *last):
            given = out(then[output.key])
            if not given.person and not any(self._dead(one) for one in given.names):
                return False
        return True

    def _amount_dead(self, shape: amounts.Shape, inputs: tuple[str, ...]) -> bool:
        gate, *rest = inputs
        given: Mapping[int, bool] = {place: self._dead(name) for place, name in enumerate(rest)}
        place, alive = 0, False
        for conditional in shape.rows:
            blocked = conditional and given[place]
            pays = given[place + conditional]
            alive = alive or not (blocked or pays)
            place += 1 + conditional
            if blocked:  # a row that cannot be told hides those after it
                place = sum(1 + one for one in shape.rows)
                break
        return self._dead(gate) or not alive or any(given[at] for at in range(place, len(rest)))
