"""Questions about the work as a whole: a quarter's figures, stored reports, meetings and what came of them, training."""

from jishiyu.oversight.queries.gatherings import (
    Follow,
    meeting,
    meetings,
    open_decisions,
    suggested_agenda,
    training,
    trainings,
)
from jishiyu.oversight.queries.quarter import quarterly
from jishiyu.oversight.queries.reports import (
    bulletin,
    bulletins,
    changed_since,
    figures_of,
    report,
    reports,
    said_of,
)
from jishiyu.oversight.queries.trials import (
    TouchedBy,
    sees_part,
    touched,
    what_if,
    what_if_changes,
    what_if_run,
    what_if_runs,
    what_ifs,
)

__all__ = [
    "Follow",
    "TouchedBy",
    "bulletin",
    "bulletins",
    "changed_since",
    "figures_of",
    "meeting",
    "meetings",
    "open_decisions",
    "quarterly",
    "report",
    "reports",
    "said_of",
    "sees_part",
    "suggested_agenda",
    "touched",
    "training",
    "trainings",
    "what_if",
    "what_if_changes",
    "what_if_run",
    "what_if_runs",
    "what_ifs",
]
