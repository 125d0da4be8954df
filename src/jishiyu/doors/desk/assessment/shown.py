"""What a run is shown as: its state as a mark, its bands, and its items with how many may have them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from jishiyu.doors.desk.marks import Mark, silent_since
from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.queries import pack

_WAITING = Mark(gettext_lazy("等待处理"), "ti-clock", "note")
_STATES = {
    "open": Mark(gettext_lazy("正在筛查"), "ti-loader", "note"),
    "done": Mark(gettext_lazy("已完成"), "ti-circle-check", "ok"),
    "failed": Mark(gettext_lazy("已中止"), "ti-alert-circle", "bad"),
}


@dataclass(frozen=True, slots=True)
class BandRow:
    """A band and how many households the run put in it, in whole percent of all."""

    name: Sentence
    households: int
    percent: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item: how many households are entitled, what that comes to (fen each time), and for how many it cannot be told."""

    id: str
    name: Sentence
    eligible: int
    amount: int
    cannot: int


def state_of(run: Any) -> Mark:
    """The state of a run as a mark."""
    return _WAITING if run.state == "open" and run.started_at is None else _STATES[run.state]


def is_silent(run: Any, now: datetime) -> bool:
    """Whether the worker seems gone: nothing has moved for a while."""
    return bool(run.state == "open" and silent_since(run.advanced_at or run.asked_at, now))


def bands_of(counts: Mapping[str, int]) -> list[BandRow]:
    """The bands of the pack, hardest first."""
    ordered = sorted(pack().indicators.bands, key=lambda one: -one.basis_points)
    whole = max(counts.get("households", 0), 1)
    found = [(one.name, counts.get(f"band.{one.key}", 0)) for one in ordered]
    return [BandRow(name, count, count * 100 // whole) for name, count in found]


def items_of(counts: Mapping[str, int]) -> list[ItemRow]:
    """The items that anybody is entitled to or that cannot be told for anybody, in the pack's order."""
    rows = [
        ItemRow(
            one.id,
            one.name,
            counts.get(f"eligible.{one.id}", 0),
            counts.get(f"amount.{one.id}", 0),
            counts.get(f"cannot.{one.id}", 0),
        )
        for one in pack().items
    ]
    return [row for row in rows if row.eligible or row.cannot]
