"""Acts of the assessment: score a household or the district, give judgements, make and approve a version of the weights."""

from jishiyu.assessment.operations.assessing import assess_household, assess_many
from jishiyu.assessment.operations.panels import close_panel, judge, open_panel, remind
from jishiyu.assessment.operations.reading import read_district
from jishiyu.assessment.operations.screening import (
    advance_screening,
    already_running,
    begin_screening,
    claim_part,
    fail_screening,
    store_scores,
    take_up,
)
from jishiyu.assessment.operations.weighing import approve_weights, propose_weights

__all__ = [
    "advance_screening",
    "already_running",
    "approve_weights",
    "assess_household",
    "assess_many",
    "begin_screening",
    "claim_part",
    "close_panel",
    "fail_screening",
    "judge",
    "open_panel",
    "propose_weights",
    "read_district",
    "remind",
    "store_scores",
    "take_up",
]
