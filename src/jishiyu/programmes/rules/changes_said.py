"""Changes of policy in words, and what of an item can be changed."""

from decimal import Decimal
from typing import Any

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.expressions import Expression
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.changes import (
    BandChange,
    Change,
    CutOffChange,
    ParameterChange,
    Policy,
    WeightsChange,
)
from jishiyu.programmes.rules.changes_conditions import MoreCondition, code_of, read_test
from jishiyu.programmes.rules.items import ITEMS


def conditions_of(policy: Policy, item: str) -> list[tuple[str, Sentence]]:
    """The conditions of an item that may be changed: (key, name)."""
    if item in ITEMS:
        return [(code_of(test), test.label) for test in ITEMS[item].tests]
    found = policy.pack.item(item)
    return [(one.key, one.name) for one in found.conditions] if found.tested else []


def say_change(one: Change, policy: Policy) -> Sentence:
    """A change in words, from what to what."""
    pack = policy.pack
    if isinstance(one, ParameterChange):
        return _say_parameter(one, policy)
    if isinstance(one, WeightsChange):
        names = {dim.key: dim.name for dim in pack.indicators.dims}
        zh = "、".join(f"{names[key].zh}{part}" for key, part in one.weights.items())
        en = ", ".join(f"{names[key].en} {part}" for key, part in one.weights.items())
        return sentence("维度权重：{z}", "Weights of dimensions: {e}", z=zh, e=en)
    if isinstance(one, BandChange):
        band = next(each for each in pack.indicators.bands if each.key == one.band)
        words = ("“{n}”由{o}分起改为{v}分起", "“{n}” begins at {v} points, not {o}")
        return sentence(*words, n=band.name, o=band.min, v=one.least)
    if isinstance(one, CutOffChange):
        own = pack.indicators.indicator(one.indicator)
        cut = own.cut_offs[one.number]
        words = (
            "“{n}”第{k}条计分线：{o}（{p}）改为{v}（{q}）",
            "“{n}”, cut-off {k}: {v} ({q}) instead of {o} ({p})",
        )
        return sentence(
            *words, n=own.name, k=one.number + 1, o=cut.value if cut.value is not None else cut.parameter,
            p=cut.points, v=one.value or cut.value, q=one.points or cut.points,
        )  # fmt: skip
    item = pack.item(one.item).name
    if isinstance(one, MoreCondition):
        test = say_test(read_test(one.test), policy)
        return sentence("“{i}”增加条件：{t}", "“{i}” asks as well: {t}", i=item, t=test)
    name = dict(conditions_of(policy, one.item)).get(one.condition, sentence(one.condition, one.condition))
    if one.test is None:
        return sentence("“{i}”不再要求“{c}”", "“{i}” no longer asks for “{c}”", i=item, c=name)
    test = say_test(read_test(one.test), policy)
    return sentence(
        "“{i}”的条件“{c}”改为：{t}", "“{i}”: instead of “{c}” it asks: {t}", i=item, c=name, t=test
    )


def say_test(test: Expression, policy: Policy) -> Sentence:
    """A test in words: names of rules and groups, their parameters with the day's value, joined by and, or, not."""
    if test.question is not None:
        return test.question.words
    if test.op == "not":
        return sentence("不是（{t}）", "not ({t})", t=say_test(test.parts[0], policy))
    if test.parts:
        told = [say_test(one, policy) for one in test.parts]
        zh, en = (" 且 ", " and ") if test.op == "all" else (" 或 ", " or ")
        return sentence(
            "（{z}）",
            "({e})",
            z=zh.join(one.say("zh") for one in told),
            e=en.join(one.say("en") for one in told),
        )
    groups = {one.key: one.name for one in policy.pack.groups}
    book = policy.rules.book
    name = groups.get(test.test) or (
        book.versions(test.test)[0].label if test.test in book else sentence("{k}", "{k}", k=test.test)
    )
    if not test.given:
        return name
    given = [_say_given(id, policy) for _, id in test.given]
    zh = "、".join(one.say("zh") for one in given)
    en = ", ".join(one.say("en") for one in given)
    return sentence("{n}（{z}）", "{n} ({e})", n=name, z=zh, e=en)


def _say_given(id: str, policy: Policy) -> Sentence:
    name = next((one.name for one in policy.pack.parameters if one.id == id), sentence("{k}", "{k}", k=id))
    try:
        found = policy.pack.dated(id, policy.day)
    except CannotBecause:
        return name
    value = natural(found) if isinstance(found, Dated) else found.text
    return sentence("{n} {v}", "{n} {v}", n=name, v=value)


def _say_parameter(one: ParameterChange, policy: Policy) -> Sentence:
    parameter = next(each for each in policy.pack.parameters if each.id == one.id)
    try:
        found = policy.pack.dated(one.id, policy.day)
        old: Any = natural(found) if isinstance(found, Dated) else found.text
    except CannotBecause:
        old = sentence("未知", "not known")
    words = (
        "{n}：自{d}起由{o}改为{v}（{u}）",
        "{n}: {v} instead of {o} ({u}) from {d}",
    )
    return sentence(
        *words,
        n=parameter.name,
        d=policy.day,
        o=old,
        v=one.value,
        u=_UNITS.get(parameter.unit, sentence(parameter.unit, parameter.unit)),
    )


_UNITS = {
    "yuan": sentence("元", "yuan"),
    "ratio": sentence("比例", "ratio"),
    "m2": sentence("平方米", "m²"),
    "months": sentence("月", "months"),
    "days": sentence("天", "days"),
    "years": sentence("岁或年", "years"),
}  # fmt: skip


def natural(value: Dated) -> str:
    """A value in its natural unit, as one writes it: ``1245``, ``0.1``."""
    scale = {"yuan": 100, "ratio": 10_000, "m2": 100}.get(value.unit, 1)
    exact = Decimal(value.value) / scale
    return f"{exact.normalize():f}"
