"""An award's chain stays closed whatever a person decides, and what is stored reads back the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.cases.rules.basis import (
    AID,
    Basis,
    Condition,
    basis_from_data,
    by_hand,
    months_of,
    with_amount,
)
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.programmes.rules.coordination import Cover, coordinate, covered_by, require_closed

DAY = date(2026, 11, 24)
WHY = sentence("核定", "set")
FEN = st.integers(0, 10_000_000)


@given(need=FEN, insurance=FEN, government=FEN, charity=FEN, wanted=FEN)
def test_another_amount_keeps_the_chain_closed_or_is_refused(
    need: int, insurance: int, government: int, charity: int, wanted: int
) -> None:
    chain = coordinate(
        need,
        [Cover("basic_insurance", insurance), Cover("government", government), Cover("charity", charity)],
    )
    room = need - covered_by(chain, "basic_insurance")
    if wanted > room:
        with pytest.raises(CannotBecause):
            with_amount(chain, wanted, because=WHY)
        return
    changed = with_amount(chain, wanted, because=WHY)
    require_closed(changed)
    assert covered_by(changed, *AID) == wanted
    assert covered_by(changed, "basic_insurance") == covered_by(chain, "basic_insurance")


def test_less_is_taken_from_charity_first() -> None:
    chain = coordinate(1000, [Cover("government", 500), Cover("charity", 300)])
    changed = with_amount(chain, 600, because=WHY)
    assert (covered_by(changed, "government"), covered_by(changed, "charity")) == (500, 100)


def test_an_amount_without_any_computed_chain() -> None:
    require_closed(by_hand(50_000, 30_000, kind="charity", day=DAY, because=WHY))
    with pytest.raises(CannotBecause):
        by_hand(10_000, 30_000, kind="government", day=DAY, because=WHY)
    with pytest.raises(CannotBecause):
        by_hand(10_000, -1, kind="government", day=DAY, because=WHY)


def test_monthly_help_begins_the_month_after_the_decision() -> None:
    assert months_of("monthly", date(2026, 12, 31)) == (date(2027, 1, 1), None)
    assert months_of("once", date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 1))


def test_what_is_frozen_reads_back_the_same() -> None:
    basis = Basis(
        item="ZK01",
        entitled="cannot_tell",
        conditions=(Condition(sentence("{收入}", "{income}"), None, WHY, "649"),),
        chain=coordinate(1000, [Cover("government", 400, "649", WHY, DAY, None, WHY)]),
        form="cash",
        frequency="monthly",
        day=DAY,
        pack_version="2026.1+0",
        marks=(WHY,),
        at_least=300,
    )
    assert basis_from_data(basis.as_data()) == basis
    assert basis.amount == 400
    assert basis.need == 1000
