"""The decision letter: the facts, the reasons, and how to appeal, on one sheet of A4."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.cases import operations
from jishiyu.doors.desk.cases.papers.decision import decided
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack
from jishiyu.notices.queries import remedies
from jishiyu.offices.queries import require


@require_GET
def letter(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The letter of a decided case, for printing. Its reasons are those of the decision, one by one."""
    require(request.post, "cases.see")
    row = operations.look(case_id, actor=request.post)
    told = decided(row)
    shown = {
        "case": row,
        "title": told.title,
        "item": pack().item(row.item),
        "step": told.step,
        "decided_on": told.on,
        "award": told.award,
        "basis": told.basis,
        "unmet": [one for one in told.basis.conditions if one.met is False],
        "remedies": remedies(told.on),
        "government": pack().district.government,
    }
    return render(request, "desk/cases/letter.html", shown)
