"""What is wrong is kept with its reason beside the cell, and files that are no workbooks are refused."""

import io
from typing import Any

import openpyxl
import pytest

from jishiyu.foundations.outcomes import CannotBecause
from tests.journeys.imports.a_street import Street
from tests.journeys.imports.a_workbook import (
    a_family,
    a_head,
    a_husband,
    a_son,
    a_workbook,
    as_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rows", "column", "code"),
    [
        ([a_head(1, id_number="119900197503040011")], "id_number", "bad_id"),
        ([a_head(1, id_number="11990019750304")], "id_number", "bad_id"),
        ([a_head(1, id_number=119900197503040020)], "id_number", "id_lost_digits"),
        ([a_head(1, id_number="1.199E+17")], "id_number", "id_lost_digits"),
        ([a_head(1, id_number=None)], "id_number", "missing"),
        ([a_head(1, name=None)], "name", "missing"),
        ([a_head(1, name="王芳1")], "name", "bad_name"),
        ([a_head(1, born="1975-03-05")], "born", "born_differs"),
        ([a_head(1, born="1975年3月")], "born", "bad_day"),
        ([a_head(1, born="19750231")], "born", "no_such_day"),
        ([a_head(1, sex="男")], "sex", "sex_differs"),
        ([a_head(1, sub_district="什刹海街道")], "sub_district", "other_area"),
        ([a_head(1, sub_district="海淀街道")], "sub_district", "not_a_choice"),
        ([a_head(1, community=None)], "community", "missing"),
        ([a_head(1, wage_income=-1)], "wage_income", "too_small"),
        ([a_head(1, wage_income=9e9)], "wage_income", "too_large"),
        ([a_head(1, wage_income="约五千")], "wage_income", "bad_amount"),
        ([a_head(1, wage_income="#DIV/0!")], "wage_income", "formula_failed"),
        ([a_head(1, phone="#N/A")], "phone", "formula_failed"),
        ([a_head(1, wage_income="1000/3")], "wage_income", "bad_amount"),
        ([a_head(1, wage_income=333.3333)], "wage_income", "too_fine"),
        ([a_head(1, relation="邻居")], "relation", "not_a_choice"),
        ([a_head(1, phone="没记")], "phone", "bad_phone"),
        ([a_head(1, as_of="2036-01-01")], "as_of", "day_out_of_range"),
        ([a_head(1, disability_category="视力")], "disability_grade", "grade_missing"),
        ([a_head(1, usable_area_dm2="三间")], "usable_area_dm2", "bad_area"),
        ([a_husband(1, community="德外社区")], "relation", "no_head"),
        ([a_head(1), a_head(2)], "relation", "two_heads"),
        ([a_head(1), a_husband(1), a_husband(2)], "relation", "two_spouses"),
        ([a_head(1), a_husband(1, relation="妻")], "relation", "relation_against_sex"),
        ([a_head(1), a_son(1, relation="夫")], "relation", "spouse_too_young"),
        ([a_head(1), a_husband(1, relation="子")], "relation", "child_too_old"),
        ([a_head(1), a_husband(1, relation="父亲")], "relation", "parent_too_young"),
        ([a_head(1), a_husband(1, marital="未婚")], "marital", "spouse_unmarried"),
        ([a_head(1), a_husband(1, address="乙二胡同2号")], "address", "differs_in_household"),
        ([a_head(1), a_head(1, key="2")], "id_number", "in_two_households"),
        ([a_head(1), a_son(1), a_son(1, name="王大满")], "name", "told_twice"),
    ],
)  # fmt: skip
def test_each_fault_is_told_beside_its_cell(street: Street, rows: list[Any], column: str, code: str) -> None:
    batch = street.import_(a_workbook(rows))
    assert street.households() == 0
    bad = [row for row in street.rows(batch) if row.state == "bad"]
    told = [problem for row in bad for problem in row.problems or ()]
    assert (column, code) in {(problem["column"], problem["code"]) for problem in told}
    assert all(
        problem[part][tongue] for problem in told for part in ("wrong", "mend") for tongue in ("zh", "en")
    )
    assert len(street.rows(batch)) == len(rows), "nothing is lost"


def test_companions_wait_and_say_for_which_row(street: Street) -> None:
    rows = a_family(1)
    rows[2]["id_number"] = rows[2]["id_number"][:-1] + "?"
    batch = street.import_(a_workbook(rows))
    assert street.states(batch) == ["waiting", "waiting", "bad"]
    waits = street.rows(batch)[0].problems[0]["wrong"]
    assert "第4行" in waits["zh"]
    assert "row 4" in waits["en"]


def test_good_households_go_in_beside_bad_ones(street: Street) -> None:
    rows = [*a_family(1), a_head(9, "2", wage_income="许多"), *a_family(3, "3")]
    batch = street.import_(a_workbook(rows))
    assert street.households() == 2
    assert batch.counts == {"rows_taken": 6, "rows_bad": 1, "households_new": 2, "households_bad": 1}


def test_a_row_repeated_word_for_word_is_merged(street: Street) -> None:
    batch = street.import_(a_workbook([*a_family(1), a_son(1)]))
    assert street.states(batch) == ["taken", "taken", "taken", "duplicate"]
    assert len({row.household for row in street.rows(batch)}) == 1


def test_members_of_a_household_apart_in_the_file_come_together(street: Street) -> None:
    rows = [a_head(1), *a_family(2, "2"), a_son(1)]
    assert street.states(street.import_(a_workbook(rows))) == ["taken"] * 5
    assert street.households() == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        ("姓名,身份证号\n".encode(), "not_a_workbook"),
        (b"%PDF-1.7 ...", "not_a_workbook"),
        (b"<html><table>", "not_a_workbook"),
        (b"PK\x03\x04 broken", "file_damaged"),
        (as_bytes(openpyxl.Workbook()), "no_rows"),
        (a_workbook([{"household_key": "1"}], keys=["household_key", "community", "born"]), "no_headings"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_a_reason(street: Street, content: bytes, code: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        street.hand_in(content)
    assert refused.value.code == code
    assert refused.value.mend is not None


def test_a_zip_of_something_else_is_refused(street: Street) -> None:
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(CannotBecause) as refused:
        street.hand_in(held.getvalue())
    assert refused.value.code == "not_a_workbook"


def test_headings_without_rows_make_an_empty_batch(street: Street) -> None:
    batch = street.import_(
        a_workbook([], keys=["household_key", "community", "name", "id_number", "relation"])
    )
    assert (batch.state, batch.total, batch.percent) == ("done", 0, 100)
