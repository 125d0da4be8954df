"""The list of imports, the template, and handing a workbook in."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.doors.desk.imports.shown import state_of
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.queries import batches
from jishiyu.evidence.rules.workbook import LARGEST
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.take_in_workbook import ask_for_taking_in, receive_workbook, template_workbook
from jishiyu.offices.queries import require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def imports(request: PostRequest) -> HttpResponse:
    """What was handed in, newest first; and the place to hand in. A refused file stays on this page with its reason."""
    require(request.post, "evidence.import" if request.method == "POST" else "evidence.see")
    refused: CannotBecause | None = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                return _hand_in(request)
        except CannotBecause as why:
            refused = why
    cut = listing(batches(request.post), request, size=20)
    rows = [{"batch": row, "state": state_of(row)} for row in cut.page]
    shown: dict[str, Any] = {
        "listing": cut,
        "rows": rows,
        "refused": refused,
        "largest": LARGEST // 1024 // 1024,
    }
    return render(request, "desk/imports/list.html", shown, status=422 if refused else 200)


def _hand_in(request: PostRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise CannotBecause(
            "no_file",
            sentence("没有选择文件", "No file was chosen"),
            sentence("请选择要导入的工作簿", "Choose the workbook to import"),
        )
    if (file.size or 0) > LARGEST:  # not even read
        raise CannotBecause(
            "file_too_large",
            sentence("文件超过 {n} MB", "The file is larger than {n} MB", n=LARGEST // 1024 // 1024),
            sentence("请按社区拆成几个文件", "Split it into several files, by community"),
        )
    made, before = receive_workbook(
        content=file.read(),
        file_name=file.name or "",
        sub_district=request.post.area,
        actor=request.post,
        moment=request.moment,
    )
    if before:
        messages.info(request, gettext("这个文件已经上传过，没有重复导入。下面是第一次导入的结果。"))
    else:
        ask_for_taking_in(made, actor=request.post)
    return redirect("desk:imports_page", batch_id=made)


@require_GET
def template(request: PostRequest) -> HttpResponse:
    """The empty template."""
    content = template_workbook(actor=request.post)
    return as_workbook(content, "jishiyu-template.xlsx")


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a name."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
