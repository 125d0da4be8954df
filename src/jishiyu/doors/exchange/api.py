"""The open interface, version 1: health, standards, programmes, items, current notices. Everything here is the public's.

What agencies exchange about households needs their own log-in and is not part of this version.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from jishiyu.doors.exchange import forms
from jishiyu.doors.exchange.forms import words
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.law import queries as law
from jishiyu.law.rules.district import Programme
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.parameters import Dated, DatedText, Parameter
from jishiyu.notices.queries import current_notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC

P = ParamSpec("P")
T = TypeVar("T")

api = NinjaAPI(
    title="及时雨开放接口 · Jishiyu open interface",
    version="1",
    description="政策、标准与公示的公开数据 · Policy, standards and public notices",
    urls_namespace="exchange",
    docs_url=None,  # its page loads scripts from elsewhere; the description itself is at openapi.json
)
_WRONG: dict[Any, Any] = {422: forms.Refusal}
_MISSING: dict[Any, Any] = {404: forms.Refusal, 422: forms.Refusal}


def as_the_public(act: Callable[P, T]) -> Callable[P, T]:
    """Run the answer for the public post, whoever is logged in beside it."""

    @wraps(act)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        request: Any = args[0]
        with acting(PUBLIC, moment=request.moment, source="api"):
            return act(*args, **kwargs)

    return answer


@api.exception_handler(CannotBecause)
def refuse(request: HttpRequest, why: CannotBecause) -> HttpResponse:
    """A refusal as data, in both languages."""
    status = 403 if isinstance(why, NotYours) else 404 if isinstance(why, NotFound) else 409
    return api.create_response(
        request, {"code": why.code, **why.reason.as_data(), "detail": []}, status=status
    )


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, why: ValidationError) -> HttpResponse:
    """What was asked is not in the form that this page describes."""
    said = sentence("请求参数不符合接口说明", "The parameters are not as described").as_data()
    detail = [{"loc": [str(one) for one in error["loc"]], "msg": error["msg"]} for error in why.errors]
    return api.create_response(request, {"code": "exchange.invalid", **said, "detail": detail}, status=422)


@api.get(
    "/health", response={200: forms.Health, **_WRONG}, tags=["system"], summary="Whether the system answers"
)
@as_the_public
def health(request: HttpRequest) -> dict[str, Any]:
    """Answers when web server, database and policy pack are there."""
    return {"status": "ok", "pack": law.pack().version, "at": request.moment}  # type: ignore[attr-defined]


@api.get(
    "/standards",
    response={200: list[forms.Standard], **_WRONG},
    tags=["policy"],
    summary="Standards on a day",
)
@as_the_public
def standards(request: HttpRequest, day: date | None = None) -> list[forms.Standard]:
    """Every standard in force on ``day`` (today when left out). What is not known says why, and has no value."""
    asked = day or request.today  # type: ignore[attr-defined]
    return [_standard(parameter, value) for parameter, value in law.standards_on(asked)]


@api.get(
    "/standards/{parameter_id}",
    response={200: forms.Standard, **_MISSING},
    tags=["policy"],
    summary="One standard",
)
@as_the_public
def standard(
    request: HttpRequest, parameter_id: forms.ParameterId, day: date | None = None
) -> forms.Standard:
    """One standard on a day."""
    asked = day or request.today  # type: ignore[attr-defined]
    for parameter, value in law.standards_on(asked):
        if parameter.id == parameter_id:
            return _standard(parameter, value)
    raise NotFound("law.no_parameter", sentence("没有这个标准", "There is no such standard"))


@api.get(
    "/programmes", response={200: list[forms.Programme], **_WRONG}, tags=["policy"], summary="The programmes"
)
@as_the_public
def programmes(request: HttpRequest) -> list[forms.Programme]:
    """All programmes in the founding document's order, with who leads them today."""
    day: date = request.today  # type: ignore[attr-defined]
    return [_programme(one, day) for one in law.pack().programmes]


@api.get("/items", response={200: list[forms.Item], **_WRONG}, tags=["policy"], summary="Benefit items")
@as_the_public
def items(request: HttpRequest, programme: forms.ProgrammeCode | None = None) -> list[forms.Item]:  # noqa: ARG001
    """All benefit items, or those of one programme (none when there is no such programme)."""
    return [_item(one) for one in law.pack().items if programme in (None, one.programme)]


@api.get(
    "/items/{item_id}", response={200: forms.Item, **_MISSING}, tags=["policy"], summary="One benefit item"
)
@as_the_public
def item(request: HttpRequest, item_id: forms.ItemId) -> forms.Item:  # noqa: ARG001
    """One benefit item."""
    return _item(law.item(item_id))


@api.get(
    "/notices",
    response={200: list[forms.Notice], **_WRONG},
    tags=["notices"],
    summary="Current public notices",
)
@as_the_public
def notices(request: HttpRequest, sub_district: forms.AreaCode | None = None) -> list[forms.Notice]:
    """The notices that are up today, of all sub-districts or one. Names were masked when they were published."""
    today: date = request.today  # type: ignore[attr-defined]
    return [
        forms.Notice(
            id=str(row.id),
            sub_district=row.sub_district_id,
            sub_district_name=forms.Words(zh=row.sub_district.name_zh, en=row.sub_district.name_en),
            published_on=row.published_on,
            ends_on=row.ends_on,
            content=row.content,
        )
        for row in current_notices(today, sub_district or "")
    ]


def _standard(parameter: Parameter, value: Dated | DatedText | UnknownValue) -> forms.Standard:
    told: dict[str, Any] = dict.fromkeys(
        ("value", "text", "first", "last", "citation", "confidence", "reason")
    )
    if isinstance(value, UnknownValue):
        told["reason"] = words(value.reason)
    else:
        told |= {"first": value.first, "last": value.last, "confidence": value.confidence}
        told["citation"] = forms.CitationOut(title=value.citation.title, doc_no=value.citation.doc_no)
        if isinstance(value, Dated):
            told["value"] = value.value
        else:
            told["text"] = words(value.text)
    return forms.Standard(
        id=parameter.id,
        name=words(parameter.name),
        unit=parameter.unit,
        per=parameter.per,
        known=not isinstance(value, UnknownValue),
        illustrative=not isinstance(value, UnknownValue) and value.illustrative,
        **told,
    )


def _programme(one: Programme, day: date) -> forms.Programme:
    charge = one.charge_on(day) or one.charge[-1]
    return forms.Programme(
        code=one.code,
        clause=one.clause,
        name=words(one.name),
        content=words(one.content),
        lead=charge.lead,
        lead_name=words(law.pack().district.unit_name(charge.lead, day)),
        responsible=list(charge.responsible),
    )


def _item(one: BenefitItem) -> forms.Item:
    return forms.Item(
        id=one.id,
        programme=one.programme,
        name=words(one.name),
        forms=list(one.forms),
        frequency=one.frequency,
        standard=words(one.standard),
        conditions=[words(condition.name) for condition in one.conditions],
        parameters=list(one.parameters),
        confidence=one.confidence,
        illustrative=one.illustrative,
    )
