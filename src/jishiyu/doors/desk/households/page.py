"""The one page that tells a household's story (一户一档), and what can be done from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.assessment.operations import assess_household
from jishiyu.doors.desk.applications.shown import documents_shown
from jishiyu.doors.desk.households.away import opened
from jishiyu.doors.desk.households.story import health_words, story_of
from jishiyu.doors.desk.notes.shown import household_notes
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journeys.aid_had import aid_had_by
from jishiyu.offices.queries import require
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.registry import queries
from jishiyu.registry.operations import unmask as unmask_person


@never_cache
@require_GET
def household(request: PostRequest, household_id: UUID) -> HttpResponse:
    """The household's page. Opening it is a look that the journal keeps."""
    row = opened(household_id, actor=request.post)
    shown = {
        "household": row,
        "documents": documents_shown(row.id, request.post),
        **story_of(row, request.post, request.today),
    }
    shown["desk"] = household_notes(request, row.id)
    return render(request, "desk/households/page.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def unmask(request: PostRequest, household_id: UUID, person_id: UUID) -> HttpResponse:
    """A member's whole number, telephone, address and health, once a reason is given; shown once, kept nowhere."""
    require(request.post, "registry.unmask")
    row = queries.household(household_id, request.post)
    member = next((one for one in queries.members(row.id) if one.person_id == person_id), None)
    shown: dict[str, object] = {"household": row, "member": member}
    status = 200
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        shown["reason"] = reason
        try:
            shown["whole"] = unmask_person(person_id, reason=reason, actor=request.post)
            shown["health"] = _health(row.id, person_id)
        except CannotBecause as refused:
            if refused.code != "no_reason":
                raise
            shown["wrong"], status = refused.reason, 422
    name = "desk/households/unmask_part.html" if request.htmx else "desk/households/unmask.html"  # type: ignore[attr-defined]
    # htmx leaves answers above 399 aside, and this one is meant to be read.
    return render(request, name, shown, status=200 if request.htmx else status)  # type: ignore[attr-defined]


def _health(household_id: UUID, person_id: UUID) -> list[Sentence] | None:
    """The newest snapshot's words on a member's health; None when nothing is on record."""
    newest = queries.latest_snapshot(household_id)
    told = queries.situation(newest.id).members if newest else ()
    member = next((one for one in told if one.person_id == str(person_id)), None)
    return health_words(member) if member else None


@require_POST
def assess(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Work out the hardship score and what the household is entitled to, on its newest snapshot."""
    row = queries.household(household_id, request.post)
    newest = queries.latest_snapshot(row.id)
    if newest is None:
        raise CannotBecause(
            "no_snapshot",
            sentence(
                "还没有登记这户的经济状况，无法评估",
                "No economic facts are on file yet, so there is nothing to assess",
            ),
            sentence("请先登记经济状况", "Record the economic facts first"),
        )
    moment, day = request.moment, request.today
    assess_household(newest.id, actor=request.post, moment=moment, day=day)
    compute_entitlements(newest.id, actor=request.post, moment=moment, day=day, used=aid_had_by(row.id, day))
    messages.success(request, gettext("已评估，结果和理由见下。"))
    return redirect("desk:households_page", household_id=row.id)
