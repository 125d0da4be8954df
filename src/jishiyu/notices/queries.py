"""Questions about notices: what is up today for the public, what waits for an answer, what a decision letter says."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jishiyu.cases.rules.clocks import due_within
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.parts import Confidence
from jishiyu.notices.models import Objection, PublicNotice, Removal
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post


def current_notices(today: date, sub_district: str = "") -> list[PublicNotice]:
    """The notices that are up today, newest first; after their last day they leave the public page by themselves."""
    rows = _up(today)
    return list(rows.filter(sub_district=sub_district) if sub_district else rows)


def _up(today: date) -> QuerySet[PublicNotice]:
    rows = PublicNotice.objects.filter(withdrawn_on=None, published_on__lte=today, ends_on__gte=today)
    return rows.select_related("sub_district")


def notice(notice_id: UUID, today: date) -> PublicNotice:
    """One notice that is up today. Raises NotFound once it has come down."""
    row = _up(today).filter(pk=notice_id).first()
    if row is None:
        raise NotFound(
            "notices.not_up",
            sentence("没有这份公示，或公示期已满", "There is no such notice, or its days are over"),
        )
    return row


def notices(post: Post) -> QuerySet[PublicNotice]:
    """All notices within a post's reach, up or past, with ``waiting``: objections without an answer."""
    rows = within_reach(
        PublicNotice.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    waiting = Count("objections", filter=Q(objections__answered_at=None), distinct=True)
    return rows.select_related("case", "sub_district").annotate(waiting=waiting)


def notice_for_desk(notice_id: UUID, post: Post) -> PublicNotice:
    """One notice within a post's reach, up or past. Raises NotFound."""
    row = notices(post).filter(pk=notice_id).first()
    if row is None:
        raise NotFound(
            "no_such_notice",
            sentence("在您的权限范围内没有此公示", "There is no such notice within your reach"),
        )
    return row


def notices_of_case(case_id: UUID) -> list[PublicNotice]:
    """The notices of a case, newest round first."""
    return list(PublicNotice.objects.filter(case_id=case_id).order_by("-round"))


def objections(post: Post, *, waiting: bool = False) -> QuerySet[Objection]:
    """Objections within a post's reach, oldest first; ``waiting``: only those without an answer."""
    rows = within_reach(
        Objection.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    rows = rows.select_related("notice", "case", "notice__sub_district").order_by("received_at")
    return rows.filter(answered_at=None) if waiting else rows


def expired(today: date) -> list[PublicNotice]:
    """The notices whose days are over and whose leaving the public page is not written down yet."""
    rows = PublicNotice.objects.filter(withdrawn_on=None, ends_on__lt=today, removal=None)
    return list(rows.select_related("case"))


def removal_of(notice_id: UUID) -> Removal | None:
    """When and why a notice left the public page; None while it is there."""
    return Removal.objects.filter(notice_id=notice_id).first()


def answer_by(row: Objection) -> tuple[date, Confidence] | None:
    """Until when an objection is to be answered, and how sure that limit is; None where the pack has none."""
    limit = pack().district.life_after.objection_answer
    if limit is None:
        return None
    return due_within(limit, day_of(row.received_at), pack().calendar), limit.confidence


def objection(objection_id: UUID, post: Post) -> Objection:
    """One objection within a post's reach. Raises NotFound."""
    row = objections(post).filter(pk=objection_id).first()
    if row is None:
        raise NotFound(
            "no_such_objection",
            sentence("在您的权限范围内没有此异议", "There is no such objection within your reach"),
        )
    return row


def objections_of(notice_id: UUID) -> list[Objection]:
    """The objections to a notice, oldest first."""
    return list(Objection.objects.filter(notice_id=notice_id).order_by("received_at"))


@dataclass(frozen=True, slots=True)
class Remedy:
    """How to appeal: to whom, within what time, and by which law."""

    words: Sentence
    citation: str


def remedies(day: date) -> list[Remedy]:
    """The ways to appeal against a decision of a day, as the pack words them; none that the pack does not know."""
    found = []
    for id in ("remedies.reconsideration", "remedies.lawsuit"):
        try:
            wording = pack().wording(id, day)
        except CannotBecause:  # not recorded for that day: nothing is put in its place
            continue
        found.append(Remedy(wording.text, str(wording.citation)))
    return found
