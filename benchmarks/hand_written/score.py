"""The hardship score as one would write it by hand in NumPy for one day (from 2019 on): no rules, no names, no versions, no trace.

The same formulas, the same handling of what is not known, for the same chunks: what the engine is measured against.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from benchmarks.hand_written.flags import both, either
from jishiyu.assessment.rules.facts import EMPLOYMENT, EVENT, MARITAL, SCHOOLING, TENURE, WORK_CAPACITY
from jishiyu.assessment.rules.indicators import BEYOND
from jishiyu.assessment.rules.points import bounds_of
from jishiyu.assessment.rules.score import Model
from jishiyu.law.rules.columns import Column, Population
from jishiyu.law.rules.pack import Pack

WORK, FLEX, RETIRED, STUDENT = (EMPLOYMENT[one] for one in ("employed", "flexible", "retired", "student"))


@dataclass(frozen=True)
class Numbers:
    """What the law and the pack say that day, as plain integers."""

    standard: int
    ill: int
    old: int
    lone: int
    supporter_age: int
    child_age: int
    small: int
    large: int
    ages: dict[str, int]
    event_days: int
    full: dict[str, int]
    cuts: dict[str, list[tuple[int, int]]]
    cases: dict[str, list[int]]


def numbers_on(pack: Pack, model: Model, day: date) -> Numbers:
    """Looked up once."""
    at = lambda id, on=day: pack.parameter(id, on).value  # noqa: E731 - said once
    standard = at("bj.dibao.urban")
    share = lambda id: (standard * at(f"bj.dibao.income_reduction.{id}") + 5_000) // 10_000  # noqa: E731
    last_year = at("bj.consumption_per_capita", date(day.year - 1, 12, 31))
    money = lambda id: (last_year * at(f"bj.property_limit.money.{id}") + 5_000) // 10_000  # noqa: E731
    ages = {name: at(f"xicheng.indicator.age.{name}") for name in (
        "elder", "very_old", "adult", "school_from", "school_to", "working_from", "working_to")}  # fmt: skip
    cuts, cases = {}, {}
    for one in model.indicators.indicators:
        full = model.full[one.key]
        worth = lambda points, full=full: (full * points * 2 + 10_000) // 20_000  # noqa: E731
        found = bounds_of(one, pack, day)
        assert all(cut.value is not None for cut in found), (
            f"{one.key}: choose a day whose cut-offs are known"
        )
        cuts[one.key] = [(cut.value or 0, worth(cut.points)) for cut in found]
        cases[one.key] = [worth(case.basis_points) for case in one.cases]
    return Numbers(
        standard, share("illness_or_severe_disability"), share("supporter_over_60"), share("single_parent"),
        at("bj.dibao.age.supporter"), at("bj.dibao.age.child_of_lone_parent"), money("small_household"),
        money("large_household"), ages, at("xicheng.event.within"), dict(model.full), cuts, cases,
    )  # fmt: skip


def score_by_hand(people: Population, n: Numbers) -> tuple[Any, Any]:
    """The score from what is known, and the highest that it could be."""
    return _Chunk(people, n).score()


def _told(flag: tuple[Any, Any]) -> tuple[Any, Any]:
    return flag[0], True if flag[1] is None else flag[1]


class _Chunk:
    def __init__(self, people: Population, n: Numbers) -> None:
        self.n, self.h, self.m, self.size = n, people.households, people.members, people.counts
        self.starts = np.concatenate(([0], np.cumsum(people.counts[:-1])))
        self.ends = self.starts + people.counts - 1
        self.total = np.zeros(len(people.counts), np.int64)
        self.most = np.zeros(len(people.counts), np.int64)

    def count(self, flags: Any) -> Any:
        running = np.cumsum(flags, dtype=np.int32)[self.ends]
        running[1:] -= running[:-1].copy()
        return running

    def sum(self, values: Any) -> Any:
        return np.add.reduceat(values, self.starts)

    def all_known(self, *columns: Column) -> Any:
        known = [one.known for one in columns if one.known is not None]
        return self.whole(np.logical_and.reduce(known)) if known else True

    def whole(self, known: Any) -> Any:
        return True if known is True else self.count(~known) == 0

    def any(self, flags: Any, known: Any) -> tuple[Any, Any]:
        if known is True:
            return self.count(flags) > 0, True
        settled = self.count(flags & known) > 0
        return settled, (self.count(~known) == 0) | settled

    def add(self, key: str, points: Any, known: Any) -> None:
        if known is True:
            self.total += points
            self.most += points
        else:
            self.total += np.where(known, points, 0)
            self.most += np.where(known, points, self.n.full[key])

    def below(self, key: str, value: Any, known: Any, strict: bool = False) -> None:
        points = np.zeros(len(value), np.int64)
        for cut, worth in reversed(self.n.cuts[key]):
            points = np.where(value < cut if strict else value <= cut, worth, points)
        self.add(key, points, known)

    def above(self, key: str, value: Any, known: Any, strict: bool = False) -> None:
        points = np.zeros(len(value), np.int64)
        for cut, worth in reversed(self.n.cuts[key]):
            points = np.where(value > cut if strict else value >= cut, worth, points)
        self.add(key, points, known)

    def case(self, key: str, conditions: list[Any], known: Any) -> None:
        points = np.zeros(len(self.size), np.int64)
        for condition, worth in reversed(list(zip(conditions, self.n.cases[key], strict=True))):
            points = np.where(condition, worth, points)
        self.add(key, points, known)

    def score(self) -> tuple[Any, Any]:
        self._means()
        self._money()
        self._health()
        self._home()
        self._work_and_children()
        self._family()
        return self.total, self.most

    def _means(self) -> None:
        m, n = self.m, self.n
        self.related = m["relation"].values != 99
        names = ("wage_income", "business_income", "property_income", "transfer_income", "excluded_income")
        wage, business, rents, transfer, excluded = (m[name].values for name in names)
        own = np.maximum(wage + business + rents + transfer - excluded, 0)
        self.income = self.sum(own * self.related)
        masks = [m[name].known for name in names if m[name].known is not None]
        self.income_known = self.whole(np.logical_and.reduce(masks) | ~self.related) if masks else True
        self.members = self.count(self.related)
        category, grade = m["disability_category"], m["disability_grade"]
        kind, level = category.values, grade.values
        self.disabled, self.disabled_known = kind > 0, category.mask()
        wide, narrow = (kind == 5) | (kind == 6), (kind == 1) | (kind == 4) | (kind == 7)
        severe = (wide & (level >= 1) & (level <= 3)) | (narrow & (level >= 1) & (level <= 2))
        self.severe = severe & self.disabled
        self.severe_known = category.mask() & (grade.mask() | ~self.disabled)
        illness = m["illness"]
        self.ill, ill_known = illness.values == 2, illness.mask()
        settled = (self.ill & ill_known) | (self.severe & self.severe_known)
        known = settled | (ill_known & self.severe_known) | ~self.related
        grave, grave_known = self.any((self.ill | self.severe) & self.related, known)
        elder = self.related & (m["age"].values >= n.supporter_age)
        old, old_known = self.any(elder & ~self.severe, self.severe_known | ~elder)
        self.lone, self.lone_known = self._lone()
        aged, aged_known = both((grave, grave_known), (old, old_known))
        off = np.where(grave, n.ill, 0) + np.where(aged, n.old, 0) + np.where(self.lone, n.lone, 0)
        net = np.maximum(self.income - off * 12, 0)
        per_head = -(-net // (self.members * 12))
        self.below("inc_ratio", per_head, self.income_known & grave_known & aged_known & self.lone_known)

    def _lone(self) -> tuple[Any, Any]:
        m, relation = self.m, self.m["relation"].values
        head = relation == 2
        alone, alone_known = self.any(
            head & (m["marital"].values != MARITAL["married"]), m["marital"].mask() | ~head
        )
        coupled = self.count((relation >= 10) & (relation <= 12)) > 0
        child = self.related & (relation >= 20) & (relation <= 39)
        young = child & (m["age"].values <= self.n.child_age)
        learning = child & (m["schooling"].values >= SCHOOLING["compulsory"])
        cared, cared_known = self.any(young | learning, young | m["schooling"].mask() | ~child)
        return _told(both((alone, alone_known), (~coupled, None), (cared, cared_known)))

    def _money(self) -> None:
        m, h, n = self.m, self.h, self.n
        employment, wage, transfer = m["employment"], m["wage_income"], m["transfer_income"]
        paid = both((employment.values == WORK, employment.known), (wage.values > 0, wage.known))
        pension = both(
            (employment.values == RETIRED, employment.known), (transfer.values > 0, transfer.known)
        )
        steady, steady_known = self.any(*_told(both((self.related, None), either(paid, pension))))
        none = self.income == 0
        self.case("inc_stability", [none, ~none & ~steady, ~none & steady], self.income_known & steady_known)
        limit = self.members * np.where(self.members <= 2, n.small, n.large)
        ratio = -(-h["liquid_assets"].values * 10_000 // limit)
        self.below("liquid_assets", ratio, h["liquid_assets"].mask())
        self.debt = h["debt"]

    def share(self, upper: Any) -> Any:
        exact = upper * 10_000 // np.maximum(self.income, 1)
        return np.where(self.income > 0, exact, np.where(upper > 0, BEYOND, 0))

    def _health(self) -> None:
        m = self.m
        paid, paid_known = self.sum(m["medical_self_paid"].values), self.all_known(m["medical_self_paid"])
        self.above("oop_share", self.share(paid), self.income_known & paid_known)
        illness = m["illness"]
        ill_known = self.all_known(illness)
        serious = self.count(self.ill)
        chronic, chronic_known = self.any(illness.values == 1, illness.mask())
        one, two = serious > 0, serious >= 2
        self.case("major_ill", [two, one, chronic], ill_known & (one | chronic_known))
        self.above("oop_abs", paid, paid_known, strict=True)
        some, some_known = self.any(self.disabled, self.disabled_known)
        severe, severe_known = self.any(self.severe, self.severe_known)
        self.case("dis_level", [some & severe, some], some_known & (~some | severe_known))
        lost = m["daily_activities_lost"]
        self.above("adl", np.maximum.reduceat(lost.values, self.starts), self.all_known(lost))
        number = self.count(self.disabled)
        elders = self.count(m["age"].values >= self.n.ages["elder"]) > 0
        several = (number >= 2) | ((number == 1) & elders)
        self.case("multi", [several], self.all_known(m["disability_category"]))
        costs = paid + self.sum(m["education_cost"].values) + self.sum(m["rehabilitation_cost"].values)
        known = self.income_known & paid_known & self.all_known(m["education_cost"]) & self.all_known(m["rehabilitation_cost"])  # fmt: skip
        self.above("rigid_ratio", self.share(costs), known)
        self.above("debt", self.share(self.debt.values), self.income_known & self.debt.mask())

    def _home(self) -> None:
        h = self.h
        self.below("area", h["usable_area_dm2"].values // self.size, h["usable_area_dm2"].mask(), strict=True)
        self.case("safety", [h["unsafe_housing"].values], h["unsafe_housing"].mask())
        tenure, rent = h["tenure"], h["monthly_rent"]
        rented = (tenure.values == TENURE["public_rent"]) | (tenure.values == TENURE["private_rent"])
        known = self.income_known & tenure.mask() & (rent.mask() | ~rented)
        self.above("rent_burden", self.share(rent.values * rented * 12), known)

    def _work_and_children(self) -> None:
        m, ages = self.m, self.n.ages
        age, employment, capacity = m["age"].values, m["employment"], m["work_capacity"]
        of_age = (age >= ages["working_from"]) & (age <= ages["working_to"])
        free = (employment.values != STUDENT) & (employment.values != RETIRED)
        capable = capacity.values != WORK_CAPACITY["none"]
        able = both((of_age, None), (free, employment.known), (capable, capacity.known))
        works = (employment.values == WORK) | (employment.values == FLEX)
        out = both(able, (~works, employment.known))
        known = _told(able)[1] & _told(out)[1]
        idle, can = self.count(out[0]), self.count(able[0])
        some = idle > 0
        self.case("able_unemployed", [some & (idle == can), some], self.whole(known))
        workers = self.count(works)
        ratio = (self.size - workers) * 10_000 // np.maximum(workers, 1)
        points = np.zeros(len(workers), np.int64)
        for cut, worth in reversed(self.n.cuts["dependency"]):
            points = np.where(ratio >= cut, worth, points)
        points = np.where(workers > 0, points, self.n.full["dependency"])
        self.add("dependency", points, self.all_known(employment))
        schooling = m["schooling"]
        beyond = self.count(schooling.values >= SCHOOLING["senior"])
        self.above("in_school", beyond, self.all_known(schooling))
        minor = (age < ages["adult"]) & (m["is_orphan"].values | m["is_unsupervised_child"].values)
        pupil = (age >= ages["school_from"]) & (age < ages["school_to"])
        out = pupil & (schooling.values == SCHOOLING["none"])
        risk, risk_known = self.any(minor | out, minor | schooling.mask() | ~pupil)
        self.case("child_risk", [risk], risk_known)

    def _family(self) -> None:
        m, h, ages = self.m, self.h, self.n.ages
        alone, oldest = self.size == 1, np.maximum.reduceat(m["age"].values, self.starts)
        gravest = (self.count(m["is_bereaved_parent"].values) > 0) | (alone & (oldest >= ages["very_old"]))
        elder = alone & (oldest >= ages["elder"])
        known = gravest | alone | self.lone_known
        self.case("type", [gravest, ~alone & self.lone, elder], known)
        support = h["support"]
        self.case("support", [support.values == place for place in range(3)], support.mask())
        event, days = h["event"], h["event_days"]
        none = event.mask() & (event.values == EVENT["none"])
        recent = (days.values >= 0) & (days.values <= self.n.event_days) & ~none
        kinds = [recent & (event.values == place) for place in range(1, 5)]
        self.case("event", kinds, none | (event.mask() & days.mask()))
