"""Policy pages: programmes, items, standards on a chosen day, one standard's history, what the pack does not know."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.policy.walked import walked
from jishiyu.doors.desk.policy.words import FORMS, amount, written
from jishiyu.doors.threshold.measures import unit_word
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.law import queries
from jishiyu.law.queries import pack
from jishiyu.law.rules.check import KINDS, check_pack
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.parameters import Citation, Citer, Dated, DatedText, Parameter, whole
from jishiyu.law.rules.parts import CONFIDENCE_NAMES
from jishiyu.offices.queries import require

# Grouped by what the law gives it a number for; kept apart because they are no standards.
_STATISTICS = ".stats."


@dataclass(frozen=True, slots=True)
class Shown:
    """One standard on a day, ready to be read."""

    id: str
    name: Sentence
    text: str
    known: bool
    first: date | None
    last: date | None
    citation: Citation | None
    confidence: str
    note: Sentence | None


def asked_day(request: PostRequest) -> date:
    """The day in the address (``?day=2026-07-01``), else today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return request.today


def shown(parameter: Parameter, value: Dated | DatedText | UnknownValue) -> Shown:
    """A standard's value that day, or that it is not known and why."""
    if isinstance(value, UnknownValue):
        return Shown(
            parameter.id, parameter.name, say(value.reason), False, None, None, None, "", parameter.note
        )
    text = say(value.text) if isinstance(value, DatedText) else written(value)
    return Shown(
        parameter.id,
        parameter.name,
        text,
        True,
        value.first,
        value.last,
        value.citation,
        value.confidence,
        value.note,
    )


@require_GET
def home(request: PostRequest) -> HttpResponse:
    """The programmes with who leads them and how many items each has; how sure the pack is of its values."""
    require(request.post, "law.see")
    held, day = pack(), request.today
    surety = Counter(value.confidence for one in held.parameters for value in one.values)
    page = {
        "pack": held,
        "programmes": [
            {
                "programme": one,
                "lead": held.district.unit_name(one.lead, day),
                "items": held.items_of(one.code),
                "made_up": sum(item.illustrative for item in held.items_of(one.code)),
            }
            for one in held.programmes
        ],
        "surety": [(key, name, surety[key]) for key, name in CONFIDENCE_NAMES.items()],
        "versions": queries.pack_versions()[:5],
    }
    return render(request, "desk/policy/home.html", page)


@require_GET
def programme(request: PostRequest, code: str) -> HttpResponse:
    """One programme with its items."""
    require(request.post, "law.see")
    held, day = pack(), request.today
    one = held.programme(code)
    charge = one.charge_on(day)
    page = {
        "programme": one,
        "charge": charge,
        "lead": held.district.unit_name(one.lead, day),
        "responsible": [held.district.unit_name(unit, day) for unit in one.responsible],
        "items": [(item, [FORMS[form] for form in item.forms]) for item in held.items_of(code)],
    }
    return render(request, "desk/policy/programme.html", page)


@require_GET
def item(request: PostRequest, item_id: str) -> HttpResponse:
    """One benefit item: conditions, what is given, standards in force on a day, papers, who pays first, procedure."""
    require(request.post, "law.see")
    held, day = pack(), asked_day(request)
    one = held.item(item_id)
    lead = one.lead_on(day)
    try:
        procedure = held.procedure_for(item_id, day)
        why = None
    except UnknownValue as unknown:
        procedure, why = None, unknown.reason
    page = {
        "item": one,
        "day": day,
        "programme": held.programme(one.programme),
        "lead": held.district.unit_name(lead.agency, day),
        "shared": [held.district.unit_name(unit, day) for unit in lead.shared_with],
        "forms": [FORMS[form] for form in one.forms],
        "standards": list(_standards(one.parameters, day)),
        "instruments": [held.instruments[id] for id in one.instruments if id in held.instruments],
        "exclusive": [held.item(id) for id in one.exclusive_with if id in {other.id for other in held.items}],
        "procedure": procedure,
        "steps": walked(procedure) if procedure is not None else [],
        "no_procedure": why,
    }
    return render(request, "desk/policy/item.html", page)


def _standards(ids: tuple[str, ...], day: date) -> Iterator[Shown]:
    held = pack()
    for parameter in held.parameters:
        if parameter.id in ids:
            yield shown(parameter, _on(parameter, day))


def _on(parameter: Parameter, day: date) -> Dated | DatedText | UnknownValue:
    try:
        return pack().dated(parameter.id, day)
    except UnknownValue as unknown:
        return unknown


@require_GET
def standards(request: PostRequest) -> HttpResponse:
    """All standards in force on a chosen day, by topic; what is not known says why."""
    require(request.post, "law.see")
    day, only = asked_day(request), request.GET.get("only", "")
    topics: dict[str, tuple[Sentence, list[Shown]]] = {}
    for parameter, value in queries.standards_on(day):
        if _STATISTICS in parameter.id:
            continue
        line = shown(parameter, value)
        if _wanted(line, only):
            topic = pack().topics[parameter.id]
            topics.setdefault(topic.zh, (topic, []))[1].append(line)
    page = {"day": day, "only": only, "topics": list(topics.values())}
    return render(request, "desk/policy/standards.html", page)


def _wanted(line: Shown, only: str) -> bool:
    if only == "unsure":
        return line.known and line.confidence != "verified"
    return not line.known if only == "unknown" else True


@require_GET
def standard(request: PostRequest, parameter_id: str) -> HttpResponse:
    """One standard through time: every value with its days, citation and confidence, as a step chart."""
    require(request.post, "law.see")
    held = pack()
    parameter = next((one for one in held.parameters if one.id == parameter_id), None)
    if parameter is None:
        raise NotFound(
            "law.no_parameter",
            sentence("政策包中没有参数“{id}”", "The pack has no parameter “{id}”", id=parameter_id),
        )
    cite = Citer(dict(held.sources), dict(held.instruments))
    values = [
        {
            "value": value,
            "text": _value_text(parameter, value),
            "citation": cite(value),
            "sources": [held.sources[id] for id in value.src if id in held.sources],
        }
        for value in reversed(parameter.values)
    ]
    page = {
        "parameter": parameter,
        "topic": held.topics[parameter.id],
        "today": shown(parameter, _on(parameter, request.today)),
        "values": values,
        "chart": _history(parameter, request.today),
    }
    return render(request, "desk/policy/standard.html", page)


def _value_text(parameter: Parameter, value: Any) -> str:
    if value.text is not None:
        return say(value.text)
    if value.value is None:
        return ""
    return amount(whole(value.value, parameter.unit), parameter.unit, parameter.per)


def _history(parameter: Parameter, today: date) -> dict[str, Any] | None:
    """A step line over the first days of all values; a gap or an unknown value breaks it."""
    dated = [one for one in parameter.values if one.from_ is not None]
    if parameter.unit == "text" or not any(one.value is not None for one in dated):
        return None
    days = {one.from_ for one in dated if one.from_} | {
        one.to + timedelta(days=1) for one in dated if one.to and one.to < today
    }
    days.add(today)
    points = sorted(day for day in days if day <= today)
    scale = 1 if parameter.unit not in ("yuan", "ratio", "m2") else 100
    data = []
    for day in points:
        value = _on(parameter, day)
        data.append(value.value / scale if isinstance(value, Dated) else None)
    return {
        "title": say(parameter.name),
        "kind": "step",
        "unit": unit_word(parameter.unit, 2),
        "labels": [day.isoformat() for day in points],
        "series": [{"name": gettext("标准"), "data": data}],
    }


@require_GET
def check(request: PostRequest) -> HttpResponse:
    """What the pack does not know, by kind and file: the same as ``jishiyu pack check``."""
    require(request.post, "law.see")
    held, findings = check_pack(Path(settings.PACK_DIR))
    kind = request.GET.get("kind", "")
    counts = Counter(one.kind for one in findings)
    files: dict[str, list[tuple[Sentence, Any]]] = {}
    for one in findings:
        if not kind or one.kind == kind:
            files.setdefault(one.file, []).append((KINDS[one.kind], one))
    page = {
        "pack": held,
        "kind": kind,
        "kinds": [(key, name, counts[key]) for key, name in KINDS.items() if counts[key]],
        "total": len(findings),
        "files": list(files.items()),
    }
    return render(request, "desk/policy/check.html", page)
