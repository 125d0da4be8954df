"""Tables of amount tiers: the shipped ones are whole, and what is wrong in one is told with its place."""

from datetime import date
from typing import Any

import pytest

from jishiyu.law.rules.tiers import TierPage, faults_in_tiers
from tests.fixtures import the_pack

ROW = {"up_to": "sum", "signs": ["decider"]}
TOP = {"up_to": None, "signs": ["decider", "agency_head"]}


def a_page(*rows: dict[str, Any], items: tuple[str, ...] = ("ZK05",)) -> TierPage:
    words = {"zh": "甲", "en": "a"}
    table = {
        "key": "x",
        "name": words,
        "items": items,
        "eras": ("E3",),
        "counted": "each_time",
        "rows": tuple({**row, "signs": tuple(row["signs"])} for row in rows),
        "confidence": "illustrative",
        "citation": words,
    }
    return TierPage.model_validate({"tiers": (table,)})


def test_every_sum_of_the_shipped_tables_rises_and_is_marked() -> None:
    pack = the_pack()
    assert {table.key for table in pack.tiers} == {"temporary_relief", "medical_bills", "charity"}
    for table in pack.tiers:
        told = [pack.parameter(row.up_to, date(2026, 11, 24)) for row in table.rows if row.up_to is not None]
        assert [one.value for one in told] == sorted({one.value for one in told})
        assert all(one.illustrative and one.note is not None for one in told)
    taken = [item for table in pack.tiers for item in table.items]
    assert len(taken) == len(set(taken))


def test_small_relief_was_not_entrusted_before_the_decree() -> None:
    from jishiyu.cases.rules.tiers import ladder_for

    ladder = ladder_for(the_pack(), "ZK05", "E2", date(2014, 4, 30))
    assert ladder is not None
    assert ladder.first_hand(1) == "decider"


@pytest.mark.parametrize(
    ("page", "path"),
    [
        (a_page(ROW, TOP, items=("ZK99",)), ("tiers", 0, "items", 0)),
        (a_page(ROW), ("tiers", 0, "rows", 0, "up_to")),
        (a_page(TOP, TOP), ("tiers", 0, "rows", 0, "up_to")),
        (a_page({**ROW, "up_to": "days"}, TOP), ("tiers", 0, "rows", 0, "up_to")),
        (a_page({**ROW, "up_to": "nothing"}, TOP), ("tiers", 0, "rows", 0, "up_to")),
        (a_page(ROW, {"up_to": None, "signs": ["decider", "decider"]}), ("tiers", 0, "rows", 1, "signs")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(page: TierPage, path: tuple[object, ...]) -> None:
    assert [place for place, _ in faults_in_tiers(page, ["ZK05"], {"sum": "yuan", "days": "days"})] == [path]


def test_a_sound_page_has_no_fault() -> None:
    assert not list(faults_in_tiers(a_page(ROW, TOP), ["ZK05"], {"sum": "yuan"}))
