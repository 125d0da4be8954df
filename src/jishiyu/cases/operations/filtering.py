"""Filters of lists under a name: for the post, or for its colleagues too."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import SavedFilter
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def save_filter(
    name: str, asked: Mapping[str, str], *, of: str, shared: bool, actor: Post, moment: datetime
) -> SavedFilter:
    """Keep what a list is narrowed by under a name. Refused when the post has one of that name, or nothing is narrowed."""
    require(actor, "cases.see")
    words = name.strip()[:40]
    if not words or not any(asked.values()):
        raise CannotBecause(
            "cases.filter_empty",
            sentence("请先设置筛选条件，并填写名称", "Narrow the list first, and give the filter a name"),
        )
    if queries.own_filters(actor, of).filter(name=words).exists():
        raise CannotBecause(
            "cases.filter_name_once", sentence("已有同名的筛选", "A filter of this name is saved already")
        )
    made = SavedFilter.objects.create(
        of=of, name=words, asked={key: value for key, value in asked.items() if value}, shared=shared, role=actor.role,
        scope=actor.scope, area=actor.area, agency=actor.agency, post=actor.code, officer_name=actor.officer_name,
        made_at=moment,
    )  # fmt: skip
    record(act="cases.save_filter", about=("filter", made.id), detail={"of": of, "shared": shared})
    return made


def remove_filter(filter_id: UUID, *, actor: Post) -> str:
    """Remove a filter of one's own post. Returns the list that it was of."""
    row = queries.saved_filter(filter_id, actor)
    if row.post != actor.code:
        raise CannotBecause(
            "cases.not_your_filter", sentence("这是同事的筛选", "This is a colleague's filter")
        )
    of = row.of
    record(act="cases.remove_filter", about=("filter", row.id))
    row.delete()
    return of
