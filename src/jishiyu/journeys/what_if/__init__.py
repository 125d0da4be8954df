"""A change of policy tried over the newest evidence: asked for, run at once or by the worker, kept with the households behind it."""

from jishiyu.journeys.what_if.curves import CliffCurve, curves_of
from jishiyu.journeys.what_if.evidence import evidence
from jishiyu.journeys.what_if.trying import AT_ONCE, begin_trial, run_trial
from jishiyu.journeys.what_if.waiting import TASK, ask_for_trial

__all__ = [
    "AT_ONCE",
    "TASK",
    "CliffCurve",
    "ask_for_trial",
    "begin_trial",
    "curves_of",
    "evidence",
    "run_trial",
]
