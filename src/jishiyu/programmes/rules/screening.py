"""Score and every item of the pack for many households at once: the same answers as one by one, as arrays.

This is the kernel of the district's run, of plain files and of the cluster. What one household's page says in words
(:mod:`jishiyu.programmes.rules.deciding`) is here an outcome code for each household; tests compare both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from jishiyu.assessment.rules.parameters import given
from jishiyu.assessment.rules.score import Model, Scores, score_population
from jishiyu.law.rules.columns import Array, Column, Mask, Population
from jishiyu.law.rules.engine import Given, run
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan
from jishiyu.programmes.rules.compute import Told, plan_of, with_used_aid
from jishiyu.programmes.rules.entitlement import Met, Outcome
from jishiyu.programmes.rules.exclusion import Pair, pairs_of, yields_of
from jishiyu.programmes.rules.from_pack import PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.ready import clashes_in_force
from jishiyu.programmes.rules.used_aid import AidHad, with_aid_of

Had = Mapping[int, tuple[AidHad, Sequence[str]]]
OUTCOMES: tuple[Outcome, ...] = ("eligible", "cannot_compute", "not_eligible")
ELIGIBLE, CANNOT, NOT = range(3)
CONDITIONS: tuple[Met, ...] = ("met", "unknown", "not_met")
_MET, _UNKNOWN, _NOT_MET = range(3)  # in step with the outcomes: the worst condition is the item's
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """One item for a chunk of households. ``amount`` means something where it is known and the outcome is eligible,

    ``at_least`` where it is above zero. ``yields_to`` is the place of the item that goes before this one, or -1.
    """

    item: str
    outcome: Array
    amount: Column | None
    at_least: Array | None
    conditions: Array
    yields_to: Array | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """What a chunk of households came to: the score, and an answer for each item in the pack's order."""

    scores: Scores
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Screening:
    """All that a run needs but the households: the pack, its rules on one legal date, and the weights."""

    pack: Pack
    day: date
    model: Model

    @cached_property
    def rules(self) -> PackRules:
        """The pack's rules on the day."""
        return rules_of_pack(self.pack, self.day)

    @cached_property
    def items(self) -> dict[str, ItemRules]:
        """The items that have rules in force on the day."""
        rules = self.rules
        return {id: one for id, one in rules.items.items() if isinstance(plan_of(rules, one, self.day), Plan)}

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The values that decide any item."""
        names = [name for one in self.items.values() for name in one.decided_by]
        return tuple(dict.fromkeys([*names, *self.clashes.values()]))

    @cached_property
    def plan(self) -> Plan:
        """One plan for what decides any item; what only its words need is left out."""
        return self.rules.book.plan(self.day, self.asked)

    @cached_property
    def parameters(self) -> dict[str, Given]:
        """The day's parameters; a question that a person would have to answer is not known."""
        known = given(self.pack, self.rules.parameters, self.plan.leaves, self.day, certain=True)
        return known | self.rules.unanswered({})

    def screen(
        self, people: Population, told: Mapping[int, Told] | None = None, had: Had | None = None
    ) -> Screened:
        """Score and all items for a chunk.

        ``told``: by row, what people told of a household in answer to the pack's questions. ``had``: by row, the aid that a
        household had already, with its members' ids; of the others nobody is taken to have had any.
        """
        scores = score_population(people, self.day, self.pack, self.model)
        return Screened(scores, self.answers(people, told, had))

    def answers(
        self, people: Population, told: Mapping[int, Told] | None = None, had: Had | None = None
    ) -> tuple[Answer, ...]:
        """All items for a chunk, in the pack's order."""
        size = int(people.counts.sum())
        people = with_used_aid(people, None, [""] * size)
        if had:
            people = with_aid_of(people, had)
        parameters = self.parameters
        if told:
            answers = self._told(told, len(people.counts))
            people = Population(people.counts, {**people.households, **answers}, people.members)
            parameters = {name: one for name, one in parameters.items() if name not in answers}
        found_values = run(self.plan, people, parameters, keep=self.asked)
        values = Values(found_values, parameters, len(people.counts))
        found = [self.answer_of(item.id, len(item.conditions), values) for item in self.pack.items]
        return with_rivals(found, self._clashes(values), self._places)

    def _told(self, told: Mapping[int, Told], size: int) -> dict[str, Column]:
        """The questions that were answered for some households of a chunk, as columns known where they were."""
        found = {}
        for key, one in self.rules.questions.items():
            rows = [row for row, own in told.items() if key in own]
            if rows:
                values = np.zeros(size, bool if one.unit == "flag" else np.int64)
                known = np.zeros(size, bool)
                values[rows], known[rows] = [told[row][key] for row in rows], True
                found[f"asked.{key}"] = Column(values, known)
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {item.id: place for place, item in enumerate(self.pack.items)}

    @cached_property
    def clashes(self) -> dict[Pair, str]:
        """The rules by which two items that are paid by member clash."""
        return clashes_in_force(self.rules, self.items)

    def _clashes(self, values: "Values") -> dict[Pair, Mask | None]:
        """Where each pair of items that exclude each other clashes; what cannot be told counts as a clash."""
        found: dict[Pair, Mask | None] = dict.fromkeys(pairs_of(self.pack))
        for pair, name in self.clashes.items():
            true, known = values.flags(name)
            found[pair] = true | ~known
        return found

    def answer_of(self, item: str, conditions: int, values: "Values") -> Answer:
        if item not in self.items:
            size = values.size
            return Answer(
                item,
                np.full(size, CANNOT, np.int8),
                None,
                None,
                np.full((conditions, size), _UNKNOWN, np.int8),
            )
        own = self.items[item]
        told = [values.code(test.rule) for test in own.tests]
        gate = values.code(own.gate) if own.gate is not None else _worst(told)
        amount = values.amounts(own.amount) if own.amount else None
        outcome = gate
        if amount is not None and amount.known is not None:
            # What is not closed cannot be computed without its amount.
            outcome = np.maximum(gate, (~amount.known).view(np.int8))
        least = None
        if own.at_least:
            certain = values.amounts(own.at_least)
            least = np.where((outcome == CANNOT) & (gate == _MET) & certain.mask(), certain.values, 0)
        return Answer(item, outcome, amount, least, np.array(told))


def _worst(codes: Sequence[Array]) -> Array:
    """One condition not met closes an item, else one not known leaves it open: the highest of the codes."""
    found = codes[0]
    for code in codes[1:]:
        found = np.maximum(found, code)
    return found


def with_rivals(
    answers: Sequence[Answer], rivals: Mapping[Pair, Mask | None], places: Mapping[str, int]
) -> tuple[Answer, ...]:
    """The answers with ``yields_to``, as :func:`jishiyu.programmes.rules.exclusion.with_exclusions` has it.

    ``rivals``: the pairs that exclude each other, with the households in which they clash (None: in all).
    """
    ids = sorted({id for pair in rivals for id in pair})
    if not ids:
        return tuple(answers)
    row = {id: number for number, id in enumerate(ids)}
    of = [answers[places[id]] for id in ids]
    eligible = np.stack([one.outcome == ELIGIBLE for one in of])
    money = np.stack([_money(one) for one in of])
    clashes = {(row[first], row[second]): where for (first, second), where in rivals.items()}
    rows = yields_of(ids, money, eligible, clashes)
    back = np.array([*(places[id] for id in ids), _NOBODY], np.int16)
    yielding = {places[id]: back[rows[number]] for id, number in row.items()}
    return tuple(
        replace(one, yields_to=yielding[place]) if place in yielding else one
        for place, one in enumerate(answers)
    )


def _money(one: Answer) -> Array:
    if one.amount is None:
        return np.zeros(len(one.outcome), np.int64)
    return np.where(one.outcome == ELIGIBLE, one.amount.values, 0)


@dataclass(frozen=True, slots=True)
class Values:
    columns: Mapping[str, Column]
    parameters: Mapping[str, Given]
    size: int
    codes: dict[str, Array] = field(default_factory=dict)

    def flags(self, name: str) -> tuple[Mask, Mask]:
        """Which households it is true for, and for which it is known."""
        column = self._column(name)
        return column.values.astype(bool, copy=False), column.mask()

    def code(self, name: str) -> Array:
        """Met, not known or not met, for each household. Many items share a condition, so each is made once."""
        if name not in self.codes:
            column = self._column(name)
            no = ~column.values.astype(bool, copy=False)
            if column.known is None:
                code = no.view(np.int8) + no.view(np.int8)
            else:
                no &= column.known
                code = no.view(np.int8) + no.view(np.int8) + (~column.known).view(np.int8)
            self.codes[name] = code
        return self.codes[name]

    def amounts(self, name: str) -> Column:
        column = self._column(name)
        return Column(column.values.astype(np.int64, copy=False), column.known)

    def _column(self, name: str) -> Column:
        if name in self.parameters:
            one = self.parameters[name]
            known = isinstance(one, Dated)
            return Column(
                np.full(self.size, one.value if isinstance(one, Dated) else 0), np.full(self.size, known)
            )
        column = self.columns[name]
        if len(column.values) != self.size:
            raise TypeError(f"{name} speaks of members: an item's answer needs a value of the household")
        return column
