"""The newest facts of every household within reach as one table, and the side before a trial, kept between trials."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.screen_the_district.reading import reading
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if_base import Baseline, baseline
from jishiyu.registry.queries.district import part_after
from jishiyu.registry.rules.arrow_form import HOUSEHOLD

_PART = 10_000
Told = Callable[[int], None]


def no_evidence() -> CannotBecause:
    """The refusal when there is nothing to try a change on."""
    return CannotBecause(
        "what_if.no_evidence",
        sentence("您的范围内还没有经济状况登记，无法试算", "No economic facts are on file within your reach"),
    )


def evidence(until: datetime) -> pa.Table:
    """The newest facts of every household within the transaction's reach, in the register's Arrow form. Refused without any."""
    part = part_after(None, _PART, until=until)
    batches = [part.facts]
    while part.last is not None:
        part = part_after(part.last, _PART, until=until)
        batches.append(part.facts)
    return _whole(batches)


def evidence_in_parts(actor: Post, clock: Callable[[], datetime], until: datetime, told: Told) -> pa.Table:
    """The same in transactions of their own, the next part read ahead; ``told`` hears how many are read, and may raise to stop."""
    batches, seen = [], 0
    with reading(actor, clock, until=until, size=_PART, ahead=True) as reader:
        reader.ask(None)
        while True:
            part = reader.take()
            batches.append(part.facts)
            seen += len(part.household_ids) + part.without_members
            if part.last is None:
                return _whole(batches)
            reader.ask(part.last)
            told(seen)


def _whole(batches: list[pa.RecordBatch]) -> pa.Table:
    if not sum(one.num_rows for one in batches):
        raise no_evidence()
    return pa.Table.from_batches(batches, schema=HOUSEHOLD)


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

    def get(self, key: Any, policy: Policy, read: Callable[[], pa.Table], told: Told | None = None) -> Kept:
        """The side before; made anew with what ``read`` gives when the key is another one."""
        if self._kept is None or self._kept.key != key:
            self._kept = None  # before the next one takes its room
            table = read()
            self._kept = Kept(key, baseline(table, policy, told), table["household_id"])
        return self._kept


SHELF = Shelf()
