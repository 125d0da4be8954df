"""The device's acts: take a household along, send pictures, send the record. Each once, however often it is sent."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import Brought, NewerVisit
from jishiyu.cases.rules.visits import Choice
from jishiyu.doors.desk.cases.forms import VisitForm
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.visits.answering import answer, as_data, number, refused, unreadable
from jishiyu.doors.desk.visits.package import package
from jishiyu.doors.desk.visits.shown import compared
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journal.operations import record
from jishiyu.offices.queries import require


@require_POST
@as_data
def take(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Hand out what the visit needs, for some days."""
    taken = operations.take_along(
        case_id, days=settings.VISIT_DAYS, actor=request.post, moment=request.moment
    )
    return answer(package(taken, request.post, request.today))


@require_POST
@as_data
def attach(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Keep one picture, before its record."""
    require(request.post, "cases.visit")
    queries.case(case_id, request.post)
    file = request.FILES.get("file")
    if file is None:
        raise unreadable()
    kept = operations.receive_picture(
        case_id,
        picture=number(request.POST.get("id")),
        record_id=number(request.POST.get("record")),
        taken=number(request.POST.get("taken")),
        kind=request.POST.get("kind", ""),
        digest=request.POST.get("digest", ""),
        content=file.read(),
        actor=request.post,
        moment=request.moment,
    )
    return answer({"kept": str(kept.pk)})


@require_POST
@as_data
def send(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Keep a record as the next version; or say what is wrong at which field; or show both versions when another came before."""
    require(request.post, "cases.visit")
    row = queries.case(case_id, request.post)
    brought = _read(request.body)
    form = VisitForm(dict(brought.content), step=queries.procedure_of(row).step("visit"))
    if not form.is_valid():
        return answer(
            {"errors": {name: [str(one) for one in found] for name, found in form.errors.items()}}, 422
        )
    try:
        with transaction.atomic():
            kept = operations.receive_visit(case_id, brought, actor=request.post, moment=request.moment)
    except NewerVisit as newer:
        return _both(row, brought, newer)
    page = reverse("desk:cases_page", kwargs={"case_id": case_id})
    return answer({"version": kept.version, "page": page})


def _both(row: Any, brought: Brought, newer: NewerVisit) -> HttpResponse:
    theirs = newer.theirs
    record(act="cases.compare_visits", about=("case", row.number), household=row.household_id)
    differing = [
        {**one, "label": say(one["label"]), "mine": say(one["mine"]), "theirs": say(one["theirs"])}
        for one in compared(dict(brought.content), theirs.content)
    ]
    found = {
        "version": theirs.version,
        "who": theirs.officer_name,
        "when": theirs.received_at.strftime("%Y-%m-%d"),
        "fields": differing,
    }
    return answer({**refused(newer), "conflict": found}, 409)


def _read(body: bytes) -> Brought:
    try:
        told = json.loads(body)
        content, choice, position = told["content"], told.get("choice"), told.get("position")
        return Brought(
            id=number(told["id"]),
            taken=number(told["taken"]),
            base=int(told["base"]),
            content={str(name): _value(value) for name, value in content.items()},
            position=_position(position) if position else None,
            pictures=tuple(str(one) for one in told["pictures"]),
            choice=Choice(int(choice["against"]), _way(choice["how"]), dict(choice["fields"])) if choice else None,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        raise unreadable() from None


def _value(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _way(text: str) -> Any:
    if text not in ("merged", "beside"):
        raise ValueError(text)
    return text


def _position(told: dict[str, Any]) -> dict[str, Any]:
    """Millionths of a degree and metres, whole numbers."""
    north, east, metres = (int(told[name]) for name in ("north", "east", "metres"))
    if abs(north) > 90_000_000 or abs(east) > 180_000_000 or metres < 0:
        raise ValueError("no place on earth")
    return {"north": north, "east": east, "metres": metres, "at": str(told.get("at", ""))[:30]}
