"""The kernel over some items only: the very rules that a baseline was written for by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jishiyu.law.rules.columns import Population
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.exclusion import Pair
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.screening import Answer, Screening, Values


@dataclass(frozen=True)
class SomeItems(Screening):
    """As the whole kernel, for the items named."""

    only: Sequence[str] = ()

    @cached_property
    def items(self) -> dict[str, ItemRules]:
        """The items named that have rules in force on the day."""
        whole = Screening(self.pack, self.day, self.model).items
        return {id: whole[id] for id in self.only}

    @cached_property
    def clashes(self) -> dict[Pair, str]:
        """None: which of two items goes first is not part of the baseline."""
        return {}

    def answer(self, people: Population) -> dict[str, Answer]:
        """An answer for each item named."""
        values = Values(
            run(self.plan, people, self.parameters, keep=self.asked), self.parameters, len(people.counts)
        )
        return {id: self.answer_of(id, 0, values) for id in self.only}
