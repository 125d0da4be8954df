"""The whole register's newest evidence, part by part, straight into Arrow: for runs over the district.

COPY gives the rows as CSV and Arrow reads them; only what is sealed (health) passes through Python. Row security holds as
for every query. A part is a run of households in order of id, so that a run can go on after the last one that it did.
"""

import io
import json
from collections.abc import Sequence
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
_HOME_FACTS = (
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt",
    "support", "event", "event_on",
)  # fmt: skip
# The newest snapshot that was there at a moment, of each household that lives here.
_NEWEST = """
  from registry_household h
  join lateral (
    select * from registry_snapshot own where own.household_id = h.id and own.recorded_at <= %(until)s
    order by own.number desc limit 1
  ) s on true
  where h.status = 'known'
"""
_HOMES = (
    "select h.id household_id, h.sub_district_id sub_district, s.id snapshot_id, s.as_of, "
    + ", ".join(f"s.{name}" for name in _HOME_FACTS)
    + _NEWEST
    + " and h.id > %(after)s order by h.id limit %(size)s"
)
_OWN_MEMBER_FACTS = (
    "marital", "local_hukou", "employment", "work_capacity", "schooling", "medical_insurance", "wage_income",
    "business_income", "property_income", "transfer_income", "excluded_income", "education_cost",
)  # fmt: skip
_MEMBERS = (
    "select m.snapshot_id, m.person_id, m.relation, p.born, p.sex, m.identities::text identities, m.health, "  # noqa: S608 - our own names
    + ", ".join(f"m.{name}" for name in _OWN_MEMBER_FACTS)
    + " from registry_snapshotmember m"
    + " cross join lateral (select born, sex from registry_person where id = m.person_id limit 1) p"
    + " where m.snapshot_id = any(%(snapshots)s::uuid[]) order by m.relation, m.person_id"
)
_BILL_FACTS = (
    "settled_on",
    "total",
    "in_scope",
    "basic_paid",
    "critical_paid",
    "supplementary_paid",
    "commercial_paid",
)
_BILLS = (
    "select b.snapshot_id, b.id bill_id, b.person_id, "  # noqa: S608 - our own names
    + ", ".join(f"b.{name}" for name in _BILL_FACTS)
    + " from registry_bill b where b.snapshot_id = any(%(snapshots)s::uuid[]) order by b.settled_on, b.id"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of households with the snapshots and the facts (in the register's Arrow form) that they are judged by.

    ``last`` is where to go on; None when there is nothing more. ``without_members`` are left out: nobody lives there.
    """

    household_ids: list[str]
    snapshot_ids: list[str]
    facts: pa.RecordBatch
    last: UUID | None
    without_members: int


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
    homes = _read(_HOMES, {"until": until, "after": after or _FIRST, "size": size}, HOUSEHOLD)
    snapshots: list[Any] = homes["snapshot_id"].to_pylist()
    members = _members(snapshots)
    bills = _read(_BILLS, {"snapshots": snapshots}, pa.schema(BILL))
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
    )


def _read(select: str, given: dict[str, Any], kinds: Any) -> Any:
    """The rows of a select as Arrow. Columns are typed as the form has them; others are text."""
    known = {field.name: field.type for field in kinds}
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        with cursor.copy(f"copy ({select}) to stdout (format csv, header)".encode(), given) as copy:
            content = b"".join(copy)
        names = csv.read_csv(io.BytesIO(content[: content.index(b"\n") + 1])).column_names
        options = csv.ConvertOptions(
            column_types={name: known.get(name, _TEXT) for name in names},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        )
        return csv.read_csv(io.BytesIO(content), convert_options=options)


def _members(snapshots: Sequence[str]) -> Any:
    kinds = [field for field in MEMBER if field.name != "identities"]
    rows = _read(_MEMBERS, {"snapshots": snapshots}, kinds)
    for name, values in _health(rows["health"].to_pylist()).items():
        rows = rows.append_column(name, pa.array(values, MEMBER.field(name).type))
    read: dict[str, list[str]] = {}
    texts = rows["identities"].to_pylist()
    for text in set(texts):
        read[text] = sorted(json.loads(text))
    lists: Any = pa.array([read[text] for text in texts], MEMBER.field("identities").type)
    return rows.set_column(rows.column_names.index("identities"), "identities", lists)


def _health(sealed: Sequence[str]) -> dict[str, list[Any]]:
    """What is sealed of each member, opened. Most people's is the same few texts, so each is read once."""
    key, bound_to = settings.JISHIYU_SM4_KEY, SnapshotMember._meta.get_field("health")._bound_to()
    read: dict[bytes, tuple[Any, ...]] = {}
    rows = []
    for text in sealed:
        plain = unseal(bytes.fromhex(text[2:]), key, bound_to)
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
