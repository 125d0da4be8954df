"""Rows made households, without any workbook."""

from typing import Any

from jishiyu.evidence.rules.households import gather, mark_twins, waiting_for
from jishiyu.evidence.rules.lines import Line
from jishiyu.evidence.rules.problems import Problem
from jishiyu.foundations.outcomes import sentence
from tests.fixtures import AS_OF, an_id


def a_line(number: int, *, sheet: str = "s", person: int = 0, **values: Any) -> Line:
    values = {"id_number": an_id(AS_OF, 1, person or number), **values}
    return Line(sheet, number, {key: str(value) for key, value in values.items()}, values)


def keys(lines: list[Line]) -> list[tuple[str, list[int]]]:
    return [(group.key, [line.number for line in group.lines]) for group in gather(lines, head_code="02")]


def test_rows_with_a_key_come_together_and_rows_without_follow() -> None:
    lines = [
        a_line(1, household_key="7"),
        a_line(2),
        a_line(3, household_key="8"),
        a_line(4, household_key="7"),
        a_line(5),
    ]
    assert keys(lines) == [("7", [1, 2, 4, 5]), ("8", [3])]


def test_without_keys_each_head_begins() -> None:
    lines = [a_line(1, relation="02"), a_line(2, relation="20"), a_line(3, relation="02")]
    assert keys(lines) == [("第1行", [1, 2]), ("第3行", [3])]


def test_a_first_row_that_belongs_nowhere_says_so() -> None:
    (group,) = gather([a_line(1, relation="20")], head_code="02")
    assert [problem.code for problem in group.lines[0].problems] == ["no_household"]


def test_sheets_have_their_own_keys() -> None:
    assert keys([a_line(1, household_key="1"), a_line(1, sheet="t", household_key="1")]) == [
        ("s·1", [1]),
        ("t·1", [1]),
    ]


def test_a_shorter_repetition_is_a_twin_and_a_different_one_is_bad() -> None:
    same = [
        a_line(1, person=1, household_key="1", name="王芳", wage_income=5),
        a_line(2, person=1, household_key="1", name="王芳"),
    ]
    mark_twins(gather(same, head_code="02"))
    assert (same[0].twin_of, same[1].twin_of) == (None, 1)
    other = [
        a_line(1, person=1, household_key="1", name="王芳"),
        a_line(2, person=1, household_key="1", name="王方"),
    ]
    mark_twins(gather(other, head_code="02"))
    assert [[problem.wrong.values["n"] for problem in line.problems] for line in other] == [[2], [1]]


def test_in_two_households_both_rows_name_the_other() -> None:
    lines = [a_line(1, person=1, household_key="1"), a_line(2, person=1, household_key="2")]
    mark_twins(gather(lines, head_code="02"))
    assert [[(one.wrong.values["n"], one.wrong.values["k"]) for one in line.problems] for line in lines] == [
        [(2, "2")],
        [(1, "1")],
    ]


def test_waiting_names_every_bad_row() -> None:
    lines = [a_line(1, household_key="1"), a_line(2), a_line(3)]
    (group,) = gather(lines, head_code="02")
    for line in lines[1:]:
        line.blame(Problem("x", "x", sentence("错", "wrong"), sentence("改", "mend")))
        line.blame(Problem("x", "x", sentence("错", "wrong"), sentence("改", "mend")))
    assert len(lines[1].problems) == 1
    assert waiting_for(group).wrong.say("zh") == "本行无误，等待同户第2、3行改正"
