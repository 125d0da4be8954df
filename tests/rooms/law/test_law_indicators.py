"""The illustrative indicator set: read as exact integers, and marked as made up."""

from fractions import Fraction

import pytest

from jishiyu.law.rules.indicators import Indicator
from tests.fixtures import the_pack

CHOSEN = the_pack().indicators


def test_the_set_is_marked_as_made_up() -> None:
    assert (CHOSEN.status, CHOSEN.version) == ("illustrative", "0.1-illustrative")
    assert all(one.confidence == "illustrative" for one in CHOSEN.indicators)


def test_twenty_one_indicators_in_nine_dimensions_eighteen_triggers_two_overrides() -> None:
    assert (len(CHOSEN.indicators), len(CHOSEN.dims), len(CHOSEN.triggers), len(CHOSEN.overrides)) == (
        21,
        9,
        18,
        2,
    )


def test_weights_are_basis_points_that_add_up() -> None:
    for dim in CHOSEN.dims:
        assert sum(one.weight for one in CHOSEN.of_dim(dim.key)) == 10_000


def test_the_matrix_is_exact() -> None:
    judgements = CHOSEN.judgements()
    assert judgements[7][0] == Fraction(1, 3)
    assert judgements[0][7] == 3


def test_cut_offs_are_integers_in_the_unit_of_the_facts() -> None:
    assert CHOSEN.indicator("inc_ratio").cut(0) == 5_000  # times dibao, in basis points
    assert CHOSEN.indicator("inc_ratio").cut(3) is None  # the low-income line of the day
    assert CHOSEN.indicator("oop_abs").cut(0) == 30_000_00  # fen
    assert CHOSEN.indicator("area").cut(1) == 750  # square decimetres
    assert CHOSEN.indicator("adl").cut(0) == 4


def test_bands_go_from_red_to_green() -> None:
    assert [(band.key, band.basis_points) for band in CHOSEN.bands] == [
        ("red", 7_500), ("orange", 5_500), ("yellow", 3_500), ("blue", 1_500), ("green", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "indicator", [one for one in CHOSEN.indicators if one.cut_offs], ids=lambda one: one.key
)
def test_more_hardship_never_gives_fewer_points(indicator: Indicator) -> None:
    cuts = [cut.value for cut in indicator.cut_offs if cut.value is not None]
    assert cuts == sorted(cuts, reverse=indicator.harder == "higher")
    points = [cut.basis_points for cut in indicator.cut_offs]
    assert points == sorted(points, reverse=True)
    for cut in indicator.cut_offs:
        assert cut.when in ((">", ">=") if indicator.harder == "higher" else ("<", "<="))
    assert indicator.reason is not None
    assert "{value}" in indicator.reason.zh
    assert "{value}" in indicator.reason.en
