"""Acts on what comes in: receive a workbook, keep its rows, say how far it got, settle what was mended."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count

from jishiyu.evidence import queries, vault
from jishiyu.evidence.models import Batch, Document, Row
from jishiyu.evidence.rules.keeping import KeptRow
from jishiyu.foundations.bulk import insert_columns
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.foundations.secrets import sm3
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def receive(
    *, content: bytes, file_name: str, sub_district: str, origin: UUID | None, actor: Post, moment: datetime
) -> tuple[Batch, bool]:
    """Keep a workbook as handed in. Returns its batch, and whether this very file was here before (then nothing changes).

    Refused for another sub-district than the post's own.
    """
    require(actor, "evidence.import")
    if actor.scope == "sub_district" and actor.area != sub_district:
        raise NotYours(
            "other_area", sentence("只能为本街道导入", "You can only import for your own sub-district")
        )
    digest = sm3(content)
    before = queries.batch_with_content(digest, sub_district, actor)
    if before is not None:
        record(act="evidence.receive", about=("batch", before.id), outcome="same_file")
        return before, True
    made = Batch(
        id=uuid4(),
        sub_district_id=sub_district,
        file_name=file_name[-200:],
        file_size=len(content),
        content_sm3=digest,
        origin=origin,
        post=actor.code,
        officer=UUID(actor.officer) if actor.officer else None,
        received_at=moment,
    )
    vault.put_away(made.id, content)
    made.save(force_insert=True)
    Document.objects.create(
        sub_district_id=sub_district,
        kind="workbook",
        title=made.file_name,
        source_agency=actor.agency,
        received_on=day_of(moment),
        batch=made,
    )
    record(
        act="evidence.receive", about=("batch", made.id), detail={"size": made.file_size, "sm3": digest.hex()}
    )
    return made, False


def begin(batch_id: UUID, *, actor: Post, moment: datetime) -> Batch:
    """Begin or go on with taking a batch in. A batch that failed may be begun again."""
    require(actor, "evidence.import")
    row = queries.batch(batch_id, actor)
    if row.state != "done":
        row.state, row.failure, row.advanced_at = "reading", None, moment
        row.begun_at = row.begun_at or moment
        row.save(update_fields=["state", "failure", "advanced_at", "begun_at"])
    return row


def plan(batch: Batch, *, total: int, report: Mapping[str, Any], moment: datetime) -> None:
    """Say how many households the workbook holds and how it was read."""
    Batch.objects.filter(pk=batch.pk).update(total=total, report=dict(report), advanced_at=moment)


def claim(batch_id: UUID, *, expected_done: int, actor: Post) -> Batch | None:
    """Lock a batch for its next part; None when somebody else has gone on with it meanwhile."""
    row = queries.batches(actor).select_for_update(of=("self",)).filter(pk=batch_id).first()
    return row if row is not None and row.state == "reading" and row.done == expected_done else None


def keep_rows(batch: Batch, told: Sequence[KeptRow]) -> None:
    """Keep rows with their batch."""
    insert_columns(
        Row,
        {
            "id": [uuid4() for _ in told],
            "batch": [batch.pk] * len(told),
            "sub_district": [batch.sub_district_id] * len(told),
            "sheet": [one.sheet for one in told],
            "number": [one.number for one in told],
            "household_key": [one.household_key for one in told],
            "state": [one.state for one in told],
            "codes": [one.codes for one in told],
            "cells": [one.cells for one in told],
            "problems": [one.problems or None for one in told],
            "household": [one.household for one in told],
            "mended_at": [None] * len(told),
        },
    )


def advance(batch: Batch, *, households: int, counts: Mapping[str, int], moment: datetime) -> None:
    """Note that so many more households are dealt with, and what became of them."""
    batch.done += households
    batch.advanced_at = moment
    for name, number in counts.items():
        batch.counts[name] = batch.counts.get(name, 0) + number
    if batch.done >= batch.total:
        batch.state, batch.finished_at = "done", moment
    batch.save(update_fields=["done", "advanced_at", "counts", "state", "finished_at"])
    record(act="evidence.take_in", about=("batch", batch.id), detail={"done": batch.done, **counts})


def fail(batch_id: UUID, why: CannotBecause, *, actor: Post, moment: datetime) -> None:
    """Note that a batch cannot be read, why, and how to mend it."""
    row = queries.batch(batch_id, actor)
    row.state, row.finished_at = "failed", moment
    row.failure = {
        "code": why.code,
        "reason": why.reason.as_data(),
        "mend": why.mend.as_data() if why.mend else None,
    }
    row.save(update_fields=["state", "finished_at", "failure"])
    record(act="evidence.take_in", about=("batch", row.id), outcome="failed", reason=why.code)


def rewrite(rows: Sequence[tuple[Row, KeptRow]], *, moment: datetime) -> None:
    """Put rows into a new state after they were mended or checked again."""
    with transaction.atomic():
        for row, new in rows:
            changed = row.cells != new.cells
            row.household_key, row.state, row.codes = new.household_key, new.state, new.codes
            row.cells, row.problems, row.household = new.cells, new.problems or None, new.household
            row.mended_at = moment if changed or new.household else row.mended_at
            row.save(
                update_fields=[
                    "household_key", "state", "codes", "cells", "problems", "household", "mended_at",
                ]
            )  # fmt: skip


def note_mended(batch: Batch, *, counts: Mapping[str, int], actor: Post) -> None:
    """Note in the journal that rows were mended or checked again on screen; the batch's counts follow its rows."""
    require(actor, "evidence.import")
    _recount(batch)
    record(act="evidence.mend", about=("batch", batch.id), detail=dict(counts))


def drop_rows(rows: Sequence[Row], *, actor: Post, moment: datetime) -> None:
    """Put rows aside: they stay with the batch but ask for nothing any more."""
    require(actor, "evidence.import")
    for row in rows:
        row.state, row.mended_at = "dropped", moment
        row.save(update_fields=["state", "mended_at"])
    if rows:
        record(
            act="evidence.drop",
            about=("batch", rows[0].batch_id),
            detail={"rows": [row.number for row in rows]},
        )


def settle_origin(batch: Batch, households: Mapping[str, UUID], *, actor: Post, moment: datetime) -> int:
    """In the batch whose bad rows this one brings back: mark the rows of these households as mended. Returns how many."""
    if batch.origin is None or not households:
        return 0
    earlier = queries.batches(actor).filter(pk=batch.origin).first()
    if earlier is None:
        return 0
    settled = 0
    for key, household in households.items():
        waiting = queries.open_rows(earlier).filter(household_key=key)
        settled += waiting.update(state="mended", household=household, mended_at=moment)
    if settled:
        _recount(earlier)
    return settled


def _recount(batch: Batch) -> None:
    """Make the counts of a batch what its rows now are: rows by state, households by what became of them."""
    counts = {f"rows_{state}": number for state, number in queries.state_counts(batch).items()}
    for name, state in (
        ("new", "taken"),
        ("updated", "updated"),
        ("unchanged", "unchanged"),
        ("mended", "mended"),
    ):
        found = queries.rows(batch).filter(state=state).aggregate(n=Count("household", distinct=True))
        counts[f"households_{name}"] = found["n"]
    counts["households_bad"] = len(queries.open_keys(batch))
    batch.counts = {name: number for name, number in counts.items() if number}
    batch.save(update_fields=["counts"])
