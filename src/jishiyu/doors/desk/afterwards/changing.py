"""A change of circumstances is recorded; what the pack says of it is proposed for each running award, and nothing is done yet."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import MEASURE_NAMES
from jishiyu.doors.desk.afterwards.forms import ChangeForm
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.households.away import opened
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.identifiers import masked_name
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.journeys import life_after as journey
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.registry import queries as registry

# What the pack's table leads to, in words.
LEADS_TO = dict(MEASURE_NAMES) | {
    "recheck": sentence("提前复核", "looked at again"),
    "none": sentence("不变", "nothing"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Ask what changed, beside the pack's table of what each change leads to."""
    require(request.post, "cases.note_change")
    household = opened(household_id, actor=request.post)
    table = pack().district.life_after.changes
    rows = registry.members(household.id)
    members = [(str(row.person_id), masked_name(row.person.name)) for row in rows]
    form = ChangeForm(request.POST or None, rules=table, members=members)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                made = journey.note_change(
                    household.id,
                    told["kind"],
                    day=told["day"],
                    reason=told["reason"],
                    paper=told["paper"],
                    person=UUID(told["person"]) if told["person"] else None,
                    actor=request.post,
                    moment=request.moment,
                )
            text = gettext("已记录。对%(n)s项救助提出了处理，待审批岗位确认。") % {"n": len(made)}
            messages.success(request, text)
            if len(made) == 1:
                return redirect("desk:after_settle", measure_id=made[0].id)
            return redirect("desk:households_page", household_id=household.id)
        except (NotYours, NotFound):
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {
        "household": household,
        "form": form,
        "table": [(one, LEADS_TO[one.measure], LEADS_TO.get(one.alone or "")) for one in table],
        "running": life.running_awards(household.id),
        "items": {one.id: one.name for one in pack().items},
    }
    return render(request, "desk/afterwards/change.html", shown, status=422 if form.is_bound else 200)
