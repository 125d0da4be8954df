"""Households as Arrow: one row a household, its members and bills as lists of structs, so that no join is ever needed.

The column and field names are those of :mod:`jishiyu.registry.rules.situation`; null means *not known*, as ``None`` does.
This is the form in which the district is written, read and run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa

from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

_TEXT, _WHOLE, _YES_NO, _DAY = pa.string(), pa.int64(), pa.bool_(), pa.date32()


def _certain(name: str, kind: pa.DataType) -> "pa.Field[Any]":
    return pa.field(name, kind, nullable=False)


def _perhaps(name: str, kind: pa.DataType) -> "pa.Field[Any]":
    return pa.field(name, kind)


BILL = pa.struct(
    [
        _certain("bill_id", _TEXT),
        _certain("person_id", _TEXT),
        _certain("settled_on", _DAY),
        _certain("total", _WHOLE),
        _certain("in_scope", _WHOLE),
        _certain("basic_paid", _WHOLE),
        _certain("critical_paid", _WHOLE),
        _certain("supplementary_paid", _WHOLE),
        _certain("commercial_paid", _WHOLE),
    ]
)

MEMBER = pa.struct(
    [
        _certain("person_id", _TEXT),
        _certain("relation", _TEXT),
        _certain("born", _DAY),
        _certain("sex", _WHOLE),
        _perhaps("marital", _TEXT),
        _perhaps("local_hukou", _YES_NO),
        _perhaps("employment", _TEXT),
        _perhaps("work_capacity", _TEXT),
        _perhaps("schooling", _TEXT),
        _perhaps("medical_insurance", _TEXT),
        _perhaps("wage_income", _WHOLE),
        _perhaps("business_income", _WHOLE),
        _perhaps("property_income", _WHOLE),
        _perhaps("transfer_income", _WHOLE),
        _perhaps("excluded_income", _WHOLE),
        _perhaps("illness", _TEXT),
        _perhaps("disability_category", _WHOLE),
        _perhaps("disability_grade", _WHOLE),
        _perhaps("daily_activities_lost", _WHOLE),
        _perhaps("medical_self_paid", _WHOLE),
        _perhaps("education_cost", _WHOLE),
        _perhaps("rehabilitation_cost", _WHOLE),
        _certain("identities", pa.list_(_certain("item", _TEXT))),
    ]
)

HOUSEHOLD = pa.schema(
    [
        _certain("household_id", _TEXT),
        _certain("sub_district", _TEXT),
        _certain("as_of", _DAY),
        _certain("members", pa.list_(_certain("item", MEMBER))),
        _perhaps("tenure", _TEXT),
        _perhaps("homes_owned", _WHOLE),
        _perhaps("usable_area_dm2", _WHOLE),
        _perhaps("unsafe_housing", _YES_NO),
        _perhaps("monthly_rent", _WHOLE),
        _perhaps("vehicles", _WHOLE),
        _perhaps("liquid_assets", _WHOLE),
        _perhaps("debt", _WHOLE),
        _perhaps("support", _TEXT),
        _perhaps("event", _TEXT),
        _perhaps("event_on", _DAY),
        _certain("bills", pa.list_(_certain("item", BILL))),
    ]
)

_MEMBER_NAMES = [f.name for f in fields(MemberSituation)]
_BILL_NAMES = [f.name for f in fields(MedicalBill)]
_HOUSEHOLD_NAMES = [f.name for f in fields(HouseholdSituation)]


def batch_of(situations: Iterable[HouseholdSituation]) -> pa.RecordBatch:
    """The situations as one record batch, in their order. Identities are written in alphabetical order."""
    rows = [_household_row(situation) for situation in situations]
    columns = [pa.array([row[f.name] for row in rows], type=f.type) for f in HOUSEHOLD]
    return pa.RecordBatch.from_arrays(columns, schema=HOUSEHOLD)


def situations_of(batch: pa.RecordBatch | pa.Table) -> Iterator[HouseholdSituation]:
    """The situations that a batch or table in this form holds, in its order.

    Raises KeyError for a missing column and ValueError for a household without members.
    """
    for row in batch.to_pylist():
        members = tuple(_member(member) for member in row["members"])
        bills = tuple(MedicalBill(**{name: bill[name] for name in _BILL_NAMES}) for bill in row["bills"])
        yield HouseholdSituation(
            **{**{name: row[name] for name in _HOUSEHOLD_NAMES}, "members": members, "bills": bills}
        )


def _household_row(situation: HouseholdSituation) -> dict[str, Any]:
    row = {name: getattr(situation, name) for name in _HOUSEHOLD_NAMES}
    row["members"] = [_member_row(member) for member in situation.members]
    row["bills"] = [{name: getattr(bill, name) for name in _BILL_NAMES} for bill in situation.bills]
    return row


def _member_row(member: MemberSituation) -> dict[str, Any]:
    row = {name: getattr(member, name) for name in _MEMBER_NAMES}
    row["identities"] = sorted(member.identities)
    return row


def _member(row: dict[str, Any]) -> MemberSituation:
    known = {name: row[name] for name in _MEMBER_NAMES}
    known["identities"] = frozenset(row["identities"])
    return MemberSituation(**known)
