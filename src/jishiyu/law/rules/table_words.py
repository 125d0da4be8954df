"""Decision tables in words: what a cell asks, what a row gives, and which row decided a case."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.columns import Column
from jishiyu.law.rules.decision_tables import Bound, Cell, Out, TableInput, Vocabulary
from jishiyu.law.rules.parameters import Unit
from jishiyu.law.rules.rulebook import Told
from jishiyu.law.rules.table_grid import Axis, Bounds, Lookup, Sheet, bound_of, fits

_UNITS: dict[str, tuple[str, str]] = {
    "yuan": ("{n}元", "{n} yuan"), "ratio": ("{n}%", "{n}%"), "m2": ("{n}平方米", "{n} m²"), "months": ("{n}个月", "{n} months"),
    "days": ("{n}日", "{n} days"), "hours": ("{n}小时", "{n} hours"), "years": ("{n}年", "{n} years"), "persons": ("{n}人", "{n}"),
    "households": ("{n}户", "{n} households"),
}  # fmt: skip
ANYTHING = sentence("任何情况", "any case")
FOR_A_PERSON = sentence("由人判断", "for a person to judge")
_NOT_KNOWN = sentence("（未知）", "(not known)")


def say_number(value: int, unit: Unit) -> Sentence:
    """An integer of rules with its unit."""
    if unit == "yuan":
        shown = yuan_text(value).removesuffix(".00")
    else:
        shown = f"{value / 100:g}" if unit in ("ratio", "m2") else f"{value:,}"
    return sentence(*_UNITS.get(unit, ("{n}", "{n}")), n=shown)


def say_bound(bound: Bound | None, unit: Unit, known: Bounds) -> Sentence:
    """A bound: its number, or the parameter's value where it is known."""
    value = bound_of(bound, unit, known)
    if value is not None:
        return say_number(value, unit)
    return _NOT_KNOWN if not isinstance(bound, str) else Sentence(bound, bound)


def say_asked(one: TableInput, asked: Cell, known: Bounds, words: Vocabulary) -> Sentence:
    """What a cell asks, without the name of its input."""
    if asked.flag is not None:
        return sentence("是", "yes") if asked.flag else sentence("否", "no")
    if one.type == "code":
        named = [words[word][1] if word in words else Sentence(word, word) for word in asked.codes]
        return together(named, "或", " or ")
    low, high = (say_bound(bound, one.unit, known) for bound in (asked.low, asked.high))
    if asked.low == asked.high and asked.low is not None:
        return low
    ends = []
    if asked.low is not None:
        ends.append(
            sentence("超过{v}", "above {v}", v=low)
            if asked.above
            else sentence("{v}及以上", "{v} or more", v=low)
        )
    if asked.high is not None:
        ends.append(
            sentence("低于{v}", "below {v}", v=high)
            if asked.below
            else sentence("不超过{v}", "at most {v}", v=high)
        )
    return together(ends, "、", ", ")


def say_cell(one: TableInput, asked: Cell, known: Bounds, words: Vocabulary) -> Sentence:
    """What a cell asks, with the name of its input."""
    if asked.flag is not None:
        return one.name if asked.flag else sentence("非“{n}”", "not “{n}”", n=one.name)
    said = say_asked(one, asked, known, words)
    single = one.type == "code" or (asked.low == asked.high and asked.low is not None)
    return sentence("{n}为{s}" if single else "{n}{s}", "{n}: {s}", n=one.name, s=said)


def say_row(
    sheet_inputs: Sequence[TableInput],
    asks: Sequence[Cell | None],
    known: Bounds,
    words: Sequence[Vocabulary],
) -> Sentence:
    """All that a row asks."""
    said = [
        say_cell(one, asked, known, words[place])
        for place, (one, asked) in enumerate(zip(sheet_inputs, asks, strict=True))
        if asked is not None
    ]
    return together(said, "，", ", ") if said else ANYTHING


def say_out(one: Out, unit: Unit, known: Bounds) -> Sentence:
    """What a row gives."""
    if one.person:
        return FOR_A_PERSON
    if one.value is not None:
        return say_bound(one.value, unit, known)
    value = known.get(one.pay)
    amount = Sentence(one.pay, one.pay) if value is None else say_number(value, unit)
    if not one.share:
        return amount
    part = known.get(one.share)
    share = Sentence(one.share, one.share) if part is None else say_number(part, "ratio")
    return sentence("{a}的{s}", "{s} of {a}", a=amount, s=share)


def together(said: Iterable[Sentence], zh: str, en: str) -> Sentence:
    """Sentences in one."""
    every = list(said)
    return Sentence(zh.join(one.say("zh") for one in every), en.join(one.say("en") for one in every))


def tell(lookup: Lookup, arguments: Sequence[Any]) -> Told:
    """Which row of a table decided, for each member if the table speaks of members."""
    given = dict(zip(lookup.names, arguments, strict=True))
    bounds = {name: value if isinstance(value, int) else None for name, value in given.items()}
    columns = [given[name] for name in lookup.inputs]
    axes = lookup.kept_axes(bounds)
    said, names = [], set(lookup.inputs)
    for place in range(len(columns[0].values)):
        classes = tuple(
            axis.classes(Column(one.values[place], None if one.known is None else one.known[place]))
            for axis, one in zip(axes, columns, strict=True)
        )
        words, rested_on = lookup.kept_words(
            bounds, classes, partial(_said, lookup.sheet, axes, classes, bounds)
        )
        said.append(words)
        names |= rested_on
    if all(one is said[0] or one.as_data() == said[0].as_data() for one in said):
        return Told(said[0], frozenset(names))
    numbered = (
        sentence("成员{n}：{s}", "member {n}: {s}", n=place + 1, s=one) for place, one in enumerate(said)
    )
    return Told(together(numbered, "；", "; "), frozenset(names))


def _said(
    sheet: Sheet, axes: Sequence[Axis], classes: Sequence[int], bounds: Bounds
) -> tuple[Sentence, frozenset[str]]:
    """What is said of a combination of classes of the inputs, and the parameters and values that it rests on."""
    rows, names = _possible(sheet, axes, classes, bounds), set[str]()
    for row in rows:
        asks, gives = (sheet.asks[row], sheet.gives[row]) if row < len(sheet.asks) else ((), sheet.otherwise)
        names |= {name for asked in asks if asked for name in asked.parameters}
        names |= set(gives.names) if gives else set()
    return _say_rows(sheet, rows, bounds), frozenset(names)


def _possible(sheet: Sheet, axes: Sequence[Axis], classes: Sequence[int], bounds: Bounds) -> list[int]:
    rows = []
    for row, asks in enumerate(sheet.asks):
        sure, may = True, True
        for at, one in enumerate(sheet.inputs):
            yes, maybe = fits(one, axes[at], asks[at], bounds, sheet.words[at])
            known = classes[at] < axes[at].size
            sure = sure and bool(yes[classes[at]] if known else yes.all())
            may = may and bool(maybe[classes[at]] if known else maybe.any())
        if may:
            rows.append(row)
        if sure:
            return rows
    return [*rows, len(sheet.asks)]


def _say_rows(sheet: Sheet, rows: Sequence[int], bounds: Bounds) -> Sentence:
    if len(rows) > 1:
        listed = "、".join(str(row + 1) for row in rows)
        return sentence(
            "第{n}行之一（有未知情况）",
            "one of rows {e} (something is not known)",
            n=listed,
            e=listed.replace("、", ", "),
        )
    row = rows[0]
    if row == len(sheet.asks):
        if sheet.otherwise is None:
            return sentence("没有一行符合：由人判断", "no row fits: for a person to judge")
        return sentence(
            "以上各行都不符合：{g}",
            "none of the rows fits: {g}",
            g=say_out(sheet.otherwise, sheet.unit, bounds),
        )
    asked = say_row(sheet.inputs, sheet.asks[row], bounds, sheet.words)
    gives = say_out(sheet.gives[row], sheet.unit, bounds)
    return sentence("第{n}行：{a} → {g}", "row {n}: {a} → {g}", n=row + 1, a=asked, g=gives)
