"""One block of households from the seed to Arrow. Blocks are independent, so that memory stays small and order is free."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from jishiyu.doors.jobs.population import vocabulary as say
from jishiyu.doors.jobs.population.bills import Bills, bills_of
from jishiyu.doors.jobs.population.census import Census, Kind
from jishiyu.doors.jobs.population.columns import (
    Column,
    Unknown,
    column,
    joined,
    lists,
    structs,
    taken,
    texts,
    words,
)
from jishiyu.doors.jobs.population.draws import Bools, Draws, Ints
from jishiyu.doors.jobs.population.health import Health, health_of
from jishiyu.doors.jobs.population.home import Home, homes_of
from jishiyu.doors.jobs.population.identities import identities_of
from jishiyu.doors.jobs.population.livelihood import Livelihood, livelihood_of
from jishiyu.doors.jobs.population.members import Members, members_of_block
from jishiyu.registry.rules.arrow_form import BILL, HOUSEHOLD, MEMBER

BLOCK = 32_768
_KINDS: tuple[Kind, ...] = ("general", "known")
_MEMBERS, _HEALTH, _LIVELIHOOD, _BILLS, _HOME, _LOCAL, _IDENTITIES, _UNKNOWN, _UNKNOWN_HOMES = range(9)


@dataclass(frozen=True, slots=True)
class Block:
    """All that was drawn for one block, before it is written."""

    members: Members
    health: Health
    life: Livelihood
    bills: Bills
    home: Home
    local: Bools
    identities: Bools


def block_of(census: Census, kind: Kind, seed: int, block: int, as_of: date) -> pa.RecordBatch:
    """The ``block``-th block of :data:`BLOCK` households, in the form of :mod:`jishiyu.registry.rules.arrow_form`."""
    day = np.datetime64(as_of, "D")
    streams = [Draws(seed, _KINDS.index(kind), block, topic) for topic in range(9)]
    drawn = _drawn(census, kind, streams, day)
    members, bills = drawn.members, drawn.bills
    ids = texts(np.arange(BLOCK, dtype=np.int64) + block * BLOCK + 1, 9)
    place = np.arange(len(members), dtype=np.int64) - members.offsets[members.household] + 1
    persons = joined(taken(ids, members.household), texts(place), "-")
    member_list = structs(MEMBER, _member_columns(Unknown(streams[_UNKNOWN], len(members)), persons, drawn))
    bill_list = structs(BILL, _bill_columns(persons, bills))
    columns = {
        **_household_columns(
            Unknown(streams[_UNKNOWN_HOMES], BLOCK), tuple(census.weights(kind)), ids, drawn.home, day
        ),
        "members": lists(members.offsets, member_list, HOUSEHOLD.field("members").type),
        "bills": lists(bills.offsets, bill_list, HOUSEHOLD.field("bills").type),
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in HOUSEHOLD.names], schema=HOUSEHOLD)


def _drawn(census: Census, kind: Kind, streams: list[Draws], day: np.datetime64) -> Block:
    members = members_of_block(streams[_MEMBERS], census, kind, BLOCK, day)
    health = health_of(streams[_HEALTH], members, kind)
    life = livelihood_of(streams[_LIVELIHOOD], members, health, kind)
    local = _local(streams[_LOCAL], members, kind)
    return Block(
        members=members,
        health=health,
        life=life,
        bills=bills_of(streams[_BILLS], members, health.illness, life.insurance, kind, day),
        home=homes_of(streams[_HOME], census, members.sizes, kind, day),
        local=local,
        identities=identities_of(streams[_IDENTITIES], members, life.employment, local, kind),
    )


def _local(draws: Draws, members: Members, kind: Kind) -> Bools:
    """Local hukou goes by household, with some who married in or came alone."""
    share = 7_900 if kind == "general" else 9_900
    household = draws.happens(share, len(members.sizes))[members.household]
    return np.where(household, draws.happens(9_750, len(members)), draws.happens(600, len(members)))


def _member_columns(unknown: Unknown, persons: Column, drawn: Block) -> dict[str, Column]:
    members, health, life = drawn.members, drawn.health, drawn.life
    disability = unknown.where("disability_category")
    self_paid = health.medicine + drawn.bills.self_paid(len(members))
    return {
        "person_id": persons,
        "relation": texts(members.relation, 2),
        "born": column(members.born),
        "sex": column(members.sex),
        "marital": unknown.words("marital", members.marital, say.MARITAL),
        "local_hukou": unknown.plain("local_hukou", drawn.local),
        "employment": unknown.words("employment", life.employment, say.EMPLOYMENT),
        "work_capacity": unknown.words("work_capacity", life.work_capacity, say.WORK_CAPACITY),
        "schooling": unknown.words("schooling", life.schooling, say.SCHOOLING),
        "medical_insurance": unknown.words("medical_insurance", life.insurance, say.INSURANCE),
        "wage_income": unknown.plain("wage_income", life.wage),
        "business_income": unknown.plain("business_income", life.business),
        "property_income": unknown.plain("property_income", life.property),
        "transfer_income": unknown.plain("transfer_income", life.transfer),
        "excluded_income": unknown.plain("excluded_income", life.excluded),
        "illness": unknown.words("illness", health.illness, say.ILLNESS),
        "disability_category": column(health.category, disability),
        "disability_grade": column(health.grade, disability),
        "daily_activities_lost": unknown.plain("daily_activities_lost", health.activities_lost),
        "medical_self_paid": unknown.plain("medical_self_paid", self_paid),
        "education_cost": unknown.plain("education_cost", life.education_cost),
        "rehabilitation_cost": unknown.plain("rehabilitation_cost", health.rehabilitation),
        "identities": _identity_lists(drawn.identities),
    }


def _identity_lists(identities: Bools) -> Column:
    order = np.argsort(np.array(say.IDENTITY))  # written in alphabetical order, as arrow_form does
    sorted_columns = identities[:, order]
    offsets = np.concatenate([[0], np.cumsum(sorted_columns.sum(axis=1))])
    return lists(
        offsets, words(order[np.nonzero(sorted_columns)[1]], say.IDENTITY), MEMBER.field("identities").type
    )


def _bill_columns(persons: Column, bills: Bills) -> dict[str, Column]:
    patient = taken(persons, bills.member)
    return {
        "bill_id": joined(patient, texts(_number_in_run(bills.member)), "-B"),
        "person_id": patient,
        "settled_on": column(bills.settled_on),
        "total": column(bills.total),
        "in_scope": column(bills.in_scope),
        "basic_paid": column(bills.basic),
        "critical_paid": column(bills.critical),
        "supplementary_paid": column(bills.supplementary),
        "commercial_paid": column(bills.commercial),
    }


def _number_in_run(keys: Ints) -> Ints:
    """1, 2, … within each run of equal keys."""
    place = np.arange(len(keys), dtype=np.int64)
    starts = np.maximum.accumulate(np.where(np.diff(keys, prepend=-1) != 0, place, 0))
    return np.asarray(place - starts + 1)


def _household_columns(
    unknown: Unknown, sub_districts: tuple[str, ...], ids: Column, home: Home, day: np.datetime64
) -> dict[str, Column]:
    no_event = unknown.where("event")
    return {
        "household_id": ids,
        "sub_district": words(home.sub_district, sub_districts),
        "as_of": column(np.full(BLOCK, day)),
        "tenure": unknown.words("tenure", home.tenure, say.TENURE),
        "homes_owned": unknown.plain("homes_owned", home.homes_owned),
        "usable_area_dm2": unknown.plain("usable_area_dm2", home.area),
        "unsafe_housing": unknown.plain("unsafe_housing", home.unsafe),
        "monthly_rent": unknown.plain("monthly_rent", home.rent),
        "vehicles": unknown.plain("vehicles", home.vehicles),
        "liquid_assets": unknown.plain("liquid_assets", home.savings),
        "debt": unknown.plain("debt", home.debt),
        "support": unknown.words("support", home.support, say.SUPPORT),
        "event": words(home.event, say.EVENT, no_event),
        "event_on": column(home.event_on, no_event | (home.event == 0)),
    }
