"""Questions to the register. Every list starts from :func:`households` or :func:`persons`, already within the post's reach."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household, Membership, Person, Snapshot, SnapshotMember
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation


def households(post: Post) -> QuerySet[Household]:
    """The households that a post reaches, each with ``head_name``, ``head_pinyin`` and ``size`` of today's members."""
    head = Membership.objects.filter(household=OuterRef("pk"), relation="02", last_day=None)
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    return rows.annotate(
        head_name=Subquery(head.values("person__name")[:1]),
        head_pinyin=Subquery(head.values("person__pinyin")[:1]),
        size=Count("memberships", filter=Q(memberships__last_day=None), distinct=True),
    ).select_related("sub_district")


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


@dataclass(frozen=True, slots=True)
class Found:
    """A search hit: the person, and the household they live in now."""

    person: Person
    household_id: UUID
    household_number: str
    relation: str


def find(text: str, post: Post, *, limit: int = 20) -> list[Found]:
    """Find people by name, pinyin, initials, household number, whole ID number, or its last four characters."""
    words = "".join(text.split())
    if not words:
        return []
    current = Membership.objects.filter(last_day=None, person__in=persons(post)).select_related(
        "person", "household"
    )
    current = current.filter(_matching(words)).order_by("person__pinyin", "household__number")
    return [
        Found(row.person, row.household_id, row.household.number, row.relation) for row in current[:limit]
    ]


def _matching(words: str) -> Q:
    plain = words.lower()
    match = Q(person__name__startswith=words) | Q(household__number__iexact=words)
    if plain.isascii() and plain.isalpha():
        match |= (
            Q(person__initials=plain)
            | Q(person__pinyin__startswith=plain)
            | Q(person__pinyin__startswith=_spaced(text=plain))
        )
    if len(words) == 4 and words[:3].isdigit():
        match |= Q(person__last_four_index=index_of(words.upper(), "person.last_four"))
    if len(words) in (15, 18):
        with suppress(BadIdNumber):  # not an ID number after all; the other ways of finding still apply
            match |= Q(person__id_index=index_of(read_id_number(words).text, "person.id_number"))
    return match


def _spaced(text: str) -> str:
    # Readings are stored with syllables apart; "wang fang" is what most people type after the first syllable.
    return text.replace("'", " ")


def members(household_id: UUID) -> list[Membership]:
    """Today's members with their persons, head first."""
    rows = Membership.objects.filter(household_id=household_id, last_day=None).select_related("person")
    return sorted(rows, key=lambda row: (row.relation != "02", row.relation, row.person.born))


def snapshots(household_id: UUID) -> list[Snapshot]:
    """All snapshots, newest first."""
    return list(Snapshot.objects.filter(household_id=household_id).order_by("-number"))


def latest_snapshot(household_id: UUID) -> Snapshot | None:
    """The newest snapshot, if any."""
    return Snapshot.objects.filter(household_id=household_id).order_by("-number").first()


def situation(snapshot_id: UUID) -> HouseholdSituation:
    """The facts of a snapshot as rules read them. Raises NotFound outside the post's reach."""
    found = situations([snapshot_id])
    if not found:
        raise NotFound("no_such_snapshot", sentence("没有这份经济状况快照", "There is no such snapshot"))
    return found[0]


def situations(snapshot_ids: Sequence[UUID]) -> list[HouseholdSituation]:
    """The facts of many snapshots, in order of id."""
    member_rows = SnapshotMember.objects.select_related("person").order_by("relation", "person_id")
    rows = Snapshot.objects.filter(pk__in=snapshot_ids).select_related("household").order_by("pk")
    return [_situation(row) for row in rows.prefetch_related(Prefetch("members", member_rows), "bills")]


def latest_snapshot_ids(post: Post) -> list[UUID]:
    """The newest snapshot of each household within reach."""
    newest = Snapshot.objects.filter(household=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = within_reach(Household.objects.all(), post, area="sub_district_id", opened="openings__agency_id")
    return [pk for pk in rows.annotate(newest=Subquery(newest)).values_list("newest", flat=True) if pk]


def _situation(row: Snapshot) -> HouseholdSituation:
    return HouseholdSituation(
        household_id=str(row.household_id),
        sub_district=row.household.sub_district_id,
        as_of=row.as_of,
        members=tuple(_member(member) for member in row.members.all()),
        tenure=row.tenure,  # type: ignore[arg-type]
        homes_owned=row.homes_owned,
        usable_area_dm2=row.usable_area_dm2,
        unsafe_housing=row.unsafe_housing,
        monthly_rent=row.monthly_rent,
        vehicles=row.vehicles,
        liquid_assets=row.liquid_assets,
        debt=row.debt,
        support=row.support,  # type: ignore[arg-type]
        event=row.event,  # type: ignore[arg-type]
        event_on=row.event_on,
        bills=tuple(
            MedicalBill(
                bill_id=str(bill.id),
                person_id=str(bill.person_id),
                settled_on=bill.settled_on,
                total=bill.total,
                in_scope=bill.in_scope,
                basic_paid=bill.basic_paid,
                critical_paid=bill.critical_paid,
                supplementary_paid=bill.supplementary_paid,
                commercial_paid=bill.commercial_paid,
            )
            for bill in sorted(row.bills.all(), key=lambda bill: (bill.settled_on, str(bill.id)))
        ),
    )


# The facts that tell of a person's health and are kept sealed together.
HEALTH_FACTS = (
    "illness", "disability_category", "disability_grade", "daily_activities_lost", "medical_self_paid", "rehabilitation_cost",
)  # fmt: skip


def _member(row: SnapshotMember) -> MemberSituation:
    health = {name: row.health.get(name) for name in HEALTH_FACTS}
    return MemberSituation(
        person_id=str(row.person_id),
        relation=row.relation,
        born=row.person.born,
        sex=row.person.sex,
        marital=row.marital,  # type: ignore[arg-type]
        local_hukou=row.local_hukou,
        employment=row.employment,  # type: ignore[arg-type]
        work_capacity=row.work_capacity,  # type: ignore[arg-type]
        schooling=row.schooling,  # type: ignore[arg-type]
        medical_insurance=row.medical_insurance,  # type: ignore[arg-type]
        wage_income=row.wage_income,
        business_income=row.business_income,
        property_income=row.property_income,
        transfer_income=row.transfer_income,
        excluded_income=row.excluded_income,
        education_cost=row.education_cost,
        identities=frozenset(row.identities),
        **health,
    )


def where_registered(id_numbers: Sequence[str]) -> dict[str, str]:
    """For each identity number already in the register, anywhere in the district: the sub-district that keeps it.

    The answer crosses areas on purpose and says nothing else about the person, so that nobody is registered twice.
    """
    by_index = {index_of(number, "person.id_number"): number for number in id_numbers}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id_index, sub_district_id from registry_where_registered(%s)", [list(by_index)]
        )
        return {by_index[bytes(index)]: area for index, area in cursor.fetchall()}


def next_number(sub_district: str, day: date) -> str:
    """The next free file number of a sub-district in the year of a day: ``XC010-2026-000123``."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('registry_household_numbers')")
        (running,) = cursor.fetchone()
    return f"XC{sub_district[-3:]}-{day.year}-{running:06d}"
