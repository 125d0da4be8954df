"""Taking a pack version into use; keeping and deciding revisions of decision tables."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from django.conf import settings

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.models import PackVersion, TableRevision
from jishiyu.law.queries import laid_over, look_again, revision
from jishiyu.law.rules.keeping import put_away
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import content_hash


class Officer(Protocol):
    """Who acts: the post's code, the officer that holds it, and the officer's name."""

    @property
    def code(self) -> str: ...
    @property
    def officer(self) -> str: ...
    @property
    def officer_name(self) -> str: ...


def adopt_pack(pack: Pack, *, at: datetime) -> PackVersion:
    """Keep the pack that results rest on: its version with the moment of its first use, and its content to compute anew.

    The same content is kept once. Whoever stores a score, an entitlement or a decision calls this first.
    """
    same = PackVersion.objects.filter(content_hash=pack.content_hash).defer("content")
    known = same.first()
    if known is None:
        known, _ = same.get_or_create(
            content_hash=pack.content_hash,
            defaults={"label": pack.label, "first_used": at, "content": _content(pack)},
        )
    elif same.filter(content=None).exists():
        same.update(content=_content(pack))
    return known


def _content(pack: Pack) -> bytes | None:
    """The pack's files, if the folder in use still is this pack."""
    folder = Path(settings.PACK_DIR)
    for more in ({}, laid_over()):
        if content_hash(folder, more) == pack.content_hash:
            return put_away(folder, more)
    return None


def keep_revision(
    table: str, *, first_day: date, content: str, document: str, reason: str, pack_version: str, by: Officer, at: datetime
) -> TableRevision:  # fmt: skip
    """Keep a proposed edition of a table as a draft. Who may, and whether it is sound, the journey has seen to."""
    return TableRevision.objects.create(
        table=table, first_day=first_day, content=content, document=document, reason=reason, pack_version=pack_version,
        made_by=by.code, made_by_officer=by.officer, made_by_name=by.officer_name, made_at=at,
    )  # fmt: skip


def decide_revision(
    revision_id: UUID, status: Literal["approved", "withdrawn"], *, by: Officer, at: datetime
) -> TableRevision:
    """Approve a draft (from then on it is laid over the pack) or withdraw it.

    Raises CannotBecause for one that was decided already, and for an approval by who made it.
    """
    row = TableRevision.objects.select_for_update().filter(pk=revision_id).first() or revision(revision_id)
    if row.status != "draft":
        raise CannotBecause("law.decided", sentence("该修订已处理", "This revision was decided already"))
    if status == "approved" and row.made_by_officer == by.officer:
        raise CannotBecause("law.own_work", sentence("须由另一人批准", "Another person has to approve it"))
    row.status, row.decided_at = status, at
    row.decided_by, row.decided_by_officer, row.decided_by_name = by.code, by.officer, by.officer_name
    row.save()
    look_again()
    return row
