"""The plain steps: accepted, checked, reviewed, announced, and what notices and payments report back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from jishiyu.cases.models import Case
from jishiyu.cases.operations.rechecks import after_recheck
from jishiyu.cases.operations.walking import Said, about, at_step, fetch, leave, require_turn, walk
from jishiyu.cases.queries import case, procedure_of, taken
from jishiyu.cases.rules.steps import outcome_of, require_person
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.rules.procedures import Outcome, Step
from jishiyu.offices.rules import Post, require

# Steps with an act of their own; the plain act must not step around what they demand.
_OWN_ACT = frozenset(
    {"apply", "accept", "check", "visit", "review", "notice", "decide", "announce", "pay", "deliver", "end"}
)


def accept(
    case_id: UUID, *, outcome: str, papers: Sequence[str] = (), remarks: str = "", reasons: Sequence[str] = (),
    actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Accept the application, ask for papers once, or refuse it with reasons. The law of this day binds the case."""
    require(actor, "cases.accept")
    return walk(case_id, "accept", Said(outcome, papers, remarks, reasons), actor=actor, moment=moment)


def supply_papers(
    case_id: UUID, *, outcome: str, papers: Sequence[str] = (), remarks: str = "", reasons: Sequence[str] = (),
    actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Hand in the papers that were asked for, after the application was sent back for them."""
    require(actor, "cases.apply")
    return walk(case_id, "apply", Said(outcome, papers, remarks, reasons), actor=actor, moment=moment)


def check(
    case_id: UUID, *, outcome: str, authorised_by: str, papers: Sequence[str] = (), remarks: str = "",
    reasons: Sequence[str] = (), actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Record the economic check (经济状况核对). Refused without the name of who authorised it (649号令第58条)."""
    require(actor, "cases.check")
    if not authorised_by.strip():
        raise CannotBecause(
            "cases.not_authorised",
            sentence(
                "未取得申请人授权，不得核对家庭经济状况",
                "Without the applicant's authorisation the household's means must not be checked",
            ),
            sentence("请填写授权书签署人姓名", "Enter who signed the authorisation"),
        )
    signed = "；".join(filter(None, [f"授权人：{authorised_by.strip()}", remarks.strip()]))
    return walk(case_id, "check", Said(outcome, papers, signed, reasons), actor=actor, moment=moment)


def review(
    case_id: UUID, *, outcome: str, papers: Sequence[str] = (), remarks: str = "", reasons: Sequence[str] = (),
    actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Review what the caseworker found: recommended, sent back, or not recommended. Never by who enquired."""
    require(actor, "cases.review")
    return walk(case_id, "review", Said(outcome, papers, remarks, reasons), actor=actor, moment=moment)


def announce(
    case_id: UUID, *, outcome: str, papers: Sequence[str] = (), remarks: str = "", reasons: Sequence[str] = (),
    actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Announce the decision (公布). Where the procedure publishes a second time, not before that notice's days are over."""
    require(actor, "cases.take_step")
    row = fetch(case_id, actor)
    step, publicity = at_step(row, "announce"), procedure_of(row).publicity
    forward = not outcome_of(step, outcome).reasons
    if forward and publicity and publicity.second_days and row.due_on and day_of(moment) <= row.due_on:
        raise CannotBecause(
            "cases.second_notice_open",
            sentence(
                "第二次公示至{d}（含），期满后才能发放",
                "The second notice runs to the end of {d}: nothing is paid before",
                d=row.due_on.isoformat(),
            ),
        )
    return walk(case_id, "announce", Said(outcome, papers, remarks, reasons), actor=actor, moment=moment)


def look(case_id: UUID, *, actor: Post) -> Case:
    """Open a case file: the look itself is in the journal."""
    require(actor, "cases.see")
    row = case(case_id, actor)
    record(act="cases.look", **about(row))
    return row


def take_step(
    case_id: UUID, *, step: str, outcome: str, papers: Sequence[str] = (), remarks: str = "",
    reasons: Sequence[str] = (), actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Take a step that has no act of its own (help first, appraisal, announcement, delivery, re-check)."""
    require(actor, "cases.take_step")
    if step in _OWN_ACT:
        raise CannotBecause(
            "cases.has_its_own_act",
            sentence("此步骤有专门的办理方式", "This step is taken by an act of its own"),
        )
    row = walk(case_id, step, Said(outcome, papers, remarks, reasons), actor=actor, moment=moment)
    if step == "recheck" and row.step in ("recheck", "end"):
        after_recheck(row, ends=row.step == "end", actor=actor, moment=moment)
    return row


def leave_notice(case_id: UUID, *, back: bool, remarks: str, actor: Post, moment: datetime) -> Case:
    """End the step of public notice: onwards when the window is over, ``back`` when an objection was upheld.

    For the room of notices, which has checked the window and the answers.
    """
    row = fetch(case_id, actor)
    step = at_step(row, "notice")
    if back:
        require(actor, "notices.answer")
    else:
        require_turn(row, step, actor)
    outcome = _way(step, back=back)
    reasons = (remarks,) if outcome.reasons else ()
    leave(row, step, outcome, Said(outcome.key, (), remarks, reasons), actor=actor, moment=moment)
    return row


def await_notice(case_id: UUID, *, ends_on: date, actor: Post) -> None:
    """Set the clock of the notice step to the first day on which the notice may be closed. For the room of notices."""
    require(actor, "notices.publish")
    row = fetch(case_id, actor)
    at_step(row, "notice")
    row.due_on = ends_on + timedelta(days=1)
    row.save(update_fields=["due_on"])


def note_paid(case_id: UUID, *, remarks: str, actor: Post, moment: datetime) -> Case:
    """End the step of payment after the first payment. For the room of funds, which has paid."""
    require(actor, "funds.pay")
    row = fetch(case_id, actor)
    step = at_step(row, "pay")
    require_person(step, actor, taken(row.id))
    outcome = outcome_of(step, step.outcomes[0].key)
    leave(row, step, outcome, Said(outcome.key, (), remarks), actor=actor, moment=moment)
    return row


def _way(step: Step, *, back: bool) -> Outcome:
    """The notice's way on, or back: an objection that was upheld is the one that needs its reasons. (A relief after a disaster is
    published before it is reviewed, so that the order of the steps does not tell.)"""
    for outcome in step.outcomes:
        if outcome.reasons == back and outcome.next != "end":
            return outcome
    raise CannotBecause(
        "cases.no_way_from_notice",
        sentence("程序未规定公示后的去向", "The procedure does not say where a notice leads"),
    )
