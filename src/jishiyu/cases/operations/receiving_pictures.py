"""The pictures that come back from a home visit, before the record: each once, however often it is sent."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from jishiyu.cases.models import VisitAttachment
from jishiyu.cases.operations.receiving import require_taken_by
from jishiyu.cases.operations.walking import about, fetch
from jishiyu.evidence.operations import put_document
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require

MOST_PICTURES = 12
_TITLES = {
    "photo": "入户照片",
    "signature": "入户手写签名",
}  # documents are titled in Chinese, like the papers themselves
MOST_BYTES = 500_000  # the device makes them smaller than 300 kB


def receive_picture(
    case_id: UUID, *, picture: UUID, record_id: UUID, taken: UUID, kind: str, digest: str, content: bytes,
    actor: Post, moment: datetime,
) -> VisitAttachment:  # fmt: skip
    """Keep a photograph or signature for a record that is to come. The same one again is the same act."""
    require(actor, "cases.visit")
    row = fetch(case_id, actor)
    require_taken_by(row, taken, actor, moment)
    here = VisitAttachment.objects.filter(record=record_id)
    known = here.filter(digest=digest).first()
    if known is not None:
        return known
    if sha256(content).hexdigest() != digest:
        raise CannotBecause(
            "cases.picture_broken",
            sentence("图片在传输中损坏，请重新发送", "The picture was damaged on its way: send it again"),
        )
    if kind not in ("photo", "signature") or here.count() >= MOST_PICTURES or len(content) > MOST_BYTES:
        raise CannotBecause(
            "cases.picture_not_taken",
            sentence(
                "每次入户最多{n}张图片，每张不超过{k}KB",
                "A visit has {n} pictures at most, each of {k} kB at most",
                n=MOST_PICTURES,
                k=MOST_BYTES // 1000,
            ),
        )
    document = put_document(
        kind=f"visit_{kind}",
        title=f"{_TITLES[kind]} {row.number}",
        content=content,
        name=f"{digest[:12]}.{'jpg' if kind == 'photo' else 'png'}",
        sub_district=row.sub_district_id,
        household_id=row.household_id,
        received_on=day_of(moment),
        actor=actor,
        moment=moment,
    )
    kept = VisitAttachment.objects.create(
        id=picture, case=row, household=row.household, record=record_id, kind=kind, digest=digest, document=document,
        post=actor.code, officer=actor.officer, received_at=moment,
    )  # fmt: skip
    record(act="cases.receive_picture", detail={"kind": kind}, **about(row))
    return kept
