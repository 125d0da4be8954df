"""The newest facts of every household within reach as one table, and the side before a trial, kept between trials."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pyarrow as pa

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.screen_the_district.reading import reading
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if_base import Baseline, baseline
from jishiyu.registry.queries import told_of_many
from jishiyu.registry.queries.district import Part, part_after
from jishiyu.registry.rules.arrow_form import HOUSEHOLD

_PART = 10_000
Told = Callable[[int], None]


def no_evidence() -> CannotBecause:
    """The refusal when there is nothing to try a change on."""
    return CannotBecause(
        "what_if.no_evidence",
        sentence("您的范围内还没有经济状况登记，无法试算", "No economic facts are on file within your reach"),
    )


@dataclass(frozen=True)
class Evidence:
    """The newest facts of all households, in the register's Arrow form, and what people told of them, by row."""

    table: pa.Table
    asked: dict[int, dict[str, Any]]


def evidence(day: date, until: datetime) -> Evidence:
    """The newest facts of every household within the transaction's reach. Refused without any."""
    parts, after = [], None
    while True:
        part, answered = _part(day, until, after)
        parts.append((part, answered))
        if part.last is None:
            return _whole(parts)
        after = part.last


def evidence_in_parts(
    actor: Post, clock: Callable[[], datetime], day: date, until: datetime, told: Told
) -> Evidence:
    """The same in transactions of their own, the next part read ahead; ``told`` hears how many are read, and may raise to stop."""
    parts, seen = [], 0
    read = partial(_part, day, until)
    with reading(read, actor=actor, clock=clock, ahead=True) as reader:
        reader.ask(None)
        while True:
            part, answered = reader.take()
            parts.append((part, answered))
            seen += len(part.household_ids) + part.without_members
            if part.last is None:
                return _whole(parts)
            reader.ask(part.last)
            told(seen)


def _part(day: date, until: datetime, after: UUID | None) -> tuple[Part, dict[str, dict[str, Any]]]:
    part = part_after(after, _PART, until=until)
    return part, told_of_many(part.household_ids, day, until=until)


def _whole(parts: list[tuple[Part, dict[str, dict[str, Any]]]]) -> Evidence:
    asked: dict[int, dict[str, Any]] = {}
    start = 0
    for part, answered in parts:
        if answered:
            rows = {household: start + at for at, household in enumerate(part.household_ids)}
            asked |= {rows[household]: own for household, own in answered.items()}
        start += len(part.household_ids)
    if not start:
        raise no_evidence()
    return Evidence(pa.Table.from_batches([part.facts for part, _ in parts], schema=HOUSEHOLD), asked)


@dataclass(frozen=True)
class Kept:
    """The side before, and the households' ids in its order."""

    key: Any
    base: Baseline
    ids: Any


class Shelf:
    """The side before of the last trial, for the next one on the same evidence, day and policy. One at a time: it is large.

    It stays in the worker's own memory and is never written anywhere.
    """

    def __init__(self) -> None:
        self._kept: Kept | None = None

    def get(self, key: Any, policy: Policy, read: Callable[[], Evidence], told: Told | None = None) -> Kept:
        """The side before; made anew with what ``read`` gives when the key is another one."""
        if self._kept is None or self._kept.key != key:
            self._kept = None  # before the next one takes its room
            found = read()
            base = baseline(found.table, policy, told, asked=found.asked)
            self._kept = Kept(key, base, found.table["household_id"])
        return self._kept


SHELF = Shelf()
