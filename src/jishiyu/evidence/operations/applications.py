"""Acts on applications that come on line: begin a draft, write on it, hand it in; ask for papers once, take in or refuse."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from jishiyu.evidence import queries, vault
from jishiyu.evidence.models import Document, PublicApplication
from jishiyu.evidence.queries.applications import ID_PURPOSE
from jishiyu.evidence.rules.applications import gaps
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def begin_application(item: str, *, moment: datetime) -> PublicApplication:
    """A new draft for an item; it is kept until some days after it was last written on."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('evidence_application_numbers')")
        (running,) = cursor.fetchone()
    made = PublicApplication.objects.create(
        id=uuid4(),
        number=f"WS{day_of(moment):%Y}-{running:06d}",
        item=item,
        told={},
        opened_at=moment,
        touched_at=moment,
        expires_on=_last_day(moment),
    )
    record(act="evidence.begin_application", about=("application", made.number), detail={"item": item})
    return made


def write_application(row: PublicApplication, part: str, told: Any, *, moment: datetime) -> None:
    """Write one part of a draft anew; the others stay."""
    _require_draft(row)
    row.told = {**row.told, part: told}
    row.touched_at, row.expires_on = moment, _last_day(moment)
    number = row.told.get("applicant", {}).get("id_number", "")
    row.id_index = index_of(number, ID_PURPOSE) if number else None
    row.save(update_fields=["told", "touched_at", "expires_on", "id_index"])


def hand_in(row: PublicApplication, *, due_on: date | None, moment: datetime) -> None:
    """Hand a draft in to the sub-district that it names; handed in twice it stays as it was. Refused while something lacks."""
    if row.state != "draft":
        return
    missing = gaps(row.told)
    if missing:
        raise CannotBecause(
            "application.incomplete",
            sentence(
                "还缺：{z}", "Still missing: {e}",
                z="、".join(name.zh for _, name in missing), e=", ".join(name.en for _, name in missing),
            ),
            sentence("请回到相应的一步补填", "Go back to that step and fill it in"),
        )  # fmt: skip
    area = row.told["applicant"]["sub_district"]
    row.state, row.sub_district_id, row.expires_on = "submitted", area, None
    row.submitted_at, row.touched_at, row.due_on = moment, moment, due_on
    row.save(update_fields=["state", "sub_district", "expires_on", "submitted_at", "touched_at", "due_on"])
    Document.objects.filter(application=row, sub_district=None).update(sub_district_id=area)
    record(
        act="evidence.hand_in_application",
        about=("application", row.number),
        detail={"item": row.item, "area": area},
    )


def drop_draft(row: PublicApplication, *, why: str) -> None:
    """Delete a draft with its files: its writer wants it gone, or its days are over."""
    _require_draft(row)
    for paper in queries.documents_of_application(row.pk):
        remove_paper(row, paper.pk)
    number = row.number
    row.delete()
    record(act="evidence.drop_draft", about=("application", number), reason=why)


def remove_paper(row: PublicApplication, document_id: UUID) -> None:
    """Take a file off a draft again."""
    _require_draft(row)
    if Document.objects.filter(pk=document_id, application=row, sub_district=None).delete()[0]:
        transaction.on_commit(lambda: vault.remove(document_id))


def drop_expired_drafts(*, today: date, actor: Post) -> int:
    """Delete all drafts whose last day is over. Returns how many."""
    require(actor, "evidence.drop_expired_drafts")
    rows = list(queries.expired_drafts(today))
    for row in rows:
        drop_draft(row, why="expired")
    return len(rows)


def look_at_application(application_id: UUID, *, actor: Post) -> PublicApplication:
    """One application within reach, opened to read: the journal keeps who did."""
    row = queries.application(application_id, actor)
    record(act="evidence.look_at_application", about=("application", row.number), household=row.household)
    return row


def look_at_document(document_id: UUID, *, actor: Post) -> Document:
    """One paper within reach, opened to read: the journal keeps who did."""
    row = queries.document(document_id, actor)
    record(act="evidence.look_at_document", about=("document", row.pk), household=row.household)
    return row


def ask_for_papers(
    application_id: UUID, *, papers: Sequence[Mapping[str, str]], words: str, actor: Post, moment: datetime
) -> None:
    """Send an application back for papers, all at once and once only (一次性告知). The clock stops until they are there."""
    row = _locked(application_id, actor)
    _require_waiting(row)
    if row.asked_at is not None:
        raise CannotBecause(
            "application.asked_before",
            sentence(
                "补充材料只能一次性告知，这份申请已要求过一次", "Papers are asked for once, and they were"
            ),
            sentence(
                "请立案后在案件中处理，或作出不予受理的决定",
                "Take it in and go on with the case, or refuse it",
            ),
        )
    if not papers and not words.strip():
        raise CannotBecause(
            "application.no_papers_named",
            sentence("请选择或写明需要补充的材料", "Choose or write which papers are needed"),
        )
    row.state, row.asked_at, row.due_on = "asked", moment, None
    row.asked = {"papers": [dict(one) for one in papers], "words": words.strip()}
    _settled_by(row, actor)
    row.save(update_fields=["state", "asked_at", "due_on", "asked", "post", "officer"])
    record(
        act="evidence.ask_for_papers",
        about=("application", row.number),
        detail={"papers": [one["key"] for one in papers]},
    )


def answer_with_papers(row: PublicApplication, *, due_on: date | None, moment: datetime) -> None:
    """The applicant has added what was asked for: the sub-district's clock runs anew."""
    if row.state != "asked":
        return
    row.state, row.answered_at, row.touched_at, row.due_on = "submitted", moment, moment, due_on
    row.save(update_fields=["state", "answered_at", "touched_at", "due_on"])
    record(act="evidence.answer_with_papers", about=("application", row.number))


def refuse_application(application_id: UUID, *, reasons: str, actor: Post, moment: datetime) -> None:
    """Refuse to take an application in, with reasons that the applicant reads."""
    row = _locked(application_id, actor)
    _require_waiting(row)
    if len(reasons.strip()) < 5:
        raise CannotBecause(
            "application.no_reasons",
            sentence("请写明不予受理的理由", "Write the reasons for not taking it in"),
            sentence("申请人会看到这段话", "The applicant will read them"),
        )
    row.state, row.settled_at, row.due_on = "refused", moment, None
    row.reasons = {"words": reasons.strip()}
    _settled_by(row, actor)
    row.save(update_fields=["state", "settled_at", "due_on", "reasons", "post", "officer"])
    record(act="evidence.refuse_application", about=("application", row.number))


def settle_as_taken(
    application_id: UUID, *, household_id: UUID, case_id: UUID, actor: Post, moment: datetime
) -> PublicApplication:
    """Note which case an application became; its papers are the household's from now on, but for those it had already."""
    row = _locked(application_id, actor)
    _require_waiting(row)
    papers = Document.objects.filter(application=row, household=None)
    had = Document.objects.filter(household=household_id).values("content_sm3")
    papers.exclude(content_sm3__in=had).update(household=household_id)
    row.state, row.settled_at, row.due_on = "taken", moment, None
    row.household, row.case = household_id, case_id
    _settled_by(row, actor)
    row.save(update_fields=["state", "settled_at", "due_on", "household", "case", "post", "officer"])
    record(act="evidence.take_in_application", about=("application", row.number), household=household_id)
    return row


def _locked(application_id: UUID, actor: Post) -> PublicApplication:
    require(actor, "evidence.settle_application")
    queries.application(application_id, actor)
    return PublicApplication.objects.select_for_update().get(pk=application_id)


def _settled_by(row: PublicApplication, actor: Post) -> None:
    row.post, row.officer = actor.code, UUID(actor.officer) if actor.officer else None


def _require_draft(row: PublicApplication) -> None:
    if row.state != "draft":
        raise CannotBecause(
            "application.handed_in",
            sentence("申请已提交，不能再改", "The application is handed in and cannot be changed"),
            sentence("要更正的，请联系街道", "Please tell the sub-district what has to be corrected"),
        )


def _require_waiting(row: PublicApplication) -> None:
    if row.state not in ("submitted", "asked"):
        raise CannotBecause(
            "application.settled", sentence("这份申请已经办结", "This application is settled already")
        )


def _last_day(moment: datetime) -> date:
    return day_of(moment) + timedelta(days=settings.JISHIYU_DRAFT_DAYS)
