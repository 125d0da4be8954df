"""How far each benefit item of a pack is computed: wholly, in part, or not at all, and why. Read off the pack itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.decision_tables import DecisionTable
from jishiyu.law.rules.expressions import Expression, Question
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Parameter, Value
from jishiyu.law.rules.rulebook import Plan
from jishiyu.programmes.rules.from_pack import PackRules
from jishiyu.programmes.rules.ready import plan_of
from jishiyu.programmes.rules.tables import by_rule_name

State = Literal["done", "partly", "unknown"]
STATES: dict[State, Sentence] = {
    "done": sentence("完成", "done"),
    "partly": sentence("部分", "partly"),
    "unknown": sentence("标准未知", "standard not known"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one item is computed. ``asks``: what a person has to tell; ``why``: what its own standards lack;
    ``shared``: standards with gaps that it rests on with others, as the dibao standard."""

    item: BenefitItem
    state: State
    asks: tuple[Question, ...]
    why: tuple[Sentence, ...]
    shared: tuple[str, ...]


def coverage_of(pack: Pack, rules: PackRules, day: date) -> list[Coverage]:
    """Every item of the pack, in its order, by the rules that hold on a day."""
    return [_coverage(item, pack, _rests_on(item, rules, day)) for item in pack.items]


def gaps_of(pack: Pack, ids: Iterable[str]) -> list[Sentence]:
    """What is not known of these standards."""
    wanted = set(ids)
    return [_why(one) for one in pack.parameters if one.id in wanted]


def _rests_on(item: BenefitItem, rules: PackRules, day: date) -> set[str]:
    """The ids of all standards that the item's answer can need on a day, through whatever rules."""
    own = rules.items.get(item.id)
    plan = plan_of(rules, own, day) if own else None
    leaves = plan.leaves if isinstance(plan, Plan) else ()
    return {rules.parameters[name].id for name in leaves if name in rules.parameters}


def _coverage(item: BenefitItem, pack: Pack, rests_on: set[str]) -> Coverage:
    tables = _tables(item, pack)
    asks = tuple({one.key: one for one in _questions(item, tables)}.values())
    own = _needed(item, tables)
    lacking = [one for one in pack.parameters if one.id in own | rests_on and _has_gap(one)]
    ended = [one for one in pack.parameters if one.id in own and item.effective_to is None and _ended(one)]
    why = tuple(_why(one) for one in pack.parameters if one.id in own and (one in lacking or one in ended))
    shared = tuple(one.id for one in lacking if one.id not in own)
    never = {one.id for one in lacking if one.id in own and not any(_usable(value) for value in one.values)}
    if never and not _some_row_usable(item, never, tables):
        return Coverage(item, "unknown", asks, why, shared)
    return Coverage(item, "partly" if asks or why or shared else "done", asks, why, shared)


def _expressions(item: BenefitItem) -> Iterator[Expression]:
    for one in item.conditions:
        if one.test is not None:
            yield from one.test.walk()
    if item.amount is None:
        return
    for row in item.amount.rows:
        yield from row.when.walk() if row.when else ()
        yield from row.pay.walk()
    yield from item.amount.cap.walk() if item.amount.cap else ()


def _tables(item: BenefitItem, pack: Pack) -> dict[str, DecisionTable]:
    """The decision tables that the amount names, by the names of their values."""
    rows = item.amount.rows if item.amount else ()
    named = {name for row in rows for name in (row.pay.test, row.share)}
    return {name: table for name, (table, _) in by_rule_name(pack.tables).items() if name in named}


def _inputs(tables: dict[str, DecisionTable]) -> Iterator[Expression]:
    return (part for table in tables.values() for one in table.inputs for part in one.of.walk())


def _questions(item: BenefitItem, tables: dict[str, DecisionTable]) -> Iterable[Question]:
    every = (*_expressions(item), *_inputs(tables))
    return (one.question for one in every if one.question is not None)


def _needed(item: BenefitItem, tables: dict[str, DecisionTable]) -> set[str]:
    """The parameters that the item's own words compute with; all that it lists, for rules in the code."""
    if not item.tested:
        return set(item.parameters)
    named = {id for one in _expressions(item) for _, id in one.given} | {
        one.test for one in _expressions(item) if "." in one.test
    }
    if item.amount is not None:
        shares = {row.share for row in item.amount.rows if row.share}
        named |= shares | {one for one in (*item.amount.times, *item.amount.terms) if "." in one}
    for table in tables.values():
        named |= {*table.bounds, *(name for out in table.given for name in out.names)}
    named |= {id for one in _inputs(tables) for _, id in one.given}
    return named


def _some_row_usable(item: BenefitItem, never: set[str], tables: dict[str, DecisionTable]) -> bool:
    """Whether any row of the amount can ever be paid; an amount without rows has its terms."""
    if item.amount is None or not item.amount.rows:
        return item.amount is None or not never & set(item.amount.terms)
    beside = {*item.amount.times, *(one.test for one in (item.amount.cap,) if one is not None)}
    if beside & never:
        return False
    for name, table in tables.items():
        if not any(out.names and never.isdisjoint(out.names) for out in table.given):
            never = never | {name}
    return any(row.pay.test not in never and row.share not in never for row in item.amount.rows)


def _usable(value: Value) -> bool:
    known = value.value is not None
    return known and value.from_ is not None and value.confidence != "uncertain"


def _has_gap(one: Parameter) -> bool:
    # Words never compute; a value whose first day was not seen, that is null or uncertain, leaves days without an answer.
    return one.unit == "text" or any(not _usable(value) or value.doubted_from for value in one.values)


def _ended(one: Parameter) -> bool:
    return all(value.to is not None for value in one.values)


def _why(one: Parameter) -> Sentence:
    faults = [_fault(one, value) for value in one.values]
    said = list(dict.fromkeys(fault for fault in faults if fault))
    if _ended(one):
        last = max(value.to for value in one.values if value.to)
        said.append((f"{last}之后没有值", f"no value after {last}"))
    zh, en = "、".join(f[0] for f in said), ", ".join(f[1] for f in said)
    return sentence("{id}：{z}", "{id}: {e}", id=f"`{one.id}`", z=zh, e=en)


def _fault(one: Parameter, value: Value) -> tuple[str, str] | None:
    if one.unit == "text":
        return "只有文字口径", "words only"
    if value.value is None:
        since = f"{value.from_}" if value.from_ and value.from_.year > _FIRST_YEAR else ""
        return f"{since + '起' if since else ''}未知", f"not known{' from ' + since if since else ''}"
    if value.from_ is None:
        return (f"至{value.to}的值起始日未见" if value.to else "起始日未见"), (
            f"first day of the value up to {value.to} not seen" if value.to else "first day not seen"
        )
    if value.confidence == "uncertain":
        return f"{value.from_}起不确定", f"uncertain from {value.from_}"
    if value.doubted_from:
        return f"{value.doubted_from}起存疑", f"in doubt from {value.doubted_from}"
    return None


_FIRST_YEAR = 1999
