"""Conditions of items that are tried: one is not asked any more, another test is asked instead, or one more is asked.

An item whose rules the pack writes gets another page; of an item whose rules are code the list of tests is changed. A test is
written in the pack's own language (:mod:`jishiyu.law.rules.expressions`); nothing is evaluated as code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import yaml

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.expressions import Expression, expression
from jishiyu.law.rules.items import BenefitItem, Condition
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parts import Part, Unreadable
from jishiyu.programmes.rules.from_pack import PackRules, maker_for
from jishiyu.programmes.rules.items import ITEMS, Test
from jishiyu.programmes.rules.words import WORDS

_MOST_TEXT = 600
_ONLY = sentence("这是唯一的条件，不能去掉", "It is the only condition and cannot be dropped")


class ConditionChange(Part):
    """A condition of an item is not asked, or another test is asked instead."""

    kind: Literal["condition"] = "condition"
    item: str
    condition: str
    test: Any = None


class MoreCondition(Part):
    """One more condition of an item is asked: a test in the pack's language."""

    kind: Literal["more"] = "more"
    item: str
    test: Any


def written_test(text: str) -> Any:
    """A test that was typed, as plain data: ``{all: [on_dibao, {not: destitute}]}``. Raises CannotBecause in plain words."""
    try:
        found = yaml.safe_load(text[:_MOST_TEXT])
    except yaml.YAMLError as error:
        raise CannotBecause("what_if.unreadable", _UNREADABLE, _FORMS) from error
    read_test(found)
    return found


_UNREADABLE = sentence(
    "这条写法读不懂：括号、冒号或引号不配对", "This cannot be read: brackets, colons or quotes do not match"
)
_FORMS = sentence(
    "写法：on_dibao；{l}all: [on_dibao, {l}not: destitute{r}]{r}；{l}any: [on_dibao, low_income_family]{r}",
    "Write: on_dibao; {l}all: [on_dibao, {l}not: destitute{r}]{r}; {l}any: [on_dibao, low_income_family]{r}",
    l="{", r="}",
)  # fmt: skip


def read_test(data: Any) -> Expression:
    """A test from plain data. Raises CannotBecause (``what_if.unreadable``)."""
    try:
        return expression(data)
    except Unreadable as error:
        raise CannotBecause("what_if.unreadable", error.sentence, _FORMS) from error


def with_condition(item: BenefitItem, one: ConditionChange | MoreCondition) -> BenefitItem:
    """An item that the pack writes, with a condition changed."""
    if not item.tested:
        raise CannotBecause(
            "what_if.not_written", sentence("该项目还没有规则，不能试算", "The rules of this item are not written, so nothing can be tried")
        )  # fmt: skip
    if isinstance(one, MoreCondition):
        taken = sum(each.key.startswith("tried_") for each in item.conditions)
        test = read_test(one.test)
        more = Condition(key=f"tried_{taken + 1}", name=_as_words(test), test=test)
        return item.model_copy(update={"conditions": (*item.conditions, more)})
    own = require_condition(one.condition, {each.key: each for each in item.conditions})
    if one.test is None:
        rest = tuple(each for each in item.conditions if each.key != one.condition)
        if not rest:
            raise CannotBecause("what_if.only_condition", _ONLY)
        return item.model_copy(update={"conditions": rest})
    test = read_test(one.test)
    made = own.model_copy(update={"test": test, "name": _as_words(test), "met": None, "not_met": None})
    return item.model_copy(
        update={"conditions": tuple(made if each.key == one.condition else each for each in item.conditions)}
    )


def _as_words(test: Expression) -> Sentence:
    return sentence("{k}", "{k}", k=test.key)


def require_condition(key: str, among: dict[str, Any]) -> Any:
    """The condition of a key. Raises CannotBecause (``what_if.no_such_thing``)."""
    if key not in among:
        raise CannotBecause(
            "what_if.no_such_thing", sentence("没有“{k}”这一条件", "There is no condition “{k}”", k=key)
        )
    return among[key]


def with_tests(
    rules: PackRules, pack: Pack, day: date, changes: Sequence[ConditionChange | MoreCondition]
) -> PackRules:
    """Rules whose items that are code have other tests."""
    if not changes:
        return rules
    maker = maker_for(pack, day)
    items = dict(rules.items)
    for one in changes:
        own = items[one.item]
        test = None if one.test is None else _made(maker, read_test(one.test))
        if isinstance(one, MoreCondition):
            items[one.item] = replace(own, tests=(*own.tests, *((test,) if test else ())))
            continue
        require_condition(one.condition, {code_of(each): each for each in own.tests})
        tests = tuple(
            each if code_of(each) != one.condition else replace(test, code=one.condition) if test else None
            for each in own.tests
        )
        left = tuple(each for each in tests if each is not None)
        if not left:
            raise CannotBecause("what_if.only_condition", _ONLY)
        items[one.item] = replace(own, tests=left)
    new = [one for name, one in maker.rules.items() if name not in rules.book]
    return replace(
        rules, items=items, book=rules.book.with_more(new), parameters=dict(rules.parameters) | maker.parameters,
        questions=dict(rules.questions) | maker.questions,
    )  # fmt: skip


def _made(maker: Any, test: Expression) -> Test:
    name = maker.of_household(maker.test(test))
    words = _as_words(test)
    met, not_met = WORDS.get(name, (words, sentence("不符合：{n}", "Not so: {n}", n=words)))
    return Test(name, words, met, not_met)


def code_of(test: Test) -> str:
    """The key of a condition of an item whose rules are code."""
    return test.code or test.rule


def offered_tests(pack: Pack) -> dict[str, Expression]:
    """The single tests that the pack asks anywhere, by their own text: what may be picked for another condition."""
    found: dict[str, Expression] = {}
    for written in _tests_of(pack):
        for one in written.walk():
            if one.op == "is":
                found.setdefault(one.key, one)
    return found


def _tests_of(pack: Pack) -> Iterator[Expression]:
    for group in pack.groups:
        yield Expression("is", group.key)
        yield group.test
    for item in pack.items:
        for condition in item.conditions:
            if condition.test is not None:
                yield condition.test
    for own in ITEMS.values():
        yield from (Expression("is", test.rule) for test in own.tests)
