"""How far each benefit item of a pack is computed: wholly, in part, or not at all, and why. Read off the pack itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.decision_tables import DecisionTable
from jishiyu.law.rules.expressions import Expression, Question
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Parameter, Value
from jishiyu.law.rules.rulebook import Plan
from jishiyu.programmes.rules.coverage_days import SETTINGS, Days, DayState, days_of
from jishiyu.programmes.rules.from_pack import PackRules
from jishiyu.programmes.rules.parameters import PARAMETERS
from jishiyu.programmes.rules.ready import plan_of
from jishiyu.programmes.rules.tables import by_rule_name

STATES: dict[DayState, Sentence] = {
    "done": sentence("完成", "done"),
    "partly": sentence("部分", "partly"),
    "unknown": sentence("标准未知", "standard not known"),
    "closed": sentence("未实施", "not in force"),
}
# The four eras of law: sorted assistance, order 220 with property tests, the uplifts, order 57.
OFF = {PARAMETERS[name].id for name in SETTINGS}
ERAS = (date(2006, 7, 1), date(2012, 12, 12), date(2015, 1, 1), date(2021, 7, 1))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one item is computed. ``days``: the runs of days and their states; ``asks``: what a person has to tell; ``why``:
    what its own standards lack; ``shared``: standards with gaps that it rests on with others, as the dibao standard."""

    item: BenefitItem
    days: tuple[Days, ...]
    asks: tuple[Question, ...]
    why: tuple[Sentence, ...]
    shared: tuple[str, ...]

    def in_era(self, place: int) -> tuple[Days, ...]:
        """The runs of days within one era (by its place in ``ERAS``), cut at its ends."""
        first = ERAS[place]
        last = ERAS[place + 1] - timedelta(days=1) if place + 1 < len(ERAS) else None
        return tuple(
            Days(max(run.first, first), _earlier(run.last, last), run.state)
            for run in self.days
            if (last is None or run.first <= last) and (run.last is None or run.last >= first)
        )

    def state_in(self, place: int) -> DayState:
        """The state in an era as a whole: not in force at all, done or not known on all days in force, partly otherwise."""
        states = {run.state for run in self.in_era(place)} - {"closed"}
        return states.pop() if len(states) == 1 else "partly" if states else "closed"


def _earlier(one: date | None, other: date | None) -> date | None:
    return other if one is None else one if other is None else min(one, other)


def coverage_of(pack: Pack, rules: PackRules, day: date) -> list[Coverage]:
    """Every item of the pack, in its order; what it rests on is read off the rules that hold on a day."""
    days = days_of(pack)
    return [_coverage(item, pack, days[item.id], _rests_on(item, rules, day)) for item in pack.items]


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


def _coverage(item: BenefitItem, pack: Pack, days: tuple[Days, ...], rests_on: set[str]) -> Coverage:
    tables = _tables(item, pack)
    asks = tuple({one.key: one for one in _questions(item, tables)}.values())
    own = _needed(item, tables)
    lacking = [one for one in pack.parameters if one.id in own | rests_on - OFF and _has_gap(one)]
    ended = [one for one in pack.parameters if one.id in own and item.effective_to is None and _ended(one)]
    why = tuple(_why(one) for one in pack.parameters if one.id in own and (one in lacking or one in ended))
    shared = tuple(one.id for one in lacking if one.id not in own)
    return Coverage(item, days, asks, why, shared)


def _expressions(item: BenefitItem) -> Iterator[Expression]:
    for one in item.conditions:
        if one.test is not None:
            yield from one.test.walk()
    if item.amount is None:
        return
    for row in (*item.amount.rows, *item.amount.plus):
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
        rows = (*item.amount.rows, *item.amount.plus)
        shares = {row.share for row in rows if row.share}
        named |= shares | {one for one in (*item.amount.times, *item.amount.terms) if "." in one}
    for table in tables.values():
        named |= {*table.bounds, *(name for out in table.given for name in out.names)}
    named |= {id for one in _inputs(tables) for _, id in one.given}
    return named


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
