"""Questions about offices: which posts a person holds, what a post reaches, who sits where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.offices.models import Agency, DeclaredRelative, GroupSeat, Holding, LiaisonOfficer, SubDistrict
from jishiyu.offices.models import Post as PostRow
from jishiyu.offices.rules import SCOPE_OF_ROLE, Post
from jishiyu.offices.rules import require as require

Row = TypeVar("Row", bound=Model)


def posts_held(officer_id: UUID, day: date) -> list[Post]:
    """The posts that a person holds on a day, by code."""
    held = Holding.objects.filter(officer_id=officer_id, first_day__lte=day, officer__is_active=True)
    held = (
        held.filter(Q(last_day=None) | Q(last_day__gte=day))
        .select_related("post", "officer")
        .order_by("post__code")
    )
    return [_as_post(holding.post, str(officer_id), holding.officer.name) for holding in held]


def posts_of_role(role: str, day: date) -> list[Post]:
    """The posts of a role that somebody holds on a day, by code; a post that several hold stands once for each."""
    held = Holding.objects.filter(post__role=role, first_day__lte=day, officer__is_active=True)
    held = held.filter(Q(last_day=None) | Q(last_day__gte=day)).select_related("post", "officer")
    return [
        _as_post(row.post, str(row.officer_id), row.officer.name) for row in held.order_by("post__code", "pk")
    ]


def posts_in_office(day: date) -> list[Post]:
    """Every post that somebody holds on a day, by code; a post that several hold stands once for each."""
    held = Holding.objects.filter(first_day__lte=day, officer__is_active=True)
    held = held.filter(Q(last_day=None) | Q(last_day__gte=day)).select_related("post", "officer")
    return [
        _as_post(row.post, str(row.officer_id), row.officer.name) for row in held.order_by("post__code", "pk")
    ]


def post_by_code(code: str, day: date) -> Post:
    """The post with this code as its present holder acts in it (used by the command line and the demo)."""
    holding = (
        Holding.objects.filter(post__code=code, first_day__lte=day)
        .filter(Q(last_day=None) | Q(last_day__gte=day))
        .select_related("post", "officer")
        .first()
    )
    if holding is None:
        raise NotFound("no_such_post", sentence("没有在任的岗位“{c}”", "Nobody holds a post “{c}”", c=code))
    return _as_post(holding.post, str(holding.officer_id), holding.officer.name)


def _as_post(row: PostRow, officer: str, name: str) -> Post:
    return Post(
        id=str(row.id),
        code=row.code,
        role=row.role,  # type: ignore[arg-type]
        scope=SCOPE_OF_ROLE[row.role],
        area=row.area_id or "",
        agency=row.agency_id or "",
        title=sentence(row.title_zh, row.title_en),
        officer=officer,
        officer_name=name,
    )


def within_reach(rows: QuerySet[Row], post: Post, *, area: str, opened: str = "") -> QuerySet[Row]:
    """Narrow rows to what a post reaches: the one place where queries ask. Row security in the database says the same.

    ``area`` is the look-up path from a row to its sub-district code; ``opened`` that to the household's openings' agency.
    """
    if post.scope in ("district", "audit", "system"):
        return rows
    if post.scope == "sub_district" and post.area:
        return rows.filter(**{area: post.area})
    if post.scope == "agency" and post.agency and opened:
        found = rows.filter(**{opened: post.agency})
        # Only a path over other rows can find one twice; and a row found by DISTINCT cannot be locked.
        return found.distinct() if "__" in opened else found
    return rows.none()


def sub_districts() -> list[SubDistrict]:
    """All sub-districts in the document's order."""
    return list(SubDistrict.objects.all())


def agencies() -> list[Agency]:
    """All member units in the document's order."""
    return list(Agency.objects.all())


def leading_group(area: str = "") -> list[GroupSeat]:
    """The seats of the district's leading group, or of a sub-district's."""
    return list(GroupSeat.objects.filter(area_id=area or None))


def liaison_officers(day: date) -> list[LiaisonOfficer]:
    """Liaison officers in office on a day; units without one are the gaps that clause C30 forbids."""
    return list(
        LiaisonOfficer.objects.filter(first_day__lte=day)
        .filter(Q(last_day=None) | Q(last_day__gte=day))
        .select_related("officer", "agency", "area")
    )


def posts() -> QuerySet[PostRow]:
    """All posts with their area and agency."""
    return PostRow.objects.select_related("area", "agency")


@dataclass(frozen=True, slots=True)
class LogIn:
    """A person's user name with one of the posts held."""

    username: str
    name: str
    post: Sentence
    role: str
    officer: str = ""


def log_ins(day: date) -> list[LogIn]:
    """Who may log in on a day, by role in the order of the work, a few of each: for the demo's log-in page only."""
    held = (
        Holding.objects.filter(first_day__lte=day, officer__is_active=True)
        .filter(Q(last_day=None) | Q(last_day__gte=day))
        .select_related("post", "officer")
        .order_by("post__code")
    )
    found = [
        LogIn(
            row.officer.username,
            row.officer.name,
            sentence(row.post.title_zh, row.post.title_en),
            row.post.role,
        )
        for row in held
    ]
    shown: dict[str, list[LogIn]] = {role: [] for role in SCOPE_OF_ROLE}
    for one in found:
        if len(shown[one.role]) < _SHOWN_OF_EACH_ROLE:
            shown[one.role].append(one)
    return [one for several in shown.values() for one in several]


_SHOWN_OF_EACH_ROLE = 2


def own_relatives(post: Post) -> list[DeclaredRelative]:
    """The relatives that the person in the post has declared, newest last; nobody reads another's."""
    if not post.officer:
        return []
    return list(DeclaredRelative.objects.filter(officer_id=post.officer, withdrawn_at=None))


@dataclass(frozen=True, slots=True)
class Related:
    """That an officer declared one of the persons asked about: whose log-in, name, and how they are related."""

    officer: str
    name: str
    relation: str


def relatives_among(id_indexes: Sequence[bytes]) -> list[Related]:
    """The officers who declared somebody of these persons (keyed indexes of their identity numbers), whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("select officer, name, relation from offices_relatives_among(%s)", [list(id_indexes)])
        return [Related(str(officer), name, relation) for officer, name, relation in cursor.fetchall()]


def officers_named(words: str, day: date) -> list[LogIn]:
    """The people with that name or user name and the posts they hold on a day: to say whose relative applies."""
    held = Holding.objects.filter(first_day__lte=day).filter(Q(last_day=None) | Q(last_day__gte=day))
    held = held.filter(Q(officer__name=words) | Q(officer__username=words)).select_related("post", "officer")
    return [
        LogIn(
            one.officer.username,
            one.officer.name,
            sentence(one.post.title_zh, one.post.title_en),
            one.post.role,
            str(one.officer_id),
        )
        for one in held.order_by("post__code")
    ]


def holdings(day: date) -> QuerySet[Holding]:
    """Who holds which post on a day or later, by post."""
    rows = Holding.objects.filter(Q(last_day=None) | Q(last_day__gte=day)).select_related("post", "officer")
    return rows.order_by("post__code", "first_day")
