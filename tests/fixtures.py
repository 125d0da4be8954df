"""What many tests start from: an opened district, its posts, and a few invented households. Built by operations only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from jishiyu.foundations.identifiers import IdNumber, check_character, read_id_number
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules import Pack
from jishiyu.law.rules.read import read_pack
from jishiyu.offices.rules import ROLE_NAMES, SCOPE_OF_ROLE, Post, Role
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

PACK_DIR = Path(__file__).resolve().parents[1] / "policy" / "xicheng"
DESHENG, SHICHAHAI = "110102010", "110102012"
AS_OF = date(2026, 11, 1)


@cache
def the_pack() -> Pack:
    """The shipped pack, read once for the whole run."""
    return read_pack(PACK_DIR)


def a_post(role: Role, *, area: str = "", agency: str = "", code: str = "") -> Post:
    """A post as a request would carry it; sub-district roles sit in Desheng unless told otherwise."""
    scope = SCOPE_OF_ROLE[role]
    area = area or (DESHENG if scope == "sub_district" else "")
    agency = agency or ("MZ" if scope == "agency" else "")
    name = code or ".".join(part for part in (role, area or agency) if part)
    return Post("", name, role, scope, area, agency, ROLE_NAMES[role], str(uuid4()), f"测试{name}")


def open_offices() -> None:
    """Sub-districts, agencies and leading groups of the pack; call inside ``acting(SYSTEM)``."""
    from jishiyu.journeys.open_district import open_district

    open_district(the_pack())


def engage_all(day: date = date(2026, 1, 1), password: str = "only-for-tests-1") -> dict[str, str]:
    """One log-in for each role, user name → post code: Desheng and Shichahai, 民政局 and 慈善协会, and the district's."""
    from jishiyu.offices.operations import engage, establish_post

    made: dict[str, str] = {}
    for role in SCOPE_OF_ROLE:
        if role in ("partner", "public", "system"):
            continue
        scope = SCOPE_OF_ROLE[role]
        places = {"sub_district": (DESHENG, SHICHAHAI), "agency": ("MZ", "CS")}.get(scope, ("",))
        for place in places:
            code = ".".join(part for part in (role, place) if part)
            establish_post(
                code=code,
                role=role,
                title=sentence(f"{ROLE_NAMES[role].zh}{place}", f"{ROLE_NAMES[role].en} {place}".strip()),
                area=place if scope == "sub_district" else "",
                agency=place if scope == "agency" else "",
            )
            engage(username=code, name=f"测试{code}", password=password, post_code=code, first_day=day)
            made[code] = code
    return made


def an_id(born: date, sex: int, running: int) -> IdNumber:
    """An invented identity number in the marked range. ``running`` 0 to 499 keeps them apart."""
    order = running * 2 + (1 if sex == 1 else 0)
    first = f"119900{born:%Y%m%d}{order:03d}"
    return read_id_number(first + check_character(first))


def a_member(person_id: str, *, relation: str, born: date, sex: int, **facts: object) -> MemberSituation:
    """A member about whom everything is known and nothing is wrong, but for the facts given."""
    plain = MemberSituation(
        person_id=person_id,
        relation=relation,
        born=born,
        sex=sex,
        marital="single",
        local_hukou=True,
        employment="not_working",
        work_capacity="full",
        schooling="none",
        medical_insurance="resident",
        wage_income=0,
        business_income=0,
        property_income=0,
        transfer_income=0,
        excluded_income=0,
        illness="none",
        disability_category=0,
        disability_grade=0,
        daily_activities_lost=0,
        medical_self_paid=0,
        education_cost=0,
        rehabilitation_cost=0,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def a_newcomer(
    running: int,
    *,
    area: str = DESHENG,
    names: Sequence[str] = ("单春雨", "王小满"),
    wage: int = 600_000,
    bills: Sequence[tuple[int, int]] = (),
) -> NewHousehold:
    """A household of a head and child(ren), in need: ``wage`` is the head's twelve-month wage in fen.

    ``bills``: pairs of (total, basic insurance paid) in fen for the head.
    """
    household_id, people = str(uuid4()), [str(uuid4()) for _ in names]
    ids = [
        an_id(date(1975 if place == 0 else 2012, 3, 4), 2 if place == 0 else 1, running * 4 + place)
        for place in range(len(names))
    ]
    members = tuple(
        NewMember(person, name, number, "02" if place == 0 else "20")
        for place, (person, name, number) in enumerate(zip(people, names, ids, strict=True))
    )
    told = HouseholdSituation(
        household_id=household_id,
        sub_district=area,
        as_of=AS_OF,
        members=tuple(
            a_member(
                member.person_id,
                relation=member.relation,
                born=member.id_number.born,
                sex=member.id_number.sex,
                **(
                    {"employment": "flexible", "wage_income": wage, "marital": "divorced"}
                    if member.relation == "02"
                    else {"employment": "student", "schooling": "compulsory"}
                ),
            )
            for member in members
        ),
        tenure="public_rent",
        homes_owned=0,
        usable_area_dm2=2400,
        unsafe_housing=False,
        monthly_rent=12_000,
        vehicles=0,
        liquid_assets=500_000,
        debt=0,
        support="none",
        event="none",
        event_on=None,
        bills=tuple(
            MedicalBill(str(uuid4()), people[0], date(2026, 6, 1), total, total, basic, 0, 0, 0)
            for total, basic in bills
        ),
    )
    return NewHousehold(
        household_id=household_id,
        number=f"XC{area[-3:]}-2026-{running:06d}",
        sub_district=area,
        community=f"{area}001",
        address=f"甲一胡同{running}号（虚构）",
        phone=f"1990000{running:04d}",
        registered_on=AS_OF,
        members=members,
        situation=told,
    )


def person_of(newcomer: NewHousehold, place: int = 0) -> UUID:
    """The id of a member of a newcomer, the head first."""
    return UUID(newcomer.members[place].person_id)


def plan_by_indexes() -> None:
    """Within this transaction, read tables by their indexes.

    A district that is never committed is never counted: where the tables were counted empty before, the planner takes them for one
    row and reads them whole, again and again, which takes minutes.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
