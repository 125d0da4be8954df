"""Invented households of every kind for property tests: any facts, some of them not known."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from jishiyu.registry.rules import situation as facts
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

DAYS = st.sampled_from(
    [date(2008, 3, 1), date(2013, 11, 28), date(2016, 5, 1), date(2020, 8, 1), date(2024, 3, 1)]
)
MONEY = st.one_of(
    st.just(0), st.integers(0, 6_000_000), st.sampled_from([1, 11, 12, 696_000, 1_392_000, 1_404_000])
)
_CERTAIN = {"person_id", "relation", "born", "sex", "identities"}
_OF_HOUSEHOLD = [
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt",
    "support", "event",
]  # fmt: skip


@st.composite
def members(draw: Any, place: int, day: date) -> MemberSituation:
    """One member, the head when it is the first."""
    relation = "02" if place == 0 else draw(st.sampled_from(["10", "20", "30", "51", "99"]))
    category = draw(st.sampled_from([0, 0, 0, 1, 2, 4, 5, 6]))
    return MemberSituation(
        person_id=str(place),
        relation=relation,
        born=day - timedelta(days=draw(st.integers(0, 36_000))),
        sex=draw(st.sampled_from([1, 2])),
        marital=draw(st.sampled_from(get_args(facts.Marital))),
        local_hukou=draw(st.booleans()),
        employment=draw(st.sampled_from(get_args(facts.Employment))),
        work_capacity=draw(st.sampled_from(get_args(facts.WorkCapacity))),
        schooling=draw(st.sampled_from(get_args(facts.Schooling))),
        medical_insurance=draw(st.sampled_from(get_args(facts.MedicalInsurance))),
        wage_income=draw(MONEY),
        business_income=draw(st.one_of(MONEY, st.integers(-500_000, 0))),
        property_income=draw(MONEY),
        transfer_income=draw(MONEY),
        excluded_income=draw(st.sampled_from([0, 0, 1200])),
        illness=draw(st.sampled_from(get_args(facts.Illness))),
        disability_category=category,
        disability_grade=draw(st.integers(1, 4)) if category else 0,
        daily_activities_lost=draw(st.integers(0, 6)),
        medical_self_paid=draw(MONEY),
        education_cost=draw(MONEY),
        rehabilitation_cost=draw(MONEY),
        identities=draw(st.frozensets(st.sampled_from(get_args(facts.Identity)), max_size=2)),
    )


@st.composite
def bills(draw: Any, person: str, day: date) -> MedicalBill:
    """A bill whose insurance lines stay within what is in scope."""
    total = draw(st.integers(0, 20_000_000))
    in_scope = draw(st.integers(0, total))
    rest, paid = in_scope, []
    for _ in range(4):
        paid.append(draw(st.integers(0, rest)))
        rest -= paid[-1]
    return MedicalBill(f"b{person}", person, day, total, in_scope, *paid)


@st.composite
def situations(draw: Any, day: date) -> HouseholdSituation:
    """A household of one to five about which everything is known."""
    size = draw(st.integers(1, 5))
    people = tuple(draw(members(place, day)) for place in range(size))
    event = draw(st.sampled_from(get_args(facts.Event)))
    return HouseholdSituation(
        household_id="h",
        sub_district="110102001",
        as_of=day,
        members=people,
        tenure=draw(st.sampled_from(get_args(facts.Tenure))),
        homes_owned=draw(st.integers(0, 3)),
        usable_area_dm2=draw(st.integers(0, 20_000)),
        unsafe_housing=draw(st.booleans()),
        monthly_rent=draw(MONEY),
        vehicles=draw(st.integers(0, 2)),
        liquid_assets=draw(MONEY),
        debt=draw(MONEY),
        support=draw(st.sampled_from(get_args(facts.Support))),
        event=event,
        event_on=None if event == "none" else day - timedelta(days=draw(st.integers(0, 400))),
        bills=tuple(draw(bills(one.person_id, day)) for one in people if draw(st.booleans())),
    )


@st.composite
def households_and_days(draw: Any) -> tuple[HouseholdSituation, date]:
    """A household on one of a few days in different eras of the law."""
    day = draw(DAYS)
    return draw(situations(day)), day


def without_one_fact(draw: Any, whole: HouseholdSituation) -> HouseholdSituation:
    """The same household with one fact not known."""
    names = [one.name for one in fields(MemberSituation) if one.name not in _CERTAIN]
    if draw(st.booleans()):
        return replace(whole, **{draw(st.sampled_from(_OF_HOUSEHOLD)): None})
    place = draw(st.integers(0, len(whole.members) - 1))
    changed = replace(whole.members[place], **{draw(st.sampled_from(names)): None})
    return replace(whole, members=(*whole.members[:place], changed, *whole.members[place + 1 :]))


def with_more_income(draw: Any, whole: HouseholdSituation) -> HouseholdSituation:
    """The same household with more of one member's income of one kind."""
    place = draw(st.integers(0, len(whole.members) - 1))
    kind = draw(st.sampled_from(["wage_income", "business_income", "property_income", "transfer_income"]))
    more = draw(st.one_of(st.integers(1, 20), st.integers(1, 5_000_000)))
    changed = replace(whole.members[place], **{kind: getattr(whole.members[place], kind) + more})
    return replace(whole, members=(*whole.members[:place], changed, *whole.members[place + 1 :]))
