"""A sub-district's workbooks, nasty as they come: good households go in, everything else is kept with its reason."""

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import openpyxl
import pytest
import xlsxwriter
from django.db import IntegrityError, connection

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.evidence import queries as evidence
from jishiyu.evidence.queries import Batch, Row
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal import queries as journal
from jishiyu.journeys.take_in_workbook import (
    ask_for_taking_in,
    bad_rows_workbook,
    check_again,
    mend,
    receive_workbook,
    take_in,
    template_workbook,
)
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries as registry
from jishiyu.registry.operations import register_household
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, an_id, open_offices
from tests.journeys.a_workbook import HEADINGS, a_family, a_head, a_husband, a_son, a_workbook, as_bytes

pytestmark = pytest.mark.django_db


class Street:
    """A sub-district's caseworker and what becomes of the workbooks that they hand in."""

    def __init__(self, area: str = DESHENG) -> None:
        self.post = a_post("caseworker", area=area)

    def hand_in(
        self, content: bytes, name: str = "困难家庭.xlsx", *, moment: datetime = NOON
    ) -> tuple[UUID, bool]:
        with acting(self.post, moment=moment):
            return receive_workbook(
                content=content, file_name=name, sub_district=self.post.area, actor=self.post, moment=moment
            )

    def import_(self, content: bytes, *, moment: datetime = NOON, part: int = 500) -> Batch:
        made, _ = self.hand_in(content, moment=moment)
        for _ in take_in(made, actor=self.post, clock=lambda: moment, part=part):
            pass
        return self.batch(made)

    def batch(self, batch_id: UUID) -> Batch:
        with acting(self.post, moment=NOON):
            return evidence.batch(batch_id, self.post)

    def rows(self, batch: Batch) -> list[Row]:
        with acting(self.post, moment=NOON):
            return list(evidence.rows(batch))

    def states(self, batch: Batch) -> list[str]:
        return [row.state for row in self.rows(batch)]

    def codes(self, batch: Batch) -> set[str]:
        return {code for row in self.rows(batch) for code in row.codes}

    def households(self) -> int:
        with acting(self.post, moment=NOON):
            return registry.households(self.post).count()

    def situation(self, batch: Batch, place: int = 0) -> Any:
        household = self.rows(batch)[place].household
        assert household is not None
        with acting(self.post, moment=NOON):
            latest = registry.latest_snapshot(household)
            assert latest is not None
            return registry.situation(latest.id)


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def street(db: None) -> Street:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    return Street()


# --- what goes in ----------------------------------------------------------------------------------------------------------


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


# --- what is kept with its reason ---------------------------------------------------------------------------------------------


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


# --- files that are no workbooks -------------------------------------------------------------------------------------------------


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


# --- again -----------------------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(street: Street) -> None:
    content = a_workbook(a_family(1))
    first = street.import_(content)
    again, before = street.hand_in(content, "另一个名字.xlsx")
    assert (again, before) == (first.id, True)
    for _ in take_in(again, actor=street.post, clock=lambda: NOON):
        pytest.fail("a finished batch is not taken in again")
    assert street.households() == 1
    assert street.batch(first.id).counts == first.counts


def test_the_same_households_in_another_file_are_unchanged(street: Street) -> None:
    street.import_(a_workbook(a_family(1)))
    batch = street.import_(a_workbook(a_family(1), above=[["第二次上报"]]))
    assert street.states(batch) == ["unchanged"] * 3
    assert street.households() == 1


def test_news_make_a_new_snapshot_and_silence_keeps_what_was_known(street: Street) -> None:
    first = street.import_(a_workbook([a_head(1, transfer_income=500, as_of="2026-10-01")]))
    second = street.import_(a_workbook([a_head(1, wage_income=7000, as_of="2026-11-01")]))
    assert street.states(second) == ["updated"]
    assert street.rows(first)[0].household == street.rows(second)[0].household
    (member,) = street.situation(second).members
    assert (member.wage_income, member.transfer_income) == (700_000, 50_000)


def test_older_facts_do_not_overrule_newer_ones(street: Street) -> None:
    street.import_(a_workbook([a_head(1, as_of="2026-11-01")]))
    batch = street.import_(a_workbook([a_head(1, wage_income=1, as_of="2026-10-01")]))
    assert street.codes(batch) == {"older_than_known"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([a_head(1), a_husband(1)], "members_left_out"),
        ([*a_family(1), a_son(2)], "not_a_member"),
        ([a_head(1, name="单秋雨"), a_husband(1), a_son(1)], "other_name"),
        ([a_head(1), a_husband(1), a_son(1, relation="长子")], "other_relation"),
        ([a_head(1), a_son(5, relation="子", id_number=a_son(8)["id_number"])], "in_another_household"),
    ],
)  # fmt: skip
def test_a_household_otherwise_than_registered_is_kept_as_bad(
    street: Street, rows: list[Any], code: str
) -> None:
    street.import_(a_workbook(a_family(1) + a_family(8, "2")))
    batch = street.import_(a_workbook(rows))
    assert code in street.codes(batch)
    assert street.households() == 2


def test_a_person_of_another_sub_district_is_refused_by_its_name(street: Street) -> None:
    Street(SHICHAHAI).import_(a_workbook(a_family(1)))
    batch = street.import_(a_workbook([a_head(1), a_son(2)]))
    assert street.states(batch) == ["bad", "waiting"]
    assert "什刹海街道" in street.rows(batch)[0].problems[0]["wrong"]["zh"]


# --- mending -----------------------------------------------------------------------------------------------------------------------


def test_bad_rows_come_back_as_a_workbook_and_go_in_when_mended(street: Street) -> None:
    rows = a_family(1)
    rows[1]["id_number"] = "123"
    first = street.import_(a_workbook(rows, extra={"备注": "低保"}))
    with acting(street.post, moment=NOON):
        paper = openpyxl.load_workbook(io.BytesIO(bad_rows_workbook(first.id, actor=street.post)))
    page = paper["家庭与成员"]
    headings = {cell.value: cell.column for cell in page[2]}
    cell = page.cell(4, headings["身份证号"])
    assert cell.value == "123"
    assert cell.comment is not None
    assert "18位" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFAD4D0"
    assert page.cell(3, headings["备注"]).value == "低保"

    cell.value = a_husband(1)["id_number"]
    second = street.import_(as_bytes(paper))
    assert street.states(second) == ["taken"] * 3
    assert street.states(street.batch(first.id)) == ["mended"] * 3
    assert street.rows(first)[0].household == street.rows(second)[0].household


def test_mending_on_screen_takes_the_household_in(street: Street) -> None:
    rows = a_family(1)
    rows[2]["relation"] = "邻居"
    batch = street.import_(a_workbook(rows))
    bad = street.rows(batch)[2]
    with acting(street.post, moment=NOON):
        done = mend(batch.id, edits={bad.pk: {"relation": "长子"}}, drop=(), actor=street.post, moment=NOON)
    assert (done.households_in, done.still_bad) == (1, 0)
    assert street.states(batch) == ["taken"] * 3
    assert street.rows(batch)[2].mended_at == NOON


def test_a_wrong_mend_keeps_the_new_words_and_the_new_reason(street: Street) -> None:
    batch = street.import_(a_workbook([a_head(1, wage_income="许多")]))
    (bad,) = street.rows(batch)
    with acting(street.post, moment=NOON):
        done = mend(batch.id, edits={bad.pk: {"wage_income": "-5"}}, drop=(), actor=street.post, moment=NOON)
    assert (done.households_in, done.still_bad) == (0, 1)
    (row,) = street.rows(batch)
    assert (row.cells["wage_income"], row.codes) == ("-5", ["too_small"])


def test_a_row_put_aside_frees_both_households(street: Street) -> None:
    rows = [*a_family(1), a_head(2, "2"), a_son(1, "2")]
    batch = street.import_(a_workbook(rows))
    assert street.states(batch) == ["waiting", "waiting", "bad", "waiting", "bad"]
    twin = street.rows(batch)[4]
    with acting(street.post, moment=NOON):
        done = mend(batch.id, edits={}, drop=[twin.pk], actor=street.post, moment=NOON)
    assert done.households_in == 2
    assert street.states(batch) == ["taken"] * 4 + ["dropped"]


def test_a_row_moved_to_another_household_on_screen(street: Street) -> None:
    rows = [a_head(1), a_head(2)]
    batch = street.import_(a_workbook(rows))
    second = street.rows(batch)[1]
    with acting(street.post, moment=NOON):
        mend(batch.id, edits={second.pk: {"household_key": "2"}}, drop=(), actor=street.post, moment=NOON)
    assert street.states(batch) == ["taken", "taken"]
    assert street.households() == 2


def test_checking_again_after_the_register_changed(street: Street) -> None:
    batch = street.import_(a_workbook([a_head(1, wage_income="许多")]))
    with acting(street.post, moment=NOON):
        done = check_again(batch.id, actor=street.post, moment=NOON)
    assert done.still_bad == 1


# --- the worker --------------------------------------------------------------------------------------------------------------------


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(street: Street) -> None:
    rows = [row for n in range(1, 8) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    under_way = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    next(under_way)
    under_way.close()  # the worker is gone after the first part
    half = street.batch(made)
    assert (half.state, half.done, half.total) == ("reading", 2, 7)
    assert [one.done for one in take_in(made, actor=street.post, clock=lambda: NOON, part=2)] == [4, 6, 7]
    assert street.households() == 7
    assert street.states(street.batch(made)) == ["taken"] * 21


def test_a_part_that_breaks_leaves_nothing_half_done(street: Street) -> None:
    rows = [row for n in range(1, 5) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    with acting(street.post, moment=NOON):
        # Somebody holds the file number that the fourth household would get: the database refuses the second part.
        running = int(registry.next_number(DESHENG, TODAY)[-6:])
        other = replace(a_newcomer(40), number=f"XC010-2026-{running + 4:06d}")
        register_household(other, actor=street.post, moment=NOON)
    with pytest.raises(IntegrityError):
        for _ in take_in(made, actor=street.post, clock=lambda: NOON, part=2):
            pass
    batch = street.batch(made)
    assert (batch.done, street.households(), len(street.rows(batch))) == (2, 1 + 2, 6)
    for _ in take_in(made, actor=street.post, clock=lambda: NOON, part=2):
        pass
    assert street.households() == 1 + 4
    assert street.states(street.batch(made)) == ["taken"] * 12


def test_two_workers_on_one_batch_do_not_both_go_on(street: Street) -> None:
    rows = [row for n in range(1, 5) for row in a_family(n, str(n))]
    made, _ = street.hand_in(a_workbook(rows))
    one = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    other = take_in(made, actor=street.post, clock=lambda: NOON, part=2)
    next(one)
    next(other)  # begins after the first part and takes the second
    assert list(one) == []
    assert street.households() == 4


def test_the_queue_runs_the_job_for_the_post_that_asked(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        establish_post(code="desheng.cw", role="caseworker", title=street.post.title, area=DESHENG)
        engage(
            username="cw",
            name="经办",
            password="only-for-tests-1",
            post_code="desheng.cw",
            first_day=date(2026, 1, 1),
        )
    street.post = post_by_code("desheng.cw", TODAY)
    made, _ = street.hand_in(a_workbook(a_family(1)))
    with acting(street.post, moment=NOON):
        assert ask_for_taking_in(made, actor=street.post)
        assert not ask_for_taking_in(made, actor=street.post), "it waits already"
    assert run_waiting_jobs() == 1
    assert street.batch(made).state == "done"
    with acting(SYSTEM, moment=NOON):
        (entry,) = journal.entries(act="evidence.take_in")
    assert (entry.post, entry.detail["households_new"]) == ("desheng.cw", 1)


def test_a_post_no_longer_held_fails_the_batch_and_says_so(street: Street) -> None:
    made, _ = street.hand_in(a_workbook(a_family(1)))
    with acting(street.post, moment=NOON):
        ask_for_taking_in(made, actor=street.post)
    run_waiting_jobs()
    batch = street.batch(made)
    assert batch.state == "failed"
    assert batch.failure["code"] == "post_not_held"


# --- reach and secrecy -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "area", "sees"),
    [("caseworker", DESHENG, True), ("reviewer", DESHENG, True), ("sub_district_head", DESHENG, True), ("office", "", True),
     ("auditor", "", True), ("caseworker", SHICHAHAI, False), ("agency_officer", "", False), ("expert", "", False), ("admin", "", False)],
)  # fmt: skip
def test_who_sees_a_batch(street: Street, role: Any, area: str, sees: bool) -> None:
    batch = street.import_(a_workbook(a_family(1)))
    reader = a_post(role, area=area)
    with acting(reader, moment=NOON):
        assert Batch.objects.filter(pk=batch.pk).exists() is sees
        assert Row.objects.filter(batch_id=batch.pk).exists() is sees
        if not sees:
            with pytest.raises(NotFound):
                evidence.batch(batch.id, reader)


def test_only_caseworkers_of_the_place_import(street: Street) -> None:
    content = a_workbook(a_family(1))
    for post in (
        a_post("reviewer"),
        a_post("office"),
        a_post("agency_officer"),
        a_post("caseworker", area=SHICHAHAI),
    ):
        with acting(post, moment=NOON), pytest.raises(NotYours):
            receive_workbook(
                content=content, file_name="x.xlsx", sub_district=DESHENG, actor=post, moment=NOON
            )


def test_file_and_cells_are_sealed(street: Street, settings: Any) -> None:
    batch = street.import_(a_workbook([a_head(1, wage_income="许多")]))
    number = a_head(1)["id_number"]
    (sealed,) = settings.UPLOAD_DIR.iterdir()
    assert b"PK" not in sealed.read_bytes()[:64]
    assert sealed.stat().st_mode & 0o077 == 0
    with acting(street.post, moment=NOON), connection.cursor() as cursor:
        cursor.execute("select cells, problems from evidence_row where batch_id = %s", [batch.id])
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    assert number.encode() not in stored


# --- the template --------------------------------------------------------------------------------------------------------------------


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
