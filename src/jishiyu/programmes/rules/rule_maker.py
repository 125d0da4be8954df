"""Expressions of the pack become rules of the engine, named by their own text, so that items which ask the same share them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial
from typing import Any

from jishiyu.assessment.rules.parameters import Ask
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.expressions import Expression, Question, in_days_of_year
from jishiyu.law.rules.items import Group
from jishiyu.law.rules.rulebook import BEGINNING, Entity, Rule, RuleBook, Unit, aggregate
from jishiyu.programmes.rules import amounts
from jishiyu.programmes.rules.used_aid import VALUES
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

_FACTS: dict[str, Entity] = {one.name: "household" for one in fields(HouseholdSituation)}
_FACTS |= {one.name: "person" for one in fields(MemberSituation)}
_FACTS["age"] = "person"
_FACTS |= VALUES
for _no_number in (
    "household_id",
    "sub_district",
    "as_of",
    "members",
    "bills",
    "event_on",
    "person_id",
    "born",
    "identities",
):
    del _FACTS[_no_number]


class NoSuchTest(CannotBecause):
    """The pack names a test, a value or a parameter that there is none of: the pack has to be mended."""

    def __init__(self, zh: str, en: str, **values: object) -> None:
        super().__init__("programmes.no_such_test", sentence(zh, en, **values))


@dataclass
class RuleMaker:
    """Makes rules on one day beside those of a book. ``ids``: the pack's parameters; ``groups``: its named tests."""

    book: RuleBook
    ids: frozenset[str]
    day: date
    parameters: dict[str, Ask]
    groups: Mapping[str, Group]
    rules: dict[str, Rule] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)

    def test(self, one: Expression) -> str:
        """The name of the rule that decides an expression."""
        if one.op == "ask":
            return self._question(one)
        if one.op == "is":
            return self._bound(one)
        if one.op == "days":
            there = in_days_of_year(one.test, self.day)
            function = partial(amounts.on_these_days, there)
            return self.rule(
                one.key,
                "household",
                ("member_count",),
                function,
                "当日在该期间内",
                "The day lies in the span",
            )
        if one.op == "not":
            inner = self.test(one.parts[0])
            return self.rule(
                one.key, self.entity(inner), (inner,), amounts.negated, "不属于", "Not so", aware=True
            )
        names = [self.test(part) for part in one.parts]
        entity: Entity = "person" if "person" in map(self.entity, names) else "household"
        return self.joined(one.op, names, one.key, entity)

    def value(self, one: Expression) -> str:
        """The name of the parameter, fact, rule or answer that gives an amount."""
        if one.op == "is" and not one.given:
            return self.named(one.test)
        return self.test(one)

    def named(self, name: str) -> str:
        """A parameter, fact or rule by its name. Raises :class:`NoSuchTest` for none of these."""
        if name in self.ids:
            self.parameters[name] = Ask(name)
        elif name not in self.book and name not in _FACTS and name not in self.rules:
            raise NoSuchTest(
                "没有名为“{n}”的参数、事实或规则", "no parameter, fact or rule is called “{n}”", n=name
            )
        return name

    def _group(self, group: Group) -> str:
        if group.key not in self.rules:
            inner = self.test(group.test)
            self.rule(
                group.key,
                self.entity(inner),
                (inner,),
                amounts.as_told,
                group.name.zh,
                group.name.en,
                aware=True,
            )
        return group.key

    def _bound(self, one: Expression) -> str:
        if one.test in self.groups and not one.given:
            return self._group(self.groups[one.test])
        if one.test not in self.book:
            raise NoSuchTest("没有名为“{n}”的判断", "no test is called “{n}”", n=one.test)
        if not one.given:
            return one.test
        given = dict(one.given)
        free = {name for name in self.book.inputs(one.test) if name not in self.book and name not in _FACTS}
        unknown = set(given) - free or {id for id in given.values() if id not in self.ids}
        if unknown:
            raise NoSuchTest(
                "“{t}”不能带“{n}”", "“{t}” cannot be given “{n}”", t=one.test, n=", ".join(sorted(unknown))
            )
        self.parameters |= {id: Ask(id) for id in given.values()}
        # With no version in force that day the first stands for all: the plan then says that none is.
        versions = self.book.versions(one.test)
        version = next((each for each in versions if each.holds(self.day)), versions[0])
        inputs = tuple(given.get(name, name) for name in version.inputs)
        aware = frozenset(given.get(name, name) for name in version.aware)
        self.rules[one.key] = replace(version, name=one.key, inputs=inputs, aware=aware)
        return one.key

    def _question(self, one: Expression) -> str:
        asked = one.question
        if asked is None:
            raise NoSuchTest("“{n}”没有写问题", "“{n}” asks nothing", n=one.key)
        known = self.questions.setdefault(asked.key, asked)
        if known != asked:
            raise NoSuchTest("问题“{n}”有两种写法", "the question “{n}” is asked in two ways", n=asked.key)
        unit: Unit = "flag" if asked.unit == "flag" else "fen"
        return self.rule(
            one.key, "household", (f"asked.{asked.key}",), amounts.as_told, asked.zh, asked.en, unit=unit
        )

    def joined(self, op: str, names: list[str], key: str, entity: Entity) -> str:
        """One rule over several: ``all`` of them, or ``any``."""
        if len(names) == 1 and self.entity(names[0]) == entity:
            return names[0]
        function = amounts.all_of if op == "all" else amounts.one_of
        words = ("同时符合", "All of them") if op == "all" else ("符合其中之一", "One of them")
        return self.rule(key, entity, tuple(names), function, *words, aware=True)

    def of_household(self, name: str) -> str:
        """Whether any member is so, where a rule speaks of members."""
        if self.entity(name) == "household":
            return name
        own = f"any({name})"
        self.rules.setdefault(own, aggregate(own, "any", name, zh="有这样的成员", en="A member is so"))
        return own

    def summed(self, name: str) -> str:
        """The sum over members, where a rule speaks of members."""
        if self.entity(name) == "household":
            return name
        own = f"sum({name})"
        self.rules.setdefault(own, aggregate(own, "sum", name, zh="各成员合计", en="Of all members"))
        return own

    def entity(self, name: str) -> Entity:
        """Whether a rule, fact or parameter speaks of persons or of households."""
        if name in self.rules:
            return self.rules[name].entity
        return self.book.entity(name) if name in self.book else _FACTS.get(name, "household")

    def rule(
        self, name: str, entity: Entity, inputs: tuple[str, ...], function: Any, zh: str, en: str, *,
        unit: Unit = "flag", aware: bool = False, cites: str = "",
    ) -> str:  # fmt: skip
        """Enter a rule in the book; ``aware`` of what is not known in any of its inputs."""
        self.rules[name] = Rule(
            name, entity, inputs, function, cites, BEGINNING, None, Sentence(zh, en),
            frozenset(inputs) if aware else frozenset(), unit=unit,
        )  # fmt: skip
        return name
