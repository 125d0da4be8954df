"""Kept trials of policy, and the households that each touches, as far as the post may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import WhatIf, WhatIfHousehold
from jishiyu.oversight.rules.trials import SEE, require_trial


@dataclass(frozen=True, slots=True)
class TouchedBy:
    """What a list of touched households is narrowed by; an empty value narrows nothing. ``side``: gaining, losing, band."""

    side: str = ""
    sub_district: str = ""
    band: str = ""
    kind: str = ""


def what_ifs(post: Post) -> QuerySet[WhatIf]:
    """The trials that a post may see, newest first: the district's, and those run within its own agency's reach."""
    require_trial(post, SEE, pack().district)
    rows = WhatIf.objects.order_by("-made_at")
    return rows.filter(agency__in=("", post.agency)) if post.scope == "agency" else rows


def what_if(what_if_id: UUID, post: Post) -> WhatIf:
    """One trial. Raises NotFound."""
    row = what_ifs(post).filter(pk=what_if_id).first()
    if row is None:
        raise NotFound("oversight.no_such_trial", sentence("没有这次试算", "There is no such trial"))
    return row


def touched(row: WhatIf, post: Post, by: TouchedBy | None = None) -> QuerySet[WhatIfHousehold]:
    """The households within reach that a trial touches, those that lose first."""
    by = by or TouchedBy()
    rows = within_reach(
        WhatIfHousehold.objects.filter(what_if=row), post,
        area="household__sub_district_id", opened="household__openings__agency_id",
    ).select_related("household__sub_district")  # fmt: skip
    if by.side == "gaining":
        rows = rows.filter(more__gt=0)
    elif by.side == "losing":
        rows = rows.filter(more__lt=0)
    elif by.side == "band":
        rows = rows.exclude(band_before=F("band_after"))
    if by.sub_district:
        rows = rows.filter(household__sub_district_id=by.sub_district)
    if by.band:
        rows = rows.filter(band_before=by.band)
    if by.kind:
        rows = rows.filter(kind=by.kind)
    return rows.order_by("more", "household__number")
