"""Kept trials of policy, and the households that each touches, as far as the post may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import WhatIf, WhatIfHousehold, WhatIfRun
from jishiyu.oversight.rules.trials import SEE, require_trial


@dataclass(frozen=True, slots=True)
class TouchedBy:
    """What a list of touched households is narrowed by; an empty value narrows nothing. ``side``: gaining, losing, band."""

    side: str = ""
    sub_district: str = ""
    band: str = ""
    kind: str = ""
    figure: str = ""


def mark_of(what_if_id: UUID, figure: str) -> str:
    """How a household of a trial is marked as standing behind a figure: a keyed index, so that it tells nothing by itself."""
    return index_of(f"{what_if_id} {figure}", "oversight.what_if.marks")[:8].hex()


def what_if_runs(post: Post) -> QuerySet[WhatIfRun]:
    """Trials asked for, newest first, as far as the post may see them."""
    require_trial(post, SEE, pack().district)
    rows = WhatIfRun.objects.order_by("-asked_at")
    return rows.filter(agency__in=("", post.agency)) if post.scope == "agency" else rows


def what_if_run(run_id: UUID, post: Post) -> WhatIfRun:
    """One of them. Raises NotFound."""
    row = what_if_runs(post).filter(pk=run_id).first()
    if row is None:
        raise NotFound("oversight.no_such_trial", sentence("没有这次试算", "There is no such trial"))
    return row


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


def what_if_changes(id: str, post: Post) -> list[dict[str, Any]]:
    """The changes of a kept trial, or of one on its way. Raises NotFound."""
    try:
        key = UUID(id)
    except ValueError as error:
        raise NotFound(
            "oversight.no_such_trial", sentence("没有这次试算", "There is no such trial")
        ) from error
    kept = what_ifs(post).filter(pk=key).first() or what_if_run(key, post)
    return list(kept.changes)


def sees_part(row: WhatIf, post: Post) -> bool:
    """Whether the post reaches some only of the households that a trial was run over, so that small counts are kept from it."""
    return post.scope == "agency" and row.agency != post.agency


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
    if by.figure:
        rows = rows.filter(marks__contains=[mark_of(row.id, by.figure)])
    elif not by.side:
        rows = rows.filter(changed=True)
    return rows.order_by("more", "household__number")
