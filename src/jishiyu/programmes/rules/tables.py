"""The pack's decision tables as rules: their inputs are tests and values of the pack, their rows are looked up in arrays."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from jishiyu.assessment.rules import facts
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.columns import Column
from jishiyu.law.rules.decision_tables import DecisionTable, Edition, TableInput, TableOutput, Vocabulary
from jishiyu.law.rules.expressions import Expression
from jishiyu.law.rules.parameters import Unit
from jishiyu.law.rules.rulebook import Entity, Rule
from jishiyu.law.rules.rulebook import Unit as RuleUnit
from jishiyu.law.rules.table_grid import Lookup, sheet_of
from jishiyu.law.rules.table_words import tell
from jishiyu.programmes.rules.rule_maker import NoSuchTest, RuleMaker
from jishiyu.registry.rules import vocabulary as words

_GRADES = {grade: sentence(f"{name}级", f"grade {grade}") for grade, name in enumerate("一二三四", 1)}
_SCHOOLING: dict[str, Sentence] = words.SCHOOLING
# What a fact's codes are called in a table, and their numbers in the columns.
VOCABULARIES: dict[str, Vocabulary] = {
    **{
        fact: {word: (place, said[word]) for word, place in codes.items()}
        for fact, codes, said in (
            ("marital", facts.MARITAL, words.MARITAL),
            ("employment", facts.EMPLOYMENT, words.EMPLOYMENT),
            ("work_capacity", facts.WORK_CAPACITY, words.WORK_CAPACITY),
            ("schooling", facts.SCHOOLING, _SCHOOLING),
            ("medical_insurance", facts.MEDICAL_INSURANCE, words.MEDICAL_INSURANCE),
            ("illness", facts.ILLNESS, words.ILLNESS),
            ("tenure", facts.TENURE, words.TENURE),
            ("support", facts.SUPPORT, words.SUPPORT),
            ("event", facts.EVENT, words.EVENT),
        )
    },
    "sex": {str(code): (code, said) for code, said in words.SEX.items()},
    "disability_category": {
        said.en.replace(" ", "_"): (code, said) for code, said in words.DISABILITY.items()
    },
    "disability_grade": {str(grade): (grade, said) for grade, said in _GRADES.items()},
}
_UNITS: Mapping[Unit, RuleUnit] = {"yuan": "fen", "ratio": "basis_points", "m2": "dm2", "days": "days"}


def vocabulary_of(one: TableInput) -> Vocabulary | None:
    """The codes that an input can have, by the fact that it is."""
    return VOCABULARIES.get(one.of.key)


@dataclass
class TableMaker(RuleMaker):
    """A maker of rules that knows the pack's tables: a table becomes a rule when something names it."""

    tables: Mapping[str, tuple[DecisionTable, TableOutput]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def named(self, name: str) -> str:
        """A parameter, fact, rule or table by its name. Raises NoSuchTest for none of these, and for a table within itself."""
        if name not in self.tables or name in self.rules:
            return super().named(name)
        if name in self._begun:
            raise NoSuchTest("表“{n}”要用到它自己", "table “{n}” needs itself", n=name)
        self._begun.add(name)
        return enter(self, *self.tables[name])

    def test(self, one: Expression) -> str:
        """The name of the rule that decides an expression; a table may stand for a test."""
        if one.op == "is" and not one.given and one.test in self.tables:
            return self.named(one.test)
        return super().test(one)


def by_rule_name(tables: Iterable[DecisionTable]) -> dict[str, tuple[DecisionTable, TableOutput]]:
    """The values that tables give, by their names."""
    return {table.rule_name(one.key): (table, one) for table in tables for one in table.outputs}


def enter(make: RuleMaker, table: DecisionTable, output: TableOutput) -> str:
    """Enter one output of a table as a rule, by the edition in force on the maker's day, or one that knows nothing."""
    name = table.rule_name(output.key)
    entity: Entity = "person" if table.each == "member" else "household"
    edition = table.edition_on(make.day)
    inputs = tuple(_input(make, one, entity) for one in table.inputs)
    sheet = sheet_of(
        table.inputs, output.key, output.unit, edition or _none(table), [vocabulary_of(one) or {} for one in table.inputs]
    )  # fmt: skip
    for one in sheet.names:
        make.named(one)
    names = tuple(dict.fromkeys((*inputs, *sheet.names)))
    content = digest([table.key, output.key, edition.model_dump(mode="json") if edition else None])
    lookup = Lookup(sheet, inputs, names, content)
    first, last = (edition.from_, edition.to) if edition else (make.day, make.day)
    make.rules[name] = Rule(
        name, entity, names, lookup, edition.citation.zh if edition else "", first or make.day, last,
        table.name if len(table.outputs) == 1 else Sentence(f"{table.name.zh}：{output.name.zh}", f"{table.name.en}: {output.name.en}"),
        frozenset(names), unit=_UNITS.get(output.unit, "count"), tells=partial(_told, lookup),
    )  # fmt: skip
    return name


def _told(lookup: Lookup, *arguments: Any) -> Any:
    return tell(lookup, arguments)


def _input(make: RuleMaker, one: TableInput, entity: Entity) -> str:
    if one.type != "flag":
        return make.value(one.of)
    name = make.test(one.of)
    return make.of_household(name) if entity == "household" else name


def _none(table: DecisionTable) -> Edition:
    """On a day without an edition nothing is known: a person has to judge."""
    given = {one.key: "person" for one in table.outputs}
    citation = {"zh": "当日没有有效版本", "en": "no edition in force that day"}
    return Edition.model_validate(
        {
            "from": None,
            "to": None,
            "rows": ({"then": given},),
            "citation": citation,
            "confidence": "uncertain",
        }
    )


def decided(
    table: DecisionTable,
    edition: Edition,
    case: Mapping[str, int | bool | None],
    number: Callable[[str], int | None],
) -> list[tuple[TableOutput, Sentence]]:
    """What an edition decides of one case, in words, for each output. ``case``: the inputs by key, None for not known.

    ``number`` gives the parameters' values; a result that is reckoned from a household's own values is named only.
    """
    words = [vocabulary_of(one) or {} for one in table.inputs]
    found = []
    for one in table.outputs:
        sheet = sheet_of(table.inputs, one.key, one.unit, edition, words)
        keys = tuple(each.key for each in table.inputs)
        lookup = Lookup(sheet, keys, (*keys, *sheet.names), "")
        columns = [
            Column(np.array([value or 0]), None if value is not None else np.array([False]))
            for value in (case.get(key) for key in keys)
        ]
        found.append((one, tell(lookup, [*columns, *(number(name) for name in sheet.names)]).words))
    return found
