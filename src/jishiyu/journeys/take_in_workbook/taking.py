"""Taking a workbook in: received in the request, then household by household in parts, each part one transaction.

A part commits its households, its rows and the batch's progress together. A worker that dies loses at most the part under
way; whoever goes on begins where the progress stands. Two workers on one batch cannot both go on: each part locks the batch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.evidence import operations as evidence
from jishiyu.evidence import queries as evidence_queries
from jishiyu.evidence.queries import Batch
from jishiyu.evidence.rules.columns import Column, headings_of
from jishiyu.evidence.rules.households import Group, waiting_for
from jishiyu.evidence.rules.keeping import KeptRow, kept
from jishiyu.evidence.rules.lines import Skipped, lines_of
from jishiyu.evidence.rules.problems import Problem
from jishiyu.evidence.rules.workbook import Opened, open_workbook
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys.take_in_workbook.checking import check_households
from jishiyu.journeys.take_in_workbook.facts import newcomer
from jishiyu.journeys.take_in_workbook.known import Fate, Home, Known, fate_of
from jishiyu.journeys.take_in_workbook.layout import household_columns
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post, require
from jishiyu.registry import operations as registry
from jishiyu.registry.queries import homes as registry_homes
from jishiyu.registry.queries.numbers import where_registered

# Households in one transaction: small enough that the journal's lock is short and progress moves, large enough to be quick.
PART = 500

Clock = Callable[[], datetime]
_ROW_STATE = {"new": "taken", "updated": "updated", "unchanged": "unchanged"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has been taken in, in households."""

    done: int
    total: int


def columns_in_force() -> tuple[Column, ...]:
    """The workbook's columns with the district's sub-districts."""
    return household_columns(
        {area.code: (area.name.zh, area.office.zh, area.short, area.name.en) for area in pack().sub_districts}
    )


def receive_workbook(
    *, content: bytes, file_name: str, sub_district: str, actor: Post, moment: datetime
) -> tuple[UUID, bool]:
    """Receive a workbook for a sub-district. Returns its batch, and whether this very file was received before.

    Opened at once, so that a file that cannot be read is refused with its reason while its owner looks on.
    """
    require(actor, "registry.register")
    opened = open_workbook(content, headings_of(columns_in_force()))
    batch, again = evidence.receive(
        content=content,
        file_name=file_name,
        sub_district=sub_district,
        origin=opened.origin,
        actor=actor,
        moment=moment,
    )
    return batch.id, again


def take_in(batch_id: UUID, *, actor: Post, clock: Clock, part: int = PART) -> Iterator[Progress]:
    """Take a received batch in, yielding after each committed part. Goes on where an earlier attempt stopped.

    Opens its own transactions: not to be called inside another post's.
    """
    moment = clock()
    with acting(actor, moment=moment):
        batch = evidence.begin(batch_id, actor=actor, moment=moment)
        content = evidence_queries.content_of(batch)
    if batch.state == "done":
        return
    today = day_of(batch.received_at)
    try:
        groups, report = _read(content, batch.sub_district_id, today)
    except CannotBecause as why:
        with acting(actor, moment=clock()):
            evidence.fail(batch_id, why, actor=actor, moment=clock())
        return
    with acting(actor, moment=clock()):
        evidence.plan(batch, total=len(groups), report=report, moment=clock())
    done = batch.done
    while done < len(groups) or not groups:
        moment = clock()
        with acting(actor, moment=moment):
            claimed = evidence.claim(batch_id, expected_done=done, actor=actor)
            if claimed is None:
                return
            _take_part(claimed, groups[done : done + part], today, actor=actor, moment=moment)
        done = claimed.done
        yield Progress(done, claimed.total)
        if not groups:
            return


def _read(content: bytes, area: str, today: date) -> tuple[list[Group], dict[str, Any]]:
    """The judged households of a workbook, and how it was read. The same bytes on the same day always give the same."""
    columns = columns_in_force()
    opened = open_workbook(content, headings_of(columns))
    skipped: list[Skipped] = []
    lines = (line for sheet in opened.sheets for line in lines_of(sheet, columns, today, skipped))
    groups = check_households(lines, columns, area=area, today=today)
    return groups, _report(opened, columns, skipped)


def _report(opened: Opened, columns: tuple[Column, ...], skipped: list[Skipped]) -> dict[str, Any]:
    """How the workbook was read, for the batch's page: nothing is passed over in silence."""
    return {
        "sheets": [sheet.name for sheet in opened.sheets],
        "ignored_sheets": list(opened.ignored),
        "unknown_headings": sorted(
            {text for sheet in opened.sheets for text in sheet.headings.extra.values()}
        ),
        "missing_headings": [
            column.heading.as_data()
            for column in columns
            if all(column.key not in sheet.headings.places for sheet in opened.sheets)
        ],
        "skipped": [{"sheet": one.sheet, "row": one.number, "begins": one.begins} for one in skipped[:200]],
    }


def _take_part(batch: Batch, groups: Sequence[Group], today: date, *, actor: Post, moment: datetime) -> None:
    """One part: decide about each household, register what is new, record news, keep every row."""
    area = batch.sub_district_id
    known = known_about(groups)
    fates = [fate_of(group, known, area=area, today=today) if group.good else Fate("bad") for group in groups]
    households = settle(batch, list(zip(groups, fates, strict=True)), today=today, actor=actor, moment=moment)
    rows = [
        row
        for group, fate in zip(groups, fates, strict=True)
        for row in rows_of(group, fate, households.get(group.key))
    ]
    evidence.keep_rows(batch, rows)
    evidence.settle_origin(batch, households, actor=actor, moment=moment)
    evidence.advance(batch, households=len(groups), counts=counts_of(rows, fates), moment=moment)


def known_about(groups: Sequence[Group]) -> Known:
    """What the register knows of the people of the good households among these."""
    numbers = [line.values["id_number"].text for group in groups if group.good for line in group.members]
    anywhere = where_registered(numbers) if numbers else {}
    found = registry_homes.homes_of(list(anywhere)) if anywhere else {}
    households = list({home.household_id for home in found.values()})
    return Known(
        homes={
            number: Home(home.person_id, home.name, home.household_id, home.household_number, home.relation)
            for number, home in found.items()
        },
        elsewhere={number: place for number, place in anywhere.items() if number not in found},
        members=registry_homes.current_members(households) if households else {},
        latest=registry_homes.latest_situations(households) if households else {},
        area_names={one.code: one.name for one in pack().sub_districts},
    )


def settle(
    batch: Batch, judged: Sequence[tuple[Group, Fate]], *, today: date, actor: Post, moment: datetime
) -> dict[str, UUID]:
    """Register the new households and record the news. Returns the register's household for each settled key."""
    require(actor, "registry.register")
    area, source = batch.sub_district_id, f"导入：{batch.file_name}"[:120]
    new = [group for group, fate in judged if fate.kind == "new"]
    numbers = registry_homes.next_numbers(area, today, len(new)) if new else []
    newcomers = [
        newcomer(group, number=number, area=area, today=today, evidence=batch.id)
        for group, number in zip(new, numbers, strict=True)
    ]
    registry.store_households(newcomers, recorded_by=actor.code, moment=moment, source=source)
    news = [(fate.situation, fate.number) for _, fate in judged if fate.kind == "updated" and fate.situation]
    if news:
        registry.store_snapshots(news, recorded_by=actor.code, moment=moment, source=source)
    settled = {group.key: UUID(one.household_id) for group, one in zip(new, newcomers, strict=True)}
    return settled | {group.key: fate.household for group, fate in judged if fate.household is not None}


def rows_of(group: Group, fate: Fate, household: UUID | None) -> list[KeptRow]:
    """Every row of a household in the state that its fate gives it."""
    later: dict[int, list[Problem]] = {}
    for line, problem in fate.problems:
        later.setdefault(id(line), []).append(problem)
    for line in group.lines:
        line.problems.extend(later.get(id(line), ()))
    settled = _ROW_STATE.get(fate.kind)
    waits = None if settled else waiting_for(group)
    rows = []
    for line in group.lines:
        if line.problems:
            row = kept(line, group.key, "bad", problems=line.problems)
        elif line.twin_of is not None:
            row = kept(line, group.key, "duplicate", household=household)
        elif waits is not None:
            row = kept(line, group.key, "waiting", problems=(waits,))
        else:
            row = kept(line, group.key, settled or "waiting", household=household)
        rows.append(row)
    return rows


def counts_of(rows: Sequence[KeptRow], fates: Sequence[Fate]) -> dict[str, int]:
    """Rows by state (``rows_…``) and households by fate (``households_…``)."""
    counts: dict[str, int] = {}
    for name in (*(f"rows_{row.state}" for row in rows), *(f"households_{fate.kind}" for fate in fates)):
        counts[name] = counts.get(name, 0) + 1
    return counts
