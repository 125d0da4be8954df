"""The pages on which an expert judges: a panel, a branch of the tree, every pair of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.assessment import operations, queries
from jishiyu.assessment.rules.tree import Branch, branch_of, branches
from jishiyu.doors.desk.experts.pairs import pairs, read_pairs, standing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@dataclass(frozen=True, slots=True)
class Chosen:
    """The panel (None: the standing one) and the branch that a page is about."""

    panel: Any
    branch: Branch

    @property
    def panel_id(self) -> UUID | None:
        """The panel's id, None for the standing one."""
        return self.panel.pk if self.panel else None


@dataclass(frozen=True, slots=True)
class Tab:
    """A branch as a tab: how many of its pairs are judged."""

    key: str
    name: Sentence
    given: int
    pairs: int
    url: str
    active: bool


@require_http_methods(["GET", "POST"])
def home(request: PostRequest) -> HttpResponse:
    """An expert's judgements of every pair of a branch. POST keeps those that were made; pairs may be left for later."""
    require(request.post, "assessment.judge")
    expert = request.post.code
    chosen = _chosen(request.POST if request.method == "POST" else request.GET, expert, request.today)
    if request.method == "POST":
        _keep(request, chosen)
        messages.success(request, gettext("判断已保存。"))
        return redirect(_url(chosen.panel_id, _next_branch(chosen, expert, "next" in request.POST)))
    own = queries.judged_pairs(expert, chosen.panel_id, chosen.branch.key)
    page = {
        "groups": pairs(chosen.branch, own),
        "standing": standing(chosen.branch, own),
        "indicators": pack().indicators,
        "chosen": chosen,
        "open": chosen.panel is None or _can_judge(chosen.panel, request.today),
        "tabs": _tabs(chosen, expert),
        "panels": [
            {"row": one, "state": one.state_on(request.today), "url": _url(one.pk, "")}
            for one in queries.panels_of(expert)
        ],
        "standing_url": _url(None, ""),
    }
    return render(request, "desk/experts/home.html", page)


@require_GET
def check(request: PostRequest) -> HttpResponse:
    """What the choices on the form amount to, before they are kept."""
    require(request.post, "assessment.judge")
    branch = _branch(request.GET.get("branch", ""))
    found = standing(branch, read_pairs(branch, request.GET))
    return render(request, "desk/experts/standing.html", {"standing": found})


def _keep(request: PostRequest, chosen: Chosen) -> None:
    keys, expert = chosen.branch.keys, request.post.code
    told = read_pairs(chosen.branch, request.POST)
    before = queries.judged_pairs(expert, chosen.panel_id, chosen.branch.key)
    told |= {pair: "" for pair in before if pair not in told}
    operations.judge(
        {(keys[row], keys[column]): value for (row, column), value in told.items()},
        actor=request.post,
        moment=request.moment,
        panel_id=chosen.panel_id,
        branch=chosen.branch.key,
    )


def _chosen(told: Any, expert: str, today: date) -> Chosen:
    """The panel asked for; without one, the first that waits for the expert, else the standing one."""
    asked, branch = told.get("panel"), _branch(told.get("branch", ""))
    if asked is None:
        waiting = queries.open_panels_of(expert, today)
        return Chosen(waiting[0][0] if waiting else None, branch)
    if asked in ("", "standing"):
        return Chosen(None, branch)
    for row in queries.panels_of(expert):
        if str(row.pk) == asked:
            return Chosen(row, branch)
    raise NotFound("assessment.no_panel", sentence("没有这个专家组", "There is no such panel"))


def _branch(key: str) -> Branch:
    found = branch_of(pack().indicators, key)
    if found is None:
        raise NotFound("assessment.no_branch", sentence("没有这个分支", "There is no such branch"))
    return found


def _can_judge(panel: Any, today: date) -> bool:
    return bool(panel.state_on(today) == "open" and panel.content == pack().indicators.version)


def _next_branch(chosen: Chosen, expert: str, asked: bool) -> str:
    """The branch to go on with: the next that has pairs left, when asked for."""
    if not asked:
        return chosen.branch.key
    given = queries.given_by_branch(expert, chosen.panel_id)
    every = branches(pack().indicators)
    at = next(place for place, one in enumerate(every) if one.key == chosen.branch.key)
    later = [one.key for one in (*every[at + 1 :], *every[:at]) if given[one.key] < len(one.pairs)]
    return later[0] if later else chosen.branch.key


def _tabs(chosen: Chosen, expert: str) -> list[Tab]:
    given = queries.given_by_branch(expert, chosen.panel_id)
    return [
        Tab(
            one.key,
            one.name,
            given[one.key],
            len(one.pairs),
            _url(chosen.panel_id, one.key),
            one.key == chosen.branch.key,
        )
        for one in branches(pack().indicators)
    ]


def _url(panel_id: UUID | None, branch: str) -> str:
    asked = {"panel": str(panel_id or "standing")} | ({"branch": branch} if branch else {})
    return f"{reverse('desk:experts_home')}?{urlencode(asked)}"
