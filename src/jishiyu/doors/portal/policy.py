"""What help there is, in plain words: who leads it, whom it is for, how much today, with what papers, and by which rule."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.portal.plain import Standard, standard
from jishiyu.doors.portal.the_way import way_of
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journeys.apply_on_line import procedure_on_line
from jishiyu.law.queries import pack
from jishiyu.notices.queries import current_notices
from jishiyu.offices.queries import sub_districts

# Figures of scale and of other districts, kept for statistics: no standard of ours.
_FOR_STATISTICS = re.compile(r"(^|\.)stats\.|^comparators\.|^dongcheng\.")


@dataclass(frozen=True, slots=True)
class Topic:
    """The standards of one topic."""

    name: Sentence
    standards: list[Standard]


@require_GET
@as_public
def home(request: PostRequest) -> HttpResponse:
    """What this is, the programmes with who leads them, and where to apply."""
    shown = {
        "programmes": [
            {
                "programme": one,
                "lead": pack().district.unit_name(one.lead, request.today),
                "items": pack().items_of(one.code),
            }
            for one in pack().programmes
        ],
        "district": pack().district.name,
        "notices": len(current_notices(request.today)),
        "sub_districts": sub_districts(),
        "dibao": standard("bj.dibao.urban", request.today),
    }
    return render(request, "portal/home.html", shown)


@require_GET
@as_public
def programme(request: PostRequest, code: str) -> HttpResponse:
    """One programme: each of its items with conditions, today's standards, papers, and where to go."""
    one = pack().programme(code)
    items = [
        {
            "item": item,
            "standards": [standard(id, request.today) for id in item.parameters],
            "lead": pack().district.unit_name(item.lead_on(request.today).agency, request.today),
            "way": way_of(item, request.today),
            "on_line": procedure_on_line(item.id, request.today) is not None,
        }
        for item in pack().items_of(code)
    ]
    shown = {
        "programme": one,
        "items": items,
        "lead": pack().district.unit_name(one.lead, request.today),
        "responsible": [pack().district.unit_name(each, request.today) for each in one.responsible],
    }
    return render(request, "portal/programme.html", shown)


@require_GET
@as_public
def rules(request: PostRequest) -> HttpResponse:
    """Policy publicity: the laws and documents that all rests on, with number, date, whether in force, and whether we read them."""
    known = sorted(pack().instruments.values(), key=lambda one: str(one.issued or ""), reverse=True)
    shown = {"groups": [(name, [one for one in known if one.status == key]) for key, name in _STATUS.items()]}
    return render(request, "portal/rules.html", shown | {"version": pack().version})


_STATUS: dict[str, Sentence] = {
    "in_force": sentence("现行有效", "In force"),
    "check": sentence("是否有效待核实", "To be checked whether in force"),
    "draft_check": sentence("草案或待核实", "Drafts, or to be checked"),
    "superseded": sentence("已被替代（办理以前的案件时仍要用）", "Superseded (still used for earlier cases)"),
}


@require_GET
@as_public
def standards(request: PostRequest) -> HttpResponse:
    """Every standard of today by topic; what is not known says so, what is made up says so."""
    topics: dict[str, Topic] = {}
    for parameter in pack().parameters:
        if not _FOR_STATISTICS.search(parameter.id):
            name = pack().topics[parameter.id]
            here = topics.setdefault(name.zh, Topic(name, []))
            here.standards.append(standard(parameter.id, request.today))
    shown = {
        "topics": list(topics.values()),
        "version": pack().version,
    }
    return render(request, "portal/standards.html", shown)
