"""The decision letter on screen, on one sheet of A4: the words of its PDF and Word file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases import operations
from jishiyu.doors.desk.cases.papers.decision import decision
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.offices.queries import require


@never_cache
@require_GET
def letter(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The letter of a decided case, for printing."""
    require(request.post, "cases.see")
    row = operations.look(case_id, actor=request.post)
    return render(request, "desk/cases/letter.html", {"case": row, "paper": decision(row).as_data()})
