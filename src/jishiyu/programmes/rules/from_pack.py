"""Rules that the policy pack writes: an item's conditions and amount become rules of the engine, without any evaluation of code.

Each expression becomes one rule, named by its own text, so that items which ask the same share the answer. What the
register does not hold is asked of a person: until it is told, all that rests on it is unknown, never yes or no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from jishiyu.assessment.rules.parameters import Ask
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.engine import Given
from jishiyu.law.rules.expressions import Question
from jishiyu.law.rules.items import Amount, BenefitItem, Condition, Row
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.rulebook import Entity, RuleBook
from jishiyu.programmes.rules import amounts
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.exclusion import Pair, paid_both, pairs_of
from jishiyu.programmes.rules.items import ITEMS, ON_BILLS, Chain, ItemRules, Test, chain_on_bills
from jishiyu.programmes.rules.parameters import PARAMETERS
from jishiyu.programmes.rules.rule_maker import RuleMaker
from jishiyu.programmes.rules.tables import TableMaker, by_rule_name
from jishiyu.programmes.rules.used_aid import left_of
from jishiyu.programmes.rules.words import WORDS


@dataclass(frozen=True)
class PackRules:
    """All rules of one pack on one day: the book, how each item is answered, and what may be asked of a person."""

    book: RuleBook
    items: Mapping[str, ItemRules]
    parameters: Mapping[str, Ask]
    questions: Mapping[str, Question]
    clashes: Mapping[Pair, str]

    def asked_by(self, names: Iterable[str]) -> tuple[Question, ...]:
        """The questions among values that lack (``Missing.name`` of an answer's steps), each once."""
        keys = dict.fromkeys(name.removeprefix("asked.") for name in names if name.startswith("asked."))
        return tuple(self.questions[key] for key in keys if key in self.questions)

    def unanswered(self, told: Mapping[str, int | bool]) -> dict[str, Given]:
        """The questions that nobody answered, as values that cannot be had and why."""
        return {
            f"asked.{key}": CannotBecause("programmes.ask", _to_ask(one))
            for key, one in self.questions.items()
            if key not in told
        }


def _to_ask(one: Question) -> Sentence:
    return sentence(
        "登记中没有这一情况，须由人核实：{q}",
        "Not in the register, a person has to verify: {q}",
        q=one.words,
    )


@lru_cache(maxsize=64)
def _made(pack_of: "ByVersion", day: date) -> PackRules:
    return _Maker(pack_of.pack, day).make()


@dataclass(frozen=True, eq=False)
class ByVersion:
    """A pack that is the same as another of the same content, for the cache."""

    pack: Pack

    def __hash__(self) -> int:
        return hash(self.pack.version)

    def __eq__(self, other: object) -> bool:
        # A what-if changes standards or items and keeps the version, so the version alone does not tell.
        return isinstance(other, ByVersion) and (self.pack is other.pack or self._own() == other._own())

    def _own(self) -> tuple[object, ...]:
        one = self.pack
        return (one.version, one.items, one.groups, one.parameters, one.tables)


def rules_of_pack(pack: Pack, day: date) -> PackRules:
    """The rules of a pack on a day, made once. Raises :class:`NoSuchTest` for a name that no rule computes."""
    return _made(ByVersion(pack), day)


def maker_for(pack: Pack, day: date) -> RuleMaker:
    """A maker of rules beside the book's, that knows the pack's parameters and named tests."""
    ids = frozenset(one.id for one in pack.parameters)
    groups = {one.key: one for one in pack.groups}
    return TableMaker(BOOK, ids, day, dict(PARAMETERS), groups, tables=by_rule_name(pack.tables))


class _Maker:
    def __init__(self, pack: Pack, day: date) -> None:
        self._pack, self._day = pack, day
        self._make = maker_for(pack, day)
        self._cites = ""

    def make(self) -> PackRules:
        """Every item of the pack: by rules written in the code where there are such, by the pack's own otherwise."""
        items: dict[str, ItemRules] = dict(ITEMS)
        for item in self._pack.items:
            if item.id not in ITEMS and item.tested:
                items[item.id] = self._item(item)
        clashes = {pair: name for pair in pairs_of(self._pack) if (name := self._clash(items, pair))}
        book = BOOK.with_more(self._make.rules.values())
        return PackRules(book, items, self._make.parameters, self._make.questions, clashes)

    def _clash(self, items: Mapping[str, ItemRules], pair: Pair) -> str:
        """The rule by which two items that are both paid by member clash in a household; empty: they always do."""
        own = [items[id].by_member for id in pair if id in items]
        if len(own) < 2 or not all(own):
            return ""
        name = f"clash({pair[0]}; {pair[1]})"
        words = ("同一人可得两项", "One member would have both")
        made = self._make.rule(name, "person", (own[0], own[1]), paid_both, *words, aware=True)
        return self._make.of_household(made)

    def _item(self, item: BenefitItem) -> ItemRules:
        self._cites = item.citation.zh if item.citation else ""
        closed = self._closed(item)
        if closed is not None:
            return ItemRules(item.id, (closed,), "", "", amounts.no_chain, (), gate="not_in_force")
        asked = [one for one in item.conditions if one.holds(self._day)]
        names = [self._make.test(one.test) for one in asked if one.test is not None]
        tests = [self._shown(one, name) for one, name in zip(asked, names, strict=True)]
        entity: Entity = "person" if item.each == "member" else "household"
        joined = names if entity == "person" else [self._make.of_household(name) for name in names]
        gate = self._make.joined("any" if item.match == "any" else "all", joined, item.id, entity)
        money = item.amount
        if money and money.terms:
            tests.append(self._terms(item.id, money))
        whole_gate = self._make.of_household(gate)
        if money and money.terms:
            whole_gate = self._make.joined(
                "all", [whole_gate, tests[-1].rule], f"{item.id} whole", "household"
            )
        if money is None or not money.rows:
            return ItemRules(item.id, tuple(tests), "", "", amounts.no_chain, (), gate=whole_gate)
        return self._paid(item, money, tuple(tests), gate, whole_gate, entity)

    def _paid(
        self, item: BenefitItem, money: Amount, tests: tuple[Test, ...], gate: str, whole: str, entity: Entity
    ) -> ItemRules:  # fmt: skip
        rows = [self._row(row, entity) for row in money.rows if row.holds(self._day)]
        own = self._not_given(
            item.id, money, self._pay(f"{item.id} amount", item.name, gate, rows, money, entity)
        )
        own = self._with_more(item, gate, money, own, entity)
        goods = tuple(self._make.named(one) for one in money.goods)
        least = None
        if money.least is not None:
            row = self._row(money.least, entity)
            least = self._pay(f"{item.id} least", item.name, gate, [row], money, entity)
        elif entity == "person":
            least = self._make.rule(
                f"{item.id} certain", "person", (own,), amounts.certain, "已能确定的金额", "What is certain",
                unit="fen", aware=True,
            )  # fmt: skip
        need = self._make.value(money.need) if money.need else None
        chain: Chain = partial(amounts.chain, item, money.by, need)
        shown: tuple[str, ...] = (need,) if need else ()
        if money.on == "bills":
            chain, shown = partial(chain_on_bills, item, money.by), ON_BILLS
        total, certain = self._make.summed(own), self._make.summed(least) if least else None
        plain = next((pay for _, pay in rows if pay in self._make.ids), "")
        return ItemRules(
            item.id, tests, total, plain, chain, shown, at_least=certain, gate=whole,
            rows=tuple((self._make.of_household(when) if when else None, pay) for when, pay in rows),
            by_member=own if entity == "person" else "", goods=goods,
        )  # fmt: skip

    def _with_more(self, item: BenefitItem, gate: str, money: Amount, own: str, entity: Entity) -> str:
        """The amount, and what is paid besides."""
        more = [self._row(row, entity) for row in money.plus if row.holds(self._day)]
        if not more:
            return own
        extras = [
            self._make.rule(
                f"{item.id} besides {place}", entity, (gate, when or gate, pay), amounts.besides, "另加", "Besides",
                unit="fen", aware=True, cites=self._cites,
            )
            for place, (when, pay) in enumerate(more, 1)
        ]  # fmt: skip
        words = (item.name.zh, item.name.en)
        return self._make.rule(
            f"{item.id} in all",
            entity,
            (own, *extras),
            amounts.all_added,
            *words,
            unit="fen",
            cites=self._cites,
        )

    def _pay(
        self, name: str, label: Sentence, gate: str, rows: list[tuple[str | None, str]], money: Amount, entity: Entity
    ) -> str:  # fmt: skip
        times = [self._make.named(one) for one in money.times]
        cap = [self._cap(self._make.value(money.cap), money.used)] if money.cap else []
        flat = [one for when, pay in rows for one in ((when, pay) if when else (pay,))]
        shape = amounts.Shape(tuple(when is not None for when, _ in rows), len(times), len(cap))
        inputs = (gate, *flat, *times, *cap)
        function = partial(amounts.first_that_applies, shape)
        return self._make.rule(
            name, entity, inputs, function, label.zh, label.en, unit="fen", aware=True, cites=self._cites
        )

    def _cap(self, cap: str, counted: str | None) -> str:
        """The cap, less what was used of it this year."""
        if counted is None:
            return cap
        used = self._make.named(counted)
        return self._make.rule(
            f"left({cap}; {used})", self._make.entity(used), (cap, used), left_of, "年度封顶线余额",
            "What is left of the year's cap", unit="fen",
        )  # fmt: skip

    def _not_given(self, id: str, money: Amount, own: str) -> str:
        """The amount, less what was given on these bills already."""
        if money.given is None:
            return own
        given = self._make.named(money.given)
        return self._make.rule(
            f"{id} to give", self._make.entity(own), (own, given), left_of, "尚未给予的金额",
            "What was not given yet", unit="fen",
        )  # fmt: skip

    def _row(self, row: Row, entity: Entity) -> tuple[str | None, str]:
        when = self._make.test(row.when) if row.when else None
        if when and entity == "household":
            when = self._make.of_household(when)
        pay = self._make.value(row.pay)
        if row.share is None:
            return when, pay
        share = self._make.named(row.share)
        name = f"share({share}; {pay})"
        where = self._make.entity(pay)
        return when, self._make.rule(
            name, where, (pay, share), amounts.share_of, "按比例计算的金额", "The share in money", unit="fen"
        )

    def _shown(self, one: Condition, name: str) -> Test:
        rule = self._make.of_household(name)
        met, not_met = WORDS.get(name, (one.name, sentence("不符合：{n}", "Not so: {n}", n=one.name)))
        return Test(rule, one.name, one.met or met, one.not_met or not_met, code=one.key)

    def _terms(self, id: str, money: Amount) -> Test:
        terms = tuple(self._make.named(one) for one in money.terms)
        rule = self._make.rule(
            f"{id} terms", "household", terms, amounts.known, "标准已知", "The standard is known"
        )
        label = sentence("所依据的标准已知", "The standard that it rests on is known")
        return Test(rule, label, label, label, code="standard_known")

    def _closed(self, item: BenefitItem) -> Test | None:
        first, last = item.effective_from, item.effective_to
        if (first is None or first <= self._day) and (last is None or self._day <= last):
            return None
        early = first is not None and self._day < first
        reason = (
            sentence(
                "该项目自{d}起实施，当日尚未实施", "The item begins on {d}; it did not exist yet", d=first
            )
            if early
            else sentence("该项目实施至{d}，当日已停止", "The item ended on {d}", d=last)
        )
        label = sentence("项目在实施期内", "The item is in force")
        return Test("not_in_force", label, label, reason, code="in_force")
