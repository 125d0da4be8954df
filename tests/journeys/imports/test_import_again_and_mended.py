"""The same households again, and bad rows mended: nothing twice, nothing lost."""

import io
from typing import Any

import openpyxl
import pytest

from jishiyu.journeys.take_in_workbook import (
    bad_rows_workbook,
    check_again,
    mend,
    take_in,
)
from jishiyu.offices.operations import acting
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI
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
