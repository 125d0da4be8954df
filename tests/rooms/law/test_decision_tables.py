"""Decision tables: the arrays give what reading the rows one by one gives; gaps and overlaps are found as by trying all cases."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.rules.columns import Column
from jishiyu.law.rules.decision_tables import Cell, DecisionTable, Edition, TableInput
from jishiyu.law.rules.parts import Unreadable
from jishiyu.law.rules.table_checks import Known, TableFault, faults_in_edition, faults_in_table
from jishiyu.law.rules.table_grid import Lookup, sheet_of
from jishiyu.law.rules.table_words import tell

DAY = date(2020, 1, 1)
WORDS = {word: (place, Sentence(word, word)) for place, word in enumerate(("red", "green", "blue"))}
NAME = {"zh": "名", "en": "name"}
INPUTS = [
    {"key": "size", "name": NAME, "of": "size", "type": "number", "least": 1, "most": 6},
    {"key": "poor", "name": NAME, "of": "poor", "type": "flag"},
    {"key": "colour", "name": NAME, "of": "colour", "type": "code"},
]
DOMAIN: list[list[Any]] = [list(range(1, 7)), [False, True], [0, 1, 2]]


def a_table(rows: list[dict[str, Any]], otherwise: Any = None, **more: Any) -> DecisionTable:
    edition = {
        "from": DAY, "to": None, "citation": NAME, "confidence": "verified",
        "rows": tuple({"when": one["when"], "then": {"amount": one["then"]}} for one in rows),
    } | ({} if otherwise is None else {"otherwise": {"amount": otherwise}})  # fmt: skip
    whole = {
        "key": "trial", "name": NAME, "inputs": tuple(INPUTS), "editions": (edition,),
        "outputs": ({"key": "amount", "name": NAME, "unit": "count"},),
    }  # fmt: skip
    return DecisionTable.model_validate(whole | more)


def nothing_dated(id: str, day: date) -> object:
    raise CannotBecause("no", Sentence("没有", "none"))


KNOWN = Known(
    {}, nothing_dated, lambda name: name == "rent", lambda one: WORDS if one.key == "colour" else None
)


def lookup(table: DecisionTable) -> Lookup:
    sheet = sheet_of(table.inputs, "amount", "count", table.editions[0], [{}, {}, WORDS])
    inputs = tuple(one.key for one in table.inputs)
    return Lookup(sheet, inputs, (*inputs, *sheet.names), "")


def fits(asked: Cell, value: Any) -> bool:
    """Reading one cell, as a person does."""
    if asked.flag is not None:
        return bool(asked.flag is value)
    if asked.words:
        return value in [WORDS[word][0] for word in asked.words]
    low, high = asked.low, asked.high
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    over = low is None or (value > low if asked.above else value >= low)
    under = high is None or (value < high if asked.below else value <= high)
    return over and under


def row_of(edition: Edition, case: Mapping[str, Any]) -> int | None:
    """The first row that fits a case, reading them one by one."""
    for place, row in enumerate(edition.rows):
        if all(fits(asked, case[key]) for key, asked in row.when.items()):
            return place
    return None


def naive(edition: Edition, case: Mapping[str, Any]) -> int | None:
    place = row_of(edition, case)
    given_ = edition.rows[place].then if place is not None else edition.otherwise
    return None if given_ is None or given_["amount"].value is None else int(given_["amount"].value)


numbers = st.integers(1, 6)
spans = st.one_of(
    numbers,
    st.fixed_dictionaries({}, optional={"from": numbers, "to": numbers}).filter(bool),
    st.fixed_dictionaries({"above": numbers, "below": numbers}),
)
whens = st.fixed_dictionaries(
    {},
    optional={
        "size": spans, "poor": st.booleans(),
        "colour": st.lists(st.sampled_from(["red", "green", "blue"]), min_size=1, max_size=2, unique=True),
    },
)  # fmt: skip
row_lists = st.lists(
    st.fixed_dictionaries({"when": whens, "then": st.one_of(st.integers(0, 3), st.just("person"))}),
    min_size=1,
    max_size=5,
)
lasts = st.one_of(st.none(), st.integers(0, 3), st.just("person"))


def every_case() -> Iterator[dict[str, Any]]:
    for values in product(*DOMAIN):
        yield dict(zip(("size", "poor", "colour"), values, strict=True))


@settings(max_examples=60, deadline=None)
@given(row_lists, lasts)
def test_the_arrays_give_what_reading_the_rows_gives(rows: list[dict[str, Any]], last: Any) -> None:
    table = a_table(rows, last)
    cases = list(every_case())
    columns = [Column(np.array([one[key] for one in cases])) for key in ("size", "poor", "colour")]
    found = lookup(table)(*columns)
    assert [int(v) if k else None for v, k in zip(found.values, found.mask(), strict=True)] == [
        naive(table.editions[0], one) for one in cases
    ]


@settings(max_examples=60, deadline=None)
@given(row_lists, lasts, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_what_is_not_known_decides_only_if_it_makes_no_difference(
    rows: list[dict[str, Any]], last: Any, hidden: tuple[bool, bool, bool]
) -> None:
    table, keys = a_table(rows, last), ("size", "poor", "colour")
    cases = list(every_case())
    columns = [
        Column(np.array([one[key] for one in cases]), np.full(len(cases), not hide))
        for key, hide in zip(keys, hidden, strict=True)
    ]
    found = lookup(table)(*columns)
    for place, case in enumerate(cases):
        free = [DOMAIN[at] if hide else [case[keys[at]]] for at, hide in enumerate(hidden)]
        could = {naive(table.editions[0], dict(zip(keys, values, strict=True))) for values in product(*free)}
        expected = could.pop() if len(could) == 1 else None
        assert (int(found.values[place]) if found.mask()[place] else None) == expected


@settings(max_examples=80, deadline=None)
@given(row_lists, lasts)
def test_gaps_and_overlaps_are_those_that_trying_every_case_finds(
    rows: list[dict[str, Any]], last: Any
) -> None:
    table = a_table(rows, last)
    edition = table.editions[0]
    faults = faults_in_edition(table, edition, KNOWN)
    if any(one.input for one in faults if one.severity == "error"):
        return  # a span from 5 to 2: told as such, and nothing else looked at
    sets = [
        {tuple(case.values()) for case in every_case() if all(fits(a, case[k]) for k, a in row.when.items())}
        for row in edition.rows
    ]
    reached = {row_of(edition, case) for case in every_case()}
    errors = {one.row for one in faults if one.severity == "error"}
    gaps = last is None and None in reached
    assert (None in errors) == gaps
    assert errors - {None} == {place for place in range(len(sets)) if place not in reached}
    warned = {one.row for one in faults if one.severity == "warning"}
    assert warned == {
        place
        for place, own in enumerate(sets)
        if place in reached
        and any(
            own & other
            and own - other
            and other - own
            and edition.rows[before].then != edition.rows[place].then
            for before, other in enumerate(sets[:place])
        )
    }


def said(faults: list[TableFault], language: str = "en") -> str:
    return "\n".join(one.sentence.say(language) for one in faults)


def test_a_gap_is_told_with_an_example_and_how_to_mend_it() -> None:
    table = a_table([{"when": {"size": {"to": 2}}, "then": 1}, {"when": {"poor": True}, "then": 2}])
    faults = faults_in_table(table, KNOWN)
    assert [one.severity for one in faults] == ["error", "warning"]
    assert "no row covers this case: name: 3 or more, not “name”" in said(faults)
    assert "没有一行覆盖这种情况" in said(faults, "zh")
    assert "请加一行" in said(faults, "zh")
    assert not list(faults_in_table(a_table([{"when": {}, "then": 1}]), KNOWN))


def test_a_row_that_is_never_reached_names_the_rows_that_cover_it() -> None:
    table = a_table(
        [
            {"when": {"size": {"to": 3}}, "then": 1},
            {"when": {}, "then": 2},
            {"when": {"poor": True}, "then": 3},
        ]
    )
    (fault,) = faults_in_table(table, KNOWN)
    assert fault.row == 2
    assert "cover it" in said([fault])


@pytest.mark.parametrize(
    ("when", "then", "expected"),
    [
        ({"size": True}, 1, "takes a number"),
        ({"colour": "pink"}, 1, "The codes are: red, green, blue"),
        ({"colour": {"from": 1, "to": 2}}, 1, "takes codes"),
        ({"height": 3}, 1, "There are: size, poor, colour"),
        ({"size": {"from": 4, "to": 2}}, 1, "lower bound is above"),
        ({"size": {"to": "no.such.parameter"}}, 1, "there is no such parameter"),
        ({}, "nothing_known", "there is no such parameter"),
        ({}, 0.5, "too fine"),
    ],
)
def test_what_is_wrong_in_a_cell_is_told_where_it_stands(when: Any, then: Any, expected: str) -> None:
    faults = faults_in_table(a_table([{"when": when, "then": then}], 0), KNOWN)
    assert expected in said(faults)
    assert all(
        "table “trial”, edition 2020-01-01, row 1" in one.sentence.say("en") for one in faults if one.row == 0
    )


def test_the_trace_says_the_row_in_words() -> None:
    table = a_table(
        [
            {"when": {"size": {"to": 2}, "poor": True}, "then": 1},
            {"when": {"colour": ["red", "blue"]}, "then": 2},
        ],
        0,
    )
    own = lookup(table)
    told = tell(own, [Column(np.array([2])), Column(np.array([True])), Column(np.array([0]))])
    assert told.words.say("en") == "row 1: name: at most 2, name → 1"
    told = tell(own, [Column(np.array([5])), Column(np.array([False])), Column(np.array([1]))])
    assert told.words.say("zh") == "以上各行都不符合：0"
    told = tell(
        own, [Column(np.array([2])), Column(np.array([False]), np.array([False])), Column(np.array([0]))]
    )
    assert "1, 2" in told.words.say("en")


def test_a_revision_ends_the_edition_before_it() -> None:
    table = a_table([{"when": {}, "then": 1}])
    later = table.editions[0].model_copy(update={"from_": date(2021, 7, 1)})
    both = table.revised(later)
    assert [one.to for one in both.editions] == [date(2021, 6, 30), None]
    assert both.edition_on(date(2021, 6, 30)) is both.editions[0]
    assert both.edition_on(date(2021, 7, 1)) is later
    with pytest.raises(Unreadable):
        both.revised(later)


def test_cells_are_written_as_they_were_read() -> None:
    for raw in (
        True,
        "red",
        ["red", "blue"],
        3,
        {"from": 1, "to": 2},
        {"above": 1},
        {"below": "bj.x"},
        {"from": "a.b", "to": "a.b"},
    ):
        table = a_table([{"when": {"size": raw}, "then": 1}])
        assert table.editions[0].as_data()["rows"][0]["when"]["size"] == raw
    assert TableInput.model_validate(INPUTS[0]).least == Decimal(1)
