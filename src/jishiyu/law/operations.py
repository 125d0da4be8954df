"""Taking a pack version into use."""

from datetime import datetime

from jishiyu.law.models import PackVersion
from jishiyu.law.rules.pack import Pack


def adopt_pack(pack: Pack, *, at: datetime) -> PackVersion:
    """Keep the version of the pack; the same content is kept once, with the moment of its first use."""
    version, _ = PackVersion.objects.get_or_create(
        content_hash=pack.content_hash, defaults={"label": pack.label, "first_used": at}
    )
    return version
