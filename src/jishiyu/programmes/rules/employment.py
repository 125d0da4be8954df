"""Conditions of the programme for work (就业): who works, who is out of work, and families in which nobody works."""

from typing import Any

from jishiyu.assessment.rules.facts import EMPLOYMENT, WORK_CAPACITY
from jishiyu.law.rules.columns import Column, when
from jishiyu.law.rules.rulebook import aggregate, rule

ORDER_649_42 = "《社会救助暂行办法》（国务院令第649号）第四十二至四十四条"


@rule(entity="person", zh="登记失业", en="Unemployed")
def unemployed(employment: Any) -> Any:
    """As recorded."""
    return employment == EMPLOYMENT["unemployed"]


@rule(entity="person", zh="灵活就业", en="In flexible work")
def in_flexible_work(employment: Any) -> Any:
    """As recorded."""
    return employment == EMPLOYMENT["flexible"]


@rule(entity="person", zh="在业", en="In work")
def in_work(employment: Any) -> Any:
    """Employed, or in flexible work."""
    return (employment == EMPLOYMENT["employed"]) | (employment == EMPLOYMENT["flexible"])


@rule(
    entity="person", zh="劳动年龄内可就业而未就业", en="Of working age and able, and out of work",
    aware=("employment", "work_capacity"),
)  # fmt: skip
def could_work(
    age: Any, employment: Column, work_capacity: Column, working_age_from: Any, working_age_to: Any
) -> Any:
    """Not at school, not retired, and not unable to work; asked only of members of working age."""
    idle = (employment.values == EMPLOYMENT["unemployed"]) | (employment.values == EMPLOYMENT["not_working"])
    able = work_capacity.values != WORK_CAPACITY["none"]
    known = employment.mask() & (~idle | work_capacity.mask())
    return when((age >= working_age_from) & (age <= working_age_to), Column(idle & able, known))


@rule(entity="household", zh="零就业家庭", en="Nobody in the family works", cites=ORDER_649_42)
def zero_employment_family(has_worker: Any, has_able_idle: Any) -> Any:
    """A member could work, and nobody does."""
    return has_able_idle & ~has_worker


AGGREGATES = (
    aggregate("has_worker", "any", "in_work", zh="有在业成员", en="A member works"),
    aggregate("has_able_idle", "any", "could_work", zh="有可就业而未就业成员", en="A member could work and does not"),
)  # fmt: skip
