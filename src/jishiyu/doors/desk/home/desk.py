"""What stands on the work desk of a post: its work, its area in figures, what it looked at last."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from jishiyu.assessment import queries as assessment
from jishiyu.cases import queries as cases
from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.doors.desk.households.standing import bands
from jishiyu.doors.desk.navigation import address
from jishiyu.journal import queries as journal
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry import queries as registry

_LOOKS = 8


@dataclass(frozen=True, slots=True)
class Task:
    """A thing to do and the page on which to do it."""

    work: cases.Work
    url: str


def tiles_for(post: Post, today: date) -> dict[str, Any]:
    """Everything that the work desk's template shows, within the post's reach."""
    tiles: dict[str, Any] = {"work": []}
    if refusal(post, "cases.see") is None:
        tiles["work"] = [
            Task(one, address("desk:cases_page", case_id=one.case_id)) for one in cases.open_work(post, today)
        ]
        tiles["steps"] = _steps(post)
    if refusal(post, "registry.see") is None:
        tiles["households"] = registry.counts(post)
        tiles["looks"] = _recent_looks(post)
        tiles["bands"], tiles["unscored"] = _bands(post)
    if refusal(post, "journal.see") is None:
        tiles["journal_length"] = journal.length()
    return tiles


def _recent_looks(post: Post) -> list[dict[str, Any]]:
    """The households that this post opened last, newest first, each once; only those still within reach."""
    seen: dict[Any, Any] = {}
    for entry in journal.entries(act="registry.look", post=post.code)[:60]:
        if entry.household is not None:
            seen.setdefault(entry.household, entry.at)
    rows = {row.id: row for row in registry.households(post).filter(pk__in=list(seen)[:_LOOKS])}
    return [{"household": rows[pk], "at": at} for pk, at in seen.items() if pk in rows]


def _steps(post: Post) -> list[tuple[Any, int]]:
    """How many open cases within reach wait at each step, in the order of the story."""
    count = Counter(cases.cases(post).filter(state="open").order_by().values_list("step", flat=True))
    return [(name, count[key]) for key, name in STEP_NAMES.items() if count[key]]


def _bands(post: Post) -> tuple[list[dict[str, Any]], int]:
    """Households within reach by band, hardest first, and how many are not assessed."""
    count: Counter[str] = Counter()
    for one in assessment.distribution(post):
        count[one.band] += one.households
    most = max(count.values(), default=0)
    return [{"band": band, "count": count[band.key], "most": most} for band in bands()], assessment.unscored(
        post
    )
