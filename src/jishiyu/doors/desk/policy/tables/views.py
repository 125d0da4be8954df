"""Pages of the decision tables: all of them, one with its editions, a new version being written, and its approval."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.policy.tables import shown
from jishiyu.doors.desk.policy.tables.editing import (
    Draft,
    boxes_of,
    case_of,
    draft_of,
    move,
    offers,
    read_draft,
)
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys import revise_table
from jishiyu.law.queries import pack, revision, revisions
from jishiyu.law.rules.decision_tables import DecisionTable, Edition
from jishiyu.law.rules.table_text import edition_in
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal
from jishiyu.programmes.rules.table_faults import known_to
from jishiyu.programmes.rules.tables import decided


@require_GET
def tables(request: PostRequest) -> HttpResponse:
    """All decision tables, with the items that use them and the revisions that wait for approval."""
    require(request.post, "law.see")
    held, waiting = pack(), [row for row in revisions() if row.status == "draft"]
    page = {
        "tables": [
            {
                "table": one,
                "edition": one.edition_on(request.today),
                "items": shown.items_of(held, one),
                "waiting": sum(row.table == one.key for row in waiting),
            }
            for one in held.tables
        ]
    }
    return render(request, "desk/policy/tables/list.html", page)


@require_GET
def table(request: PostRequest, key: str) -> HttpResponse:
    """One table: every edition with its rows in words, its days and what it rests on; the revisions of it."""
    require(request.post, "law.see")
    held = pack()
    own = held.table(key)
    page = {
        "table": own,
        "items": shown.items_of(held, own),
        "editions": shown.editions_shown(held, own, request.today),
        "revisions": [_revision(one, own, request.today) for one in revisions(key)],
        "may": refusal(request.post, revise_table.PROPOSE) is None,
    }
    return render(request, "desk/policy/tables/table.html", page)


@require_http_methods(["GET", "POST"])
def revise(request: PostRequest, key: str) -> HttpResponse:
    """Write a new version: move rows, look at it, try it, propose it. Every button gives the form back with what it found."""
    require(request.post, revise_table.PROPOSE)
    own = pack().table(key)
    if request.method == "GET":
        draft = draft_of(own, own.edition_on(request.today) or own.editions[-1])
        return _form(request, own, _looked(own, draft, request.today), {})
    draft, act = read_draft(own, request.POST), request.POST.get("act", "check")
    move(draft, own, act)
    found: dict[str, Any] = {}
    edition = _read(own, draft, request.today)
    if act == "propose" and _proposed(request, own, draft):
        messages.success(request, gettext("新版本已提出，须由另一人批准后生效。"))
        return redirect("desk:policy_table", key=key)
    if act in ("try", "case") and edition is not None:
        found = _trial(request, own, edition, draft) if act == "try" else _case(request, own, edition)
    return _form(request, own, draft, found, status=422 if act == "propose" else 200)


@require_POST
def check(request: PostRequest, key: str) -> HttpResponse:
    """What is wrong with the rows as they stand on the form, beside each of them."""
    require(request.post, revise_table.PROPOSE)
    own = pack().table(key)
    draft = _looked(own, read_draft(own, request.POST), request.today)
    return render(request, "desk/policy/tables/checks.html", {"draft": draft, "live": True})


@require_POST
def approve(request: PostRequest, revision_id: UUID) -> HttpResponse:
    """Approve a version that another proposed."""
    row = revision(revision_id)
    revise_table.approve(revision_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已批准，自 %(day)s 起使用。") % {"day": row.first_day})
    return redirect("desk:policy_table", key=row.table)


@require_POST
def withdraw(request: PostRequest, revision_id: UUID) -> HttpResponse:
    """Take a version back, or turn it down."""
    row = revision(revision_id)
    revise_table.withdraw(revision_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已撤回。"))
    return redirect("desk:policy_table", key=row.table)


@require_GET
def export(request: PostRequest, revision_id: UUID) -> HttpResponse:
    """A revision as a page of the pack, for ``tables/revisions/``."""
    require(request.post, "law.see")
    row = revision(revision_id)
    name = row.file.rpartition("/")[2]
    answer = HttpResponse(row.content, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _revision(row: Any, own: DecisionTable, today: date) -> dict[str, Any]:
    edition = edition_in(row.content)
    return {"row": row, "shown": shown.edition_shown(own, edition, known_to(pack(), today), today)}


def _read(own: DecisionTable, draft: Draft, today: date) -> Edition | None:
    """The edition on the form, with its faults put beside the rows; None when it cannot be read."""
    data = draft.data()
    if draft.first_day is None:
        data["from"] = today  # no day yet: looked at as if it began today
    edition, faults = revise_table.look_at(own.key, data, day=today)
    known = known_to(pack(), today)
    for place, line in enumerate(draft.lines):
        line.faults = [one for one in faults if one.row == place]
        line.said = shown.row_said(own, edition, place, known, today) if edition is not None else None
    draft.faults = [one for one in faults if one.row is None]
    return edition


def _looked(own: DecisionTable, draft: Draft, today: date) -> Draft:
    _read(own, draft, today)
    return draft


def _proposed(request: PostRequest, own: DecisionTable, draft: Draft) -> bool:
    try:
        with transaction.atomic():
            revise_table.propose(
                own.key, draft.data(), document=draft.document, reason=draft.reason, actor=request.post, moment=request.moment
            )  # fmt: skip
    except NotYours:
        raise
    except CannotBecause as why:
        messages.error(request, " ".join(say(one) for one in (why.reason, why.mend) if one))
        return False
    return True


def _trial(request: PostRequest, own: DecisionTable, edition: Edition, draft: Draft) -> dict[str, Any]:
    day = _day(request.POST.get("trial_day", "")) or draft.first_day or request.today
    try:
        found = revise_table.try_over_district(
            own.key, edition, day=day, actor=request.post, moment=request.moment
        )
    except CannotBecause as why:
        return {"trial_refused": why.reason}
    items = [(pack().item(id), *numbers) for id, numbers in found.items.items()]
    return {"trial": found, "trial_items": items}


def _case(request: PostRequest, own: DecisionTable, edition: Edition) -> dict[str, Any]:
    day = _day(request.POST.get("trial_day", "")) or request.today
    known, case = known_to(pack(), day), case_of(own, request.POST)
    before = own.edition_on(day)

    def number(id: str) -> int | None:
        return known.number(id, day) if id in known.parameters else None

    return {
        "case_before": decided(own, before, case, number) if before else [],
        "case_after": decided(own, edition, case, number),
    }


def _form(
    request: PostRequest, own: DecisionTable, draft: Draft, found: dict[str, Any], status: int = 200
) -> HttpResponse:
    page = {
        "table": own,
        "draft": draft,
        "offers": offers(pack(), own),
        "trial_day": request.POST.get("trial_day", ""),
        "cases": [(box, request.POST.get(f"case-{box.input.key}", "")) for box in boxes_of(own)],
        **found,
    }
    return render(request, "desk/policy/tables/revise.html", page, status=status)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
