"""Taking a case on, letting it go, and handing all of them over to a colleague of the same kind of desk."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Assignment, Case, Handover, Mention
from jishiyu.cases.operations.walking import about, fetch
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def take_on(case_id: UUID, *, actor: Post, moment: datetime) -> Assignment:
    """Take a case on for one's role, so that colleagues see who has it. Refused when a colleague has it, or second eyes forbid."""
    require(actor, "cases.take_on")
    row = fetch(case_id, actor)
    if row.state not in ("open", "granted"):
        raise CannotBecause(
            "cases.over", sentence("案件已结束，无需承办", "The case is over: nothing to take on")
        )
    held = Assignment.objects.filter(case=row, role=actor.role, ended=None).first()
    if held is not None:
        raise CannotBecause(
            "cases.taken_on_already",
            sentence("此案件已由{n}承办", "{n} has taken this case on", n=held.officer_name),
        )
    why = queries.kept_apart([row], actor.role, actor.officer).get(row.id)
    if why is not None:
        raise CannotBecause("cases.kept_apart", why)
    made = _assign(row, actor.role, actor, by=actor, moment=moment)
    record(act="cases.take_on", **about(row))
    return made


def let_go(case_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Give a case that one has taken on back to all colleagues of the role."""
    require(actor, "cases.take_on")
    row = fetch(case_id, actor)
    held = Assignment.objects.select_for_update().filter(
        case=row, role=actor.role, officer=actor.officer, ended=None
    )
    if not held.update(ended=moment, ended_by=actor.code):
        raise CannotBecause(
            "cases.not_taken_on", sentence("您没有承办此案件", "You have not taken this case on")
        )
    record(act="cases.let_go", **about(row))


def hand_over(
    case_ids: Sequence[UUID],
    *,
    to: Post | None,
    reason: str,
    until: date | None,
    actor: Post,
    moment: datetime,
) -> Handover:
    """Hand cases that the actor has taken on, and unread mentions, over to a colleague (None: back to all of the role).

    Cases that second eyes keep from the colleague stay with the actor; :func:`queries.handover_preview` names them. Raises
    CannotBecause when nothing can be handed over, or the colleague does not sit at the same kind of desk.
    """
    require(actor, "cases.take_on")
    if len(reason.strip()) < 2:
        raise CannotBecause("cases.reasons_missing", sentence("请写明理由", "Say why"))
    if to is not None:
        _require_same_desk(actor, to)
    chosen = set(case_ids)
    lines = [one for one in queries.handover_preview(actor, to) if one.why is None and one.case.id in chosen]
    mentions = queries.unread_mentions_of(actor)
    if not lines and not mentions:
        raise CannotBecause(
            "cases.nothing_to_hand_over", sentence("没有可以移交的工作", "There is nothing to hand over")
        )
    made = Handover.objects.create(
        role=actor.role, area=actor.area, agency=actor.agency, from_officer=actor.officer, from_name=actor.officer_name,
        to_officer=to.officer if to else "", to_name=to.officer_name if to else "", to_post=to.code if to else "",
        reason=reason.strip(), until=until, made_at=moment, made_by=actor.code,
    )  # fmt: skip
    for line in lines:
        _pass_on(line.assignment, to, made, by=actor, moment=moment)
    for mention in mentions:
        _call_on(mention, to, moment)
    record(
        act="cases.hand_over",
        about=("officer", made.to_post or actor.role),
        reason=made.reason,
        detail={"cases": len(lines), "mentions": len(mentions)},
    )
    return made


def hand_back(handover_id: UUID, *, actor: Post, moment: datetime) -> int:
    """Undo a handover: what the receiver still has of it goes back to who gave it. Returns how many cases."""
    require(actor, "cases.take_on")
    made = queries.handover(handover_id, actor)
    if actor.officer not in (made.from_officer, made.to_officer):
        raise CannotBecause(
            "cases.not_your_handover",
            sentence("只有移交双方可以交还", "Only who gave or received it can hand it back"),
        )
    if made.returned_at is not None:
        raise CannotBecause("cases.handed_back", sentence("已经交还", "It was handed back already"))
    giver = queries.given_by(made)
    Handover.objects.filter(pk=made.pk).update(returned_at=moment, returned_by=actor.code)
    back = 0
    for ended in Assignment.objects.filter(ended_through=made).select_related("case"):
        now = Assignment.objects.filter(case=ended.case, role=made.role, ended=None).first()
        if now is None and not made.to_officer:
            _assign(ended.case, made.role, giver, by=actor, moment=moment, handover=made)
            back += 1
        elif now is not None and now.handover_id == made.id:
            now.ended, now.ended_by = moment, actor.code
            now.save(update_fields=["ended", "ended_by"])
            _assign(ended.case, made.role, giver, by=actor, moment=moment, handover=made)
            back += 1
    record(act="cases.hand_back", about=("officer", made.from_officer), detail={"cases": back})
    return back


def _require_same_desk(actor: Post, to: Post) -> None:
    if (to.role, to.area, to.agency) != (actor.role, actor.area, actor.agency) or to.officer == actor.officer:
        raise CannotBecause(
            "cases.another_desk",
            sentence(
                "只能移交给同一单位同类岗位的同事：{n}不是",
                "Work goes to a colleague of the same office and kind of post: {n} is none",
                n=to.officer_name,
            ),
        )


def _pass_on(held: Assignment, to: Post | None, made: Handover, *, by: Post, moment: datetime) -> None:
    held.ended, held.ended_by, held.ended_through = moment, by.code, made
    held.save(update_fields=["ended", "ended_by", "ended_through"])
    if to is not None:
        _assign(held.case, held.role, to, by=by, moment=moment, handover=made)


def _assign(
    row: Case, role: str, to: Post, *, by: Post, moment: datetime, handover: Handover | None = None
) -> Assignment:
    return Assignment.objects.create(
        case=row, role=role, officer=to.officer, officer_name=to.officer_name, post=to.code, began=moment, by=by.code,
        handover=handover,
    )  # fmt: skip


def _call_on(mention: Mention, to: Post | None, moment: datetime) -> None:
    """Let an unread mention of the actor stand in the receiver's tasks instead; of all in the post without a receiver."""
    post = to.code if to else mention.post
    officer = to.officer if to else ""
    Mention.objects.get_or_create(
        note_id=mention.note_id, post=post, officer=officer, defaults={"words": mention.words}
    )
    Mention.objects.filter(pk=mention.pk).update(read_at=moment, read_by=to.officer_name if to else post)
