"""Workbooks as officials fill them in, nasty as they come: what can be understood goes in."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys.take_in_workbook import (
    template_workbook,
)
from jishiyu.offices.operations import acting
from jishiyu.registry import queries as registry
from tests.conftest import NOON, TODAY
from tests.fixtures import an_id
from tests.journeys.imports.a_street import Street
from tests.journeys.imports.a_workbook import (
    HEADINGS,
    a_family,
    a_head,
    a_husband,
    a_workbook,
    as_bytes,
)

pytestmark = pytest.mark.django_db


def test_a_plain_workbook_goes_in_whole(street: Street) -> None:
    batch = street.import_(a_workbook(a_family(1) + a_family(2, "2")))
    assert (batch.state, batch.done, batch.total, batch.percent) == ("done", 2, 2, 100)
    assert street.states(batch) == ["taken"] * 6
    assert street.households() == 2
    told = street.situation(batch)
    assert {member.relation for member in told.members} == {"02", "11", "20"}
    assert next(one for one in told.members if one.relation == "02").wage_income == 600_000


def test_merged_title_and_two_level_headings(street: Street) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["西城区德胜街道困难家庭信息采集表"])
    page.append(["填表单位：德胜街道", None, None, None, None, None, "单位：元"])
    page.append(["户序号", "社区", "成员信息", None, None, "收入", None])
    page.append([None, None, "姓名", "身份证号码", "与户主关系", "工资性", "转移净"])
    head = a_head(1)
    page.append(["1", "德外社区", head["name"], head["id_number"], "户主", 6000, 1200.5])
    for merge in ("A1:G1", "A3:A4", "B3:B4", "C3:E3", "F3:G3"):
        page.merge_cells(merge)
    batch = street.import_(as_bytes(book))
    assert street.states(batch) == ["taken"]
    (member,) = street.situation(batch).members
    assert (member.wage_income, member.transfer_income) == (600_000, 120_050)


def test_two_level_headings_without_merged_cells(street: Street) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["户序号", "社区", "成员", None, None, "收入", None])
    page.append([None, None, "姓名", "身份证号", "关系", "工资性", "经营性"])
    page.append(["1", "德外社区", "单春雨", a_head(1)["id_number"], "户主", 5, 6])
    batch = street.import_(as_bytes(book))
    (member,) = street.situation(batch).members
    assert (member.wage_income, member.business_income) == (500, 600)


def test_columns_in_another_order_with_other_names_and_strange_marks(street: Street) -> None:
    renamed = {
        **HEADINGS,
        "id_number": "＊公民身份号码 \n（18位）",
        "relation": "与 户主 的 关系：",
        "community": "所属社区",
    }
    keys = ["relation", "id_number", "community", "name", "household_key"]
    batch = street.import_(a_workbook(a_family(1), keys=keys, headings=renamed))
    assert street.states(batch) == ["taken"] * 3


def test_extra_columns_are_kept_and_told(street: Street) -> None:
    batch = street.import_(a_workbook(a_family(1), extra={"网格员": "李测试", "备注": "下月搬家"}))
    assert batch.report["unknown_headings"] == ["备注", "网格员"]
    assert street.rows(batch)[0].cells["+网格员"] == "李测试"


def test_household_cells_merged_down_over_members(street: Street) -> None:
    rows = a_family(1) + a_family(2, "2")
    for place in (1, 2, 4, 5):
        rows[place].pop("household_key")
    keys = ["household_key", "community", "name", "id_number", "relation"]
    batch = street.import_(a_workbook(rows, keys=keys, merges=["A2:A4", "B2:B4", "A5:A7", "B5:B7"]))
    assert street.states(batch) == ["taken"] * 6
    assert street.households() == 2


def test_blank_household_key_belongs_to_the_row_above(street: Street) -> None:
    rows = a_family(1)
    rows[1]["household_key"] = rows[2]["household_key"] = None
    assert street.states(street.import_(a_workbook(rows))) == ["taken"] * 3


def test_without_a_household_column_each_head_begins_a_household(street: Street) -> None:
    rows = a_family(1) + a_family(2)
    batch = street.import_(a_workbook(rows, keys=["community", "name", "id_number", "relation"]))
    assert street.states(batch) == ["taken"] * 6
    assert street.households() == 2


def test_full_width_digits_spaces_and_apostrophes(street: Street) -> None:
    head = a_head(1, name="　单　春雨 ", community="\u00a0德外社区\u200b", wage_income="￥１，２００．５０")
    head["id_number"] = (
        "'" + head["id_number"].translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}) + " "
    )
    batch = street.import_(a_workbook([head]))
    assert street.states(batch) == ["taken"]
    assert street.situation(batch).members[0].wage_income == 120_050
    with acting(street.post, moment=NOON):
        (found,) = registry.find("单春雨", street.post)
    assert found.person.name == "单春雨"


@pytest.mark.parametrize(
    ("written", "fen"),
    [("￥1,200.50", 120_050), ("1200元", 120_000), ("1.2万", 1_200_000), ("1.2万元", 1_200_000), (1200.5, 120_050),
     (0.1 + 0.2, 30), ("无", 0), ("不详", None), ("—", None), (None, None), ("人民币1200元整", 120_000), (True, "bad_amount")],
)  # fmt: skip
def test_amounts_as_they_are_written(street: Street, written: Any, fen: Any) -> None:
    batch = street.import_(a_workbook([a_head(1, wage_income=written, vehicles=0)]))
    if isinstance(fen, str):
        assert street.codes(batch) == {fen}
    else:
        assert street.situation(batch).members[0].wage_income == fen


@pytest.mark.parametrize(
    "written",
    ["2026-11-03", "2026/11/3", "20261103", 20261103, "2026年11月3日", "2026.11.03", date(2026, 11, 3), 46329, "46329",
     datetime(2026, 11, 3, 8, 30), "2026-11-03 00:00:00", "２０２６年１１月３日"],
)  # fmt: skip
def test_dates_as_they_are_written(street: Street, written: Any) -> None:
    batch = street.import_(a_workbook([a_head(1, as_of=written)]))
    assert street.situation(batch).as_of == date(2026, 11, 3)


def test_fifteen_digits_and_lower_case_x(street: Street) -> None:
    with_x = next(number for n in range(400) if (number := an_id(date(1975, 3, 4), 2, n).text).endswith("X"))
    old = an_id(date(1973, 5, 6), 1, 7).text
    rows = [a_head(1, id_number=with_x.lower()), a_husband(1, id_number=old[:6] + old[8:17])]
    batch = street.import_(a_workbook(rows))
    assert street.states(batch) == ["taken"] * 2
    with acting(street.post, moment=NOON):
        assert {one.person.id_number for one in registry.members(street.rows(batch)[0].household)} == {
            with_x,
            old,
        }  # type: ignore[arg-type]


def test_fifteen_digits_stored_as_a_number(street: Street) -> None:
    old = an_id(date(1975, 3, 4), 2, 9).text
    assert street.states(street.import_(a_workbook([a_head(1, id_number=int(old[:6] + old[8:17]))]))) == [
        "taken"
    ]


def test_several_sheets_by_community_keep_their_own_numbers(street: Street) -> None:
    book = openpyxl.load_workbook(io.BytesIO(a_workbook(a_family(1), sheet="德外社区")))
    second = book.create_sheet("新康社区")
    for line in openpyxl.load_workbook(io.BytesIO(a_workbook(a_family(2)))).active.iter_rows(
        values_only=True
    ):  # type: ignore[union-attr]
        second.append(line)
    book.create_sheet("说明").append(["请于月底前上报"])
    batch = street.import_(as_bytes(book))
    assert street.states(batch) == ["taken"] * 6
    assert street.households() == 2
    assert batch.report["ignored_sheets"] == ["说明"]


def test_totals_notes_repeated_headings_and_empty_rows_are_no_people(street: Street) -> None:
    rows = a_family(1)
    used = [key for key in HEADINGS if any(key in row for row in rows)]
    headings = [HEADINGS[key] for key in used]
    below = [
        [None] * 3,
        headings,
        ["合计", None, None, None, None, None, 3],
        ["填表人：张测试"],
        [" ", "　"],
        ["9"],
    ]
    batch = street.import_(a_workbook(rows, below=below))
    assert street.states(batch) == ["taken"] * 3
    assert [told["begins"] for told in batch.report["skipped"]] == ["户序号", "合计", "填表人：张测试", "9"]


def test_codes_and_everyday_words_are_taken_for_choices(street: Street) -> None:
    rows = [
        a_head(1, marital="已婚", sex="女性", identities="劳动模范、优抚对象", disability_category="肢体残疾", disability_grade=2.0),
        a_husband(1, relation="11", marital="married", sex=1, identities="无"),
    ]  # fmt: skip
    batch = street.import_(a_workbook(rows))
    assert street.states(batch) == ["taken"] * 2
    head = next(one for one in street.situation(batch).members if one.relation == "02")
    assert (head.marital, head.disability_category, head.disability_grade) == ("married", 4, 2)
    assert head.identities == {"model_worker", "veteran"}


def test_an_old_xls_is_told_apart_from_a_locked_workbook(street: Street) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(CannotBecause) as damaged:
        street.hand_in(ole)
    with pytest.raises(CannotBecause) as locked:
        street.hand_in(ole + "EncryptedPackage".encode("utf-16-le"))
    assert (damaged.value.code, locked.value.code) == ("file_damaged", "file_locked")


def test_the_template_filled_in_goes_in(street: Street) -> None:
    with acting(street.post, moment=NOON):
        book = openpyxl.load_workbook(io.BytesIO(template_workbook(actor=street.post)))
    assert book.sheetnames[0] == "家庭与成员"
    assert "填写说明" in book.sheetnames
    page = book["家庭与成员"]
    assert page.freeze_panes == "G3"
    assert len(page.data_validations.dataValidation) > 10
    headings = {cell.value: cell.column for cell in page[2]}
    for number, row in enumerate(a_family(1), 3):
        for key, value in row.items():
            heading = next(text for text in headings if str(text).startswith(HEADINGS[key].split("（")[0]))
            page.cell(number, headings[heading], value)
    batch = street.import_(as_bytes(book))
    assert street.states(batch) == ["taken"] * 3
    assert batch.report["missing_headings"] == []


def test_each_column_s_example_can_be_read(street: Street) -> None:
    from jishiyu.evidence.rules.cells import reader_of
    from jishiyu.journeys.take_in_workbook import columns_in_force

    for column in columns_in_force():
        assert reader_of(column, TODAY)(column.example) is not None, column.key
        for word in column.options:
            assert reader_of(column, TODAY)(word) is not None, (column.key, word)


def test_a_workbook_written_by_xlsxwriter_with_rich_text_and_errors(street: Street) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    page = book.add_worksheet()
    page.write_row(0, 0, ["户序号", "社区", "姓名", "身份证号", "与户主关系", "工资性收入"])
    bold = book.add_format({"bold": True})
    page.write_row(1, 0, [1, "德外社区"])
    page.write_rich_string(1, 2, bold, "单", "春雨")
    page.write_string(1, 3, a_head(1)["id_number"])
    page.write_formula(1, 4, '="户"&"主"', None, "户主")
    page.write_formula(1, 5, "=500*12", None, 6000)
    book.close()
    batch = street.import_(held.getvalue())
    assert street.states(batch) == ["taken"]
    assert street.situation(batch).members[0].wage_income == 600_000
