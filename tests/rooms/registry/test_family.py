"""What a household's people can be to one another."""

from datetime import date

import pytest

from jishiyu.registry.rules.family import Kin, family_faults

TODAY = date(2026, 11, 24)
HEAD = Kin("02", date(1975, 3, 4), 2)


@pytest.mark.parametrize(
    ("kin", "code"),
    [
        (Kin("11", date(1973, 1, 1), 1, "married"), None),
        (Kin("10", date(2012, 1, 1), 1), "spouse_too_young"),
        (Kin("10", date(1973, 1, 1), 2), "spouse_same_sex"),
        (Kin("10", date(1973, 1, 1), 1, "widowed"), "spouse_unmarried"),
        (Kin("20", date(1988, 3, 5), 1), None),
        (Kin("20", date(1988, 3, 3), 1), "child_too_old"),
        (Kin("20", date(1970, 1, 1), 1), "child_too_old"),
        (Kin("27", date(1976, 1, 1), 1), None),
        (Kin("27", date(1974, 1, 1), 1), "child_too_old"),
        (Kin("42", date(2003, 3, 4), 2), None),
        (Kin("42", date(2003, 3, 3), 2), "grandchild_too_old"),
        (Kin("52", date(1962, 3, 4), 2), None),
        (Kin("52", date(1963, 3, 4), 2), "parent_too_young"),
        (Kin("58", date(1974, 1, 1), 2), None),
        (Kin("61", date(1950, 1, 1), 1), "grandparent_too_young"),
        (Kin("28", date(1990, 1, 1), 2), "relation_against_sex"),
        (Kin("97", date(1890, 1, 1), 1), "implausible_age"),
        (Kin("97", date(2027, 1, 1), 1), "implausible_age"),
        (Kin("02", date(1980, 1, 1), 1), "two_heads"),
        (Kin("73", date(1980, 1, 1), 1), None),
    ],
)  # fmt: skip
def test_beside_the_head(kin: Kin, code: str | None) -> None:
    codes = {fault.code for fault in family_faults([HEAD, kin], TODAY)}
    assert codes == ({code} if code else set())


def test_nobody_is_head_and_two_are_spouses() -> None:
    husbands = [Kin("11", date(1973, 1, 1), 1), Kin("10", date(1974, 1, 1), 1)]
    faults = list(family_faults(husbands, TODAY))
    assert [(fault.code, fault.place) for fault in faults] == [("no_head", None), ("two_spouses", 1)]


def test_member_order_does_not_matter() -> None:
    kin = [HEAD, Kin("20", date(1970, 1, 1), 1), Kin("10", date(2012, 1, 1), 1)]
    there = {fault.code for fault in family_faults(kin, TODAY)}
    assert (
        there
        == {fault.code for fault in family_faults(kin[::-1], TODAY)}
        == {"child_too_old", "spouse_too_young"}
    )
