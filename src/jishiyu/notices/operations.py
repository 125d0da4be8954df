"""Acts of publicity: a notice goes up and comes down; objections come in and are answered."""

from datetime import datetime, timedelta
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.models import Case
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.notices import queries
from jishiyu.notices.models import Objection, PublicNotice, Removal
from jishiyu.notices.rules.masking import Shown, content
from jishiyu.notices.rules.window import require_over, window
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries as registry


def preview(case_id: UUID, *, actor: Post, moment: datetime) -> PublicNotice:
    """The notice as it would go up, masked, for looking at before it does. Nothing is stored."""
    return _drawn_up(case_queries.case(case_id, actor), actor=actor, moment=moment)


def publish(case_id: UUID, *, actor: Post, moment: datetime) -> PublicNotice:
    """Put up the notice of a case that is at this step. One at a time; again after an objection was upheld."""
    require(actor, "notices.publish")
    case = case_queries.case(case_id, actor)
    _require_turn(case, actor)
    if any(row.withdrawn_on is None for row in queries.notices_of_case(case.id)):
        raise CannotBecause(
            "notices.up_already", sentence("本案正在公示中", "A notice of this case is up already")
        )
    row = _drawn_up(case, actor=actor, moment=moment)
    row.save(force_insert=True)
    cases.await_notice(case.id, ends_on=row.ends_on, actor=actor)
    record(
        act="notices.publish",
        about=("case", case.number),
        household=case.household_id,
        detail={"ends_on": str(row.ends_on), "round": row.round},
    )
    return row


def close(notice_id: UUID, *, actor: Post, moment: datetime) -> PublicNotice:
    """Take a notice down after its last day, with every objection answered; the case goes on to its decision."""
    require(actor, "notices.publish")
    row = queries.notice_for_desk(notice_id, actor)
    if row.withdrawn_on is not None:
        raise CannotBecause(
            "notices.closed_already", sentence("此公示已结束", "This notice was closed already")
        )
    require_over(row.ends_on, day_of(moment))
    waiting = sum(one.answered_at is None for one in queries.objections_of(row.id))
    if waiting:
        raise CannotBecause(
            "notices.objections_waiting",
            sentence("尚有{n}件异议未答复", "{n} objections still wait for an answer", n=waiting),
            sentence("请先答复异议", "Answer them first"),
        )
    _take_down(row, "clear", actor=actor, moment=moment)
    remarks = sentence("公示期满，无成立的异议", "The window is over; no objection was upheld").zh
    cases.leave_notice(row.case_id, back=False, remarks=remarks, actor=actor, moment=moment)
    record(act="notices.close", about=("case", row.case.number), household=row.case.household_id)
    return row


def take_down(case_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Take down whatever notice of a case is up, because the case ended otherwise (withdrawn)."""
    require(actor, "notices.publish")
    for row in queries.notices_of_case(case_queries.case(case_id, actor).id):
        if row.withdrawn_on is None:
            _take_down(row, "withdrawn", actor=actor, moment=moment)
            record(act="notices.take_down", about=("notice", row.id))


def receive_objection(
    notice_id: UUID, *, text: str, objector: str = "", contact: str = "", channel: str = "portal", actor: Post,
    moment: datetime,
) -> Objection:  # fmt: skip
    """Take in an objection to a notice that is up, named or not. Nobody's name is in the journal."""
    require(actor, "notices.object")
    row = queries.notice(notice_id, day_of(moment))
    if not 5 <= len(text.strip()) <= 2000:
        raise CannotBecause(
            "notices.objection_too_short",
            sentence("请写明异议内容（5至2000字）", "Say what you object to (5 to 2000 characters)"),
        )
    # Saved without reading back: the public may hand in an objection but never see one.
    made = Objection(
        notice=row,
        case_id=row.case_id,
        received_at=moment,
        channel=channel,
        named=bool(objector.strip()),
        objector=objector.strip()[:60],
        contact=contact.strip()[:60],
        text=text.strip(),
    )
    made.save(force_insert=True)
    record(act="notices.object", about=("notice", row.id), detail={"channel": channel, "named": made.named})
    return made


def look_at_objection(objection_id: UUID, *, actor: Post) -> Objection:
    """Open an objection: who raised it may stand there, so the look is in the journal."""
    require(actor, "notices.see")
    row = queries.objection(objection_id, actor)
    record(act="notices.look", about=("case", row.case.number), household=row.case.household_id)
    return row


def answer_objection(
    objection_id: UUID, *, upheld: bool, answer: str, actor: Post, moment: datetime
) -> Objection:
    """Answer an objection. Upheld while its notice is up: the notice comes down and the case goes back to be looked at again."""
    require(actor, "notices.answer")
    row = queries.objection(objection_id, actor)
    if row.answered_at is not None:
        raise CannotBecause(
            "notices.answered_already", sentence("此异议已答复", "This objection was answered already")
        )
    if len(answer.strip()) < 5:
        raise CannotBecause(
            "notices.answer_too_short",
            sentence("请写明核实情况和答复（至少5个字）", "Say what was found (at least 5 characters)"),
        )
    row.answered_at, row.answered_by = moment, actor.code
    row.upheld, row.answer = upheld, answer.strip()
    row.save(update_fields=["answered_at", "answered_by", "upheld", "answer"])
    record(
        act="notices.answer",
        about=("case", row.case.number),
        household=row.case.household_id,
        detail={"upheld": upheld},
    )
    if upheld and row.notice.withdrawn_on is None:
        _take_down(row.notice, "upheld", actor=actor, moment=moment)
        remarks = sentence("异议成立，退回重新核查", "An objection was upheld").zh
        cases.leave_notice(row.case_id, back=True, remarks=remarks, actor=actor, moment=moment)
    return row


def _require_turn(case: Case, actor: Post) -> None:
    # A re-check that changes an award comes here as well: the award runs on meanwhile.
    if case.step != "notice" or case.state not in ("open", "granted"):
        raise CannotBecause(
            "notices.not_at_notice",
            sentence("案件{n}未到公示环节", "Case {n} is not at the step of public notice", n=case.number),
        )
    why: Sentence | None = case_queries.may_take_now(case, actor)
    if why is not None:
        raise CannotBecause("cases.not_your_step", why)


def _drawn_up(case: Case, *, actor: Post, moment: datetime) -> PublicNotice:
    procedure = case_queries.procedure_of(case)
    if procedure.publicity is None:
        raise CannotBecause(
            "notices.not_to_be_published",
            sentence("此类认定依规定不公示", "By rule this kind of case is not published"),
        )
    day = day_of(moment)
    before = len(queries.notices_of_case(case.id))
    days = window(day, procedure.publicity, pack().calendar, second=before > 0)
    place = pack().sub_district(case.sub_district_id)
    shown = Shown(
        head_name=case.applicant.name,
        head_born=case.applicant.born,
        members=len(registry.members(case.household_id)),
        item=pack().item(case.item).name,
        amount=case.proposed_amount,
        frequency=case_queries.basis_of(case).frequency,
        place=place.name,
        office=place.office,
    )
    return PublicNotice(
        case=case,
        sub_district_id=case.sub_district_id,
        round=before + 1,
        published_on=day,
        first_day=days.first_day,
        ends_on=days.ends_on,
        content=content(shown, day) | {"window": days.explained.as_data()},
        published_by=actor.code,
    )


def _take_down(row: PublicNotice, outcome: str, *, actor: Post, moment: datetime) -> None:
    row.withdrawn_on, row.outcome = day_of(moment), outcome
    row.save(update_fields=["withdrawn_on", "outcome"])
    _removed(row, outcome, by=actor.code, moment=moment)


def note_expired(*, actor: Post, moment: datetime) -> int:
    """Write down that notices left the public page because their days are over. Returns how many; again, it finds none."""
    require(actor, "notices.note_expired")
    rows = queries.expired(day_of(moment))
    for row in rows:
        _removed(row, "term_over", by=actor.code, moment=moment)
        record(act="notices.term_over", about=("notice", row.id), detail={"ends_on": str(row.ends_on)})
    return len(rows)


def _removed(row: PublicNotice, how: str, *, by: str, moment: datetime) -> None:
    """The line in the log of removals; where its term was over first, that line stays the only one."""
    day = min(day_of(moment), row.ends_on + timedelta(days=1))
    if not Removal.objects.filter(notice=row).exists():
        Removal.objects.create(
            notice=row, case_id=row.case_id, removed_on=day, how=how, noted_at=moment, noted_by=by
        )
