"""A trial on its way: how far it is, a stop, another attempt; when it is done its figures come by themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.marks import Mark, silent_since
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journeys.what_if import ask_for_trial
from jishiyu.law.queries import pack
from jishiyu.oversight import operations, queries
from jishiyu.oversight.rules.trials import TRY, trial_refusal

PHASES = {
    "": gettext_lazy("排队等待"), "reading": gettext_lazy("正在读取登记"), "computing": gettext_lazy("正在计算现行政策"),
    "comparing": gettext_lazy("正在计算改动后"), "keeping": gettext_lazy("正在保存结果"),
}  # fmt: skip
STATES = {
    "waiting": Mark(gettext_lazy("等待处理"), "ti-clock", "note"),
    "running": Mark(gettext_lazy("正在试算"), "ti-loader", "note"),
    "done": Mark(gettext_lazy("已完成"), "ti-circle-check", "ok"),
    "failed": Mark(gettext_lazy("没有完成"), "ti-alert-circle", "bad"),
    "stopped": Mark(gettext_lazy("已取消"), "ti-player-stop", "warn"),
}


@require_GET
def run(request: PostRequest, run_id: UUID) -> HttpResponse:
    """One trial on its way; one that is done leads to its figures."""
    found = queries.what_if_run(run_id, request.post)
    if found.what_if_id:
        return redirect("desk:whatif_page", what_if_id=found.what_if_id)
    return render(request, "desk/whatif/run.html", shown_run(request, found))


@never_cache
@require_GET
def progress(request: PostRequest, run_id: UUID) -> HttpResponse:
    """The progress bar, asked for again and again; when there is nothing more to wait for, the whole page comes anew."""
    found = queries.what_if_run(run_id, request.post)
    if found.state not in ("waiting", "running"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/whatif/progress.html", shown_run(request, found))


@require_POST
def stop(request: PostRequest, run_id: UUID) -> HttpResponse:
    """Stop it; nothing is kept."""
    found = queries.what_if_run(run_id, request.post)
    operations.stop_run(found.id, actor=request.post, moment=request.moment)
    return redirect("desk:whatif_run", run_id=run_id)


@require_POST
def again(request: PostRequest, run_id: UUID) -> HttpResponse:
    """Ask the worker once more."""
    found = queries.what_if_run(run_id, request.post)
    if found.state in ("failed", "stopped") or is_silent(found, request.moment):
        operations.again_run(found.id, actor=request.post, moment=request.moment)
        ask_for_trial(found.id, actor=request.post)
    else:
        operations.require_trying(request.post)
    return redirect("desk:whatif_run", run_id=run_id)


def is_silent(found: Any, now: datetime) -> bool:
    """Whether the worker seems gone: nothing has moved for a while."""
    waits = found.state in ("waiting", "running")
    return bool(waits and silent_since(found.advanced_at or found.asked_at, now))


def shown_run(request: PostRequest, found: Any) -> dict[str, Any]:
    """A trial on its way, as its page and the list show it."""
    mark = STATES[found.state]
    return {
        "run": found, "word": mark.word, "icon": mark.icon, "tone": mark.tone, "phase": PHASES.get(found.phase, ""),
        "silent": is_silent(found, request.moment), "own": trial_refusal(request.post, TRY, pack().district) is None,
    }  # fmt: skip
