"""ZK05, temporary relief (临时救助): one to three months of the standard for each member after a sudden event."""

from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import EVENT
from jishiyu.law.rules.columns import Column, choose, part
from jishiyu.law.rules.rulebook import rule

NOTICE_2008 = "《关于规范和统筹临时救助制度的通知》（市民政局等10部门，2008年）"
ORDER_26 = "《北京市人民政府关于进一步完善临时救助制度的通知》（京政发〔2015〕26号）"
FROM_2015 = date(2015, 6, 1)
LAST_BEFORE_2015 = date(2015, 5, 31)


@rule(entity="household", zh="发生突发事件", en="A sudden event befell the household", cites=ORDER_26)
def has_event(event: Any) -> Any:
    """Any of the events on record: death or injury, home lost, serious illness, work lost."""
    return event != EVENT["none"]


@rule(
    entity="household", zh="事件在期限内", en="The event is recent", cites=ORDER_26, aware=("has_event", "event_days"),
)  # fmt: skip
def sudden_difficulty(has_event: Column, event_days: Column, event_within_days: Any) -> Any:
    """Within the days named, and not in the future. Without an event the question is settled: no."""
    none = has_event.mask() & ~has_event.values
    recent = (event_days.values >= 0) & (event_days.values <= event_within_days)
    return Column(~none & recent, none | (has_event.mask() & event_days.mask()))


@rule(
    entity="household", zh="本市户籍", en="Locally registered", name="local_or_residence_permit", cites=NOTICE_2008,
    last=LAST_BEFORE_2015,
)  # fmt: skip
def local_or_residence_permit_before(has_local_hukou: Any) -> Any:
    """A member with local registration."""
    return has_local_hukou


@rule(
    entity="household", zh="本市户籍或持居住证", en="Locally registered or holding a residence permit",
    name="local_or_residence_permit", cites=ORDER_26, first=FROM_2015,
)  # fmt: skip
def local_or_residence_permit_2015(has_local_hukou: Any) -> Any:
    """Registration settles it; a residence permit is not among the register's facts and has to be seen by a person."""
    return Column(has_local_hukou, has_local_hukou)


@rule(entity="household", zh="救助档次", en="Tier of relief", cites=ORDER_26, unit="count")
def relief_tier(
    event: Any, tier_death_or_injury: Any, tier_home_lost: Any, tier_serious_illness: Any, tier_job_loss: Any
) -> Any:
    """1 to 3 by how grave the event is; which event is how grave is the district's to say (see the pack)."""
    tiers = np.zeros_like(event)
    given = {
        "death_or_injury": tier_death_or_injury,
        "home_lost": tier_home_lost,
        "serious_illness": tier_serious_illness,
        "job_loss": tier_job_loss,
    }
    for word, tier in given.items():
        tiers = choose(event == EVENT[word], tier, tiers)
    return tiers


@rule(
    entity="household", zh="月低保标准的倍数", en="Multiple of the monthly standard", cites=ORDER_26,
    unit="basis_points",
)  # fmt: skip
def relief_multiple(relief_tier: Any, months_tier_1: Any, months_tier_2: Any, months_tier_3: Any) -> Any:
    """What the tier gives; nothing without an event."""
    tiers = [relief_tier == 1, relief_tier == 2, relief_tier == 3]
    return np.select(tiers, [months_tier_1, months_tier_2, months_tier_3], 0)


@rule(entity="household", zh="临时救助金", en="Temporary relief", cites=ORDER_26)
def relief_amount(dibao_standard: Any, relief_multiple: Any, counted_members: Any) -> Any:
    """So many times the standard for each member who counts."""
    return part(dibao_standard * counted_members, relief_multiple)
