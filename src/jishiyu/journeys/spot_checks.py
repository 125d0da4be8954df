"""Spot checks of a period: who was complained of is always checked; of all others the list is frozen for the draw."""

from datetime import date, datetime

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.notices.queries import objections
from jishiyu.offices.rules import Post, require


def freeze(
    first: date, last: date, *, seed_source: str, seed_day: date, actor: Post, moment: datetime
) -> str:
    """Freeze the list of a period and want a check of every case that was objected to in it. Returns the draw's number."""
    require(actor, "cases.draw")
    made = cases.freeze_list(
        first, last, seed_source=seed_source, seed_day=seed_day, actor=actor, moment=moment
    )
    complaints = objections(actor).filter(received_at__date__gte=first, received_at__date__lte=last)
    for case_id in sorted(set(complaints.values_list("case_id", flat=True))):
        if not any(one.why == "complaint" for one in case_queries.checks_of_case(case_id)):
            row = case_queries.case(case_id, actor)
            cases.want_check(row, "complaint", actor=actor, moment=moment)
    number: str = made.number
    return number
