"""The facts of households as the columns that rules read: from situations, or straight from Arrow.

Column names are the field names of :mod:`jishiyu.registry.rules.situation`. Words become the number of their place
in the vocabulary there (``TENURE["owned"]`` is 0), days become ages or days gone by on the legal date, and bills
become six sums for each member. None and null become *not known*.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jishiyu.foundations.periods import age_on
from jishiyu.law.rules.alone import Alone, single
from jishiyu.law.rules.columns import NO, NONE, UNKNOWN_FLAG, UNKNOWN_NUMBER, YES, Array, Column, Population
from jishiyu.registry.rules import situation as facts
from jishiyu.registry.rules.arrow_form import HOUSEHOLD, MEMBER, batch_of


def _codes(literal: Any) -> dict[str, int]:
    return {word: place for place, word in enumerate(get_args(literal))}


TENURE = _codes(facts.Tenure)
EMPLOYMENT = _codes(facts.Employment)
WORK_CAPACITY = _codes(facts.WorkCapacity)
SCHOOLING = _codes(facts.Schooling)
ILLNESS = _codes(facts.Illness)
MEDICAL_INSURANCE = _codes(facts.MedicalInsurance)
MARITAL = _codes(facts.Marital)
SUPPORT = _codes(facts.Support)
EVENT = _codes(facts.Event)

_WORDS = {
    "marital": MARITAL,
    "employment": EMPLOYMENT,
    "work_capacity": WORK_CAPACITY,
    "schooling": SCHOOLING,
    "medical_insurance": MEDICAL_INSURANCE,
    "illness": ILLNESS,
    "tenure": TENURE,
    "support": SUPPORT,
    "event": EVENT,
}
_IDENTITIES = get_args(facts.Identity)
_BILL_SUMS = {
    "bill_total": "total",
    "bill_in_scope": "in_scope",
    "bill_basic": "basic_paid",
    "bill_critical": "critical_paid",
    "bill_supplementary": "supplementary_paid",
    "bill_commercial": "commercial_paid",
}
_NOT_COLUMNS = frozenset({"household_id", "sub_district", "as_of", "members", "bills", "event_on"})
_NOT_MEMBER_COLUMNS = frozenset({"person_id", "relation", "born", "identities"})


def population_of(situations: Sequence[facts.HouseholdSituation], day: date) -> Population:
    """The situations as columns on a legal date, in their order."""
    return population_from(batch_of(situations), day)


def population_from(batch: pa.RecordBatch | pa.Table, day: date) -> Population:
    """A batch in the register's Arrow form as columns on a legal date.

    Raises ValueError for a word outside the vocabulary and for a bill of a person who is no member.
    """
    table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch
    table = table.combine_chunks()
    lists = _whole(table["members"])
    people = lists.flatten()
    counts = pc.list_value_length(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    households = {
        name: _column(name, _whole(table[name])) for name in table.column_names if name not in _NOT_COLUMNS
    }
    households["event_days"] = _days_before(_whole(table["event_on"]), day)
    members = {
        one.name: _column(one.name, people.field(one.name))
        for one in people.type
        if one.name not in _NOT_MEMBER_COLUMNS
    }
    members["age"] = Column(_ages(people.field("born"), day))
    members["relation"] = Column(pc.cast(people.field("relation"), pa.int64()).to_numpy(zero_copy_only=False))
    members |= _identities(people.field("identities"), len(people))
    members |= _bills(_whole(table["bills"]).flatten(), people.field("person_id"))
    return Population(counts, households, members)


def _whole(column: Any) -> Any:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _column(name: str, values: Any) -> Column:
    if name in _WORDS:
        places = pc.index_in(values, value_set=pa.array(list(_WORDS[name]), pa.string()))
        if places.null_count != values.null_count:
            raise ValueError(f"{name} holds a word that is not in its vocabulary {sorted(_WORDS[name])}")
        values = places
    known = None if values.null_count == 0 else values.is_valid().to_numpy(zero_copy_only=False)
    if pa.types.is_boolean(values.type):
        return Column(values.fill_null(False).to_numpy(zero_copy_only=False), known)
    return Column(pc.cast(values.fill_null(0), pa.int64()).to_numpy(zero_copy_only=False), known)


def _ages(born: Any, day: date) -> Array:
    # The same as foundations.periods.age_on: a birthday counts as reached.
    years = pc.year(born).to_numpy(zero_copy_only=False)
    later = pc.add(pc.multiply(pc.month(born), 100), pc.day(born)).to_numpy(zero_copy_only=False)
    return np.asarray(day.year - years - (later > day.month * 100 + day.day), np.int64)


def _days_before(days: Any, day: date) -> Column:
    known = None if days.null_count == 0 else days.is_valid().to_numpy(zero_copy_only=False)
    since = pc.cast(days.fill_null(day), pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
    return Column((day - date(1970, 1, 1)).days - since, known)


def _identities(lists: Any, size: int) -> dict[str, Column]:
    owners = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    places = pc.index_in(lists.flatten(), value_set=pa.array(_IDENTITIES, pa.string()))
    if places.null_count:
        raise ValueError("identities hold a word that is not in the vocabulary")
    which = places.to_numpy(zero_copy_only=False)
    columns = {}
    for place, word in enumerate(_IDENTITIES):
        flags = np.zeros(size, bool)
        flags[owners[which == place]] = True
        columns[f"is_{word}"] = Column(flags)
    return columns


def _bills(bills: Any, person_ids: Any) -> dict[str, Column]:
    rows = pc.index_in(bills.field("person_id"), value_set=person_ids)
    if rows.null_count:
        raise ValueError("a bill belongs to a person who is no member of any household here")
    places = rows.to_numpy(zero_copy_only=False)
    columns = {}
    for name, field in _BILL_SUMS.items():
        sums = np.zeros(len(person_ids), np.int64)
        np.add.at(sums, places, bills.field(field).to_numpy(zero_copy_only=False))
        columns[name] = Column(sums)
    return columns


def household_of(situation: facts.HouseholdSituation, day: date) -> Alone:
    """One situation as single values, the same as in :func:`population_of` without its columns' cost.

    Raises ValueError for a word outside the vocabulary and for a bill of a person who is no member.
    """
    people = situation.members
    own = {name: read(getattr(situation, name)) for name, read in _OF_HOUSEHOLD.items()}
    own["member_count"] = single(len(people))
    event = situation.event_on
    own["event_days"] = UNKNOWN_NUMBER if event is None else single((day - event).days)
    members = {name: [read(getattr(one, name)) for one in people] for name, read in _OF_MEMBER.items()}
    members["age"] = [single(age_on(one.born, day)) for one in people]
    members["relation"] = [single(int(one.relation)) for one in people]
    if unknown := frozenset().union(*(one.identities for one in people)).difference(_IDENTITIES):
        raise ValueError(f"identities hold words that are not in the vocabulary: {sorted(unknown)}")
    for word in _IDENTITIES:
        members[f"is_{word}"] = [YES if word in one.identities else NO for one in people]
    return Alone(own, members | _bill_sums(situation))


def _bill_sums(situation: facts.HouseholdSituation) -> dict[str, list[Column]]:
    if not situation.bills:
        return {name: [NONE] * len(situation.members) for name in _BILL_SUMS}
    ids = [one.person_id for one in situation.members]
    if any(bill.person_id not in ids for bill in situation.bills):
        raise ValueError("a bill belongs to a person who is no member of any household here")
    return {
        name: [
            single(sum(getattr(bill, kept) for bill in situation.bills if bill.person_id == own))
            for own in ids
        ]
        for name, kept in _BILL_SUMS.items()
    }


def _number(value: int | None) -> Column:
    return UNKNOWN_NUMBER if value is None else single(value)


def _flag(value: bool | None) -> Column:
    return UNKNOWN_FLAG if value is None else YES if value else NO


def _word(name: str) -> Callable[[str | None], Column]:
    places: Mapping[str | None, Column] = {
        None: UNKNOWN_NUMBER,
        **{word: single(place) for word, place in _WORDS[name].items()},
    }

    def read(word: str | None) -> Column:
        if word not in places:
            raise ValueError(f"{name} holds a word that is not in its vocabulary {sorted(_WORDS[name])}")
        return places[word]

    return read


def _readers(kind: type, form: Any, left_out: frozenset[str]) -> dict[str, Callable[[Any], Column]]:
    """How each fact of a situation is read, by its type in the register's Arrow form."""
    return {
        one.name: _word(one.name)
        if one.name in _WORDS
        else _flag
        if pa.types.is_boolean(form.field(one.name).type)
        else _number
        for one in fields(kind)
        if one.name not in left_out
    }


_OF_HOUSEHOLD = _readers(facts.HouseholdSituation, HOUSEHOLD, _NOT_COLUMNS)
_OF_MEMBER = _readers(facts.MemberSituation, MEMBER, _NOT_MEMBER_COLUMNS)
