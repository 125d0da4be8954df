"""Who has a case: taking it on, letting it go, handing everything over before a leave, and getting it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.cases import operations, queries
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.fields import DayField, say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journal.operations import attempt
from jishiyu.journeys.take_back import take_back
from jishiyu.offices.queries import posts_of_role, require
from jishiyu.offices.rules import Post


@require_POST
def take_on(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Take a case on."""
    require(request.post, "cases.take_on")
    operations.take_on(case_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已由您承办，同事看得到。"))
    return redirect("desk:cases_page", case_id=case_id)


@require_POST
def let_go(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Give a case back to all colleagues."""
    require(request.post, "cases.take_on")
    operations.let_go(case_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已放回，同事可以承办。"))
    return redirect("desk:cases_page", case_id=case_id)


@require_POST
def undo(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Take the last step of a case back."""
    require(request.post, "cases.take_step")
    take_back(case_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment)
    messages.success(request, gettext("已撤销上一步，案件和期限恢复原状。"))
    return redirect("desk:cases_page", case_id=case_id)


class HandOverForm(forms.Form):
    """To whom, why, and until when."""

    to = forms.ChoiceField(label=gettext_lazy("交给"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("例如：年休假、调离本岗位")}),
    )
    until = DayField(
        label=gettext_lazy("回岗日期"),
        required=False,
        help_text=gettext_lazy("暂时离岗时填写，到期会提醒您收回"),
    )

    def __init__(self, data: Any, *, colleagues: list[Post]) -> None:
        super().__init__(data)
        self.colleagues = {post.officer: post for post in colleagues}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", gettext("放回岗位，由同岗同事承办")),
            *((post.officer, f"{post.officer_name}（{say(post.title)}）") for post in colleagues),
        ]

    def receiver(self) -> Post | None:
        """The colleague chosen so far; None means everybody of the role."""
        return self.colleagues.get(self.data.get("to", ""))


@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: PostRequest) -> HttpResponse:
    """Hand over all that one has taken on: shown first, with what cannot go and why; done when confirmed."""
    require(request.post, "cases.take_on")
    colleagues = _colleagues(request)
    form = HandOverForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    lines = queries.handover_preview(request.post, form.receiver())
    status = 200
    if request.method == "POST" and request.POST.get("do") == "yes" and form.is_valid():
        try:
            with attempt():
                made = operations.hand_over(
                    [one.case.id for one in lines], to=form.receiver(), reason=form.cleaned_data["reason"],
                    until=form.cleaned_data["until"], actor=request.post, moment=request.moment,
                )  # fmt: skip
            count = made.given.count()
            words = ngettext("已移交 %(n)d 个案件。", "已移交 %(n)d 个案件。", count)
            messages.success(request, words % {"n": count})
            return redirect("desk:work_handover")
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
            status = 422
    elif request.method == "POST" and request.POST.get("do") == "yes":
        status = 422
    shown = {
        "form": form,
        "lines": lines,
        "going": sum(one.why is None for one in lines),
        "mentions": queries.unread_mentions_of(request.post),
        "received": queries.received(request.post),
        "given": queries.given(request.post),
        "colleagues": colleagues,
        "to": form.receiver(),
    }
    return render(request, "desk/work/handover.html", shown, status=status)


@require_POST
def hand_back(request: PostRequest, handover_id: UUID) -> HttpResponse:
    """Give back, or take back, what was handed over."""
    require(request.post, "cases.take_on")
    count = operations.hand_back(handover_id, actor=request.post, moment=request.moment)
    messages.success(
        request, ngettext("已交还 %(n)d 个案件。", "已交还 %(n)d 个案件。", count) % {"n": count}
    )
    return redirect("desk:work_handover")


def _colleagues(request: PostRequest) -> list[Post]:
    """The others who hold a post of the same kind in the same office today, each once."""
    mine = (request.post.area, request.post.agency)
    found: dict[str, Post] = {}
    for one in posts_of_role(request.post.role, request.today):
        if (one.area, one.agency) == mine and one.officer != request.post.officer:
            found.setdefault(one.officer, one)
    return list(found.values())
