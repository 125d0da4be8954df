"""Acts on the register. Each does one thing, as a post, at a moment, and notes it in the journal."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from jishiyu.foundations.bulk import insert_columns
from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries
from jishiyu.registry.models import Bill, Household, Membership, Opening, Person, Snapshot, SnapshotMember
from jishiyu.registry.queries.search import phone_index
from jishiyu.registry.rules.names import initials, reading
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation


def register_household(newcomer: NewHousehold, *, actor: Post, moment: datetime) -> UUID:
    """Register one household with its members, and its situation when given. Returns the household's id.

    Refused outside the post's own sub-district, and when a member is already registered anywhere in the district.
    """
    require(actor, "registry.register")
    own_area(actor, newcomer.sub_district)
    refuse_known(newcomer.members)
    refuse_other_names(newcomer.members)
    try:
        with transaction.atomic():
            store_households([newcomer], recorded_by=actor.code, moment=moment)
    except IntegrityError as clash:  # somebody else registered one of them at the same moment
        if "registry_person_id_index" not in str(clash) and "registry_one_home_each" not in str(clash):
            raise
        refuse_known(newcomer.members)
        raise
    household = UUID(newcomer.household_id)
    record(
        act="registry.register",
        about=("household", newcomer.number),
        household=household,
        detail={"members": len(newcomer.members)},
    )
    return household


def store_households(
    newcomers: Sequence[NewHousehold], *, recorded_by: str, moment: datetime, source: str = ""
) -> None:
    """Write many checked households in few statements. The caller has the right, has checked, and writes the journal.

    People whom the register knows and who live in no household now are the same people again, under their registered names.
    """
    if not newcomers:
        return
    newcomers, known = _with_known_people(newcomers)
    _insert_households(newcomers)
    _insert_members_of(newcomers, known)
    told = [(one.situation, 1) for one in newcomers if one.situation is not None]
    _store_snapshots(told, recorded_by=recorded_by, moment=moment, source=source)


def record_snapshot(situation: HouseholdSituation, *, source: str, actor: Post, moment: datetime) -> UUID:
    """Add a dated snapshot of how the household fares. Earlier ones stay as they are. Returns the snapshot's id.

    ``source`` says where the facts come from, in words (a visit, a workbook, an agency's file).
    """
    require(actor, "registry.register")
    household = queries.household(UUID(situation.household_id), actor)
    own_area(actor, household.sub_district_id)
    _same_members(situation, household.id)
    last: int = Snapshot.objects.filter(household=household).aggregate(last=Max("number"))["last"] or 0
    (made,) = _store_snapshots([(situation, last + 1)], recorded_by=actor.code, moment=moment, source=source)
    record(
        act="registry.record_snapshot",
        about=("snapshot", made),
        household=household.id,
        detail={"number": last + 1, "as_of": str(situation.as_of)},
    )
    return made


def store_snapshots(
    told: Sequence[tuple[HouseholdSituation, int]], *, recorded_by: str, moment: datetime, source: str
) -> None:
    """Add many snapshots, each with its number. The caller has the right, has checked, and writes the journal."""
    _store_snapshots(told, recorded_by=recorded_by, moment=moment, source=source)


def open_to_agency(household_id: UUID, *, sub_district: str, agency: str, because: str, day: date) -> None:
    """Open a household's file to an agency that has business with it (a case of its programme)."""
    _, made = Opening.objects.get_or_create(
        household_id=household_id,
        agency_id=agency,
        defaults={"because": because, "first_day": day, "sub_district_id": sub_district},
    )
    if made:
        record(
            act="registry.open_to_agency", about=("agency", agency), household=household_id, reason=because
        )


def look(household_id: UUID, *, actor: Post) -> Household:
    """Open a household's file: the look itself is in the journal.

    A sub-district that the household left still opens it; ``away`` then says when it left, and nothing can be changed.
    """
    require(actor, "registry.see")
    household = queries.household_once_here(household_id, actor)
    record(act="registry.look", about=("household", household.number), household=household.id)
    return household


def unmask(person_id: UUID, *, reason: str, actor: Post) -> dict[str, Any]:
    """Show what is masked of a person (whole ID number, telephone, address), for a reason that the journal keeps."""
    require(actor, "registry.unmask")
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "no_reason",
            sentence(
                "请写明查看完整信息的事由（至少4个字）",
                "Say why you need the full data (at least 4 characters)",
            ),
        )
    person = queries.persons(actor).filter(pk=person_id).first()
    if person is None:
        raise NotYours(
            "no_such_person",
            sentence("在您的权限范围内没有此人", "There is no such person within your reach"),
        )
    home = Membership.objects.select_related("household").filter(person=person, last_day=None).first()
    household = home.household if home else None
    record(
        act="registry.unmask",
        about=("person", person.id),
        household=household.id if household else None,
        reason=reason.strip(),
    )
    return {
        "id_number": person.id_number,
        "phone": household.phone if household else "",
        "address": household.address if household else "",
    }


def note_export(*, rows: int, what: str, actor: Post) -> None:
    """Note that a list left the system: who took how many rows of what."""
    require(actor, "registry.export")
    record(act="registry.export", about=("list", what), detail={"rows": rows})


def own_area(actor: Post, sub_district: str) -> None:
    """Refuse what a sub-district would write about a household of another one."""
    if actor.scope == "sub_district" and actor.area != sub_district:
        raise NotYours(
            "other_area",
            sentence("只能登记本街道的家庭", "You can only register households of your own sub-district"),
            sentence("请由其居住地街道办理", "Ask the sub-district where they live"),
        )


def refuse_known(members: Sequence[NewMember]) -> None:
    """Refuse whoever is a member of a household anywhere in the district, or died."""
    known = queries.where_registered([member.id_number.text for member in members])
    names = {area.code: sentence(area.name_zh, area.name_en) for area in sub_districts()} if known else {}
    for member in members:
        area = known.get(member.id_number.text)
        if area:
            raise CannotBecause(
                "already_registered",
                sentence(
                    "“{n}”（尾号{d}）已在{a}登记",
                    "“{n}” (ending {d}) is already registered in {a}",
                    n=member.name,
                    d=member.id_number.last_four,
                    a=names[area],
                ),
                sentence(
                    "如已迁居，请联系原街道办理转移",
                    "If they have moved, ask that sub-district for a transfer",
                ),
            )


def _same_members(situation: HouseholdSituation, household_id: UUID) -> None:
    present = {str(row.person_id) for row in queries.members(household_id)}
    told = {member.person_id for member in situation.members}
    if present != told:
        raise CannotBecause(
            "other_members",
            sentence(
                "快照的成员与现有家庭成员不一致",
                "The snapshot's members are not the household's present members",
            ),
        )


# The same ids are written in several tables; reading one from text costs more than remembering it.
_as_uuid = lru_cache(maxsize=20_000)(UUID)


def _insert_households(newcomers: Sequence[NewHousehold]) -> None:
    insert_columns(
        Household,
        {
            "id": [_as_uuid(one.household_id) for one in newcomers],
            "number": [one.number for one in newcomers],
            "sub_district": [one.sub_district for one in newcomers],
            "community": [one.community for one in newcomers],
            "address": [one.address for one in newcomers],
            "phone": [one.phone for one in newcomers],
            "phone_index": [phone_index(one.phone) for one in newcomers],
            "status": ["known"] * len(newcomers),
            "registered_on": [one.registered_on for one in newcomers],
            "evidence": [UUID(one.evidence_id) if one.evidence_id else None for one in newcomers],
            "version": [1] * len(newcomers),
        },
    )


def insert_people(people: Sequence[tuple[str, NewMember]]) -> None:
    """Enter persons, each with the sub-district that keeps them. The caller has checked them."""
    numbers = [member.id_number for _, member in people]
    readings = [reading(member.name) for _, member in people]
    insert_columns(
        Person,
        {
            "id": [_as_uuid(member.person_id) for _, member in people],
            "sub_district": [area for area, _ in people],
            "name": [member.name for _, member in people],
            "pinyin": readings,
            "initials": [initials(read) for read in readings],
            "id_number": [number.text for number in numbers],
            "id_index": [index_of(number.text, "person.id_number") for number in numbers],
            "last_four_index": [index_of(number.last_four, "person.last_four") for number in numbers],
            "born": [number.born for number in numbers],
            "sex": [number.sex for number in numbers],
            "synthetic": [number.synthetic for number in numbers],
            "died_on": [None] * len(people),
        },
    )


def take_in(people: Sequence[UUID], area: str) -> None:
    """Let people who live in no household belong to a sub-district again."""
    with connection.cursor() as cursor:
        cursor.execute("select registry_take_in(%s::uuid[], %s)", [list(people), area])


def _with_known_people(newcomers: Sequence[NewHousehold]) -> tuple[Sequence[NewHousehold], set[str]]:
    """The newcomers with the register's own ids for people whom it knows and who live nowhere now; and those ids."""
    free = queries.without_home([member.id_number.text for one in newcomers for member in one.members])
    if not free:
        return newcomers, set()
    found = [_with_known(one, free) for one in newcomers]
    for one, known in found:
        if known:
            take_in([UUID(person) for person in known], one.sub_district)
    return [one for one, _ in found], {person for _, known in found for person in known}


def _with_known(one: NewHousehold, free: Mapping[str, queries.WithoutHome]) -> tuple[NewHousehold, list[str]]:
    ids = {
        member.person_id: str(free[member.id_number.text].person_id)
        for member in one.members
        if member.id_number.text in free
    }
    if not ids:
        return one, []
    told = one.situation
    if told is not None:
        told = replace(
            told,
            members=tuple(replace(m, person_id=ids.get(m.person_id, m.person_id)) for m in told.members),
            bills=tuple(replace(b, person_id=ids.get(b.person_id, b.person_id)) for b in told.bills),
        )
    members = tuple(replace(m, person_id=ids.get(m.person_id, m.person_id)) for m in one.members)
    return replace(one, members=members, situation=told), list(ids.values())


def refuse_other_names(members: Sequence[NewMember]) -> None:
    """Refuse who has another name in the register than is written now."""
    free = queries.without_home([member.id_number.text for member in members])
    for member in members:
        known = free.get(member.id_number.text)
        if known is not None and known.name != member.name:
            raise CannotBecause(
                "registry.other_name",
                sentence(
                    "“{n}”（尾号{d}）在登记中是另一个姓名",
                    "“{n}” (ending {d}) has another name in the register",
                    n=member.name,
                    d=member.id_number.last_four,
                ),
                sentence("请核对姓名和身份证号", "Check the name and the ID number"),
            )


def _insert_members_of(newcomers: Sequence[NewHousehold], known: set[str]) -> None:
    people = [(one, member) for one in newcomers for member in one.members]
    unknown = [(one.sub_district, member) for one, member in people if member.person_id not in known]
    if unknown:
        insert_people(unknown)
    insert_columns(
        Membership,
        {
            "id": [uuid.uuid4() for _ in people],
            "household": [_as_uuid(one.household_id) for one, _ in people],
            "person": [_as_uuid(member.person_id) for _, member in people],
            "relation": [member.relation for _, member in people],
            "first_day": [one.registered_on for one, _ in people],
            "last_day": [None] * len(people),
        },
    )


_HOUSEHOLD_FACTS = (
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt", "support",
    "event", "event_on",
)  # fmt: skip
_MEMBER_FACTS = (
    "relation", "marital", "local_hukou", "employment", "work_capacity", "schooling", "medical_insurance", "wage_income",
    "business_income", "property_income", "transfer_income", "excluded_income", "education_cost",
)  # fmt: skip
_BILL_FACTS = (
    "settled_on",
    "total",
    "in_scope",
    "basic_paid",
    "critical_paid",
    "supplementary_paid",
    "commercial_paid",
)


def _store_snapshots(
    told: Sequence[tuple[HouseholdSituation, int]], *, recorded_by: str, moment: datetime, source: str
) -> list[UUID]:
    ids = [uuid.uuid4() for _ in told]
    situations = [one for one, _ in told]
    insert_columns(
        Snapshot,
        {
            "id": ids,
            "household": [_as_uuid(one.household_id) for one in situations],
            "as_of": [one.as_of for one in situations],
            "number": [number for _, number in told],
            "recorded_at": [moment] * len(told),
            "recorded_by": [recorded_by] * len(told),
            "source": [source] * len(told),
            **{name: [getattr(one, name) for one in situations] for name in _HOUSEHOLD_FACTS},
        },
    )
    _insert_members(
        [(made, member) for made, one in zip(ids, situations, strict=True) for member in one.members]
    )
    _insert_bills([(made, bill) for made, one in zip(ids, situations, strict=True) for bill in one.bills])
    return ids


def _insert_members(rows: Sequence[tuple[UUID, MemberSituation]]) -> None:
    insert_columns(
        SnapshotMember,
        {
            "id": [uuid.uuid4() for _ in rows],
            "snapshot": [made for made, _ in rows],
            "person": [_as_uuid(member.person_id) for _, member in rows],
            "identities": [sorted(member.identities) for _, member in rows],
            "health": [{name: getattr(member, name) for name in queries.HEALTH_FACTS} for _, member in rows],
            **{name: [getattr(member, name) for _, member in rows] for name in _MEMBER_FACTS},
        },
    )


def _insert_bills(rows: Sequence[tuple[UUID, MedicalBill]]) -> None:
    insert_columns(
        Bill,
        {
            "id": [uuid.uuid4() for _ in rows],
            "snapshot": [made for made, _ in rows],
            "person": [_as_uuid(bill.person_id) for _, bill in rows],
            "diagnosis": [""] * len(rows),
            **{name: [getattr(bill, name) for _, bill in rows] for name in _BILL_FACTS},
        },
    )
