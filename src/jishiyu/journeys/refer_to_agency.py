"""A sub-district refers a household to a member unit (转介): its file is opened to it, and the unit may take an application in."""

from datetime import datetime
from uuid import UUID

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.registry import operations as registry
from jishiyu.registry import queries

_LONGEST = 70


def units_to_refer_to(household_id: UUID, *, moment: datetime) -> list[tuple[str, Sentence]]:
    """The units of the leading group that the household's file is not open to yet, by code and name of the day."""
    opened = {row.agency_id for row in queries.openings(household_id)}
    day = day_of(moment)
    return [
        (one.code, one.name_on(day))
        for one in pack().agencies
        if one.kind != "outside" and one.code not in opened
    ]


def refer_to_agency(household_id: UUID, agency: str, *, why: str, actor: Post, moment: datetime) -> None:
    """Open a household's file to a member unit, for a reason that the opening keeps."""
    require(actor, "registry.refer")
    household = queries.household(household_id, actor)
    if agency not in dict(units_to_refer_to(household.id, moment=moment)):
        raise CannotBecause(
            "refer.no_such_unit",
            sentence("请选择尚未开放档案的成员单位", "Choose a member unit that the file is not open to yet"),
        )
    if not 2 <= len(why.strip()) <= _LONGEST:
        raise CannotBecause(
            "refer.no_reason",
            sentence("请写明转介原因（2至70字）", "Say why you refer the household (2 to 70 characters)"),
        )
    registry.open_to_agency(
        household.id,
        sub_district=household.sub_district_id,
        agency=agency,
        because=f"转介：{why.strip()}",
        day=day_of(moment),
    )
