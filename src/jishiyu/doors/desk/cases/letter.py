"""The decision letter: the facts, the reasons, and how to appeal, on one sheet of A4."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.cases import operations, queries
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.queries import pack
from jishiyu.notices.queries import remedies
from jishiyu.offices.queries import require


@require_GET
def letter(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The letter of a decided case, for printing. Its reasons are those of the decision, one by one."""
    require(request.post, "cases.see")
    row = operations.look(case_id, actor=request.post)
    decided = [one for one in queries.steps_of(row.id) if one.step == "decide" or one.next == "end"]
    if row.state == "open" or not decided:
        raise CannotBecause(
            "cases.not_decided", sentence("本案尚未作出决定，没有决定书", "The case is not decided yet")
        )
    step = decided[-1]
    basis = queries.basis_of(row)
    shown = {
        "case": row,
        "item": pack().item(row.item),
        "step": step,
        "decided_on": day_of(step.at),
        "award": next(iter(queries.awards_of_case(row.id)), None),
        "basis": basis,
        "unmet": [one for one in basis.conditions if one.met is False],
        "remedies": remedies(day_of(step.at)),
        "government": pack().district.government,
    }
    return render(request, "desk/cases/letter.html", shown)
