"""A household moves with its cases: what is under way goes on in the new sub-district, with its clock as it stood."""

from datetime import timedelta

import pytest

from jishiyu.cases.queries import cases, steps_of
from jishiyu.journeys.move_household import move_household
from jishiyu.notices import operations as notices
from jishiyu.notices.queries import notices as notices_of
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.rules.moves import Ground, NewHome
from tests.fixtures import DESHENG, SHICHAHAI, a_post, open_offices
from tests.journeys.aided import BEGUN, Aided
from tests.rooms.cases.a_case import Street

pytestmark = pytest.mark.django_db
HOME = NewHome("某社区", "某胡同1号", "")


def test_cases_under_way_go_along_with_their_clocks() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided()
    aided.apply("ZY03")
    with acting(aided.caseworker, moment=aided.now):
        (before,) = cases(aided.caseworker)
        taken = len(steps_of(before.id))
        ground = Ground(aided.now.date(), "搬家", "房产证")
        moved = move_household(
            aided.household, SHICHAHAI, HOME, ground, actor=aided.caseworker, moment=aided.now
        )
    assert moved == 1
    there = a_post("caseworker", area=SHICHAHAI)
    with acting(there, moment=aided.now):
        (row,) = cases(there)
        assert (row.id, row.step, row.due_on, row.whole_due_on, row.step_began) == (
            before.id,
            before.step,
            before.due_on,
            before.whole_due_on,
            before.step_began,
        )
        assert len(steps_of(row.id)) == taken
    with acting(aided.caseworker, moment=aided.now):
        assert not cases(aided.caseworker)


def test_a_notice_that_is_up_is_closed_by_the_new_sub_district() -> None:
    street = Street()
    with acting(SYSTEM, moment=street.now):
        open_offices()
    case_id = street.apply(1)
    street.to_notice(case_id)
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case_id, actor=street.caseworker, moment=street.now)
        assert notice.sub_district_id == DESHENG
        household = notice.case.household_id
        ground = Ground(street.now.date(), "搬家", "房产证")
        move_household(household, SHICHAHAI, HOME, ground, actor=street.caseworker, moment=street.now)
    there = a_post("caseworker", area=SHICHAHAI)
    later = street.now + timedelta(days=9)
    with acting(there, moment=later):
        (seen,) = notices_of(there)
        assert seen.id == notice.id
        notices.close(notice.id, actor=there, moment=later)
    assert street.step_of(case_id) == "decide"
