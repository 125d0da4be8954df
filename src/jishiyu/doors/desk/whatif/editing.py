"""Putting a trial together: changes are added, taken back, and run."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.whatif.drafts import Change, Draft
from jishiyu.doors.desk.whatif.forms import SECTIONS, TrialForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, Sentence, sentence
from jishiyu.journeys.what_if import begin_trial
from jishiyu.law.queries import pack
from jishiyu.oversight import operations, queries
from jishiyu.programmes.rules.changes import changed, read_changes
from jishiyu.programmes.rules.changes_said import say_change


@require_http_methods(["GET", "POST"])
def new_trial(request: PostRequest) -> HttpResponse:
    """Put a change together (``do``: ``add:…``, ``remove:…``, ``undo``, ``clear``, ``item``); ``run`` runs it and keeps the result."""
    operations.require_trying(request.post)
    told = request.POST if request.method == "POST" else None
    draft = Draft.read(told.get("draft", "")) if told else _begun(request)
    day = _day((told or request.GET).get("day"), request.today)
    item = (told or request.GET).get("item", "")
    initial = {
        "day": day,
        "item": item,
        "parameter": request.GET.get("parameter", ""),
        "name": request.GET.get("name", ""),
    }
    form = TrialForm(told, day=day, item=item, initial=initial)
    wrong: dict[str, str] = {}
    do = told.get("do", "run") if told else ""
    if told and form.is_valid():
        answer = _done(request, form, draft, do, wrong)
        if answer is not None:
            return answer
    status = 422 if wrong or (form.is_bound and form.errors) else 200
    if told and not wrong:
        form = _emptied(form, do, day, item)
    page = {
        "form": form, "day": day, "draft": draft, "said": _said(draft, form), "wrong": wrong, "item": _item(item), "do": do,
    }  # fmt: skip
    return render(request, "desk/whatif/new.html", page, status=status)


def _begun(request: PostRequest) -> Draft:
    """An empty draft, or the changes of a trial or of one on its way (``?like=…``), to go on from."""
    like = request.GET.get("like", "")
    if not like:
        return Draft()
    try:
        found: Any = queries.what_if_changes(like, request.post)
    except NotFound:
        return Draft()
    return Draft(list(found))


def _done(
    request: PostRequest, form: TrialForm, draft: Draft, do: str, wrong: dict[str, str]
) -> HttpResponse | None:
    act, _, what = do.partition(":")
    if act == "remove" and what.isdigit():
        draft.remove(int(what))
    elif act == "undo":
        draft.undo()
    elif act == "clear":
        draft.step([])
    elif act == "add" and what in SECTIONS:
        _add(form, draft, (what,), wrong)
    elif act == "run":
        return _run(request, form, draft, wrong)
    return None


def _add(form: TrialForm, draft: Draft, sections: tuple[str, ...], wrong: dict[str, str]) -> None:
    """Take sections into the draft. What cannot be done is said beside the section, and nothing is taken."""
    for section in sections:
        try:
            new = form.section(section)
            if new:
                changes = draft.with_more(new)
                changed(form.policy, read_changes(changes))
                draft.step(changes)
            elif len(sections) == 1:
                wrong[section] = gettext("这一栏还没有填")
        except CannotBecause as why:
            wrong[section] = _words(why)


def _run(request: PostRequest, form: TrialForm, draft: Draft, wrong: dict[str, str]) -> HttpResponse | None:
    _add(form, draft, SECTIONS, wrong)  # what was filled in and not yet added is meant as well
    name = form.cleaned_data["name"].strip()
    if not name:
        form.add_error("name", gettext("请填写名称"))
    if wrong or form.errors:
        return None
    try:
        with transaction.atomic():
            made = begin_trial(
                name, draft.changes, day=form.cleaned_data["day"], actor=request.post, moment=request.moment
            )
    except NotYours:
        raise
    except CannotBecause as why:
        wrong["run"] = _words(why)
        return None
    run = queries.what_if_run(made, request.post)
    if run.what_if_id:
        messages.success(request, gettext("试算已完成并保存。"))
        return redirect("desk:whatif_page", what_if_id=run.what_if_id)
    return redirect("desk:whatif_run", run_id=made)


def _emptied(form: TrialForm, do: str, day: date, item: str) -> TrialForm:
    """The form again: what went into the draft is taken out of its section, the rest stays as it was typed."""
    kept = {
        name: value for name, value in form.data.items() if name not in ("draft", "do", "csrfmiddlewaretoken")
    }
    fields = {
        "add:parameter": ("parameter",), "add:condition": ("act", "condition", "test_", "not_", "text", "join"),
        "add:cut_off": ("cut_off",), "add:band": ("band_",), "add:weights": ("weight_",), "item": ("condition",),
    }.get(do, ())  # fmt: skip
    kept = {name: value for name, value in kept.items() if not name.startswith(fields or ("\0",))}
    return TrialForm(None, day=day, item=item, initial=kept)


def _said(draft: Draft, form: TrialForm) -> list[Sentence]:
    found = []
    for one in draft.changes:
        found.append(_say(one, form))
    return found


def _say(one: Change, form: TrialForm) -> Sentence:
    try:
        return say_change(read_changes([one])[0], form.policy)
    except (CannotBecause, KeyError, StopIteration, IndexError):
        return sentence("这一处改动在所选日期不能读出", "This change cannot be read on the chosen day")


def _words(why: CannotBecause) -> str:
    return (". " if english() else "。").join(say(one) for one in (why.reason, why.mend) if one)


def _item(item: str) -> Sentence | None:
    return next((one.name for one in pack().items if one.id == item), None)


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today
