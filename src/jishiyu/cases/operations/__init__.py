"""Acts on cases. Each: fetch, right to act, conditions, change, record. The steps that other rooms complete stand at the end."""

from jishiyu.cases.operations.assigning import hand_back, hand_over, let_go, take_on
from jishiyu.cases.operations.batching import (
    Act,
    Trial,
    begin_batch,
    go_on_with_batch,
    note_batch_taken_back,
    rehearse,
    require_batch_step_is_last,
)
from jishiyu.cases.operations.checking import Found, follow_up, record_finding, want_check
from jishiyu.cases.operations.deciding import decide
from jishiyu.cases.operations.drawing import draw_checks, freeze_list
from jishiyu.cases.operations.ending import end, withdraw
from jishiyu.cases.operations.filtering import remove_filter, save_filter
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
from jishiyu.cases.operations.noting import NOTE_MOST, note_read, withdraw_note, write_note
from jishiyu.cases.operations.opening import Application, apply, rest_on_newer
from jishiyu.cases.operations.receiving import Brought, NewerVisit, receive_visit
from jishiyu.cases.operations.receiving_pictures import receive_picture
from jishiyu.cases.operations.relatives import RelativeTold, lift_relative, record_relative
from jishiyu.cases.operations.sound_visit import FIELD_OF, VisitRecord
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
from jishiyu.cases.operations.taking_along import take_along
from jishiyu.cases.operations.taking_back import take_back
from jishiyu.cases.operations.two_hands import decline_signature, pass_up
from jishiyu.cases.operations.visiting import visit

__all__ = [
    "FIELD_OF",
    "NOTE_MOST",
    "Act",
    "Application",
    "Brought",
    "Found",
    "NewerVisit",
    "RelativeTold",
    "Revised",
    "Told",
    "Trial",
    "VisitRecord",
    "accept",
    "announce",
    "apply",
    "await_notice",
    "begin_batch",
    "check",
    "check_told",
    "close_waiting_need",
    "confirm_recovery",
    "decide",
    "decline_signature",
    "draw_checks",
    "end",
    "follow_up",
    "freeze_list",
    "go_on_with_batch",
    "hand_back",
    "hand_over",
    "hold_aid_of",
    "leave_notice",
    "let_go",
    "lift_relative",
    "look",
    "note_batch_taken_back",
    "note_late_payment",
    "note_paid",
    "note_read",
    "note_recovered",
    "note_waiting_need",
    "pass_up",
    "receive_picture",
    "receive_visit",
    "record_finding",
    "record_relative",
    "rehearse",
    "remove_filter",
    "require_batch_step_is_last",
    "rest_on_newer",
    "review",
    "save_filter",
    "supplement",
    "supply_papers",
    "take_along",
    "take_back",
    "take_on",
    "take_step",
    "visit",
    "waive_recovery",
    "want_check",
    "withdraw",
    "withdraw_note",
    "write_note",
]
