"""The whole register's newest evidence, part by part, straight into Arrow: for runs over the district.

The server writes the rows as text and Arrow reads them; only what is sealed (health) passes through Python. Row security holds as
for every query. A part is a run of households in order of id, so that a run can go on after the last one that it did.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
from django.conf import settings
from django.db import connection

from jishiyu.foundations.planning import following_indexes
from jishiyu.foundations.secrets import unseal
from jishiyu.registry.models import SnapshotMember
from jishiyu.registry.queries.situations import HEALTH_FACTS
from jishiyu.registry.rules.arrow_form import BILL, HOUSEHOLD, MEMBER

_FIRST = UUID(int=0)
_TEXT = pa.string()
# A query is its columns, each with what it is in SQL, and the rest of its words.
_HOME_FACTS = (
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt",
    "support", "event", "event_on",
)  # fmt: skip
_HOMES = {
    "household_id": "h.id", "sub_district": "h.sub_district_id", "snapshot_id": "s.id", "as_of": "s.as_of",
    **{name: f"s.{name}" for name in _HOME_FACTS},
}  # fmt: skip
# The newest snapshot that was there at a moment, of each household that lives here.
_NEWEST = """
  from registry_household h
  join lateral (
    select * from registry_snapshot own where own.household_id = h.id and own.recorded_at <= %(until)s
    order by own.number desc limit 1
  ) s on true
  where h.status = 'known'
"""
_NEXT = f"{_NEWEST} and h.id > %(after)s order by h.id limit %(size)s"
_MEMBER_FACTS = (
    "snapshot_id", "person_id", "relation", "marital", "local_hukou", "employment", "work_capacity", "schooling",
    "medical_insurance", "wage_income", "business_income", "property_income", "transfer_income", "excluded_income",
    "education_cost", "identities",
)  # fmt: skip
_MEMBERS = {
    **{name: f"m.{name}" for name in _MEMBER_FACTS},
    "born": "p.born",
    "sex": "p.sex",
    "health": "encode(m.health, 'hex')",
}
_OF_MEMBERS = """
  from registry_snapshotmember m
  cross join lateral (select born, sex from registry_person where id = m.person_id limit 1) p
  where m.snapshot_id = any(%(snapshots)s::uuid[])
"""
_BILL_FACTS = (
    "snapshot_id", "person_id", "settled_on", "total", "in_scope", "basic_paid", "critical_paid", "supplementary_paid",
    "commercial_paid",
)  # fmt: skip
_BILLS = {"bill_id": "b.id", **{name: f"b.{name}" for name in _BILL_FACTS}}
_OF_BILLS = " from registry_bill b where b.snapshot_id = any(%(snapshots)s::uuid[])"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of households with the snapshots and the facts (in the register's Arrow form) that they are judged by.

    ``last`` is the household after which to go on; None in an empty part. ``whole``: there were as many as asked for, so that
    more may follow. ``without_members`` are left out: nobody lives there.
    """

    household_ids: list[str]
    snapshot_ids: list[str]
    facts: pa.RecordBatch
    last: UUID | None
    without_members: int
    whole: bool


def households_until(until: datetime) -> int:
    """How many households within the transaction's reach had evidence at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) {_NEWEST}", {"until": until})
        (count,) = cursor.fetchone()
    return int(count)


def part_after(after: UUID | None, size: int, *, until: datetime) -> Part:
    """The next ``size`` households after one, each with the newest evidence that was there at a moment."""
    with following_indexes():
        return _part_after(after, size, until)


def _part_after(after: UUID | None, size: int, until: datetime) -> Part:
    homes = _read(_HOMES, _NEXT, {"until": until, "after": after or _FIRST, "size": size}, HOUSEHOLD)
    snapshots: list[Any] = homes["snapshot_id"].to_pylist()
    members = _members(snapshots)
    bills = _sorted(_read(_BILLS, _OF_BILLS, {"snapshots": snapshots}, BILL), "settled_on", "bill_id")
    whole: Any = pa.table(
        {
            **{name: homes[name] for name in homes.column_names},
            "members": _gathered(_structs(members, MEMBER), members["snapshot_id"], snapshots),
            "bills": _gathered(_structs(bills, BILL), bills["snapshot_id"], snapshots),
        }
    )
    sizes: Any = pc.list_value_length(whole["members"])
    lived_in = whole.filter(pc.greater(sizes, pa.scalar(0, pa.int32())))
    columns = [_one_chunk(lived_in[field.name]) for field in HOUSEHOLD]
    return Part(
        lived_in["household_id"].to_pylist(),
        lived_in["snapshot_id"].to_pylist(),
        pa.RecordBatch.from_arrays(columns, schema=HOUSEHOLD),
        UUID(homes["household_id"][-1].as_py()) if len(homes) else None,
        len(whole) - len(lived_in),
        len(whole) == size,
    )


def _read(columns: Mapping[str, str], words: str, given: dict[str, Any], kinds: Any) -> Any:
    """The rows of a query as Arrow. Columns are typed as the form has them; others are text.

    The server writes all rows as one text (a tab between values, nothing for null; no value of ours holds a tab): fetching
    them one by one, as COPY does too, would take as long as computing on them.
    """
    known = {field.name: field.type for field in kinds}
    values = ", E'\\t', ".join(columns.values())
    # The rows' order is that of the inner query.
    inner = f"select concat({values}) as line {words}"
    whole = f"select convert_to(coalesce(string_agg(line, E'\\n'), ''), 'UTF8') from ({inner}) as lines"  # noqa: S608 - our own words
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        row = cursor.execute(whole.encode(), given, binary=True).fetchone()
    kinds_of = {name: known.get(name, _TEXT) for name in columns}
    if row is None or not row[0]:
        return pa.table({name: pa.array([], kind) for name, kind in kinds_of.items()})
    options = csv.ConvertOptions(
        column_types=kinds_of,
        null_values=[""],
        strings_can_be_null=True,
        true_values=["t"],
        false_values=["f"],
    )
    return csv.read_csv(
        io.BytesIO(row[0]),
        read_options=csv.ReadOptions(column_names=list(columns), use_threads=False),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=options,
    )


def _members(snapshots: Sequence[str]) -> Any:
    kinds = [field for field in MEMBER if field.name != "identities"]
    rows = _sorted(_read(_MEMBERS, _OF_MEMBERS, {"snapshots": snapshots}, kinds), "relation", "person_id")
    for name, values in _health(rows["health"].to_pylist()).items():
        rows = rows.append_column(name, pa.array(values, MEMBER.field(name).type))
    read: dict[str, list[str]] = {}
    texts = rows["identities"].to_pylist()
    for text in set(texts):
        read[text] = sorted(json.loads(text))
    lists: Any = pa.array([read[text] for text in texts], MEMBER.field("identities").type)
    return rows.set_column(rows.column_names.index("identities"), "identities", lists)


def _sorted(rows: Any, *names: str) -> Any:
    # Here, not in the query: there whole rows would be sorted, on disk.
    return rows.sort_by([(name, "ascending") for name in names])


def _health(sealed: Sequence[str]) -> dict[str, list[Any]]:
    """What is sealed of each member, opened. Most people's is the same few texts, so each is read once."""
    key, bound_to = settings.JISHIYU_SM4_KEY, SnapshotMember._meta.get_field("health")._bound_to()
    read: dict[bytes, tuple[Any, ...]] = {}
    rows = []
    for text in sealed:
        plain = unseal(bytes.fromhex(text), key, bound_to)
        row = read.get(plain)
        if row is None:
            told = json.loads(plain.decode())
            row = read[plain] = tuple(told.get(name) for name in HEALTH_FACTS)
        rows.append(row)
    columns = zip(*rows, strict=True) if rows else ((),) * len(HEALTH_FACTS)
    return {name: list(values) for name, values in zip(HEALTH_FACTS, columns, strict=True)}


def _structs(rows: pa.Table, kind: Any) -> Any:
    fields = [kind.field(place) for place in range(kind.num_fields)]
    return pa.StructArray.from_arrays([_one_chunk(rows[field.name]) for field in fields], fields=fields)


def _gathered(structs: Any, owners: Any, snapshots: Sequence[str]) -> Any:
    """Members or bills, in the order that they came in, as one list for each snapshot."""
    places = pc.index_in(_one_chunk(owners), value_set=pa.array(snapshots, _TEXT)).to_numpy(
        zero_copy_only=False
    )
    order = np.argsort(places, kind="stable")
    counts = np.bincount(places, minlength=len(snapshots)) if len(places) else np.zeros(len(snapshots), int)
    offsets: Any = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    item = pa.field("item", structs.type, nullable=False)
    return pa.ListArray.from_arrays(offsets, structs.take(order), type=pa.list_(item))


def _one_chunk(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def evidence_mark(until: datetime) -> tuple[int, str, int]:
    """What names the evidence of a moment within the transaction's reach: how many households, a sum over which snapshots, answers.

    The same mark means the same facts, since snapshots and answers are never changed.
    """
    words = "select count(*), coalesce(sum(hashtextextended(concat(h.id, h.sub_district_id, s.id), 0)::numeric), 0)"
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {_NEWEST}", {"until": until})
        count, total = cursor.fetchone()
        cursor.execute(
            "select count(*) from registry_answer where recorded_at <= %(until)s", {"until": until}
        )
        (answers,) = cursor.fetchone()
    return int(count), str(total), int(answers)
