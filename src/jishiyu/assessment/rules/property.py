"""The property of a household: vehicles, homes and money against the limits of the day (2012-06 and 2019-01)."""

from datetime import date
from typing import Any

from jishiyu.assessment.rules.facts import TENURE
from jishiyu.law.rules.columns import Column, both, choose, part, times
from jishiyu.law.rules.rulebook import aggregate, rule
from jishiyu.registry.rules.vocabulary import MULTIPLE, PHYSICAL

GUIDE_2012 = "《北京市社会救助家庭经济状况认定指导意见（试行）》"
PROPERTY_FROM = date(2012, 6, 1)
PROPERTY_2019 = date(2019, 1, 1)
SMALL_HOUSEHOLD = 2  # the classes of the money limit: up to two members, three and more


@rule(
    entity="household",
    zh="车辆符合规定",
    en="Vehicles within the rules",
    name="vehicles_ok",
    last=date(2012, 5, 31),
)
def vehicles_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="车辆符合规定", en="Vehicles within the rules", cites=GUIDE_2012, name="vehicles_ok",
    first=PROPERTY_FROM, aware=("has_physically_disabled",),
)  # fmt: skip
def vehicles_ok_2012(vehicles: Any, has_physically_disabled: Column, vehicle_limit: Any) -> Any:
    """No motor vehicle. A physically disabled member's may be an aid vehicle, which a person has to judge."""
    few = vehicles < vehicle_limit
    return Column(few, few | (has_physically_disabled.mask() & (has_physically_disabled.values == 0)))


@rule(entity="person", zh="肢体残疾", en="Physically disabled")
def physically_disabled(disability_category: Any) -> Any:
    """Physical or multiple disability."""
    return (disability_category == PHYSICAL) | (disability_category == MULTIPLE)


@rule(entity="household", zh="住房套数（含承租公房）", en="Homes owned or rented from the state")
def homes(homes_owned: Any, tenure: Any) -> Any:
    """Owned homes, and one more for public housing that is rented."""
    return homes_owned + (tenure == TENURE["public_rent"])


@rule(
    entity="household",
    zh="住房符合规定",
    en="Housing within the rules",
    name="housing_ok",
    last=date(2012, 5, 31),
)
def housing_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="住房符合规定", en="Housing within the rules", cites=GUIDE_2012, name="housing_ok",
    first=PROPERTY_FROM, last=date(2018, 12, 31), aware=("usable_area_dm2",),
)  # fmt: skip
def housing_ok_2012(
    homes: Any,
    usable_area_dm2: Column,
    counted_members: Any,
    home_limit: Any,
    crowded_area: Any,
    small_area: Any,
) -> Any:
    """Fewer than two homes, or crowded in them; how much is built is not known, only that it is no less than usable."""
    few = homes < home_limit
    crowded = usable_area_dm2.values < times(counted_members, crowded_area)
    not_small = usable_area_dm2.values >= small_area
    return Column(few | crowded, few | (usable_area_dm2.mask() & (crowded | not_small)))


@rule(
    entity="household", zh="住房符合规定", en="Housing within the rules", cites=GUIDE_2012, name="housing_ok",
    first=PROPERTY_2019, aware=("usable_area_dm2", "average_built_area"),
)  # fmt: skip
def housing_ok_2019(
    homes: Any, usable_area_dm2: Column, counted_members: Any, home_limit: Any, average_built_area: int | None
) -> Any:
    """Fewer than two homes, or less built area a head than the city had the year before.

    The register holds the usable area, which is no more than the built one: from the average on, two homes are certainly
    too much. Below it, or where the city's figure was not found, a person has to see.
    """
    few = homes < home_limit
    if average_built_area is None:
        return Column(few, few)
    ample = usable_area_dm2.mask() & (usable_area_dm2.values >= times(counted_members, average_built_area))
    return Column(few, few | ample)


@rule(
    entity="household",
    zh="货币财产未超限额",
    en="Money within the limit",
    name="money_ok",
    last=date(2012, 5, 31),
)
def money_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="货币财产限额", en="Limit on money", cites=GUIDE_2012, first=PROPERTY_FROM,
)  # fmt: skip
def money_limit(
    counted_members: Any, consumption_last_year: Any, money_times_small: Any, money_times_large: Any
) -> Any:
    """So many times last year's consumption a head, more for households of one or two."""
    small = part(consumption_last_year, money_times_small)
    large = part(consumption_last_year, money_times_large)
    return counted_members * choose(counted_members <= SMALL_HOUSEHOLD, small, large)


@rule(
    entity="household", zh="货币财产未超限额", en="Money within the limit", cites=GUIDE_2012, name="money_ok",
    first=PROPERTY_FROM, aware=("money_limit",),
)  # fmt: skip
def money_ok(liquid_assets: Any, money_limit: Column) -> Any:
    """At most the limit; a household with nothing is within any. Before 2019 the limit was not found: only nothing is certain."""
    nothing = liquid_assets == 0
    return Column(nothing | (liquid_assets <= money_limit.values), nothing | money_limit.mask())


@rule(
    entity="household", zh="财产符合规定", en="Property within the rules", cites=GUIDE_2012,
    aware=("vehicles_ok", "housing_ok", "money_ok"),
)  # fmt: skip
def property_within_limits(vehicles_ok: Column, housing_ok: Column, money_ok: Column) -> Any:
    """All three tests; one that fails settles it."""
    return both(vehicles_ok, housing_ok, money_ok)


AGGREGATES = (
    aggregate("has_physically_disabled", "any", "physically_disabled", zh="有肢体残疾成员", en="Has a physically disabled member"),
)  # fmt: skip
