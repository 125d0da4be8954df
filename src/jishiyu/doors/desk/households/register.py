"""Registering a household on screen, with each identity number checked as soon as it is typed."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.doors.desk.applications.prefilled import Prefilled, prefilled
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.households.forms import FIRST_MEMBER, MEMBERS, HouseholdForm, newcomer_from
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.queries import PublicApplication, application
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.periods import age_on
from jishiyu.offices import queries as offices
from jishiyu.offices.queries import require
from jishiyu.registry import queries
from jishiyu.registry.operations import register_household
from jishiyu.registry.rules.vocabulary import SEX


@require_http_methods(["GET", "POST"])
def register(request: PostRequest) -> HttpResponse:
    """Register a household of one's own sub-district; what was typed stays until it is right."""
    require(request.post, "registry.register")
    sent = request.POST if request.method == "POST" else None
    came = _on_line(request)
    known = prefilled(came) if came is not None and sent is None else Prefilled({}, FIRST_MEMBER)
    household = HouseholdForm(sent, initial=known.home)
    members = MEMBERS(sent, prefix="member", initial=None if sent else known.members)
    members.today = request.today  # type: ignore[attr-defined]
    if sent is not None and household.is_valid() & members.is_valid():
        newcomer = newcomer_from(
            household,
            members,  # type: ignore[arg-type]
            area=request.post.area,
            number=queries.next_number(request.post.area, request.today),
            today=request.today,
        )
        try:
            with transaction.atomic():
                made = register_household(newcomer, actor=request.post, moment=request.moment)
        except CannotBecause as refused:
            household.add_error(None, " ".join(say(one) for one in (refused.reason, refused.mend) if one))
        else:
            messages.success(
                request,
                gettext("已登记，户编号 %(number)s。下一步：登记经济状况。") % {"number": newcomer.number},
            )
            if came is not None:
                return redirect("desk:applications_page", application_id=came.id)
            return redirect("desk:households_page", household_id=made)
    shown = {
        "household": household,
        "members": members,
        "came": came,
        "communities": queries.communities(request.post),
        "area": next((one for one in offices.sub_districts() if one.code == request.post.area), None),
    }
    return render(request, "desk/households/register.html", shown, status=422 if sent is not None else 200)


def _on_line(request: PostRequest) -> PublicApplication | None:
    """The application on line that the household is registered from, if the address says so."""
    asked = request.GET.get("application", "")
    try:
        return application(UUID(asked), request.post) if asked else None
    except ValueError:
        return None


@require_POST
def check_id(request: PostRequest) -> HttpResponse:
    """Whether a typed identity number is right, and whether somebody registered it already. POST: it is no address."""
    require(request.post, "registry.register")
    raw = next((str(value) for name, value in request.POST.items() if name.endswith("id_number")), "").strip()
    shown: dict[str, object] = {}
    if raw:
        try:
            number = read_id_number(raw)
            area = queries.where_registered([number.text]).get(number.text)
            known = next((one for one in offices.sub_districts() if one.code == area), None)
            shown |= {
                "number": number,
                "sex": SEX[number.sex],
                "age": age_on(number.born, request.today),
                "known": known,
            }
        except BadIdNumber as bad:
            shown["wrong"] = bad.sentence
    return render(request, "desk/households/id_check.html", shown)
