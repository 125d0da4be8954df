"""The self-check: tell what you like, see what you could ask for and why. It needs no log-in, and nothing of it is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.portal.selfcheck.answers import Answer, answers_of, situation
from jishiyu.doors.portal.selfcheck.forms import MOST_PEOPLE, HomeForm, MoreForm, PersonForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack
from jishiyu.law.rules.expressions import Question
from jishiyu.notices.rules.masking import FREQUENCY_NAMES
from jishiyu.programmes.queries import entitlements, questions_of
from jishiyu.programmes.rules.entitlement import Entitlement


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
@as_public
def check(request: PostRequest) -> HttpResponse:
    """Ask, and answer on the same page above the questions. Another person is added and taken away without a script."""
    data, people = _people(request)
    home, persons = HomeForm(data), [PersonForm(data, prefix=f"p{place}") for place in range(people)]
    shown: dict[str, Any] = {"home": home, "persons": persons, "can_add": people < MOST_PEOPLE}
    if data is None or "check" not in data:
        return render(request, "portal/selfcheck.html", shown | _unbound(home, persons, data))
    sound = [one.is_valid() for one in (home, *persons)]  # each is asked, so that each shows its faults
    if not all(sound):
        return render(request, "portal/selfcheck.html", shown | {"refused": True}, status=422)
    told = [one.cleaned_data for one in persons]
    household = situation(home.cleaned_data, told, request.today)
    asked = _questions(entitlements(household, request.today))
    more = MoreForm(data, asked.values())
    found = entitlements(household, request.today, told=more.told() if more.is_valid() else None)
    answers = answers_of(found, told, asked)
    return render(request, "portal/selfcheck.html", shown | {"more": more} | _grouped(answers))


def _people(request: HttpRequest) -> tuple[QueryDict | None, int]:
    """What was sent, and for how many people; ``add`` and ``drop`` change their number."""
    if request.method != "POST":
        return None, 1
    data = request.POST.copy()
    written = data.get("people", "1")
    people = min(max(int(written) if written.isdecimal() and len(written) < 3 else 1, 1), MOST_PEOPLE)
    if "add" in data and people < MOST_PEOPLE:
        people += 1
    dropped = data.get("drop", "")
    if dropped.isdecimal() and len(dropped) < 3 and 0 < int(dropped) < people:
        _drop(data, int(dropped), people)
        people -= 1
    return data, people


def _drop(data: QueryDict, place: int, people: int) -> None:
    """Take a person out: those behind move up."""
    for name in PersonForm.base_fields:
        for behind in range(place, people):
            data[f"p{behind}-{name}"] = data.get(f"p{behind + 1}-{name}", "")


def _unbound(home: HomeForm, persons: list[PersonForm], data: QueryDict | None) -> dict[str, Any]:
    """The forms with what was typed so far, without complaints: nothing has been asked for yet."""
    if data is None:
        return {}
    typed_home = {name: data.get(name, "") for name in home.fields}
    typed = [{name: data.get(one.add_prefix(name), "") for name in one.fields} for one in persons]
    return {
        "home": HomeForm(initial=typed_home),
        "persons": [PersonForm(prefix=f"p{place}", initial=words) for place, words in enumerate(typed)],
    }


def _questions(found: list[Entitlement]) -> dict[str, Question]:
    """What the items that cannot be told yet ask beyond the form, by key."""
    return {question.key: question for one in found for question in questions_of(one)}


def _grouped(answers: list[Answer]) -> dict[str, Any]:
    """The answers by likelihood; what is not likely by programme, since it is long."""
    names = {one.code: one.name for one in pack().programmes}
    denied: dict[str, list[Answer]] = {}
    for one in answers:
        if one.likelihood == "not":
            denied.setdefault(one.entitlement.programme, []).append(one)
    return {
        "answered": True,
        "likely": sorted((one for one in answers if one.likelihood == "likely"), key=_by_amount),
        "unclear": [one for one in answers if one.likelihood == "unclear" and not one.special],
        "special": [one for one in answers if one.likelihood == "unclear" and one.special],
        "denied": [(names[code], found) for code, found in denied.items()],
        "frequencies": FREQUENCY_NAMES,
    }


def _by_amount(one: Answer) -> int:
    return -(one.entitlement.amount or one.entitlement.at_least or 0)
