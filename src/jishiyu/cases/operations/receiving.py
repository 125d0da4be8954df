"""The record that comes back from a home visit: once however often it is sent, and never over another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from jishiyu.cases.models import Case, VisitAttachment, VisitChoice, VisitSent, VisitTaken
from jishiyu.cases.operations.sound_visit import record_of, require_sound
from jishiyu.cases.operations.walking import about, fetch, require_turn
from jishiyu.cases.queries.files import procedure_of
from jishiyu.cases.queries.visits import visit_sent, visit_version
from jishiyu.cases.rules.visits import Choice, differences, merged, tidy
from jishiyu.foundations.canonical import digest as digest_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Brought:
    """A visit's record as the device sends it. ``id`` was made there; ``base`` is the version that was taken along."""

    id: UUID
    taken: UUID
    base: int
    content: Mapping[str, Any]
    position: Mapping[str, Any] | None = None
    pictures: Sequence[str] = ()
    choice: Choice | None = None


class NewerVisit(CannotBecause):
    """Another version came in since this one was begun: whoever sends has to see both and choose."""

    def __init__(self, theirs: VisitSent) -> None:
        super().__init__(
            "cases.visit_newer",
            sentence(
                "{who}已提交本户的调查记录（第{n}版），请对照后选择",
                "{who} has sent a record of this household (version {n}): look at both and choose",
                who=theirs.officer_name,
                n=theirs.version,
            ),
        )
        self.theirs = theirs


def receive_visit(case_id: UUID, brought: Brought, *, actor: Post, moment: datetime) -> VisitSent:
    """Keep a record that was written on a device as the case's next version. The step itself is taken at the desk.

    Raises :class:`NewerVisit` when another version came in since it was taken along and no choice was made about that one.
    """
    require(actor, "cases.visit")
    row = fetch(case_id, actor)
    digest = digest_of(_as_sent(brought))
    known = visit_sent(brought.id)
    if known is not None:
        if known.digest == digest and known.case_id == row.pk:
            return known
        raise _number_used()
    taken = require_taken_by(row, brought.taken, actor, moment)
    lacking = _lacking(brought)
    if lacking:
        raise CannotBecause(
            "cases.pictures_lacking",
            sentence("还有{n}张图片未收到", "{n} pictures have not arrived", n=len(lacking)),
            sentence("请再次发送", "Send again"),
        )
    _require_signature(brought)
    theirs, content = _settled(row, brought)
    require_sound(record_of(content), day_of(moment))
    try:
        with transaction.atomic():
            kept = VisitSent.objects.create(
                id=brought.id, case=row, household=row.household, taken=taken, version=visit_version(row.pk) + 1,
                how=brought.choice.how if theirs and brought.choice else "alone", against=theirs, content=content,
                position=dict(brought.position) if brought.position else None, pictures=sorted(brought.pictures), digest=digest, post=actor.code,
                officer=actor.officer, officer_name=actor.officer_name or actor.title.say("zh"), received_at=moment,
            )  # fmt: skip
    except IntegrityError:  # the number belongs to a record out of reach
        raise _number_used() from None
    if theirs is not None and brought.choice is not None and brought.choice.how == "merged":
        keep_choices(kept, brought.content, theirs.content, brought.choice.fields)
    record(act="cases.receive_visit", detail={"version": kept.version, "how": kept.how}, **about(row))
    return kept


def keep_choices(
    kept: VisitSent, mine: Mapping[str, Any], theirs: Mapping[str, Any], chosen: Mapping[str, str]
) -> None:
    """Write down both values of each field that differs and which one was chosen."""
    VisitChoice.objects.bulk_create(
        VisitChoice(
            sent=kept, field=one.field, chosen=chosen.get(one.field, "mine"),
            values={"mine": one.mine, "theirs": one.theirs},
        )
        for one in differences(mine, theirs)
    )  # fmt: skip


def _settled(row: Case, brought: Brought) -> tuple[VisitSent | None, dict[str, Any]]:
    """The version that this one stands against, if any, and the content that results."""
    newest = VisitSent.objects.filter(case=row).order_by("-version").first()
    if newest is None or newest.version <= brought.base:
        return None, tidy(brought.content)
    choice = brought.choice
    if choice is None or choice.against != newest.version:
        raise NewerVisit(newest)
    if choice.how == "beside":
        return newest, tidy(brought.content)
    return newest, merged(brought.content, newest.content, choice.fields)


def require_taken_by(row: Case, taken: UUID, actor: Post, moment: datetime) -> VisitTaken:
    """What the officer took along of this case. Refused for another's, after its term, and where the visit is not theirs."""
    found = VisitTaken.objects.filter(pk=taken, case=row, officer=actor.officer).first()
    if found is None:
        raise CannotBecause(
            "cases.not_taken_along",
            sentence("本户不是由您带走的", "It was not you who took this household along"),
            sentence("请以带走时的账号登录后发送", "Log in as who took it along, and send"),
        )
    if moment > found.expires_at:
        raise CannotBecause(
            "cases.taken_too_long",
            sentence("带走的资料已过期", "What was taken along is past its term"),
            sentence("请重新带走后填写", "Take it along again and fill it in"),
        )
    require_turn(row, procedure_of(row).step("visit"), actor)
    return found


def _lacking(brought: Brought) -> set[str]:
    kept = VisitAttachment.objects.filter(record=brought.id).values_list("digest", flat=True)
    return set(brought.pictures) - set(kept)


def _require_signature(brought: Brought) -> None:
    """Signed on glass, or said why not: a name alone is what the visitor typed."""
    signed = VisitAttachment.objects.filter(record=brought.id, kind="signature", digest__in=brought.pictures)
    if not str(brought.content.get("not_signed_because") or "").strip() and not signed.exists():
        raise CannotBecause(
            "cases.visit_no_signature",
            sentence(
                "没有手写签名的，请写明原因（如不识字、已在纸上签名）",
                "Without a signature say why (cannot write, signed on paper)",
            ),
        )


def _as_sent(brought: Brought) -> dict[str, Any]:
    choice = brought.choice
    return {
        "taken": str(brought.taken),
        "base": brought.base,
        "content": tidy(brought.content),
        "position": dict(brought.position) if brought.position else None,
        "pictures": sorted(brought.pictures),
        "choice": [choice.against, choice.how, dict(choice.fields)] if choice else None,
    }


def _number_used() -> CannotBecause:
    return CannotBecause(
        "cases.visit_number_used",
        sentence("此编号的记录已有另一份内容", "A record of this number exists with other content"),
    )
