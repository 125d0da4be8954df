"""ZK02, support for destitute persons (特困人员供养): basic living, and care by how far a person can look after himself."""

from typing import Any

from jishiyu.law.rules.columns import Column, choose, part, when
from jishiyu.law.rules.rulebook import aggregate, rule

ORDER_649 = "《社会救助暂行办法》（国务院令第649号）第十四至十九条"
ORDER_43 = "《特困人员认定办法》（民发〔2021〕43号）"


@rule(
    entity="person", zh="照料护理标准（最低工资的比例）", en="Care, as a share of the minimum wage", cites=ORDER_43,
    unit="basis_points",
)  # fmt: skip
def care_share(
    daily_activities_lost: Any,
    activities_partly: Any,
    activities_wholly: Any,
    care_self_caring: Any,
    care_partly_unable: Any,
    care_wholly_unable: Any,
) -> Any:
    """By how many of the six daily activities are lost."""
    lost = daily_activities_lost
    some = choose(lost >= activities_partly, care_partly_unable, care_self_caring)
    return choose(lost >= activities_wholly, care_wholly_unable, some)


@rule(
    entity="person", zh="特困人员供养金", en="Support of the destitute person", cites=ORDER_649,
    aware=("destitute", "care_share"),
)  # fmt: skip
def member_support(destitute: Column, care_share: Column, tekun_basic: Any, minimum_wage: Any) -> Any:
    """Basic living and care; only of a destitute person need the loss of activities be known."""
    whole = Column(tekun_basic + part(minimum_wage, care_share.values), care_share.known)
    asked = when(destitute.values & destitute.mask(), whole)
    return Column(asked.values, asked.mask() & destitute.mask())


AGGREGATES = (
    aggregate("has_destitute", "any", "destitute", zh="有三无（特困）成员", en="Has a destitute member", cites=ORDER_43),
    aggregate("support_amount", "sum", "member_support", zh="特困人员供养金", en="Support of destitute persons", cites=ORDER_649),
)  # fmt: skip
