"""Visits to be done, and the versions of a case's visit record with their pictures."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from jishiyu.cases.models import HomeVisit, VisitAttachment, VisitFiled, VisitSent
from jishiyu.cases.queries.files import case
from jishiyu.cases.queries.work import Work, open_work
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.rules import Post


def visits_to_do(post: Post, today: date) -> list[Work]:
    """The cases that wait for a home visit by this post and person, most urgent first."""
    return [work for work in open_work(post, today) if work.step == "visit"]


def visit_version(case_id: UUID) -> int:
    """The number of the newest version of a case's visit record; 0 while there is none."""
    return VisitSent.objects.filter(case_id=case_id).aggregate(last=Max("version"))["last"] or 0


def visit_versions(case_id: UUID) -> list[VisitSent]:
    """All versions of a case's visit record, in order, with their choices and whether they were filed."""
    rows = VisitSent.objects.filter(case_id=case_id).select_related("against", "filed__visit")
    return list(rows.prefetch_related("choices").order_by("version"))


def standing_visits(case_id: UUID) -> list[VisitSent]:
    """The versions that wait to be filed: neither filed nor replaced by a later one, oldest first."""
    rows = visit_versions(case_id)
    replaced = {row.against_id for row in rows if row.how in ("merged", "desk")}
    return [row for row in rows if row.pk not in replaced and not hasattr(row, "filed")]


def visit_sent(record: UUID) -> VisitSent | None:
    """A version by the id that the device gave it, if the transaction's post sees it."""
    return VisitSent.objects.filter(pk=record).first()


def pictures_of_case(case_id: UUID) -> list[VisitAttachment]:
    """All photographs and signatures of a case's visits, in the order of the versions."""
    return _pictures(list(VisitSent.objects.filter(case_id=case_id).order_by("version")))


def _pictures(versions: list[VisitSent]) -> list[VisitAttachment]:
    """The pictures that the versions name as theirs; one that a visitor took out again before sending is not shown."""
    named = {(row.pk, digest): row.version for row in versions for digest in row.pictures}
    rows = VisitAttachment.objects.filter(record__in=[row.pk for row in versions])
    shown = [row for row in rows if (row.record, row.digest) in named]
    return sorted(shown, key=lambda row: (named[row.record, row.digest], row.kind, row.received_at))


@dataclass(frozen=True, slots=True)
class VisitEvidence:
    """What belongs to a filed home visit besides its words: photographs, the signature on glass, and where it was written."""

    photos: int
    signature: VisitAttachment | None
    positions: tuple[dict[str, Any], ...]


def evidence_of_visit(visit: HomeVisit) -> VisitEvidence:
    """Of the version that was filed and of those that it replaced."""
    found = VisitFiled.objects.filter(visit=visit).select_related("sent").first()
    versions: list[VisitSent] = []
    at = found.sent if found else None
    while at is not None:
        versions.append(at)
        at = at.against if at.how in ("merged", "desk") else None
    pictures = _pictures(versions)
    signatures = [one for one in pictures if one.kind == "signature"]
    return VisitEvidence(
        photos=len(pictures) - len(signatures),
        signature=signatures[-1] if signatures else None,
        positions=tuple(one.position for one in versions if one.position),
    )


def picture(attachment_id: UUID, post: Post) -> VisitAttachment:
    """One picture of a case within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = VisitAttachment.objects.filter(pk=attachment_id).select_related("document").first()
    if row is None:
        raise NotFound(
            "no_such_picture",
            sentence("在您的权限范围内没有此图片", "There is no such picture within your reach"),
        )
    case(row.case_id, post)
    return row
