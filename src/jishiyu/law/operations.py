"""Taking a pack version into use."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from jishiyu.law.models import PackVersion
from jishiyu.law.rules.keeping import put_away
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import content_hash


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
    return put_away(folder) if content_hash(folder) == pack.content_hash else None
