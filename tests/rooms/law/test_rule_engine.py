"""The engine against plain Python integers; what is unknown stays unknown and is named; one body for one and for many."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.foundations.money import share
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.rules import alone as alone_page
from jishiyu.law.rules import engine
from jishiyu.law.rules.alone import Kernel, alone
from jishiyu.law.rules.columns import LIMIT, Column, Population, both, either, part, times, when
from jishiyu.law.rules.engine import Missing, Step, run
from jishiyu.law.rules.parameters import Citation, Dated
from jishiyu.law.rules.rulebook import RuleBook, aggregate, rule

DAY = date(2020, 1, 1)


@rule(entity="person", zh="收入", en="earned")
def earned(wage: Any, pension: Any) -> Any:
    return wage + pension


@rule(entity="household", zh="应补", en="lacking", name="lacking", last=date(2019, 12, 31))
def lacking_before(standard: Any, member_count: Any, earned_sum: Any) -> Any:
    return np.maximum(standard * member_count - earned_sum, 0)


@rule(entity="household", zh="应补", en="lacking", name="lacking", first=DAY)
def lacking_since(standard: Any, member_count: Any, earned_sum: Any) -> Any:
    return np.maximum(2 * standard * member_count - earned_sum, 0)


@rule(entity="person", zh="按户", en="share of the household")
def share_of_household(earned: Any, earned_sum: Any) -> Any:
    return earned_sum - earned


@rule(entity="person", zh="有残疾等级", en="grade if disabled", aware=("grade",))
def grade_if(disabled: Any, grade: Column) -> Any:
    return when(disabled, grade)


BOOK = RuleBook(
    [
        earned,
        lacking_before,
        lacking_since,
        share_of_household,
        grade_if,
        aggregate("earned_sum", "sum", "earned", zh="合计", en="sum"),
        aggregate("rich", "any", "is_rich", zh="有", en="any"),
        aggregate("all_rich", "all", "is_rich", zh="都", en="all"),
        aggregate("rich_count", "count", "is_rich", zh="数", en="count"),
        aggregate("highest", "max", "earned", zh="最高", en="highest"),
        aggregate("lowest", "min", "earned", zh="最低", en="lowest"),
    ]
)


def traced(names: tuple[str, ...], population: Population, given_: Any) -> list[Step]:
    household = alone(population)
    return list(Kernel(BOOK.plan(DAY, names), given_, household)(household).trace().values())


def standard(value: int) -> Dated:
    words = sentence("标准", "standard")
    return Dated("x.standard", words, value, "yuan", None, None, DAY, None, Citation("", ""), "verified")


def people(
    households: list[list[tuple[int | None, int | None]]], rich: list[list[bool | None]] | None = None
) -> Population:
    flat = [one for home in households for one in home]
    flags = [one for home in rich for one in home] if rich else [False] * len(flat)
    columns = {
        "wage": _column([wage for wage, _ in flat], np.int64),
        "pension": _column([pension for _, pension in flat], np.int64),
        "is_rich": _column(flags, np.bool_),
    }
    return Population(np.array([len(home) for home in households], np.int64), {}, columns)


def _column(values: list[Any], kind: Any) -> Column:
    known = np.array([value is not None for value in values])
    return Column(np.array([value or 0 for value in values], kind), None if known.all() else known)


amounts = st.integers(-(2**43), 2**43)
homes = st.lists(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=7), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(homes, st.integers(0, 10**8))
def test_it_computes_what_plain_integers_do(households: list[list[tuple[int, int]]], value: int) -> None:
    wanted = ("lacking", "highest", "lowest", "share_of_household")
    try:
        out = run(BOOK.plan(DAY, wanted), people(households), {"standard": standard(value)})
    except OverflowError:
        sums = [sum(a + b for a, b in home) for home in households]
        assert (
            max(abs(total) for total in [*sums, *(a + b for home in households for a, b in home)])
            > LIMIT // 2
        )
        return
    for place, home in enumerate(households):
        total = sum(a + b for a, b in home)
        assert out["lacking"].values[place] == max(2 * value * len(home) - total, 0)
        assert out["highest"].values[place] == max(a + b for a, b in home)
        assert out["lowest"].values[place] == min(a + b for a, b in home)
    rest = [sum(a + b for a, b in home) - (c + d) for home in households for c, d in home]
    assert out["share_of_household"].values.tolist() == rest


flags = st.lists(
    st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5), min_size=1, max_size=8
)


@settings(max_examples=80, deadline=None)
@given(flags)
def test_any_all_and_count_over_unknown_members(rich: list[list[bool | None]]) -> None:
    population = people([[(0, 0)] * len(home) for home in rich], rich)
    out = run(BOOK.plan(DAY, ("rich", "all_rich", "rich_count")), population, {})
    for place, home in enumerate(rich):
        for name, expected in (
            ("rich", True if True in home else None if None in home else False),
            ("all_rich", False if False in home else None if None in home else True),
            ("rich_count", None if None in home else sum(one is True for one in home)),
        ):
            known = bool(out[name].mask()[place])
            assert known == (expected is not None)
            assert expected is None or out[name].values[place] == expected


@settings(max_examples=40, deadline=None)
@given(homes.filter(lambda found: len(found) > 2), st.integers(1, 5))
def test_in_chunks_it_is_the_same_as_whole(households: list[list[tuple[int, int]]], size: int) -> None:
    small = [[(a % 1000, b % 1000) for a, b in home] for home in households]
    plan, given_ = BOOK.plan(DAY, ("lacking", "share_of_household")), {"standard": standard(700)}
    whole = run(plan, people(small), given_)
    parts = [run(plan, chunk, given_) for chunk in people(small).chunks(size)]
    for name in ("lacking", "share_of_household"):
        assert np.concatenate([one[name].values for one in parts]).tolist() == whole[name].values.tolist()


def test_the_date_chooses_the_version() -> None:
    before = run(BOOK.plan(date(2019, 12, 31), ("lacking",)), people([[(1, 0)]]), {"standard": standard(10)})
    since = run(BOOK.plan(DAY, ("lacking",)), people([[(1, 0)]]), {"standard": standard(10)})
    assert (before["lacking"].values[0], since["lacking"].values[0]) == (9, 19)


def test_no_version_in_force_is_said_not_guessed() -> None:
    with pytest.raises(CannotBecause, match="no_rule"):
        RuleBook([lacking_since]).plan(date(2019, 1, 1), ("lacking",))


def test_versions_that_overlap_and_rings_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        RuleBook([lacking_since, lacking_since])

    @rule(entity="person", zh="甲", en="a")
    def first(second: Any) -> Any:
        return second

    @rule(entity="person", zh="乙", en="b")
    def second(first: Any) -> Any:
        return first

    with pytest.raises(ValueError, match="ring"):
        RuleBook([first, second]).plan(DAY, ("first",))


def test_a_household_without_members_is_refused() -> None:
    with pytest.raises(CannotBecause, match="no_members"):
        people([[(1, 1)], []])


def test_an_unknown_input_makes_the_result_unknown_and_is_named() -> None:
    given_ = {"standard": standard(10)}
    out = run(BOOK.plan(DAY, ("lacking",)), people([[(1, 2), (None, 2)]]), given_)
    trace = traced(("lacking",), people([[(1, 2), (None, 2)]]), given_)
    assert not out["lacking"].mask().any()
    assert trace[-1].name == "lacking"
    assert trace[-1].missing == (Missing("wage", 1),)
    assert trace[-1].value == (None,)


def test_a_parameter_that_cannot_be_had_makes_the_result_unknown_with_its_reason() -> None:
    why = CannotBecause("law.unknown_value", sentence("未知", "not known"))
    out = run(BOOK.plan(DAY, ("lacking",)), people([[(1, 2)]]), {"standard": why})
    trace = traced(("lacking",), people([[(1, 2)]]), {"standard": why})
    assert not out["lacking"].mask().any()
    assert trace[-1].missing == (Missing("standard", why=why.reason),)


def test_a_changed_parameter_shows_its_own_origin_in_the_trace() -> None:
    trace = traced(("lacking",), people([[(1, 2)]]), {"standard": standard(4711)})
    assert [(name, value.value) for name, value in trace[-1].parameters] == [("standard", 4711)]


def test_what_is_not_needed_need_not_be_known() -> None:
    population = Population(
        np.array([3], np.int64),
        {},
        {
            "disabled": Column(np.array([False, True, True])),
            "grade": Column(np.array([0, 2, 0], np.int64), np.array([False, True, False])),
        },
    )
    out = run(BOOK.plan(DAY, ("grade_if",)), population, {})["grade_if"]
    assert out.mask().tolist() == [True, True, False]
    assert out.values[:2].tolist() == [0, 2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.none() | amounts, st.none() | amounts, st.none() | st.booleans()), min_size=1, max_size=6
    ),
    st.none() | st.integers(0, 10**8),
)
def test_alone_and_in_arrays_it_is_the_same(members: list[tuple[Any, Any, Any]], value: int | None) -> None:
    names = ("lacking", "share_of_household", "rich", "all_rich", "rich_count", "highest", "lowest")
    lacks = CannotBecause("law.unknown_value", sentence("未知", "not known"))
    given_ = {"standard": lacks if value is None else standard(value)}
    population = people([[(a, b) for a, b, _ in members]], [[c for _, _, c in members]])
    try:
        out = run(BOOK.plan(DAY, names), population, given_)
    except OverflowError:
        return
    household = alone(population)
    found = Kernel(BOOK.plan(DAY, names), given_, household)(household)
    for name, column in out.items():
        known = column.mask()
        assert found.shown(name) == tuple(
            one if known[place] else None for place, one in enumerate(column.values.tolist())
        )


def test_a_function_that_insists_on_arrays_is_given_arrays_of_one() -> None:
    @rule(entity="person", zh="累计", en="by index", aware=("pension",))
    def by_index(wage: Any, pension: Column) -> Any:
        found = np.zeros(len(wage), np.int64)
        found[wage > 0] = 7
        return Column(found, pension.mask())

    book, population = RuleBook([by_index]), people([[(5, 1), (0, 1), (3, None)]])
    plan, household = book.plan(DAY, ("by_index",)), alone(population)
    assert Kernel(plan, {}, household)(household).shown("by_index") == (7, 0, None)
    assert run(plan, population, {})["by_index"].values.tolist() == [7, 0, 7]


def test_alone_too_what_could_overflow_is_refused() -> None:
    for names, population, given_ in (
        (("earned_sum",), people([[(LIMIT, LIMIT)]]), {}),
        (("lacking",), people([[(1, 0)]]), {"standard": standard(2**31)}),
    ):
        with pytest.raises(OverflowError):
            traced(names, population, given_)
    plan = RuleBook([aggregate("x", "sum", "luck", zh="", en="")]).plan(DAY, ("x",))
    with pytest.raises(KeyError, match="luck"):
        Kernel(plan, {}, alone(people([[(1, 2)]])))


def test_numbers_that_could_overflow_are_refused() -> None:
    with pytest.raises(OverflowError):
        people([[(LIMIT + 1, 0)]])
    with pytest.raises(OverflowError):
        run(BOOK.plan(DAY, ("earned_sum",)), people([[(LIMIT, LIMIT)]]), {})
    with pytest.raises(OverflowError):
        times(np.array([5], np.int64), 2**16)
    with pytest.raises(OverflowError):
        run(BOOK.plan(DAY, ("lacking",)), people([[(1, 0)]]), {"standard": standard(2**31)})
    with pytest.raises(TypeError, match="int64"):
        Population(np.array([1], np.int64), {}, {"wage": Column(np.array([1.5]))})


def test_a_member_value_is_not_read_as_a_household_value() -> None:
    @rule(entity="household", zh="错", en="wrong")
    def wrong(wage: Any) -> Any:
        return wage

    with pytest.raises(TypeError, match="aggregate"):
        run(RuleBook([wrong]).plan(DAY, ("wrong",)), people([[(1, 2)]]), {})


def test_a_name_nobody_gives_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError, match="luck"):
        run(RuleBook([aggregate("x", "sum", "luck", zh="", en="")]).plan(DAY, ("x",)), people([[(1, 2)]]), {})


@given(st.integers(-LIMIT, LIMIT), st.integers(0, 20_000))
def test_a_part_is_that_of_plain_money(amount: int, basis_points: int) -> None:
    assert int(part(np.array([amount], np.int64), basis_points)[0]) == share(amount, basis_points)
    assert int(part(amount, basis_points)) == share(amount, basis_points)


truth = st.sampled_from([True, False, None])


@given(truth, truth)
def test_and_and_or_of_what_is_not_known(one: bool | None, other: bool | None) -> None:
    columns = [_column([one], np.bool_), _column([other], np.bool_)]
    for combine, expected in (
        (both, False if False in (one, other) else None if None in (one, other) else True),
        (either, True if True in (one, other) else None if None in (one, other) else False),
    ):
        found = combine(*columns)
        assert (bool(found.values[0]) if found.mask()[0] else None) == expected


def test_a_rule_is_called_with_plain_numbers() -> None:
    assert earned(3, 4) == 7
    assert int(lacking_since(580, 2, 600)) == 1720


def test_the_engine_stays_small_enough_to_read() -> None:
    pages = [Path(str(one.__file__)).read_text(encoding="utf-8") for one in (engine, alone_page)]
    assert sum(len(page.splitlines()) for page in pages) < 300
