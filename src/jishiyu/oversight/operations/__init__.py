"""Acts of the leading group's office: reports and bulletins issued, meetings and training planned and held."""

from jishiyu.oversight.operations.gathering import (
    decide_in_meeting,
    finish_decision,
    hold_training,
    keep_minutes,
    note_attendance,
    plan_meeting,
    plan_training,
)
from jishiyu.oversight.operations.reporting import (
    draft_report,
    issue_bulletin,
    issue_report,
    note_export,
    rewrite_bulletin,
    write_bulletin,
)
from jishiyu.oversight.operations.running import (
    advance_run,
    again_run,
    ask_trial,
    fail_run,
    finish_run,
    stop_run,
)
from jishiyu.oversight.operations.trying import (
    keep_what_if,
    note_touched_seen,
    note_trial_export,
    require_trying,
)

__all__ = [
    "advance_run",
    "again_run",
    "ask_trial",
    "decide_in_meeting",
    "draft_report",
    "fail_run",
    "finish_decision",
    "finish_run",
    "hold_training",
    "issue_bulletin",
    "issue_report",
    "keep_minutes",
    "keep_what_if",
    "note_attendance",
    "note_export",
    "note_touched_seen",
    "note_trial_export",
    "plan_meeting",
    "plan_training",
    "require_trying",
    "rewrite_bulletin",
    "stop_run",
    "write_bulletin",
]
