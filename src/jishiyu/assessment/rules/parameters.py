"""Which parameter of the policy pack each rule argument means, and fetching them for a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.rules.engine import Given
from jishiyu.law.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Ask:
    """A parameter by its id in the pack; ``years_back`` asks for a value of so many years earlier (上年度)."""

    id: str
    years_back: int = 0

    def day(self, day: date) -> date:
        """The day whose value is meant."""
        return date(day.year - self.years_back, 12, 31) if self.years_back else day


PARAMETERS: dict[str, Ask] = {
    "dibao_standard": Ask("bj.dibao.urban"),
    "low_income_line": Ask("bj.low_income"),
    "employment_disregard": Ask("bj.dibao.employment_disregard"),
    "supporter_disregard": Ask("bj.dibao.severe_disability_deduction"),
    "supporter_age": Ask("bj.dibao.age.supporter"),
    "lone_child_age": Ask("bj.dibao.age.child_of_lone_parent"),
    "reduction_ill_or_disabled": Ask("bj.dibao.income_reduction.illness_or_severe_disability"),
    "reduction_old_supporter": Ask("bj.dibao.income_reduction.supporter_over_60"),
    "reduction_lone_parent": Ask("bj.dibao.income_reduction.single_parent"),
    "work_cost_share": Ask("bj.dibao.work_cost"),
    "average_built_area": Ask("bj.built_area_per_head", years_back=1),
    "vehicle_limit": Ask("bj.property_limit.vehicles"),
    "home_limit": Ask("bj.property_limit.homes"),
    "crowded_area": Ask("bj.property_limit.homes_exempt.usable_area_per_head"),
    "small_area": Ask("bj.property_limit.homes_exempt.built_area"),
    "consumption_last_year": Ask("bj.consumption_per_capita", years_back=1),
    "money_times_small": Ask("bj.property_limit.money.small_household"),
    "money_times_large": Ask("bj.property_limit.money.large_household"),
    "elder_from": Ask("xicheng.indicator.age.elder"),
    "very_old_from": Ask("xicheng.indicator.age.very_old"),
    "adult_age": Ask("xicheng.indicator.age.adult"),
    "school_from": Ask("xicheng.indicator.age.school_from"),
    "school_to": Ask("xicheng.indicator.age.school_to"),
    "working_age_from": Ask("xicheng.indicator.age.working_from"),
    "working_age_to": Ask("xicheng.indicator.age.working_to"),
    "event_within_days": Ask("xicheng.event.within"),
}


def given(
    pack: Pack, asks: Mapping[str, Ask], names: Iterable[str], day: date, *, certain: bool
) -> dict[str, Given]:
    """The parameters among ``names`` that are in force on a day; what cannot be had comes as the refusal itself.

    With ``certain`` an uncertain value is refused too: no entitlement rests on one (a score may, and says so).
    """
    found: dict[str, Given] = {}
    for name in names:
        if name in asks:
            try:
                value = pack.parameter(asks[name].id, asks[name].day(day))
                if certain:
                    value.insist()
                found[name] = value
            except CannotBecause as refusal:
                found[name] = refusal
    return found
