"""Two sub-districts with a household each, one of them open to the civil affairs bureau."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.operations import acting, establish_agency, establish_sub_district
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import open_to_agency, register_household
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, the_pack


@dataclass(frozen=True)
class District:
    """What the tests of the register start from."""

    ours: NewHousehold
    theirs: NewHousehold


@pytest.fixture
def district(db: None) -> District:
    """Desheng's household (open to 民政局) and Shichahai's (open to nobody), each with a bill."""
    ours = a_newcomer(1, bills=[(3_000_000, 1_000_000)])
    theirs = a_newcomer(2, area=SHICHAHAI, names=("仇小满", "仇大雪"), bills=[(200_000, 50_000)])
    with acting(SYSTEM, moment=NOON):
        for place, area in enumerate((DESHENG, SHICHAHAI)):
            name = next(one.name for one in the_pack().sub_districts if one.code == area)
            establish_sub_district(code=area, name=name, position=place)
        for place, agency in enumerate(("MZ", "CS")):
            establish_agency(code=agency, name=sentence(agency, agency), position=place)
        for one in (ours, theirs):
            register_household(one, actor=SYSTEM, moment=NOON)
        open_to_agency(
            UUID(ours.household_id),
            sub_district=ours.sub_district,
            agency="MZ",
            because="低保案件",
            day=TODAY,
        )
    return District(ours, theirs)
