"""Checks from above (抽查、必查): wanted, made by somebody who had no hand in the case, and what follows a difference."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from jishiyu.cases import queries
from jishiyu.cases.models import Case, Check, CheckFinding, CheckFollowUp, SpotDraw
from jishiyu.cases.operations.ending import end
from jishiyu.cases.operations.two_hands import decline_signature
from jishiyu.cases.operations.walking import Said, about, at_step, fetch, leave, require_turn
from jishiyu.cases.rules.clocks import foreseen
from jishiyu.cases.rules.second_eyes import FOLLOW_UPS_GRANTED, FOLLOW_UPS_OPEN
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.working_days import due_day
from jishiyu.offices.rules import Post, require

DAYS = "xicheng.spot_checks.days"


def want_check(row: Case, why: str, *, draw: SpotDraw | None = None, actor: Post, moment: datetime) -> Check:
    """A case is to be looked at again from above, within the working days that the pack gives."""
    day = day_of(moment)
    days = pack().parameter(DAYS, day).insist()
    made = Check.objects.create(
        case=row,
        household_id=row.household_id,
        sub_district_id=row.sub_district_id,
        why=why,
        draw=draw,
        wanted_at=moment,
        wanted_by=actor.code,
        due_on=due_day(day, days, "working", foreseen(pack().calendar)),
    )
    record(act="cases.want_check", detail={"why": why}, **about(row))
    return made


@dataclass(frozen=True, slots=True)
class Found:
    """What two checkers write down. ``agrees``: with the case; else ``differences`` says what does not."""

    visited_on: date
    first_visitor: str
    second_visitor: str
    agrees: bool
    findings: str
    differences: str = ""


def record_finding(check_id: UUID, found: Found, *, actor: Post, moment: datetime) -> CheckFinding:
    """Record what a check found. Refused for whoever handled the case, and for a near relative."""
    require(actor, "cases.check_again")
    check = queries.check(check_id, actor)
    row = fetch(check.case_id, actor)
    why = queries.refusal_to_check_this(row, actor)
    if why is not None:
        raise NotYours("cases.not_your_check", why, sentence("请转由他人核查", "Leave it to somebody else"))
    _sound(found, day_of(moment))
    if CheckFinding.objects.filter(check_of=check).exists():
        raise CannotBecause(
            "cases.checked_already", sentence("这项核查已完成", "This check has been made already")
        )
    try:
        with transaction.atomic():
            made = CheckFinding.objects.create(
                check_of=check,
                visited_on=found.visited_on,
                first_visitor=found.first_visitor.strip(),
                second_visitor=found.second_visitor.strip(),
                agrees=found.agrees,
                differences=found.differences.strip(),
                findings=found.findings.strip(),
                found_at=moment,
                post=actor.code,
                officer=actor.officer,
                officer_name=actor.officer_name or actor.title.say("zh"),
            )
    except IntegrityError as refused:
        raise CannotBecause(
            "cases.checked_already", sentence("这项核查已完成", "This check has been made already")
        ) from refused
    record(act="cases.check_again", detail={"why": check.why, "agrees": found.agrees}, **about(row))
    return made


def _sound(found: Found, today: date) -> None:
    first, second = found.first_visitor.strip(), found.second_visitor.strip()
    doubts = [
        (
            not first or not second or first == second,
            sentence("核查须由两人以上进行", "A check is made by two people at least"),
        ),
        (found.visited_on > today, sentence("核查日期不能晚于今天", "The check cannot lie in the future")),
        (len(found.findings.strip()) < 2, sentence("请填写核查情况", "Enter what was found")),
        (
            not found.agrees and len(found.differences.strip()) < 4,
            sentence("请写明不一致之处（至少4个字）", "Say what differs (at least 4 characters)"),
        ),
    ]
    for refused, why in doubts:
        if refused:
            raise CannotBecause("cases.check_not_whole", why)


def follow_up(finding_id: UUID, *, what: str, because: str, actor: Post, moment: datetime) -> CheckFollowUp:
    """Deal with a check that differed: an open case goes back and is checked again; an award is kept, changed or ended."""
    require(actor, "cases.follow_up")
    finding = queries.finding(finding_id, actor)
    row = fetch(finding.check_of.case_id, actor)
    offered = FOLLOW_UPS_OPEN if row.state == "open" else FOLLOW_UPS_GRANTED
    if finding.agrees or CheckFollowUp.objects.filter(finding=finding).exists():
        raise CannotBecause(
            "cases.nothing_to_follow",
            sentence("这项核查无需处理，或已处理", "There is nothing to deal with, or it was done already"),
        )
    if what not in offered or len(because.strip()) < 4:
        raise CannotBecause(
            "cases.follow_up_not_whole",
            sentence(
                "请选择处理方式并写明理由（至少4个字）",
                "Choose what to do, and say why (at least 4 characters)",
            ),
        )
    made = CheckFollowUp.objects.create(
        finding=finding,
        what=what,
        because=because.strip(),
        done_at=moment,
        post=actor.code,
        officer=actor.officer,
        officer_name=actor.officer_name or actor.title.say("zh"),
    )
    record(act="cases.follow_up", detail={"what": what}, **about(row))
    if what == "sent_back":
        _send_back(row, because, actor=actor, moment=moment)
        want_check(row, "follow_up", actor=actor, moment=moment)
    elif what == "award_ended":
        end(row.id, reason=because, last_month=day_of(moment), actor=actor, moment=moment)
    return made


def _send_back(row: Case, because: str, *, actor: Post, moment: datetime) -> None:
    """From the decision back by the way that its procedure has; a case that is still enquired stays where it is."""
    if row.step != "decide":
        return
    if queries.open_signature(row.id) is not None:
        decline_signature(row.id, reason=because, actor=actor, moment=moment)
        row.refresh_from_db()
    step = at_step(row, "decide")
    require_turn(row, step, actor)
    keys: list[str] = [one.key for one in queries.procedure_of(row).steps]
    here = keys.index("decide")
    back = next((one for one in step.outcomes if one.next in keys[:here]), None)
    if back is None:
        raise CannotBecause(
            "cases.no_way_back",
            sentence(
                "程序没有规定审批退回的去向，请在审批页作出结论",
                "The procedure has no way back from the decision: decide on its page",
            ),
        )
    leave(row, step, back, Said(back.key, (), "", (because,)), actor=actor, moment=moment)
