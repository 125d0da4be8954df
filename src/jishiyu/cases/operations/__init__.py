"""Acts on cases. Each: fetch, right to act, conditions, change, record. The steps that other rooms complete stand at the end."""

from jishiyu.cases.operations.deciding import decide
from jishiyu.cases.operations.ending import end, withdraw
from jishiyu.cases.operations.late import (
    Revised,
    Told,
    check_told,
    close_waiting_need,
    confirm_recovery,
    hold_aid_of,
    note_late_payment,
    note_recovered,
    note_waiting_need,
    waive_recovery,
)
from jishiyu.cases.operations.opening import Application, apply, rest_on_newer
from jishiyu.cases.operations.stepping import (
    accept,
    announce,
    await_notice,
    check,
    leave_notice,
    look,
    note_paid,
    review,
    supply_papers,
    take_step,
)
from jishiyu.cases.operations.supplementing import supplement
from jishiyu.cases.operations.visiting import VisitRecord, visit

__all__ = [
    "Application",
    "Revised",
    "Told",
    "VisitRecord",
    "accept",
    "announce",
    "apply",
    "await_notice",
    "check",
    "check_told",
    "close_waiting_need",
    "confirm_recovery",
    "decide",
    "end",
    "hold_aid_of",
    "leave_notice",
    "look",
    "note_late_payment",
    "note_paid",
    "note_recovered",
    "note_waiting_need",
    "rest_on_newer",
    "review",
    "supplement",
    "supply_papers",
    "take_step",
    "visit",
    "waive_recovery",
    "withdraw",
]
