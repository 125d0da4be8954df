"""Acts on cases. Each: fetch, right to act, conditions, change, record. The steps that other rooms complete stand at the end."""

from jishiyu.cases.operations.deciding import decide
from jishiyu.cases.operations.ending import end, withdraw
from jishiyu.cases.operations.opening import Application, apply, rest_on_newer
from jishiyu.cases.operations.stepping import (
    accept,
    announce,
    check,
    leave_notice,
    look,
    note_paid,
    review,
    take_step,
)
from jishiyu.cases.operations.visiting import VisitRecord, visit

__all__ = [
    "Application",
    "VisitRecord",
    "accept",
    "announce",
    "apply",
    "check",
    "decide",
    "end",
    "leave_notice",
    "look",
    "note_paid",
    "rest_on_newer",
    "review",
    "take_step",
    "visit",
    "withdraw",
]
