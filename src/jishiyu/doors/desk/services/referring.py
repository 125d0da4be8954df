"""Which agency takes an application in, and referring a household to one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jishiyu.cases.rules.leading import leads_on
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import Sentence
from jishiyu.journeys.refer_to_agency import refer_to_agency, units_to_refer_to
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal


def takes_in(item: str, request: PostRequest) -> bool:
    """Whether the post's office takes applications for an item in: a sub-district for all, an agency for what it leads or shares."""
    return request.post.scope != "agency" or request.post.agency in leads_on(pack(), item, request.today)


def leads_for(item: str, request: PostRequest) -> list[tuple[str, Sentence]]:
    """The agencies to choose the lead from, by code and name; an agency's officer leads with the own one."""
    if request.post.scope == "agency":
        return []
    district = pack().district
    return [(code, district.unit_name(code, request.today)) for code in leads_on(pack(), item, request.today)]


def units_for(household_id: Any, request: PostRequest) -> list[tuple[str, Sentence]]:
    """The units that the post may refer the household to."""
    if refusal(request.post, "registry.refer") is not None:
        return []
    return units_to_refer_to(household_id, moment=request.moment)


@require_POST
def refer(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Open the household's file to a member unit."""
    require(request.post, "registry.refer")
    refer_to_agency(
        household_id,
        request.POST.get("agency", ""),
        why=request.POST.get("why", ""),
        actor=request.post,
        moment=request.moment,
    )
    messages.success(request, gettext("已转介，该单位可以查看这户的档案并受理。"))
    return redirect("desk:households_page", household_id=household_id)
