"""Recording how a household fares, and reading how it fared before, side by side."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.households import facts
from jishiyu.doors.desk.households.away import members_shown, opened
from jishiyu.doors.desk.households.comparison import compared
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.periods import add_months
from jishiyu.offices.queries import require
from jishiyu.registry import queries
from jishiyu.registry.operations import record_snapshot
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation


@dataclass(frozen=True, slots=True)
class MemberPart:
    """One member on the form: who it is, what is fixed, and the form of their facts."""

    membership: Any
    fixed: MemberSituation
    form: facts.MemberFacts


@never_cache
@require_http_methods(["GET", "POST"])
def record(request: PostRequest, household_id: UUID) -> HttpResponse:
    """A new snapshot, beginning with what the last one said. The earlier ones stay."""
    require(request.post, "registry.register")
    household = opened(household_id, actor=request.post)
    last = _last_situation(household_id)
    sent = request.POST if request.method == "POST" else None
    form = facts.HouseholdFacts(
        sent, today=request.today, initial=facts.initial_household(last, request.today), prefix="home"
    )
    parts = _parts(household_id, last, sent)
    people = [(str(part.membership.person_id), part.membership.person.name) for part in parts]
    bills = facts.BILLS(
        sent,
        prefix="bill",
        initial=facts.initial_bills(last, add_months(request.today, -12)),
        form_kwargs={"people": people},
    )
    if sent is not None and all(
        [form.is_valid(), bills.is_valid(), *(part.form.is_valid() for part in parts)]
    ):
        told = facts.situation_from(
            str(household_id),
            household.sub_district_id,
            form,
            [(part.fixed, part.form) for part in parts],
            bills,
        )
        try:
            with transaction.atomic():
                record_snapshot(
                    told, source=form.cleaned_data["source"], actor=request.post, moment=request.moment
                )
        except CannotBecause as refused:
            form.add_error(None, say(refused.reason))
        else:
            messages.success(request, gettext("已登记经济状况。可以评估了。"))
            return redirect("desk:households_page", household_id=household_id)
    wrong = (
        sum(len(part.form.errors) for part in parts) + bills.total_error_count() if sent is not None else 0
    )
    shown = {
        "household": household,
        "form": form,
        "parts": parts,
        "bills": bills,
        "last": last,
        "wrong": wrong,
        "groups": facts,
    }
    return render(request, "desk/households/snapshot.html", shown, status=422 if sent is not None else 200)


@never_cache
@require_GET
def history(request: PostRequest, household_id: UUID) -> HttpResponse:
    """The snapshots of a household: the newest beside the one before it, or any two that the address names."""
    household = opened(household_id, actor=request.post)
    rows = queries.snapshots(household_id)
    by_number = {str(row.number): row for row in rows}
    newer = by_number.get(request.GET.get("new", ""), rows[0] if rows else None)
    older = by_number.get(request.GET.get("old", ""), rows[1] if len(rows) > 1 else None)
    lines = []
    if newer is not None:
        now = queries.situation(newer.id)
        then = queries.situation(older.id) if older is not None and older != newer else None
        names = {str(row.person_id): row.person.name for row in members_shown(household)}
        lines = compared(now, then, names)
    shown = {"household": household, "snapshots": rows, "newer": newer, "older": older, "lines": lines}
    return render(request, "desk/households/snapshots.html", shown)


def _last_situation(household_id: UUID) -> HouseholdSituation | None:
    newest = queries.latest_snapshot(household_id)
    return queries.situation(newest.id) if newest is not None else None


def _parts(household_id: UUID, last: HouseholdSituation | None, sent: Any) -> list[MemberPart]:
    before = {member.person_id: member for member in last.members} if last else {}
    parts = []
    for place, row in enumerate(queries.members(household_id)):
        person = row.person
        fixed = facts.nothing_known(str(person.id), row.relation, person.born, person.sex)
        known = before.get(str(person.id))
        form = facts.MemberFacts(sent, prefix=f"m{place}", last=known, initial=facts.initial_member(known))
        parts.append(MemberPart(row, fixed, form))
    return parts
