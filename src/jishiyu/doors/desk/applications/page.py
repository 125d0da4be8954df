"""One application: all that it tells with its papers, and the three answers: take in, ask for papers once, or refuse."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence import operations, queries
from jishiyu.evidence.rules.applications import FILLED_BY, GIVEN_BY_THE_FORM, STATE_NAMES
from jishiyu.foundations.identifiers import masked_phone
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journeys.apply_on_line import procedure_on_line
from jishiyu.journeys.take_in_application import take_in_application, who_applies
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import StepPaper
from jishiyu.offices.rules import refusal
from jishiyu.registry.rules.vocabulary import relation_word


@never_cache
@require_GET
def application(request: PostRequest, application_id: UUID) -> HttpResponse:
    """The application. Opening it is a look that the journal keeps."""
    row = operations.look_at_application(application_id, actor=request.post)
    return render(request, "desk/applications/page.html", _shown(request, row))


@never_cache
@require_POST
def take(request: PostRequest, application_id: UUID) -> HttpResponse:
    """Open the case."""
    papers = tuple(request.POST.getlist("papers"))
    return _answered(
        request,
        application_id,
        lambda: take_in_application(application_id, papers=papers, actor=request.post, moment=request.moment),
        gettext("已受理立案，申请时上传的材料已归入家庭档案。"),
    )


@never_cache
@require_POST
def ask(request: PostRequest, application_id: UUID) -> HttpResponse:
    """Ask for papers, once."""
    row = queries.application(application_id, request.post)
    wanted = [one for one in _papers(row) if one.key in request.POST.getlist("papers")]
    named = [{"key": one.key, **one.name.as_data()} for one in wanted]
    words = request.POST.get("words", "")[:500]
    return _answered(
        request,
        application_id,
        lambda: operations.ask_for_papers(
            application_id, papers=named, words=words, actor=request.post, moment=request.moment
        ),
        gettext("已一次性告知申请人补充材料；补齐前不计时。"),
    )


@never_cache
@require_POST
def refuse(request: PostRequest, application_id: UUID) -> HttpResponse:
    """Refuse to take it in, with reasons that the applicant reads."""
    reasons = request.POST.get("reasons", "")[:1000]
    return _answered(
        request,
        application_id,
        lambda: operations.refuse_application(
            application_id, reasons=reasons, actor=request.post, moment=request.moment
        ),
        gettext("已告知申请人不予受理和理由。"),
    )


def _answered(request: PostRequest, application_id: UUID, act: Any, done: str) -> HttpResponse:
    """Do the act, or show the page again with why not and how to mend it."""
    try:
        with transaction.atomic():
            made = act()
    except (NotYours, NotFound):
        raise
    except CannotBecause as refused:
        row = queries.application(application_id, request.post)
        shown = {**_shown(request, row), "refused": refused, "sent": request.POST}
        return render(request, "desk/applications/page.html", shown, status=422)
    messages.success(request, done)
    if made is not None:
        return redirect("desk:cases_page", case_id=made)
    return redirect("desk:applications_page", application_id=application_id)


def _papers(row: Any) -> tuple[StepPaper, ...]:
    procedure = procedure_on_line(row.item, row.submitted_at.date())
    return procedure.first.papers if procedure else ()


def _shown(request: PostRequest, row: Any) -> dict[str, Any]:
    told = row.told
    there = queries.documents_of_application(row.pk)
    kinds = {one.kind for one in there} | GIVEN_BY_THE_FORM
    open_ = row.state in ("submitted", "asked")
    mine = open_ and refusal(request.post, "evidence.settle_application") is None
    return {
        "row": row,
        "item": pack().item(row.item),
        "state": STATE_NAMES[row.state],
        "days_left": days_left(row.due_on, request.today),
        "who": told["applicant"],
        "filled_by": FILLED_BY.get(told["applicant"].get("filled_by", "")),
        "members": [(one, relation_word(one["relation"])) for one in told.get("members", [])],
        "situation": told.get("situation", {}),
        "consent": told.get("consent", {}),
        "documents": there,
        "papers": [(one, one.key in kinds, one.key in GIVEN_BY_THE_FORM) for one in _papers(row)],
        "found": who_applies(row) if open_ else None,
        "others": queries.waiting_of_same_person(row) if open_ else [],
        "mine": mine,
        # Whole for who has to call the applicant, and as long as the answer waits.
        "phone": told["applicant"]["phone"] if mine else masked_phone(told["applicant"]["phone"]),
    }
