"""Questions to the room of cases. Every list starts from :func:`cases`, already within the post's reach."""

from jishiyu.cases.queries.awards import (
    awards_of_case,
    awards_of_household,
    awards_to_pay,
    chain_of,
)
from jishiyu.cases.queries.files import (
    CaseFilter,
    basis_of,
    case,
    case_numbered,
    cases,
    cases_of_household,
    filtered,
    procedure_of,
    running_procedure,
    steps_of,
    taken,
    visits_of,
)
from jishiyu.cases.queries.progress import Happening, Stage, may_take_now, outcome_name, stages, timeline
from jishiyu.cases.queries.work import Work, open_work

__all__ = [
    "CaseFilter",
    "Happening",
    "Stage",
    "Work",
    "awards_of_case",
    "awards_of_household",
    "awards_to_pay",
    "basis_of",
    "case",
    "case_numbered",
    "cases",
    "cases_of_household",
    "chain_of",
    "filtered",
    "may_take_now",
    "open_work",
    "outcome_name",
    "procedure_of",
    "running_procedure",
    "stages",
    "steps_of",
    "taken",
    "timeline",
    "visits_of",
]
