"""Snapshots of how households fare, and the facts in them as rules read them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household, Snapshot, SnapshotMember
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation


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
