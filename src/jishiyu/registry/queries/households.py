"""Households and the people in them, within the post's reach. Every list starts from :func:`households` or :func:`persons`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Change, Household, Membership, Opening, Person, Snapshot, Stay

STATUSES = {
    "known": sentence("在册", "on file"),
    "left": sentence("已迁出", "moved away"),
    "merged": sentence("已并户", "merged"),
    "ended": sentence("已销户", "ended"),
}


def households(post: Post) -> QuerySet[Household]:
    """The households that a post reaches, each with ``head_name``, ``head_pinyin`` and ``size`` of today's members."""
    return _with_head(
        within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    )


def _with_head(rows: QuerySet[Household]) -> QuerySet[Household]:
    head = Membership.objects.filter(household=OuterRef("pk"), relation="02", last_day=None)
    present = Membership.objects.filter(household=OuterRef("pk"), last_day=None).order_by()
    # Sub-queries, not joins: they are worked out for the rows of one page only, unless the list is sorted by them.
    return rows.annotate(
        head_name=Subquery(head.values("person__name")[:1]),
        head_pinyin=Subquery(head.values("person__pinyin")[:1]),
        size=Coalesce(Subquery(present.values("household").annotate(n=Count("pk")).values("n")), Value(0)),
    ).select_related("sub_district")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of households is narrowed by; an empty value narrows nothing. ``words`` is a part of head or number."""

    sub_district: str = ""
    community: str = ""
    smallest: int | None = None
    largest: int | None = None
    status: str = ""
    words: str = ""


def narrowed(rows: QuerySet[Household], by: Narrowing) -> QuerySet[Household]:
    """The rows that fit."""
    if by.sub_district:
        rows = rows.filter(sub_district_id=by.sub_district)
    if by.community:
        rows = rows.filter(community__contains=by.community)
    if by.smallest is not None:
        rows = rows.filter(Q(size__gte=by.smallest))
    if by.largest is not None:
        rows = rows.filter(Q(size__lte=by.largest))
    if by.status:
        rows = rows.filter(status=by.status)
    if by.words:
        rows = rows.filter(Q(number__icontains=by.words) | Q(head_name__startswith=by.words))
    return rows


def persons(post: Post) -> QuerySet[Person]:
    """The persons that a post reaches."""
    return within_reach(
        Person.objects.all(),
        post,
        area="sub_district_id",
        opened="memberships__household__openings__agency_id",
    )


def household(household_id: UUID, post: Post) -> Household:
    """One household within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = households(post).filter(pk=household_id).first()
    if row is None:
        raise NotFound(
            "no_such_household",
            sentence("在您的权限范围内没有这户家庭", "There is no such household within your reach"),
        )
    return row


def household_once_here(household_id: UUID, post: Post) -> Household:
    """The same, for reading: also one that the post's sub-district kept before. ``away`` is the stay that ended, else None."""
    stay = None
    if post.scope == "sub_district":
        stays = Stay.objects.filter(household_id=household_id, sub_district_id=post.area)
        stay = stays.exclude(household__sub_district_id=post.area).order_by("-left_at").first()
    if stay is None:
        row = household(household_id, post)
    else:
        row = _with_head(Household.objects.filter(pk=household_id)).get()
    row.away = stay  # type: ignore[attr-defined]
    return row


def changes(household_id: UUID) -> list[Change]:
    """What changed in a household, newest first."""
    rows = Change.objects.filter(household_id=household_id).select_related("person")
    return list(rows.order_by("-recorded_at", "-day", "kind"))


def arrived(post: Post) -> list[Change]:
    """The households that another sub-district handed over to the post's, and whose facts nobody recorded since; oldest first."""
    if post.scope != "sub_district":
        return []
    rows = Change.objects.filter(
        kind="hand_over", household__sub_district_id=post.area, household__status="known"
    )
    later = Snapshot.objects.filter(
        household_id=OuterRef("household_id"), recorded_at__gt=OuterRef("recorded_at")
    )
    found = rows.exclude(Exists(later)).select_related("household").order_by("recorded_at")
    return [one for one in found if one.said["to"] == post.area]


def former_members(household_id: UUID) -> list[Membership]:
    """Who lived in the household and does not any more, the last who left first; each once."""
    rows = (
        Membership.objects.filter(household_id=household_id).exclude(last_day=None).select_related("person")
    )
    present = Membership.objects.filter(household_id=household_id, last_day=None).values("person_id")
    found: dict[UUID, Membership] = {}
    for row in rows.exclude(person_id__in=present).order_by("-last_day", "-first_day"):
        found.setdefault(row.person_id, row)
    return list(found.values())


def members(household_id: UUID) -> list[Membership]:
    """Today's members with their persons, head first."""
    rows = Membership.objects.filter(household_id=household_id, last_day=None).select_related("person")
    return sorted(rows, key=lambda row: (row.relation != "02", row.relation, row.person.born))


def openings(household_id: UUID) -> list[Opening]:
    """The agencies that a household's file is open to, and why."""
    rows = Opening.objects.filter(household_id=household_id).select_related("agency")
    return list(rows.order_by("first_day", "agency__position"))


def communities(post: Post) -> list[str]:
    """The communities in which the households within reach live, by name."""
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    return sorted(set(rows.exclude(community="").order_by().values_list("community", flat=True)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many households and present members a post reaches, and the households by sub-district (code → count)."""

    households: int
    persons: int
    by_sub_district: dict[str, int]


def counts(post: Post) -> Counts:
    """Count what the post reaches; a count obeys the reach like a list."""
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    by_area: dict[str, int] = dict(
        rows.order_by().values_list("sub_district_id").annotate(n=Count("pk", distinct=True))
    )
    people = Membership.objects.filter(last_day=None, household__in=rows.order_by().values("pk")).count()
    return Counts(sum(by_area.values()), people, by_area)


def registered_between(post: Post, first: date, last: date) -> int:
    """How many households within reach were registered from one day to another, both included."""
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    return (
        rows.filter(registered_on__gte=first, registered_on__lte=last)
        .order_by()
        .values("pk")
        .distinct()
        .count()
    )
