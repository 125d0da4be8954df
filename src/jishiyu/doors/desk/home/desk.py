"""What stands on the work desk of a post: its work, its area in figures, what it looked at last."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from jishiyu.assessment import queries as assessment
from jishiyu.cases import queries as cases
from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.home.tasks import tasks
from jishiyu.doors.desk.households.standing import bands
from jishiyu.doors.desk.navigation import address
from jishiyu.doors.desk.work.narrowing import Wanted, choices, summary
from jishiyu.evidence import queries as evidence
from jishiyu.funds import queries as funds
from jishiyu.journal import queries as journal
from jishiyu.offices import queries as offices
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry import queries as registry

_LOOKS = 8
_TASKS = 12


def tiles_for(post: Post, today: date) -> dict[str, Any]:
    """Everything that the work desk's template shows, within the post's reach."""
    tiles: dict[str, Any] = _work(post, today)
    if refusal(post, "cases.see") is None:
        tiles["steps"] = _steps(post)
    if refusal(post, "registry.see") is None:
        tiles["households"] = registry.counts(post)
        tiles["looks"] = _recent_looks(post)
        tiles |= _bands(post)
    if refusal(post, "journal.see") is None:
        tiles["journal"] = {"length": journal.length(), "url": address("desk:oversight_journal")}
    if refusal(post, "funds.see") is None:
        tiles["balances"] = funds.balances()
    if refusal(post, "evidence.see") is None:
        tiles["imports"] = _imports(post)
    return tiles


def _work(post: Post, today: date) -> dict[str, Any]:
    """The most urgent of what waits for the post, and how much there is; the rest is one click away."""
    found, page = tasks(post, today), address("desk:work_list")
    ways = choices(found, Wanted(), post.officer, page)
    return {"tasks": found[:_TASKS], "work": summary(found), "whens": ways["whens"], "kinds": ways["kinds"]}


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


def _bands(post: Post) -> dict[str, Any]:
    """Households within reach by band, hardest first; how many are not assessed; by sub-district for who sees several."""
    spread = assessment.distribution(post)
    count: Counter[str] = Counter()
    for one in spread:
        count[one.band] += one.households
    most = max(count.values(), default=0)
    marks = bands()
    return {
        "bands": [{"band": band, "count": count[band.key], "most": most} for band in marks],
        "unscored": assessment.unscored(post),
        "by_area": _by_area(spread) if post.scope in ("district", "audit") and spread else None,
    }


def _by_area(spread: Sequence[assessment.BandCount]) -> dict[str, Any]:
    areas = offices.sub_districts()
    at = {(one.sub_district, one.band): one.households for one in spread}
    return {
        "title": gettext("各街道家庭的困难等级"),
        "kind": "hstack",
        "labels": [area.name_en if english() else area.name_zh for area in areas],
        "series": [
            {
                "name": say(band.name),
                "data": [at.get((area.code, band.key), 0) for area in areas],
                "colour": band.key,
            }
            for band in bands()
        ],
        "unit": gettext("户"),
    }


def _imports(post: Post) -> list[Any]:
    """The workbooks that are still being taken in, and the newest ones."""
    return list(evidence.batches(post).order_by("-received_at")[:4])
