"""Revise a decision table on the desk: look at it, try it over the district, propose it, have another approve it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from jishiyu.assessment.queries import model_in_force
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.what_if import evidence
from jishiyu.law import operations as law
from jishiyu.law.queries import laid_over, pack, revision
from jishiyu.law.rules.decision_tables import DecisionTable, Edition
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parts import Unreadable
from jishiyu.law.rules.read import read_pack
from jishiyu.law.rules.table_checks import TableFault
from jishiyu.law.rules.table_text import edition_in, looked_at, page_text
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.changes import policy_of
from jishiyu.programmes.rules.table_faults import known_to
from jishiyu.programmes.rules.what_if import compare

PROPOSE, APPROVE = "law.propose_table", "law.approve_table"


def look_at(table: str, data: dict[str, Any], *, day: date) -> tuple[Edition | None, list[TableFault]]:
    """An edition from plain data with all that is wrong with it: gaps, overlaps, types, names. Nothing is kept."""
    return looked_at(pack().table(table), data, known_to(pack(), day))


def propose(
    table: str, data: dict[str, Any], *, document: str, reason: str, actor: Post, moment: datetime
) -> UUID:
    """Keep an edition as a draft that another person may approve.

    Raises CannotBecause for one with errors, without document or reason, or that would hold from a day that is past.
    """
    require(actor, PROPOSE)
    edition, faults = look_at(table, data, day=day_of(moment))
    errors = [one for one in faults if one.severity == "error"]
    if edition is None or errors:
        raise CannotBecause("tables.faulty", errors[0].sentence)
    if not document.strip() or not reason.strip():
        raise CannotBecause(
            "tables.no_ground",
            sentence("请填写文号（依据）和理由", "Give the document it rests on, and the reason"),
        )
    _require_ahead(table, edition, moment)
    first = edition.from_ or day_of(moment)
    row = law.keep_revision(
        table, first_day=first, content=page_text(table, edition), document=document.strip(), reason=reason.strip(),
        pack_version=pack().version, by=actor, at=moment,
    )  # fmt: skip
    read_pack(Path(settings.PACK_DIR), laid_over() | {row.file: row.content})
    detail = {"table": table, "first_day": first.isoformat(), "document": row.document}
    record(act=PROPOSE, about=("table revision", row.id), reason=row.reason, detail=detail)
    return row.id


def approve(revision_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Approve another's draft: it holds from its first day and is never changed. The pack has a new version from now on."""
    require(actor, APPROVE)
    row = revision(revision_id)
    edition = edition_in(row.content)
    _require_ahead(row.table, edition, moment)
    _, faults = look_at(row.table, edition.as_data(), day=row.first_day)
    errors = [one for one in faults if one.severity == "error"]
    if errors:
        raise CannotBecause("tables.faulty", errors[0].sentence)
    row = law.decide_revision(row.id, "approved", by=actor, at=moment)
    detail = {"table": row.table, "first_day": row.first_day.isoformat(), "pack_version": pack().version}
    record(act=APPROVE, about=("table revision", row.id), detail=detail)


def withdraw(revision_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Take a draft back, or turn it down."""
    require(actor, PROPOSE)
    row = law.decide_revision(revision_id, "withdrawn", by=actor, at=moment)
    record(act="law.withdraw_table", about=("table revision", row.id), detail={"table": row.table})


@dataclass(frozen=True, slots=True)
class TableTrial:
    """An edition tried over the district: households that gain and lose, and fen a year by item, before and after."""

    day: date
    households: int
    gaining: int
    losing: int
    year_more: int
    items: Mapping[str, tuple[int, int, int, int]]
    unknown_more: int


def try_over_district(
    table: str, edition: Edition, *, day: date, actor: Post, moment: datetime
) -> TableTrial:
    """Run the pack with and without the edition, as if it held on ``day``, over the newest evidence. Nothing is kept."""
    require(actor, PROPOSE)
    model = model_in_force(day).model
    before, after = pack(), tried(pack(), table, edition, day)
    facts = evidence(day, moment)
    policies = policy_of(before, model, day), policy_of(after, model, day)
    found = compare(facts.table, *policies, asked=facts.asked)
    totals = {one: found.totals[one] for one in found.reached}
    difference = found.difference
    record(act="law.try_table", about=("table", table), detail={"day": day.isoformat()})
    return TableTrial(
        day, len(difference), int((difference > 0).sum()), int((difference < 0).sum()), int(difference.sum()),
        {id: (*one.eligible, *one.year) for id, one in totals.items()},  # type: ignore[misc]
        sum(one.unknown[1] - one.unknown[0] for one in totals.values()),
    )  # fmt: skip


def tried(before: Pack, table: str, edition: Edition, day: date) -> Pack:
    """The pack as if the edition held on a day, for computing only."""
    own = before.table(table)
    held = edition.model_copy(update={"from_": day, "to": None})
    made = own.model_copy(update={"editions": (held,)})
    tables = tuple(made if one.key == table else one for one in before.tables)
    return replace(
        before, tables=tables, label=f"{before.label}~", content_hash=digest([before.content_hash, page_text(table, held)])
    )  # fmt: skip


def _require_ahead(table: str, edition: Edition, moment: datetime) -> DecisionTable:
    if edition.from_ is None or edition.from_ < day_of(moment):
        raise CannotBecause("tables.in_the_past", _PAST)
    try:
        return pack().table(table).revised(edition)
    except Unreadable as wrong:
        raise CannotBecause("tables.bad_day", wrong.sentence) from wrong


_PAST: Sentence = sentence("生效日不能早于今天", "The first day cannot lie in the past")
