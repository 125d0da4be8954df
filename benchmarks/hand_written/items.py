"""Benefit items as one would write them by hand in NumPy for one day (2021-03-01): no rules, no names, no plan, no versions, no trace.

Five coded items with all their means rules (dibao, destitute support, temporary relief, inpatient medical aid with the chain of
its bills, the charity's aid for serious illness) and fifteen of those that are data. What is not known is kept apart as
the rules have it. Written from the rules' text, sharing what they share; equal on every household of the run.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from benchmarks.hand_written.flags import Flag, both, code_of, either, known_of, negated, when
from jishiyu.assessment.rules.facts import (
    EMPLOYMENT,
    EVENT,
    ILLNESS,
    MARITAL,
    SCHOOLING,
    SUPPORT,
    TENURE,
    WORK_CAPACITY,
)
from jishiyu.law.rules.columns import Population
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.screening import CANNOT, ELIGIBLE

DAY = date(2021, 3, 1)
ITEMS = (
    "ZK01", "ZK02", "ZK03", "ZK05", "ZK08", "ZK10", "ZY03", "CS01", "CS04", "ZL01", "ZL02", "ZL06", "ZC02", "ZC06", "JY05",
    "XL01", "XL02", "XL03", "FL06", "JZ05",
)  # fmt: skip

Found = dict[str, tuple[Any, Any, Any, list[Any]]]
"""By item: the outcome, the amount, what is certain of it, and a code for each condition."""


@dataclass(frozen=True)
class Numbers:
    """What the law and the pack say that day, as plain integers."""

    standard: int
    low_line: int
    ill: int
    old: int
    lone: int
    supporter: int
    child: int
    small: int
    large: int
    uplift: int
    event_days: int
    relief: tuple[int, int, int, int]
    ratio: int
    cap: int
    floor: int
    share: int
    most: int
    gift: tuple[int, int]
    illness: int
    age: tuple[int, int, int]
    elder: tuple[int, int, int]
    nursing: tuple[int, int]


def numbers_on(pack: Pack) -> Numbers:
    """Looked up once."""
    at = lambda id, on=DAY: pack.parameter(id, on).value  # noqa: E731 - said once
    part = lambda base, ratio: (base * ratio + 5_000) // 10_000  # noqa: E731
    standard, last_year = at("bj.dibao.urban"), at("bj.consumption_per_capita", date(DAY.year - 1, 12, 31))
    off = lambda key: part(standard, at(f"bj.dibao.income_reduction.{key}"))  # noqa: E731
    months = [at(f"bj.temporary_relief.tier_{n}") for n in (1, 2, 3)]
    tier = [
        at(f"xicheng.temporary_relief.event.{key}")
        for key in ("death_or_injury", "home_lost", "serious_illness", "job_loss")
    ]
    return Numbers(
        standard=standard, low_line=at("bj.low_income"), ill=off("illness_or_severe_disability"),
        old=off("supporter_over_60"), lone=off("single_parent"), supporter=at("bj.dibao.age.supporter"),
        child=at("bj.dibao.age.child_of_lone_parent"), small=part(last_year, at("bj.property_limit.money.small_household")),
        large=part(last_year, at("bj.property_limit.money.large_household")), uplift=at("bj.dibao.uplift.dispersed_destitute"),
        event_days=at("xicheng.event.within"), relief=tuple(months[one - 1] for one in tier),
        ratio=at("bj.medical_aid.inpatient.ratio"), cap=at("bj.medical_aid.inpatient.cap"),
        floor=at("xicheng.charity.spring_rain.floor"), share=at("xicheng.charity.spring_rain.ratio"), most=at("xicheng.charity.spring_rain.cap"),
        gift=(at("bj.festival.one"), at("bj.festival.more")),
        illness=part(standard, at("bj.low_income.serious_illness_allowance")),
        age=(at("bj.elderly.age.80"), at("bj.elderly.age.90"), at("bj.elderly.age.100")),
        elder=(at("bj.elderly.hardship.dibao"), at("bj.elderly.hardship.low_income"), at("bj.elderly.hardship.family_planning")),
        nursing=(at("bj.disability.nursing.a"), at("bj.disability.nursing.b")),
    )  # fmt: skip


def items_by_hand(people: Population, numbers: Numbers) -> Found:
    """All of :data:`ITEMS` for a chunk."""
    return _Chunk(people, numbers).items()


class _Chunk:
    def __init__(self, people: Population, n: Numbers) -> None:
        self.n, self.h, self.m, self.size = n, people.households, people.members, people.counts
        self.starts = np.concatenate(([0], np.cumsum(people.counts[:-1])))
        self.ends = self.starts + people.counts - 1
        self.owners = np.repeat(np.arange(len(people.counts)), people.counts)
        self.found: Found = {}

    def count(self, flags: Any) -> Any:
        running = np.cumsum(flags, dtype=np.int32)[self.ends]
        running[1:] -= running[:-1].copy()
        return running

    def whole(self, known: Any) -> Any:
        return None if known is None else self.count(~known) == 0

    def sum(self, values: Any, known: Any) -> Flag:
        running = np.cumsum(values)[self.ends]
        running[1:] -= running[:-1].copy()
        return running, self.whole(known)

    def any(self, flag: Flag) -> Flag:
        value, known = flag
        if known is None:
            return self.count(value) > 0, None
        yes = self.count(value & known) > 0
        return yes, (self.count(~known) == 0) | yes

    def spread(self, flag: Flag) -> Flag:
        return flag[0][self.owners], None if flag[1] is None else flag[1][self.owners]

    def items(self) -> Found:
        self._members()
        self._means()
        self._property()
        self._living()
        self._bills()
        self._status()
        self._elders()
        self._others()
        return self.found

    def item(
        self, id: str, conditions: list[Flag], gate: Flag | None = None, amount: Any = None, least: Any = None
    ) -> None:
        codes = [code_of(one) for one in conditions]
        if gate is None:
            open_ = codes[0]
            for code in codes[1:]:
                open_ = np.maximum(open_, code)
        else:
            open_ = code_of(gate)
        outcome = (
            open_ if amount is None or amount[1] is None else np.maximum(open_, (~amount[1]).view(np.int8))
        )
        if least is not None:
            certain = (outcome == CANNOT) & (open_ == ELIGIBLE)
            least = np.where(certain if least[1] is None else certain & least[1], least[0], 0)
        self.found[id] = (outcome, None if amount is None else amount[0], least, codes)

    def _members(self) -> None:
        m, n = self.m, self.n
        relation, age = m["relation"].values, m["age"].values
        self.relation, self.age = relation, age
        away = m["is_in_prison"].values | m["is_religious_away"].values
        away |= m["is_in_compulsory_rehab"].values | m["is_declared_missing"].values
        self.counts = counts = (relation != 99) & ~away
        names = ("wage_income", "business_income", "property_income", "transfer_income", "excluded_income")
        wage, business, rents, transfer, excluded = (m[name].values for name in names)
        own = np.maximum(wage + business + rents + transfer - excluded, 0)
        self.own, self.own_known = own, known_of(*(m[name].known for name in names))
        illness, category, grade = m["illness"], m["disability_category"], m["disability_grade"]
        self.ill = (illness.values == ILLNESS["serious"], illness.known)
        kind, level = category.values, grade.values
        wide, narrow = (kind == 5) | (kind == 6), (kind == 1) | (kind == 4) | (kind == 7)
        value = (wide & (level >= 1) & (level <= 3)) | (narrow & (level >= 1) & (level <= 2))
        value, known = when(kind > 0, value, grade.known)
        self.severe = (value, known_of(known, category.known))
        self.kind, self.level = category, grade
        hukou = m["local_hukou"]
        self.local_member = (hukou.values, hukou.known)
        self.local = self.any(self.local_member)
        self.any_ill, self.any_severe = self.any(self.ill), self.any(self.severe)
        self.lone_child = counts & (relation >= 20) & (relation <= 39)
        schooling = m["schooling"]
        learning = when(self.lone_child, schooling.values >= SCHOOLING["compulsory"], schooling.known)
        self.child = either((self.lone_child & (age <= n.child), None), learning)

    def _means(self) -> None:
        m, n, counts = self.m, self.n, self.counts
        income, income_known = self.sum(*when(counts, self.own, self.own_known))
        grave = self.any(when(counts, *either(self.ill, self.severe)))
        elder = counts & (self.age >= n.supporter)
        old = self.any(when(elder, ~self.severe[0], self.severe[1]))
        marital, relation = m["marital"], self.relation
        alone = self.any(when(relation == 2, marital.values != MARITAL["married"], marital.known))
        coupled = self.count((relation >= 10) & (relation <= 12)) > 0
        child = self.any(self.child)
        lone, lone_known = both(alone, (~coupled, None), child)
        self.lone = (lone, lone_known)
        aged, aged_known = both(grave, old)
        off = np.where(grave[0], n.ill, 0) + np.where(aged, n.old, 0) + np.where(lone, n.lone, 0)
        self.net = net = np.maximum(income - off * 12, 0)
        self.net_known = known = known_of(income_known, grave[1], aged_known, lone_known)
        self.members = members = self.count(counts).astype(np.int64)
        some = members > 0
        known = some if known is None else known & some
        self.below = (net < members * 12 * n.standard, known)
        self.below_low = (net < members * 12 * n.low_line, known)

    def _property(self) -> None:
        h, n, kind = self.h, self.n, self.kind
        physical = self.any(((kind.values == 4) | (kind.values == 7), kind.known))
        few = h["vehicles"].values < 1
        fit = ~physical[0] if physical[1] is None else ~physical[0] & physical[1]
        self.cars = (few, known_of(h["vehicles"].known, few | fit))
        homes = h["homes_owned"].values + (h["tenure"].values == TENURE["public_rent"])
        few = (
            homes < 2
        )  # what the city's average built area is, which two homes would be held against, was not found
        self.housing = (few, known_of(h["homes_owned"].known, h["tenure"].known, few))
        limit = self.members * np.where(self.members <= 2, n.small, n.large)
        money = h["liquid_assets"]
        self.money = ((money.values == 0) | (money.values <= limit), money.known)
        self.modest = both(self.cars, self.housing, self.money)
        self.means = [self.cars, self.housing, self.money]

    def _living(self) -> None:
        n, h, m, counts = self.n, self.h, self.m, self.counts
        below, low = self.below, self.below_low
        maybe = self.any_severe[0] if self.any_severe[1] is None else ~self.any_severe[1] | self.any_severe[0]
        maybe = maybe & (low[0] if low[1] is None else ~low[1] | low[0])
        certain = below[0] if below[1] is None else below[1] & below[0]
        entitled = (certain, known_of(below[1], certain | ~maybe))
        capacity, support = m["work_capacity"], h["support"]
        unable = (capacity.values == WORK_CAPACITY["none"], capacity.known)
        alone = self.spread((support.values != SUPPORT["able"], support.known))
        self.destitute = both((counts, None), unable, (self.own == 0, self.own_known), alone)
        self.any_destitute = self.any(self.destitute)
        known = self.net_known
        monthly = self.net // 12
        difference = np.maximum(n.standard * self.members - monthly, 0)
        # What serious illness, severe disability, old age, childhood and one parent's care add was not found that day.
        lone = self.spread(self.lone)
        cared = both(lone, either((self.relation == 2, None), self.child))
        clear = ~self.ill[0] & ~self.severe[0] & (self.age < 70) & (self.age >= 16) & ~cared[0]
        clear = known_of(clear, self.ill[1], self.severe[1], cared[1])
        top, top_known = self.destitute
        sure = top if top_known is None else top & top_known
        told = sure | (clear if top_known is None else clear & top_known)
        uplift = (n.standard * n.uplift + 5_000) // 10_000
        added, added_known = self.sum(np.where(sure & counts, uplift, 0), told | ~counts)
        exact = np.maximum(n.standard * self.members + added - monthly, 0)
        self.item(
            "ZK01",
            [entitled, *self.means, self.local],
            None,
            (exact, known_of(known, added_known)),
            (difference, known),
        )
        # The basic standard of support was not confirmed that day: nothing is known where somebody is destitute.
        nobody = self.whole(~self.destitute[0] if top_known is None else ~self.destitute[0] & top_known)
        self.item(
            "ZK02",
            [self.any_destitute, *self.means, self.local],
            None,
            (np.zeros(len(self.size), np.int64), nobody),
        )
        self._relief()

    def _relief(self) -> None:
        h, n = self.h, self.n
        event, days = h["event"], h["event_days"]
        none = event.values == EVENT["none"]
        none = none if event.known is None else none & event.known
        recent = (days.values >= 0) & (days.values <= n.event_days)
        known = known_of(event.known, days.known)
        self.sudden = (~none & recent, None if known is None else none | known)
        resident = (self.local[0], self.local[0] if self.local[1] is None else self.local[0] & self.local[1])
        times = np.zeros(len(self.size), np.int64)
        for word, months in zip(
            ("death_or_injury", "home_lost", "serious_illness", "job_loss"), n.relief, strict=True
        ):
            times = np.where(event.values == EVENT[word], months, times)
        amount = (n.standard * self.members * times + 5_000) // 10_000
        self.item("ZK05", [self.sudden, resident], None, (amount, event.known))
        self.item("JZ05", [self.sudden], self.sudden)

    def _bills(self) -> None:
        m, h, n = self.m, self.h, self.n
        names = ("bill_basic", "bill_critical", "bill_supplementary", "bill_commercial")
        paid, paid_known = (
            sum((m[name].values for name in names), np.int64(0)),
            known_of(*(m[name].known for name in names)),
        )
        scope, total = m["bill_in_scope"], m["bill_total"]
        major, used, given = (
            m[name].values for name in ("major_aid_given", "medical_aid_used", "medical_aid_given")
        )
        burden = np.maximum(scope.values - paid, 0)
        known = known_of(scope.known, paid_known)
        borne = self.sum(burden, known)
        aid = (np.maximum(burden - major, 0) * n.ratio + 5_000) // 10_000
        aid = np.minimum(aid, np.maximum(n.cap - used, 0))
        to_give = self.sum(np.maximum(aid - given, 0), known)
        self.group = either(self.below, self.below_low)
        conditions = [self.group, *self.means, self.local, (borne[0] > 0, borne[1])]
        self.item("ZY03", conditions, None, to_give)
        left = np.maximum(total.values - paid - aid - major, 0)
        ill, ill_known = self.ill
        left_known = None if known is None else known | ~ill
        left_known = known_of(ill_known, left_known)
        left, left_known = when(total.values > 0, np.where(ill, left, 0), left_known)
        rest = self.sum(left, known_of(left_known, total.known, paid_known))
        heavy = (rest[0] > 0) & (rest[0] >= n.floor)
        aid = np.minimum(
            (rest[0] * n.share + 5_000) // 10_000, np.maximum(n.most - h["charity_used"].values, 0)
        )
        amount = np.maximum(aid - h["charity_given"].values, 0)
        self.item("CS01", [(heavy, rest[1]), self.group, *self.means], None, (amount, rest[1]))
        hardship = both(self.group, self.modest)
        self.item("CS04", [hardship], hardship)

    def _status(self) -> None:
        n, m = self.n, self.m
        self.dibao = both(self.below, self.modest, self.local)
        self.low = both(self.below_low, self.modest, self.local)
        low_gate = both(self.below_low, self.modest, self.local)
        self.item("ZK03", [self.below_low, self.modest, self.local], low_gate)
        gift = np.where(self.members <= 1, *n.gift)
        gate = either(self.dibao, self.any_destitute)
        yes = np.where(gate[0], gift, 0)
        self.item("ZK08", [self.dibao, self.any_destitute], gate, (yes, gate[1]))
        only_low = both(self.low, negated(self.dibao))
        each = both(self.spread(only_low), self.ill)
        amount = np.where(each[0], n.illness, 0)
        self._by_member("ZK10", [only_low, self.any_ill], each, (amount, each[1]))
        employment, wage = m["employment"], self.own
        work = employment.values
        steady = (work == EMPLOYMENT["employed"]) | (work == EMPLOYMENT["retired"])
        steady = steady if employment.known is None else steady & employment.known
        nothing = known_of(~steady & (wage == 0), employment.known, self.own_known)
        without = self.any(both(self.severe, (nothing, steady | nothing)))
        self.allowance = both(without, negated(self.below), self.local)

    def _by_member(self, id: str, conditions: list[Flag], gate: Flag, amount: Flag) -> None:
        value, known = amount
        least = self.sum(value if known is None else np.where(known, value, 0), None)
        self.item(id, conditions, self.any(gate), self.sum(value, known), least)

    def _elders(self) -> None:
        n, m, age = self.n, self.m, self.age
        eighty = (age >= 80, None)
        self.any_eighty = self.any(eighty)
        each = both(eighty, self.local_member)
        step = np.where(age >= 100, n.age[2], np.where(age >= 90, n.age[1], np.where(age >= 80, n.age[0], 0)))
        self._by_member("ZL01", [self.any_eighty, self.local], each, (np.where(each[0], step, 0), each[1]))
        aided = either(self.dibao, self.allowance)
        house, low = self.spread(aided), self.spread(self.low)
        bereaved, planning = m["is_bereaved_parent"], m["is_family_planning_hardship"]
        self.bereaved = (bereaved.values, bereaved.known)
        kinds = either(house, low, self.bereaved, (planning.values, planning.known))
        sixty = (age >= 60, None)
        each = both(sixty, kinds, self.local_member)
        amount = np.where(house[0], n.elder[0], np.where(low[0], n.elder[1], n.elder[2]))
        first = house[0] if house[1] is None else house[0] & house[1]
        known = None if low[1] is None else low[1] | first
        known = known_of(known, house[1])
        shut = ~each[0] if each[1] is None else ~each[0] & each[1]
        told = known_of(known, each[1])
        told = None if told is None else told | shut
        conditions = [self.any(sixty), self.any(kinds), self.local]
        self._by_member("ZL02", conditions, each, (np.where(shut, 0, amount), told))
        alone = (self.size == 1, None)
        self.item("ZL06", [self.any_eighty, alone], both(self.any_eighty, alone))
        widow = self.any(self.bereaved)
        self.item("XL01", [alone, widow, self.any_eighty], either(alone, widow, self.any_eighty))
        self.item("XL02", [widow], widow)

    def _others(self) -> None:
        m, age = self.m, self.age
        self.item("ZC06", [self.any_severe], self.any_severe)
        self.item("FL06", [self.any_eighty], self.any_eighty)
        self._nursing()
        employment, capacity = m["employment"], m["work_capacity"]
        work = employment.values
        out = (work == EMPLOYMENT["unemployed"], employment.known)
        idle = out[0] | (work == EMPLOYMENT["not_working"])
        known = None if capacity.known is None else ~idle | capacity.known
        of_age = (age >= 16) & (age <= 59)
        able = when(
            of_age, idle & (capacity.values != WORK_CAPACITY["none"]), known_of(known, employment.known)
        )
        jobless, could = self.any(out), self.any(both(self.spread(self.dibao), able))
        self.item("JY05", [jobless, could], either(jobless, could))
        minor = (age < 18, None)
        orphan, alone = m["is_orphan"], m["is_unsupervised_child"]
        card = (self.kind.values > 0, self.kind.known)
        poor = self.spread(either(self.dibao, self.low))
        kinds = either((orphan.values, orphan.known), (alone.values, alone.known), card, poor)
        self.item("XL03", [self.any(minor), self.any(kinds)], self.any(both(minor, kinds)))

    def _nursing(self) -> None:
        kind, level, n = self.kind.values, self.level.values, self.n
        body, mind = (kind == 1) | (kind == 4), (kind == 5) | (kind == 6)
        several, graded = kind == 7, self.level.mask()
        first = when(kind > 0, (body | mind) & (level == 1), graded & ~(several & (level <= 2)))
        second = (body & (level == 2)) | (mind & ((level == 2) | (level == 3)))
        second = when(kind > 0, second, graded & ~(several & (level <= 3)))
        first, second = ((value, known_of(known, self.kind.known)) for value, known in (first, second))
        one, others = either(first, second), negated(self.destitute)
        each = both(one, others, self.local_member)
        amount = np.where(first[0], n.nursing[0], n.nursing[1])
        conditions = [self.any(one), self.any(others), self.local]
        self._by_member("ZC02", conditions, each, (np.where(each[0], amount, 0), each[1]))


def differences(found: Found, items: dict[str, Any], sizes: int) -> int:
    """How many values differ from the kernel's answers: outcomes, conditions, amounts where eligible, what is certain."""
    wrong = 0
    for id, (outcome, amount, least, codes) in found.items():
        answer = items[id]
        wrong += int((outcome != answer.outcome).sum()) + int((np.array(codes) != answer.conditions).sum())
        eligible = answer.outcome == ELIGIBLE
        if answer.amount is not None:
            wrong += sizes if amount is None else int((amount != answer.amount.values)[eligible].sum())
        if answer.at_least is not None:
            wrong += sizes if least is None else int((least != answer.at_least).sum())
    return wrong
