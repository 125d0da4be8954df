"""Answering the questions about a household, and the page of all of them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.households.away import opened
from jishiyu.doors.desk.marks import OUTCOMES
from jishiyu.doors.desk.tell.asked import Questions, questions_about
from jishiyu.doors.desk.tell.forms import AnswerForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journeys.tell import Turned, tell
from jishiyu.offices.queries import require
from jishiyu.programmes.queries import entitlements_now, question
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry import queries as registry

_SHOWN = 6


@never_cache
@require_GET
def questions(request: PostRequest, household_id: UUID) -> HttpResponse:
    """What still has to be told about the household, and what was told, each answer with its older versions."""
    require(request.post, "programmes.see")
    row = opened(household_id, actor=request.post)
    shown = {"household": row, "questions": _questions(request, row.id), "back": request.path}
    return render(request, "desk/tell/page.html", shown)


@require_POST
def answer(request: PostRequest, household_id: UUID, key: str) -> HttpResponse:
    """Keep an answer, compute again, and go back to the page that it came from, which shows what changed."""
    require(request.post, "registry.tell")
    row = registry.household(household_id, request.post)
    asked = question(key, request.today)
    corrects = any(one.key == key for one in registry.answers(row.id))
    form = AnswerForm(request.POST, asked=asked, corrects=corrects, today=request.today)
    back = _back(request, row.id)
    if form.is_valid():
        try:
            with transaction.atomic():
                turned = tell(row.id, form.answer(), actor=request.post, moment=request.moment)
        except (NotYours, NotFound):
            raise
        except CannotBecause as refused:
            form.add_error(None, " ".join(say(one) for one in (refused.reason, refused.mend) if one))
        else:
            messages.success(request, _what_turned(turned))
            return redirect(back)
    shown = {"household": row, "questions": _questions(request, row.id, form), "back": back}
    # htmx leaves answers above 399 aside, and this one is meant to be read.
    status = 200 if request.htmx else 422  # type: ignore[attr-defined]
    return render(request, "desk/tell/page.html", shown, status=status)


def _questions(request: PostRequest, household_id: UUID, sent: AnswerForm | None = None) -> Questions | None:
    try:
        answers = entitlements_now(household_id, request.today)
    except CannotBecause:
        answers = []
    return questions_about(household_id, answers, today=request.today, sent=sent)


def _back(request: PostRequest, household_id: UUID) -> str:
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("desk:households_questions", kwargs={"household_id": household_id})


def _what_turned(turned: tuple[Turned, ...]) -> str:
    """What the answer changed, in the reader's language."""
    if not turned:
        return gettext("已记录并重新计算，各项目结果没有变化。")
    said = ngettext("已记录，%(n)d 个项目的结果变了：", "已记录，%(n)d 个项目的结果变了：", len(turned)) % {
        "n": len(turned)
    }
    parts = [f"{say(one.after.name)} {_result(one.before)} → {_result(one.after)}" for one in turned[:_SHOWN]]
    more = " …" if len(turned) > _SHOWN else ""
    return f"{said}{' ' if english() else ''}{('; ' if english() else '；').join(parts)}{more}"


def _result(one: Entitlement) -> str:
    words = say(OUTCOMES[one.outcome][0])
    if one.amount is None:
        return words
    return gettext("%(words)s %(amount)s 元") % {"words": words, "amount": yuan_text(one.amount)}
