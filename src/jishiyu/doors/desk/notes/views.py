"""Writing a note, marking it as read, withdrawing it. Notes are shown on the page of what they are about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jishiyu.cases import operations
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.words import keep_draft
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.operations import attempt
from jishiyu.offices.queries import require


@require_POST
def on_case(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Write a note on a case."""
    _write(request, UUID(int=0), case_id)
    return redirect(f"{reverse('desk:cases_page', kwargs={'case_id': case_id})}#notes")


@require_POST
def on_household(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Write a note on a household."""
    _write(request, household_id, None)
    return redirect(f"{reverse('desk:households_page', kwargs={'household_id': household_id})}#notes")


def _write(request: PostRequest, household_id: UUID, case_id: UUID | None) -> None:
    require(request.post, "cases.note")
    text = request.POST.get("text", "")
    try:
        with attempt():
            operations.write_note(
                household_id,
                text,
                case_id=case_id,
                day=request.today,
                actor=request.post,
                moment=request.moment,
            )
        messages.success(request, gettext("备忘已保存。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal:
        # The page is shown again with what was typed: nothing is lost, and nothing is in an address.
        messages.error(request, f"{say(refusal.reason)}　{say(refusal.mend) if refusal.mend else ''}".strip())
        keep_draft(request, str(case_id or household_id), text)


@require_POST
def read(request: PostRequest, note_id: UUID) -> HttpResponse:
    """Mark a note that calls on this post as read."""
    require(request.post, "cases.note")
    note = operations.note_read(note_id, actor=request.post, moment=request.moment)
    return redirect(_place(note.household_id, note.case_id))


@require_POST
def withdraw(request: PostRequest, note_id: UUID) -> HttpResponse:
    """Withdraw one's own note."""
    require(request.post, "cases.note")
    note = operations.withdraw_note(
        note_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment
    )
    messages.success(request, gettext("备忘已撤回，原文仍留存。"))
    return redirect(_place(note.household_id, note.case_id))


def _place(household_id: UUID, case_id: UUID | None) -> str:
    if case_id is not None:
        return f"{reverse('desk:cases_page', kwargs={'case_id': case_id})}#notes"
    return f"{reverse('desk:households_page', kwargs={'household_id': household_id})}#notes"
