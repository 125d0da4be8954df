"""What a post has to deliver, by day; and the register of providers of its own office."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.cases.operations import providers as operations
from jishiyu.cases.operations.providers import NewProvider
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.service_kinds import KIND_NAMES
from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.services.forms import ProviderForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@require_GET
@never_cache
def to_deliver(request: PostRequest) -> HttpResponse:
    """Appointments by day, those that are overdue, and what waits to be arranged or asked about."""
    require(request.post, "cases.see")
    agenda = queries.agenda(request.post, request.today)
    items = {item.id: item.name for item in pack().items}
    waiting = [(row, days_left(row.due_on, request.today)) for row in agenda.to_arrange]
    shown = {
        "agenda": agenda,
        "waiting": waiting,
        "items": items,
        "kinds": KIND_NAMES,
        "today": request.today,
    }
    return render(request, "desk/services/list.html", shown)


@require_http_methods(["GET", "POST"])
@never_cache
def providers(request: PostRequest) -> HttpResponse:
    """The register of the officer's own office: who provides what, and whom to call."""
    require(request.post, "cases.keep_providers")
    form = ProviderForm(request.POST or None, initial={"outside": "no"})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.enter_provider(
                    NewProvider(**form.cleaned_data), actor=request.post, moment=request.moment
                )
            messages.success(request, gettext("已登记服务方。"))
            return redirect("desk:services_providers")
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    rows = [
        (row, [KIND_NAMES[key] for key in row.services if key in KIND_NAMES])
        for row in queries.providers(request.post, ended=True)
    ]
    shown = {"rows": rows, "form": form}
    return render(request, "desk/services/providers.html", shown, status=422 if form.is_bound else 200)


@require_POST
def end_provider(request: PostRequest, provider_id: UUID) -> HttpResponse:
    """Take a provider out of the register."""
    operations.end_provider(provider_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("该服务方不再列入可选范围，已有记录保留。"))
    return redirect("desk:services_providers")
