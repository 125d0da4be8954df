"""A household does not move away from its cases: they are named, in each language as it lists things."""

import pytest

from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys.move_household import move_household
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.rules.moves import Ground, NewHome
from tests.fixtures import SHICHAHAI, open_offices
from tests.journeys.aided import BEGUN, Aided

pytestmark = pytest.mark.django_db


def test_cases_under_way_are_named() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided()
    aided.apply("ZY03")
    aided.apply("CS01")
    home, ground = NewHome("某社区", "某胡同1号", ""), Ground(aided.now.date(), "搬家", "房产证")
    with acting(aided.caseworker, moment=aided.now), pytest.raises(CannotBecause) as refused:
        move_household(aided.household, SHICHAHAI, home, ground, actor=aided.caseworker, moment=aided.now)
    assert refused.value.code == "move.cases_under_way"
    assert "、" in refused.value.reason.say("zh")
    assert "、" not in refused.value.reason.say("en")
    assert ", " in refused.value.reason.say("en")
