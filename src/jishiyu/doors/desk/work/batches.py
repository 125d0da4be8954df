"""Several cases at once: chosen, tried, done one by one while the progress is shown, and taken back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import operations, queries
from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.cases.rules.work_desk import BATCH_MOST, batch_outcomes
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.journeys.take_back import take_batch_back
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import StepPaper
from jishiyu.offices.queries import require

# A request works for so long; then the page shows how far it is and asks for the next piece.
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Choice:
    """An act that the chosen cases offer: step, outcome and their words, papers, and how many cases stand at it."""

    step: str
    outcome: str
    name: Sentence
    papers: tuple[StepPaper, ...]
    cases: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.step}.{self.outcome}"

    @property
    def step_name(self) -> Sentence:
        """The step in words."""
        return STEP_NAMES[self.step]


@never_cache
@require_POST
def preview(request: PostRequest) -> HttpResponse:
    """What would be done with the chosen cases, each tried: it would go, or it cannot, because of what."""
    require(request.post, "cases.take_step")
    ids = _chosen(request)
    offered = _offered(request, ids)
    if not offered:
        messages.error(
            request, gettext("所选案件现在没有可以批量办理的环节。审核、审批、核对和入户须逐案办理。")
        )
        return redirect("desk:work_list")
    act = next((one for one in offered if one.key == request.POST.get("act")), offered[0])
    papers = [paper.key for paper in act.papers if paper.key in request.POST.getlist("papers")]
    told = operations.Act(act.step, act.outcome, papers, request.POST.get("remarks", "")[:1000])
    trials = operations.rehearse(ids, told, actor=request.post, moment=request.moment)
    shown = {
        "ids": ids,
        "offered": offered,
        "act": act,
        "ticked": papers,
        "remarks": told.remarks,
        "trials": [(one, pack().item(one.case.item).name) for one in trials],
        "going": [one.case.id for one in trials if one.why is None],
        "staying": sum(one.why is not None for one in trials),
    }
    return render(request, "desk/work/preview.html", shown)


@require_POST
def begin(request: PostRequest) -> HttpResponse:
    """Do it: a batch is written down and begun."""
    require(request.post, "cases.take_step")
    ids = _chosen(request, "going")
    act = next((one for one in _offered(request, ids) if one.key == request.POST.get("act")), None)
    if act is None:
        messages.error(request, gettext("案件已有新的进展，请重新选择。"))
        return redirect("desk:work_list")
    papers = [paper.key for paper in act.papers if paper.key in request.POST.getlist("papers")]
    told = operations.Act(act.step, act.outcome, papers, request.POST.get("remarks", "")[:1000])
    batch = operations.begin_batch(ids, told, actor=request.post, moment=request.moment)
    _go_on(request, batch.id)
    return redirect("desk:work_batch", work_id=batch.id)


@never_cache
@require_GET
def batch(request: PostRequest, work_id: UUID) -> HttpResponse:
    """What a batch did, case by case, and whether it can be taken back."""
    require(request.post, "cases.see")
    return render(request, "desk/work/batch.html", _shown(request, work_id))


def _shown(request: PostRequest, work_id: UUID) -> dict[str, Any]:
    row = queries.batch(work_id, request.post)
    items = queries.batch_items(row)
    return {
        "batch": row,
        "step": STEP_NAMES[row.step],
        "outcome": queries.batch_outcome_name(row, items),
        "items": [(one, pack().item(one.case.item).name) for one in items],
        "count": queries.count_of(row),
        "mine": row.officer == request.post.officer,
        "left": bool(queries.items_to_take_back(row)),
    }


@require_POST
def go_on(request: PostRequest, work_id: UUID) -> HttpResponse:
    """The next piece of a batch that is still under way."""
    require(request.post, "cases.take_step")
    _go_on(request, work_id)
    return redirect("desk:work_batch", work_id=work_id)


def _go_on(request: PostRequest, work_id: UUID) -> None:
    until = monotonic() + _SECONDS
    operations.go_on_with_batch(
        work_id, actor=request.post, moment=request.moment, goes_on=lambda: monotonic() < until
    )


@require_POST
def back(request: PostRequest, work_id: UUID) -> HttpResponse:
    """Take back what a batch did, as far as it still can be."""
    require(request.post, "cases.take_step")
    done, refused = take_batch_back(
        work_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment
    )
    if done:
        messages.success(
            request,
            ngettext("已撤销 %(n)d 件，案件恢复原状。", "已撤销 %(n)d 件，案件恢复原状。", done)
            % {"n": done},
        )
    if refused:
        shown = {**_shown(request, work_id), "refused": refused}
        return render(request, "desk/work/batch.html", shown, status=200 if done else 409)
    return redirect("desk:work_batch", work_id=work_id)


def _chosen(request: HttpRequest, name: str = "case") -> list[UUID]:
    found: dict[UUID, None] = {}
    for text in request.POST.getlist(name)[: BATCH_MOST + 1]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def _offered(request: PostRequest, ids: Sequence[UUID]) -> list[_Choice]:
    """The acts that some of the cases offer at their present step, most common first."""
    rows = queries.cases(request.post).filter(pk__in=ids).values_list("item", "era", "step")
    counted: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], Sentence] = {}
    papers: dict[str, dict[str, StepPaper]] = {}
    for item, era, key in rows:
        try:
            step = queries.running_procedure(item, era).step(key)
        except (CannotBecause, KeyError):
            continue
        for outcome in batch_outcomes(step):
            counted[key, outcome.key] += 1
            names.setdefault((key, outcome.key), outcome.name)
            papers.setdefault(key, {}).update({paper.key: paper for paper in step.papers})
    return [
        _Choice(step, outcome, names[step, outcome], tuple(papers[step].values()), count)
        for (step, outcome), count in counted.most_common()
    ]
