"""The steps of the form: who, the family, the difficulty, papers, check and hand in. Each keeps what it has before the next."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.doors.portal.applying.forms import MOST_MEMBERS, Family, SituationForm, WhoForm
from jishiyu.doors.portal.applying.holding import with_application
from jishiyu.doors.portal.applying.summary import summary_of
from jishiyu.doors.portal.applying.words import STEP_NAMES
from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.rules.applications import AUTHORISATION, AUTHORISATION_GROUND, STEPS, gaps
from jishiyu.evidence.rules.uploads import ACCEPT, MOST_BYTES, MOST_FILES
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys import apply_on_line
from jishiyu.journeys.apply_on_line import Held


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@as_public
@with_application("draft")
def who(request: PostRequest, application: Held) -> HttpResponse:
    """The applicant."""
    had = application.row.told.get("applicant", {})
    form = WhoForm(request.POST or None, had=had)
    if form.is_valid():
        apply_on_line.write(application.row.pk, "applicant", form.told(), moment=request.moment)
        return _next(request, "who")
    number = form.number_alone() if form.is_bound else ""
    if number:
        known = {**had, "id_number": number}
        apply_on_line.write(application.row.pk, "applicant", known, moment=request.moment)
    return _step(request, application, "who", form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@as_public
@with_application("draft")
def family(request: PostRequest, application: Held) -> HttpResponse:
    """Who lives with the applicant. One more row is one more press: no script is needed."""
    told = application.row.told
    applicant = str(told.get("applicant", {}).get("id_number", ""))
    sent = request.POST if request.method == "POST" else None
    rows, fine = Family(sent, told.get("members", []), applicant), True
    if request.method == "POST":
        fine = rows.is_valid()
        if fine:
            apply_on_line.write(application.row.pk, "members", rows.told(), moment=request.moment)
        if fine and "add" not in request.POST:
            return _next(request, "family")
        if fine:
            rows = Family(None, rows.told(), applicant)
            rows.add()
    refused = request.method == "POST" and not fine
    more = {"rows": rows.rows, "can_add": len(rows.rows) < MOST_MEMBERS, "refused": refused}
    return _page(request, application, "family", more, status=422 if refused else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@as_public
@with_application("draft")
def situation(request: PostRequest, application: Held) -> HttpResponse:
    """What happened."""
    form = SituationForm(request.POST or None, had=application.row.told.get("situation", {}))
    if form.is_valid():
        apply_on_line.write(application.row.pk, "situation", form.told(), moment=request.moment)
        return _next(request, "situation")
    return _step(request, application, "situation", form)


@never_cache
@require_http_methods(["GET", "POST"])
@as_public
@with_application("draft", "asked")
def papers(request: PostRequest, application: Held) -> HttpResponse:
    """The papers that the item asks for, each with its files. A refused file says how to mend it; the others stay."""
    refusal = None
    if request.method == "POST":
        refusal = _uploaded(request, application)
        if refusal is None:
            page = "portal:apply_papers" if application.row.state == "draft" else "portal:apply_state"
            return redirect(page)
    more = {"refusal": refusal, "refused_key": request.POST.get("key", "")}
    return _page(
        request, application, "papers", {**upload_words(application), **more}, status=422 if refusal else 200
    )


def upload_words(application: Held) -> dict[str, Any]:
    """What the page needs to offer uploads: each paper with the files that are there."""
    there: dict[str, list[Any]] = {}
    for one in application.documents:
        there.setdefault(one.kind, []).append(one)
    rows = [(paper, there.pop(paper.key, [])) for paper in application.wanted]
    others = [one for several in there.values() for one in several]
    return {
        "rows": rows, "others": others, "accept": ACCEPT, "most_mb": MOST_BYTES // 1024 // 1024, "most_files": MOST_FILES,
    }  # fmt: skip


def _uploaded(request: PostRequest, application: Held) -> CannotBecause | None:
    file = request.FILES.get("file")
    content, name = (file.read(MOST_BYTES + 1), file.name or "") if file else (b"", "")
    source = str(request.META.get("REMOTE_ADDR", ""))
    key = request.POST.get("key", "")
    try:
        apply_on_line.put_paper(
            application.row.pk, key=key, content=content, name=name, moment=request.moment, source=source
        )
    except CannotBecause as refused:
        return refused
    return None


@require_POST
@as_public
@with_application("draft")
def remove(request: PostRequest, application: Held, document_id: UUID) -> HttpResponse:
    """Take a file off again."""
    apply_on_line.remove_paper(application.row.pk, document_id, moment=request.moment)
    return redirect("portal:apply_papers")


@never_cache
@require_http_methods(["GET", "POST"])
@as_public
@with_application("draft")
def check(request: PostRequest, application: Held) -> HttpResponse:
    """All of it to read once more, the authorisation to sign, and handing in."""
    refusal = None
    if request.method == "POST":
        signed = request.POST.get("signed", "") if request.POST.get("agree") else ""
        try:
            apply_on_line.hand_in(application.row.pk, signed=signed, moment=request.moment)
            return redirect("portal:apply_state")
        except CannotBecause as refused:
            refusal = refused
    more = {
        "summary": summary_of(application),
        "gaps": gaps(application.row.told),
        "authorisation": AUTHORISATION,
        "ground": AUTHORISATION_GROUND,
        "refusal": refusal,
    }
    return _page(request, application, "check", more, status=422 if refusal else 200)


def _next(request: PostRequest, step: str) -> HttpResponse:
    if "later" in request.POST:
        return redirect("portal:apply_code")
    return redirect(f"portal:apply_{STEPS[STEPS.index(step) + 1]}")


def _step(request: PostRequest, application: Held, step: str, form: forms.Form) -> HttpResponse:
    return _page(request, application, step, {"form": form}, status=422 if form.is_bound else 200)


def _page(
    request: PostRequest, application: Held, step: str, more: dict[str, Any], *, status: int
) -> HttpResponse:
    place = STEPS.index(step)
    shown = {
        "held": application,
        "step": step,
        "name": STEP_NAMES[step],
        "steps": [(f"portal:apply_{key}", key, STEP_NAMES[key]) for key in STEPS],
        "place": place + 1,
        "back": f"portal:apply_{STEPS[place - 1]}" if place else "portal:apply_code",
        **more,
    }
    return render(request, f"portal/apply/{step}.html", shown, status=status)
