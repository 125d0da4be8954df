"""The walk of a case through its procedure: whose turn it is, what must be there, when it is due, what comes next.

The procedure is a table of the policy pack (``law.rules.procedures``), chosen by the item and by the era of law in which the
case was accepted. Nothing here knows a single programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from jishiyu.cases.rules.clocks import foreseen
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, Sentence, sentence
from jishiyu.foundations.periods import Period, add_months
from jishiyu.law.rules.procedures import Limit, Outcome, Procedure, Step, StepPaper
from jishiyu.law.rules.working_days import Calendar, due_day
from jishiyu.offices.rules import ROLE_NAMES, Post

State = Literal["open", "granted", "refused", "withdrawn", "ended"]

STATE_NAMES: dict[str, Sentence] = {
    "open": sentence("办理中", "In progress"),
    "granted": sentence("已批准", "Granted"),
    "refused": sentence("不予批准", "Refused"),
    "withdrawn": sentence("已撤回", "Withdrawn"),
    "ended": sentence("已结束", "Ended"),
}

# The second pair of eyes that no pack may take away: clause "经办、审核、审批分离". A pack may ask for more (``not_by``).
_ENQUIRY = frozenset({"accept", "check", "visit", "advance"})
APART: dict[str, frozenset[str]] = {
    "review": _ENQUIRY | {"apply"},
    "decide": _ENQUIRY | {"apply", "appraisal", "review"},
    "announce": frozenset({"review", "decide"}),
    "pay": _ENQUIRY | {"apply", "appraisal", "review", "decide"},
}
# The outcome under which a counter step stands that takes the step before it back.
TAKE_BACK = "take_back"
# Where a decision leads when it grants; anything else is a refusal (end) or sends the case back.
_GRANTED_LEADS_TO = frozenset({"announce", "pay", "deliver"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: by whom (``officer`` is a person, not a post), from which day to which."""

    step: str
    outcome: str
    officer: str
    began: date
    ended: date


def whose_turn(step: Step) -> Sentence:
    """The kind of post that must act now, in words."""
    return ROLE_NAMES[step.role]


def refusal_to_take(
    step: Step, post: Post, *, sub_district: str, lead_agency: str, taken: Iterable[Taken]
) -> Sentence | None:
    """None when the post may take the step now, else why not: wrong post, wrong place, or the same person as before."""
    if post.role == "system":
        return None
    if post.role != step.role:
        return sentence(
            "此步骤“{s}”由“{r}”岗位办理",
            "The step “{s}” is for the post “{r}”",
            s=step.name,
            r=whose_turn(step),
        )
    if step.office == "sub_district" and post.scope == "sub_district" and post.area != sub_district:
        return sentence(
            "此步骤由案件所在街道办理", "This step is for the sub-district where the household lives"
        )
    if step.office == "lead_agency" and post.scope == "agency" and post.agency != lead_agency:
        return sentence("此步骤由牵头单位办理", "This step is for the lead agency")
    return refusal_to_person(step, post, taken)


def refusal_to_person(step: Step, post: Post, taken: Iterable[Taken]) -> Sentence | None:
    """None unless this very person took a step that this one has to be kept apart from, in whatever post."""
    apart = APART.get(step.key, frozenset()) | set(step.not_by)
    for earlier in taken:
        if earlier.step in apart and earlier.officer and earlier.officer == post.officer:
            return sentence(
                "经办、审核、审批、发放须由不同人员办理：您已办理过本案的“{e}”",
                "Enquiry, review, decision and payment are for different people: you took this case's step “{e}”",
                e=STEP_NAMES.get(earlier.step, sentence(earlier.step, earlier.step)),
            )
    return None


def require_person(step: Step, post: Post, taken: Iterable[Taken]) -> None:
    """Raise :class:`NotYours` when this very person took a step that this one has to be kept apart from."""
    why = refusal_to_person(step, post, taken)
    if why is not None:
        raise NotYours("cases.not_your_step", why, sentence("请转由他人办理", "Leave it to somebody else"))


def require_take(
    step: Step, post: Post, *, sub_district: str, lead_agency: str, taken: Iterable[Taken]
) -> None:
    """Raise :class:`NotYours` unless the post may take the step now."""
    why = refusal_to_take(step, post, sub_district=sub_district, lead_agency=lead_agency, taken=taken)
    if why is not None:
        raise NotYours(
            "cases.not_your_step", why, sentence("请转由相应岗位的人员办理", "Leave it to that post")
        )


def outcome_of(step: Step, key: str) -> Outcome:
    """The way out with this key. Refused when the step has no such way: steps are never skipped."""
    for outcome in step.outcomes:
        if outcome.key == key:
            return outcome
    raise CannotBecause(
        "cases.no_such_outcome",
        sentence("步骤“{s}”没有“{k}”这一结论", "The step “{s}” has no outcome “{k}”", s=step.name, k=key),
    )


def missing_papers(step: Step, papers: Iterable[str]) -> tuple[StepPaper, ...]:
    """The required papers that are not there."""
    present = set(papers)
    return tuple(paper for paper in step.papers if paper.required and paper.key not in present)


def require_papers(step: Step, papers: Iterable[str]) -> None:
    """Raise :class:`CannotBecause` naming each required paper that is missing."""
    missing = missing_papers(step, papers)
    if missing:
        raise CannotBecause(
            "cases.papers_missing",
            sentence(
                "缺少材料：{list_zh}",
                "Papers are missing: {list_en}",
                list_zh="、".join(paper.name.say("zh") for paper in missing),
                list_en=", ".join(paper.name.say("en") for paper in missing),
            ),
            sentence("请补齐材料后再办理此步骤", "Add them, then take the step"),
        )


def due_on(limit: Limit | None, began: datetime, calendar: Calendar) -> date | None:
    """The last day of a step that began at a moment; None when the law gives it no limit."""
    if limit is None:
        return None
    if limit.unit == "hours":
        return day_of(began + timedelta(hours=limit.n))
    if limit.unit == "months":
        return add_months(day_of(began), limit.n)
    return due_day(day_of(began), limit.n, limit.unit, foreseen(calendar))


def whole_due_on(
    procedure: Procedure, began: date, taken: Sequence[Taken], now: str, calendar: Calendar
) -> date | None:
    """The last day of the whole case; None without a limit, or while the clock stands (a notice, papers awaited).

    ``began`` is the day from which the procedure counts it (``total_from``). Time spent in steps of ``clock_stops`` is not
    counted. ``now`` is the step that the case is at.
    """
    limit = procedure.total
    if limit is None or limit.unit in ("hours", "months") or now in procedure.clock_stops:
        return None
    pauses = [
        Period(one.began + timedelta(days=1), one.ended)
        for one in taken
        if one.step in procedure.clock_stops and one.ended > one.began
    ]
    return due_day(began, limit.n, limit.unit, foreseen(calendar), pauses)


def grants(step: str, outcome: Outcome) -> bool:
    """Whether this outcome is the decision to grant."""
    return step == "decide" and outcome.next in _GRANTED_LEADS_TO


def state_after(state: State, step: str, outcome: Outcome) -> State:
    """What the case has become once a step was left by an outcome."""
    if grants(step, outcome):
        return "granted"
    if step == "announce" and outcome.next not in _GRANTED_LEADS_TO | {"end"}:
        return "open"  # an objection to the second notice: nothing is granted until it is decided again
    if outcome.next == "end":
        return "ended" if state == "granted" else "refused"
    return state


def days_left(due: date | None, today: date) -> int | None:
    """Calendar days until the due day, negative when late; None without a limit."""
    return None if due is None else (due - today).days


STEP_NAMES: dict[str, Sentence] = {
    "apply": sentence("申请", "Application"),
    "accept": sentence("受理", "Acceptance"),
    "advance": sentence("先行救助", "Help first"),
    "check": sentence("经济状况核对", "Economic check"),
    "visit": sentence("入户调查", "Home visit"),
    "appraisal": sentence("民主评议", "Democratic appraisal"),
    "review": sentence("审核", "Review"),
    "notice": sentence("公示", "Public notice"),
    "decide": sentence("审批", "Decision"),
    "announce": sentence("公布", "Announcement"),
    "pay": sentence("发放", "Payment"),
    "deliver": sentence("服务落实", "Delivery"),
    "recheck": sentence("动态复核", "Re-check"),
    "end": sentence("结束", "End"),
}
