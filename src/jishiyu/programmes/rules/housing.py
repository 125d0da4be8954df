"""Conditions and values of the programme for housing (住房): tenure, income classes, net assets, and the rent that counts."""

from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import EVENT, SUPPORT, TENURE
from jishiyu.law.rules.columns import Column, both, times
from jishiyu.law.rules.rulebook import aggregate, rule

MARKET_RENT = "京建法〔2020〕6号"
PUBLIC_RENT = "公租房租金补贴办法（2015年起）"
MONTHS = 12


@rule(
    entity="household",
    zh="人均月收入（不核减，进一分）",
    en="Income a head and month, without reductions",
    cites=MARKET_RENT,
)
def plain_per_capita(income: Any, counted_members: Any) -> Any:
    """In fen, rounded up: at most a line in whole fen exactly when the unrounded income is. Unknown if nobody counts."""
    return Column(-(-income // times(np.maximum(counted_members, 1), MONTHS)), counted_members > 0)


@rule(entity="household", zh="人均月收入不超过该线", en="Income a head at most the line", cites=MARKET_RENT)
def income_up_to(plain_per_capita: Any, line: Any) -> Any:
    """At the line is within it."""
    return plain_per_capita <= line


@rule(entity="household", zh="没有自有住房", en="Owns no home")
def owns_no_home(homes_owned: Any) -> Any:
    """As recorded."""
    return homes_owned == 0


@rule(entity="household", zh="市场租房", en="Rents on the market")
def rents_privately(tenure: Any) -> Any:
    """As recorded."""
    return tenure == TENURE["private_rent"]


@rule(entity="household", zh="承租公房", en="Rents public housing")
def rents_public_housing(tenure: Any) -> Any:
    """As recorded; which kind of public housing is not in the register."""
    return tenure == TENURE["public_rent"]


@rule(entity="household", zh="在机构居住", en="Lives in an institution")
def in_institution(tenure: Any) -> Any:
    """As recorded."""
    return tenure == TENURE["institution"]


@rule(entity="household", zh="住房不安全", en="The home is unsafe")
def unsafe_home(unsafe_housing: Any) -> Any:
    """As recorded."""
    return unsafe_housing


@rule(entity="household", zh="实际月租金", en="The rent a month", cites=MARKET_RENT)
def rent(monthly_rent: Any) -> Any:
    """As recorded."""
    return monthly_rent


@rule(
    entity="household", zh="总资产净值不超过限额", en="Net assets within the limit", cites=MARKET_RENT,
    aware=("vehicles",),
)  # fmt: skip
def net_assets_up_to(liquid_assets: Any, debt: Any, vehicles: Column, limit: Any) -> Any:
    """Money less debt; the worth of a vehicle is not in the register, so with one only *beyond* is certain."""
    within = liquid_assets - debt <= limit
    return Column(within, ~within | (vehicles.mask() & (vehicles.values == 0)))


@rule(entity="person", zh="达到老年年龄", en="An elder", name="is_elder")
def is_elder(age: Any, elder_from: Any) -> Any:
    """Of the age named."""
    return age >= elder_from


@rule(
    entity="household",
    zh="全员满60周岁且无子女",
    en="All aged 60, without children",
    cites=MARKET_RENT,
    aware=("support",),
)
def childless_elders(all_elders: Any, support: Column) -> Any:
    """Where nobody is bound to support them they have no children; where somebody is, a person has to see who."""
    none = support.mask() & (support.values == SUPPORT["none"])
    return both(Column(all_elders), Column(none, none))


@rule(entity="household", zh="政策面积内的租金", en="Rent of the area that counts", cites=PUBLIC_RENT)
def rent_in_area(monthly_rent: Any, usable_area_dm2: Any, area_cap: Any) -> Any:
    """The rent, or its part for the area up to the cap. The usable area stands for the rented one: no other is recorded."""
    counted = np.minimum(usable_area_dm2, area_cap)
    area = np.maximum(usable_area_dm2, 1)
    return Column(monthly_rent * counted // area, usable_area_dm2 > 0)


@rule(
    entity="household", zh="近期住房灭失", en="The home was lost lately", aware=("sudden_difficulty", "event")
)
def home_lost_lately(sudden_difficulty: Column, event: Column) -> Any:
    """The recent event is the loss of the home (fire or the like)."""
    return both(sudden_difficulty, Column(event.values == EVENT["home_lost"], event.known))


@rule(
    entity="household",
    zh="近期主要劳动力死亡或重伤",
    en="The main earner died or was badly hurt lately",
    aware=("sudden_difficulty", "event"),
)
def death_or_injury_lately(sudden_difficulty: Column, event: Column) -> Any:
    """The recent event is a death or a bad injury."""
    return both(sudden_difficulty, Column(event.values == EVENT["death_or_injury"], event.known))


AGGREGATES = (aggregate("all_elders", "all", "is_elder", zh="全员为老年人", en="All are elders"),)
