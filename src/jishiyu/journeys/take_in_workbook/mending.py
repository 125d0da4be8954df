"""Mending on screen: cells are corrected, rows put aside, and whatever has become good goes in, in the request's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.evidence import operations as evidence
from jishiyu.evidence import queries as evidence_queries
from jishiyu.evidence.queries import Batch, Row
from jishiyu.evidence.rules.columns import Column
from jishiyu.evidence.rules.keeping import KeptRow
from jishiyu.evidence.rules.lines import CellReader, Line
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.take_in_workbook.checking import check_households
from jishiyu.journeys.take_in_workbook.known import Fate, fate_of
from jishiyu.journeys.take_in_workbook.taking import columns_in_force, known_about, rows_of, settle
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending brought: households that went in now, and households that still have problems."""

    households_in: int
    still_bad: int


def mend(
    batch_id: UUID,
    *,
    edits: Mapping[UUID, Mapping[str, str]],
    drop: Iterable[UUID],
    actor: Post,
    moment: datetime,
) -> Mended:
    """Put new words into cells of open rows (``edits``: row → column → text), put rows aside, and check all open rows again.

    Everything open is checked, not only what was edited: a row put aside in one household may free another.
    """
    require(actor, "registry.register")
    batch = _finished(batch_id, actor)
    columns = columns_in_force()
    rows = list(evidence_queries.open_rows(batch))
    dropped = set(drop)
    evidence.drop_rows([row for row in rows if row.pk in dropped], actor=actor, moment=moment)
    rows = [row for row in rows if row.pk not in dropped]
    by_place = {(row.sheet, row.number): row for row in rows}
    lines = _lines(rows, edits, columns, moment)
    return _settle_again(batch, lines, by_place, columns, actor=actor, moment=moment)


def check_again(batch_id: UUID, *, actor: Post, moment: datetime) -> Mended:
    """Check all open rows again as they stand: the register may have changed meanwhile."""
    return mend(batch_id, edits={}, drop=(), actor=actor, moment=moment)


def _finished(batch_id: UUID, actor: Post) -> Batch:
    batch = evidence_queries.batch(batch_id, actor)
    if batch.state != "done":
        raise CannotBecause(
            "batch_under_way",
            sentence("这次导入还没有结束", "This import is still under way"),
            sentence("请等进度到100%再改", "Wait until it has reached 100 per cent"),
        )
    return batch


def _lines(
    rows: Sequence[Row],
    edits: Mapping[UUID, Mapping[str, str]],
    columns: tuple[Column, ...],
    moment: datetime,
) -> list[Line]:
    reader = CellReader(columns, day_of(moment))
    lines = []
    for row in rows:
        cells: dict[str, Any] = {**row.cells, "household_key": row.household_key}
        for key, text in edits.get(row.pk, {}).items():
            if text.strip():
                cells[key] = text.strip()
            else:
                cells.pop(key, None)
        known = {key: value for key, value in cells.items() if not key.startswith("+")}
        line = reader.line(row.sheet, row.number, known)
        line.cells.update({key: value for key, value in cells.items() if key.startswith("+")})
        lines.append(line)
    return lines


def _settle_again(
    batch: Batch,
    lines: Sequence[Line],
    by_place: Mapping[tuple[str, int], Row],
    columns: tuple[Column, ...],
    *,
    actor: Post,
    moment: datetime,
) -> Mended:
    today, area = day_of(moment), batch.sub_district_id
    # The keys already carry their sheet's name, so that here all rows may stand on one sheet.
    sheets = [line.sheet for line in lines]
    for line in lines:
        line.sheet = ""
    groups = check_households(lines, columns, area=area, today=today)
    for line, sheet in zip(lines, sheets, strict=True):
        line.sheet = sheet
    known = known_about(groups)
    fates = [fate_of(group, known, area=area, today=today) if group.good else Fate("bad") for group in groups]
    judged = list(zip(groups, fates, strict=True))
    households = settle(batch, judged, today=today, actor=actor, moment=moment)
    changed: list[tuple[Row, KeptRow]] = []
    for group, fate in judged:
        for new in rows_of(group, fate, households.get(group.key)):
            row = by_place[new.sheet, new.number]
            if _differs(row, new):
                changed.append((row, new))
    evidence.rewrite(changed, moment=moment)
    evidence.settle_origin(batch, households, actor=actor, moment=moment)
    result = Mended(len(households), sum(fate.kind == "bad" for fate in fates))
    counts = {"households_in": result.households_in, "still_bad": result.still_bad, "rows": len(changed)}
    evidence.note_mended(batch, counts=counts, actor=actor)
    return result


def _differs(row: Row, new: KeptRow) -> bool:
    return (row.state, row.household_key, row.cells, row.problems, row.household) != (
        new.state,
        new.household_key,
        new.cells,
        new.problems or None,
        new.household,
    )
