"""Which parameter of the policy pack each argument of the programmes' rules means."""

from jishiyu.assessment.rules.parameters import PARAMETERS as MEANS
from jishiyu.assessment.rules.parameters import Ask

PARAMETERS: dict[str, Ask] = MEANS | {
    "elder_age": Ask("bj.dibao.age.elder"),
    "minor_age": Ask("bj.dibao.age.minor"),
    "coefficient_highest": Ask("bj.dibao.coefficient.three_without"),
    "coefficient_high": Ask("bj.dibao.coefficient.elderly_child_severe"),
    "coefficient_raised": Ask("bj.dibao.coefficient.lost_work_capacity"),
    "coefficient_able": Ask("bj.dibao.coefficient.able"),
    "uplift_destitute": Ask("bj.dibao.uplift.dispersed_destitute"),
    "uplift_serious_illness": Ask("bj.dibao.uplift.serious_illness"),
    "uplift_severe_disability": Ask("bj.dibao.uplift.severe_disability"),
    "uplift_elder": Ask("bj.dibao.uplift.elderly"),
    "uplift_minor": Ask("bj.dibao.uplift.minor"),
    "uplift_lone_parent": Ask("bj.dibao.uplift.single_parent"),
    "tekun_basic": Ask("bj.tekun.basic"),
    "minimum_wage": Ask("bj.min_wage"),
    "care_self_caring": Ask("bj.tekun.care.self_caring"),
    "care_partly_unable": Ask("bj.tekun.care.partly_unable"),
    "care_wholly_unable": Ask("bj.tekun.care.wholly_unable"),
    "activities_partly": Ask("national.destitute.activities.partly"),
    "activities_wholly": Ask("national.destitute.activities.wholly"),
    "tier_death_or_injury": Ask("xicheng.temporary_relief.event.death_or_injury"),
    "tier_home_lost": Ask("xicheng.temporary_relief.event.home_lost"),
    "tier_serious_illness": Ask("xicheng.temporary_relief.event.serious_illness"),
    "tier_job_loss": Ask("xicheng.temporary_relief.event.job_loss"),
    "months_tier_1": Ask("bj.temporary_relief.tier_1"),
    "months_tier_2": Ask("bj.temporary_relief.tier_2"),
    "months_tier_3": Ask("bj.temporary_relief.tier_3"),
    "inpatient_ratio": Ask("bj.medical_aid.inpatient.ratio"),
    "inpatient_cap": Ask("bj.medical_aid.inpatient.cap"),
    "aid_deductible": Ask("bj.medical_aid.deductible"),
    "chunyu_ratio": Ask("xicheng.charity.spring_rain.ratio"),
    "chunyu_floor": Ask("xicheng.charity.spring_rain.floor"),
    "chunyu_cap": Ask("xicheng.charity.spring_rain.cap"),
}
