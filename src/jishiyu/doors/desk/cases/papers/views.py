"""The papers of a case as files. Taking one is a look at the case, and the journal says which paper it was."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases import operations, queries
from jishiyu.doors.desk.cases.papers.applying import application, authorisation
from jishiyu.doors.desk.cases.papers.decision import decision
from jishiyu.doors.desk.cases.papers.records import review_table, visit_record
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.doors.threshold.papers import Sheet, write_pdf, write_word
from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.queries import require
from jishiyu.offices.rules import Post

Make = Callable[[Any, Post], Sheet]
PAPERS: dict[str, tuple[Sentence, Make]] = {
    "application": (sentence("申请表", "Application"), application),
    "authorisation": (sentence("核对授权书", "Authorisation for the economic check"), authorisation),
    "visit": (sentence("入户调查记录", "Record of the home visit"), visit_record),
    "review": (sentence("审核审批表", "Table of review and decision"), review_table),
    "decision": (sentence("决定书", "Decision letter"), decision),
}
_WRITERS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def there_are(row: Any) -> list[tuple[str, Sentence]]:
    """The papers that can be made of a case as it stands."""
    without = set()
    if not queries.visits_of(row.id):
        without.add("visit")
    if row.state == "open":
        without.add("decision")
    return [(kind, name) for kind, (name, _) in PAPERS.items() if kind not in without]


@require_GET
@never_cache
def paper(request: PostRequest, case_id: UUID, kind: str, form: str) -> HttpResponse:
    """One paper of a case, as PDF or as Word."""
    require(request.post, "cases.see")
    row = operations.look(case_id, actor=request.post)
    if kind not in PAPERS or form not in _WRITERS:
        raise NotFound("no_such_paper", sentence("没有这种文书", "There is no such paper"))
    write, content_type = _WRITERS[form]
    content = write(PAPERS[kind][1](row, request.post))
    detail = {"paper": kind, "form": form}
    record(act="cases.paper", about=("case", row.id), household=row.household_id, detail=detail)
    response = HttpResponse(content, content_type=content_type)
    place = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{row.number}-{kind}.{form}"'
    return response
