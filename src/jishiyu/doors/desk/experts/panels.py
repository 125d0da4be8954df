"""The office's pages of panels: all of them, a new one, one with its results, reminding, closing, making a version of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.assessment import operations, queries
from jishiyu.doors.desk.experts import shown
from jishiyu.doors.desk.fields import DayField, say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.doors.threshold.templatetags.jishiyu import as_written, bracketed
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.queries import pack
from jishiyu.offices.queries import posts_of_role, require

MANAGE = "assessment.approve_indicators"


class ProposeForm(forms.Form):
    """A version of the weights to come."""

    label = forms.CharField(label=gettext_lazy("版本名称"), max_length=60)
    first_day = DayField(label=gettext_lazy("生效日"))
    way = forms.ChoiceField(
        label=gettext_lazy("群体权重的取法"),
        choices=[
            ("judgements", gettext_lazy("判断的几何平均")),
            ("priorities", gettext_lazy("各专家权重的几何平均")),
        ],
        initial="judgements",
        required=False,
    )
    minutes = forms.CharField(label=gettext_lazy("依据（会议纪要或文号）"), max_length=200, required=False)


class PanelForm(forms.Form):
    """A question to experts."""

    title = forms.CharField(label=gettext_lazy("专家组名称"), max_length=80)
    question = forms.CharField(
        label=gettext_lazy("请专家回答的问题"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens_on = DayField(label=gettext_lazy("开始日"))
    closes_on = DayField(label=gettext_lazy("截止日"))

    def __init__(self, data: Any, *, experts: list[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.experts = experts
        for one in experts:
            self.fields[f"share_{one.code}"] = forms.ChoiceField(
                label=format_html("{}{}", as_written(one.officer_name), bracketed(say(one.title))),
                choices=[("0", gettext("不参加")), *((str(n), str(n)) for n in range(1, 10))],
                initial="1",
                required=False,
            )

    @property
    def expert_fields(self) -> list[forms.BoundField]:
        """One field for each expert: not on the panel, or how much the expert counts."""
        return [self[name] for name in self.fields if name.startswith("share_")]

    def shares(self) -> dict[str, int]:
        """The experts chosen, with how much each counts."""
        told = {one.code: int(self.cleaned_data.get(f"share_{one.code}") or 0) for one in self.experts}
        return {code: share for code, share in told.items() if share}


@require_GET
def panels(request: PostRequest) -> HttpResponse:
    """All panels with how far their experts are."""
    require(request.post, MANAGE)
    found = queries.all_panels()
    progress = queries.progress_of_panels([one.pk for one in found])
    rows = [_row(one, progress[one.pk], request) for one in found]
    return render(request, "desk/experts/panels.html", {"rows": rows, "tab": "panels"})


def _row(panel: Any, found: Sequence[queries.Progress], request: PostRequest) -> dict[str, Any]:
    return {
        "row": panel,
        "state": panel.state_on(request.today),
        "done": sum(one.complete for one in found),
        "whole": len(found),
    }


@require_http_methods(["GET", "POST"])
def new_panel(request: PostRequest) -> HttpResponse:
    """Put a question to experts."""
    require(request.post, MANAGE)
    experts = {one.code: one for one in posts_of_role("expert", request.today)}
    form = PanelForm(
        request.POST if request.method == "POST" else None,
        experts=list(experts.values()),
        initial={"opens_on": request.today},
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                made = operations.open_panel(
                    told["title"], told["question"], experts=form.shares(), opens_on=told["opens_on"],
                    closes_on=told["closes_on"], actor=request.post, moment=request.moment,
                )  # fmt: skip
        except IntegrityError:
            form.add_error("title", gettext("已有同名专家组"))
        except CannotBecause as why:
            form.add_error(None, say(why.reason))
        else:
            messages.success(request, gettext("专家组已建立，到开始日专家即可判断。"))
            return redirect("desk:experts_panel", panel_id=made.pk)
    page = {"form": form, "tab": "panels"}
    return render(request, "desk/experts/panel_new.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def panel(request: PostRequest, panel_id: UUID) -> HttpResponse:
    """One panel: who answered, what it amounts to. POST makes a version of the weights of it."""
    require(request.post, MANAGE)
    row = queries.panel_row(panel_id)
    form = propose_form(request)
    if form.is_valid() and proposed(request, form, panel_id):
        return redirect("desk:experts_weights")
    page = {
        "row": row,
        "state": row.state_on(request.today),
        "days_left": (row.closes_on - request.today).days,
        "other": row.content != pack().indicators.version,
        "form": form,
        "tab": "panels",
        **results(request, panel_id),
    }
    return render(request, "desk/experts/panel.html", page, status=422 if form.errors else 200)


@require_POST
def remind(request: PostRequest, panel_id: UUID) -> HttpResponse:
    """Remind those who have pairs left."""
    count = operations.remind(panel_id, actor=request.post, moment=request.moment)
    said = ngettext("已提醒 %(n)s 位专家。", "已提醒 %(n)s 位专家。", count) % {"n": count}
    messages.success(request, said)
    return redirect("desk:experts_panel", panel_id=panel_id)


@require_POST
def close(request: PostRequest, panel_id: UUID) -> HttpResponse:
    """Close a panel before its last day."""
    operations.close_panel(panel_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("专家组已结束，可以形成版本。"))
    return redirect("desk:experts_panel", panel_id=panel_id)


def results(request: PostRequest, panel_id: UUID | None) -> dict[str, Any]:
    """What a panel (or the standing one) amounts to, for its page."""
    model = queries.model_in_force(request.today).model
    found = [shown.branch_shown(one, model) for one in queries.branches_of_panel(panel_id)]
    progress = queries.progress(panel_id)
    return {
        "branches": found,
        "judged": [one for one in found if one.experts],
        "progress": progress,
        "late": [one for one in progress if not one.complete],
        "limit": shown.limit(),
    }


def propose_form(request: PostRequest) -> ProposeForm:
    """The form for a version, bound when it was sent."""
    data = request.POST if request.method == "POST" else None
    return ProposeForm(data, initial={"first_day": request.today})


def proposed(request: PostRequest, form: ProposeForm, panel_id: UUID | None) -> bool:
    """Make the version; what speaks against it stands on the form."""
    told = form.cleaned_data
    try:
        with transaction.atomic():
            operations.propose_weights(
                told["label"], first_day=told["first_day"], actor=request.post, moment=request.moment,
                panel_id=panel_id, way=told["way"] or "judgements", minutes=told["minutes"],
            )  # fmt: skip
    except IntegrityError:
        form.add_error("label", gettext("已有同名版本"))
        return False
    except NotYours:
        raise
    except CannotBecause as why:
        form.add_error(None, " ".join(say(one) for one in (why.reason, why.mend) if one))
        return False
    messages.success(request, gettext("已形成新版本，须由另一人批准后生效。"))
    return True
