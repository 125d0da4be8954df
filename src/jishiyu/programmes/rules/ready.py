"""What is the same for every household on a day: each item's plan, one plan for all, and the parameters in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from jishiyu.assessment.rules.parameters import given
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.rules.alone import Alone, Kernel
from jishiyu.law.rules.engine import Given
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.rulebook import Plan, RuleBook
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.deciding import places
from jishiyu.programmes.rules.exclusion import Pair
from jishiyu.programmes.rules.from_pack import ByVersion, PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ItemRules

KERNELS = 8  # kept at a time: which questions people answer differs


@dataclass(frozen=True)
class Ready:
    """Plans and parameters of one pack on one day; questions stand among the parameters as values that cannot be had."""

    plans: Mapping[str, Plan | CannotBecause]
    whole: Plan
    parameters: Mapping[str, Given]
    clashes: Mapping[Pair, str] = field(default_factory=dict)
    kernels: dict[frozenset[str], Kernel] = field(default_factory=dict)

    def kernel(self, told: Iterable[str], household: Alone) -> Kernel:
        """The whole plan for one household after another, by which questions were answered."""
        answered = frozenset(f"asked.{key}" for key in told)
        found = self.kernels.get(answered)
        if found is None:
            if len(self.kernels) >= KERNELS:
                self.kernels.clear()
            left = {name: value for name, value in self.parameters.items() if name not in answered}
            found = self.kernels[answered] = Kernel(self.whole, left, household)
        return found


def wanted_of(item: ItemRules, book: RuleBook = BOOK) -> tuple[str, ...]:
    """The rules that an item's answer needs: its conditions and what their words name, its amount, and its chain."""
    words = (template for test in item.tests for template in (test.met, test.not_met))
    named = (name for template in words for name in places(template) if name in book)
    more = (item.amount, item.at_least, item.gate, *(one for row in item.rows for one in row))
    tested = (test.rule for test in item.tests)
    return tuple(dict.fromkeys((*tested, *named, *(one for one in more if one), *item.shown)))


def plan_of(rules: PackRules, item: ItemRules, day: date) -> Plan | CannotBecause:
    """What to compute for an item on a day, or why there is nothing to compute."""
    try:
        return rules.book.plan(day, wanted_of(item, rules.book))
    except CannotBecause as refusal:
        return refusal


def clashes_in_force(rules: PackRules, items: Iterable[str]) -> dict[Pair, str]:
    """The rules that say where two items clash, of those that are answered on the day."""
    answered = set(items)
    return {pair: name for pair, name in rules.clashes.items() if answered.issuperset(pair)}


def ready_for(pack: Pack, day: date) -> Ready:
    """Made once for a pack and a day."""
    return _made(ByVersion(pack), day)


@lru_cache(maxsize=64)
def _made(version: ByVersion, day: date) -> Ready:
    rules = rules_of_pack(version.pack, day)
    plans = {id: plan_of(rules, one, day) for id, one in rules.items.items()}
    found = [plan for plan in plans.values() if isinstance(plan, Plan)]
    clashes = clashes_in_force(rules, [id for id, plan in plans.items() if isinstance(plan, Plan)])
    wanted = dict.fromkeys((*(rule.name for plan in found for rule in plan.rules), *clashes.values()))
    whole = rules.book.plan(day, tuple(wanted))
    goods = (name for one in rules.items.values() for name in one.goods)
    leaves = dict.fromkeys((*whole.leaves, *(leaf for plan in found for leaf in plan.leaves), *goods))
    parameters = given(version.pack, rules.parameters, leaves, day, certain=True) | rules.unanswered({})
    return Ready(plans, whole, parameters, clashes)
