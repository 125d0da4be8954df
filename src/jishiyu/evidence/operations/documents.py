"""Keep a paper: checked, sealed in the vault, and entered for its household or application. The same bytes are kept once."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import QuerySet

from jishiyu.evidence import vault
from jishiyu.evidence.models import Document, PublicApplication
from jishiyu.evidence.rules.uploads import MOST_FILES, check_upload
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.foundations.secrets import sm3
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def put_document(
    *,
    kind: str,
    title: str,
    content: bytes,
    name: str,
    sub_district: str,
    household_id: UUID | None = None,
    application: PublicApplication | None = None,
    received_on: date,
    actor: Post,
    moment: datetime,
) -> Document:
    """Keep a photograph or a PDF of a household or of an application on line; what was kept before is returned as it is.

    ``kind`` is what paper it is, ``sub_district`` the one that received it, empty
    for a draft's. Raises CannotBecause (``upload.…``) with how to mend the file; NotYours for another sub-district's household.
    """
    require(actor, "evidence.put_document")
    if actor.scope == "sub_district" and actor.area != sub_district:
        raise NotYours(
            "other_area",
            sentence("只能为本街道收材料", "You can only receive papers for your own sub-district"),
        )
    upload = check_upload(content, name)
    digest = sm3(upload.content)
    siblings = _siblings(household_id, application)
    before = siblings.filter(content_sm3=digest).first()
    if before is not None:
        return before
    if application is not None:
        _require_room(siblings)
    made = Document(
        id=uuid4(),
        sub_district_id=sub_district or None,
        kind=kind[:30],
        title=title[:200],
        received_on=received_on,
        household=household_id,
        application=application,
        file_name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        content_sm3=digest,
        post=actor.code,
        officer=UUID(actor.officer) if actor.officer else None,
        received_at=moment,
    )
    vault.put_away(made.id, upload.content)
    made.save(force_insert=True)
    record(
        act="evidence.put_document",
        about=("document", made.id),
        household=household_id,
        detail={"kind": made.kind, "type": made.media_type, "size": made.size, "sm3": digest.hex()},
    )
    return made


def _require_room(siblings: QuerySet[Document]) -> None:
    if siblings.count() >= MOST_FILES:
        raise CannotBecause(
            "upload.too_many",
            sentence("一份申请最多上传{n}个文件", "An application takes {n} files at most", n=MOST_FILES),
            sentence("其余材料请带到街道窗口", "Please bring the rest to the sub-district's counter"),
        )


def _siblings(household_id: UUID | None, application: PublicApplication | None) -> QuerySet[Document]:
    if household_id is None and application is None:
        raise ValueError("a paper belongs to a household or to an application")
    return (
        Document.objects.filter(household=household_id)
        if household_id is not None
        else Document.objects.filter(application=application)
    )
