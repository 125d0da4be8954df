"""Headings are found wherever they stand, by whatever name we know; what we do not know is told."""

import pytest

from jishiyu.evidence.rules.columns import headings_of, plain_heading
from jishiyu.evidence.rules.headings import find_headings
from jishiyu.journeys.take_in_workbook.layout import household_columns

KNOWN = headings_of(household_columns({"110102010": ("德胜街道", "德胜")}))


@pytest.mark.parametrize(
    ("written", "plain"),
    [("身份证号码\n（18位）", "身份证号码"), ("＊姓 名：", "姓名"), ("工资性收入[元/年]", "工资性收入"), ("Name", "name"), ("【必填】社区", "社区")],
)  # fmt: skip
def test_plain_headings(written: str, plain: str) -> None:
    assert plain_heading(written) == plain


def test_no_two_columns_share_a_heading() -> None:
    assert len(KNOWN) > 200


def test_headings_below_titles() -> None:
    found = find_headings([["登记表"], [""], ["姓名", "身份证号", "备注", "与户主关系"]], KNOWN)
    assert found is not None
    assert found.first_data_row == 3
    assert found.places == {"name": 0, "id_number": 1, "relation": 3}
    assert found.extra == {2: "备注"}


def test_two_levels_join_either_way() -> None:
    rows = [["姓名", "收入", "", "住房"], ["", "工资性", "转移净", "使用面积"], ["王芳", "1", "2", "3"]]
    found = find_headings(rows, KNOWN, [((0, 1), (0, 2)), ((0, 0), (1, 0))])
    assert found is not None
    assert found.places == {"name": 0, "wage_income": 1, "transfer_income": 2, "usable_area_dm2": 3}
    assert found.first_data_row == 2


def test_the_same_heading_twice_is_kept_as_unknown() -> None:
    found = find_headings([["姓名", "身份证号", "关系", "身份证"]], KNOWN)
    assert found is not None
    assert (found.extra, found.doubled) == ({3: "身份证"}, ("身份证",))


@pytest.mark.parametrize("rows", [[], [[""]], [["王芳", "1", "2"]], [["姓名", "身份证号"]]])
def test_no_headings(rows: list[list[str]]) -> None:
    assert find_headings(rows, KNOWN) is None
