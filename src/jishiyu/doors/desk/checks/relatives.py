"""The register of near relatives (近亲属备案): put on record from the page of a case, lifted by the district."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import RelativeTold
from jishiyu.cases.rules.second_eyes import RELATION_NAMES, SOURCE_NAMES
from jishiyu.doors.desk.checks.forms import RelativeForm
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.operations import record as journal
from jishiyu.offices.queries import officers_named, require


@never_cache
@require_GET
def register(request: PostRequest) -> HttpResponse:
    """All records within reach. Opening the register is kept in the journal."""
    require(request.post, "cases.see_relatives")
    found = listing(queries.relatives(request.post), request)
    journal(act="cases.see_relatives", detail={"rows": len(found.page)})
    shown = {"listing": found, "relations": RELATION_NAMES, "sources": SOURCE_NAMES}
    return render(request, "desk/checks/relatives.html", shown)


@require_POST
def add(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Put on record whose near relative the case is."""
    require(request.post, "cases.record_relative")
    queries.case(case_id, request.post)
    form = RelativeForm(request.POST)
    try:
        form.is_valid()  # what is missing is empty below, and refused by the act in its own words
        with transaction.atomic():
            operations.record_relative(
                case_id, _told(request, form), actor=request.post, moment=request.moment
            )
        messages.success(request, gettext("近亲属已备案，本案须入户并经区级核查。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("desk:cases_page", case_id=case_id)


def _told(request: PostRequest, form: RelativeForm) -> RelativeTold:
    whose, post, relation = (form.cleaned_data.get(key, "").strip() for key in ("whose", "post", "relation"))
    found = officers_named(whose, request.today) if whose else []
    if len({one.officer for one in found}) == 1:
        return RelativeTold(found[0].name, post or found[0].post.say("zh"), relation, found[0].officer)
    return RelativeTold(whose, post, relation)


@require_POST
def lift(request: PostRequest, relative_id: UUID) -> HttpResponse:
    """Lift a record that was made by mistake."""
    require(request.post, "cases.lift_relative")
    try:
        with transaction.atomic():
            operations.lift_relative(
                relative_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment
            )
        messages.success(request, gettext("备案已撤销，理由已记入。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("desk:checks_relatives")
