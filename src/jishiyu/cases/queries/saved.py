"""Saved filters: the post's own, and those that colleagues of the same kind of desk share."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jishiyu.cases.models import SavedFilter
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.rules import Post


def own_filters(post: Post, of: str) -> QuerySet[SavedFilter]:
    """The filters of a list that the post itself has saved."""
    return SavedFilter.objects.filter(post=post.code, of=of)


def saved_filters(post: Post, of: str) -> list[SavedFilter]:
    """The filters of a list that the post can use, its own first."""
    rows = _usable(post).filter(of=of)
    return sorted(rows, key=lambda row: (row.post != post.code, row.name))


def saved_filter(filter_id: UUID, post: Post) -> SavedFilter:
    """One filter that the post can use. Raises NotFound."""
    row = _usable(post).filter(pk=filter_id).first()
    if row is None:
        raise NotFound("no_such_filter", sentence("没有此筛选", "There is no such filter"))
    return row


def _usable(post: Post) -> QuerySet[SavedFilter]:
    shared = Q(shared=True, role=post.role, area=post.area, agency=post.agency)
    return SavedFilter.objects.filter(Q(post=post.code) | shared)
