"""Members and homes change on screen: one page with the history and what can be done, and a form for each change."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.households import changing_forms
from jishiyu.doors.desk.households.away import former_shown, members_shown, opened, status_shown
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, Sentence, sentence
from jishiyu.journeys import change_members
from jishiyu.journeys.move_household import move_household
from jishiyu.offices import queries as offices
from jishiyu.offices.queries import require
from jishiyu.registry import operations, queries
from jishiyu.registry.rules.moves import KINDS, Lives
from jishiyu.registry.rules.vocabulary import HEAD, relation_word


@never_cache
@require_GET
def changes(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Who lives here, who did, and what changed, each with its ground."""
    household = opened(household_id, actor=request.post)
    areas = {one.code: sentence(one.name_zh, one.name_en) for one in offices.sub_districts()}
    shown = {
        "household": household,
        "members": [(row, relation_word(row.relation)) for row in members_shown(household)],
        "former": [(row, relation_word(row.relation)) for row in former_shown(household)],
        "changes": [(row, KINDS[row.kind], _about(row, areas)) for row in queries.changes(household.id)],
        "status": status_shown(household),
    }
    return render(request, "desk/households/changes.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def come(request: PostRequest, household_id: UUID) -> HttpResponse:
    """A member comes."""
    household = _fetch(request, household_id)
    form = changing_forms.ComingForm(request.POST or None, today=request.today)

    def act() -> None:
        change_members.take_in(household.id, form.arrival(), actor=request.post, moment=request.moment)

    return _done(request, household, form, act, title=gettext("登记新成员"))


@never_cache
@require_http_methods(["GET", "POST"])
def go(request: PostRequest, household_id: UUID, person_id: UUID) -> HttpResponse:
    """A member goes; when it is the head, the others are related to the next one."""
    household = _fetch(request, household_id)
    rows = queries.members(household.id)
    leaving = next((row for row in rows if row.person_id == person_id), None)
    if leaving is None:
        raise NotFound(
            "registry.not_a_member",
            sentence("此人不是本户的现有成员", "This person is no present member of the household"),
        )
    staying = _lives([row for row in rows if row is not leaving]) if leaving.relation == HEAD else []
    form = changing_forms.GoingForm(
        request.POST or None, today=request.today, members=staying, head=request.GET.get("head", "")
    )

    def act() -> None:
        going = form.departure(str(person_id))
        change_members.let_go(household.id, going, actor=request.post, moment=request.moment)

    note = gettext("这是最后一名成员，离开后本户将销户。") if len(rows) == 1 else ""
    title = gettext("%(name)s离开本户") % {"name": leaving.person.name}
    return _done(request, household, form, act, title=title, note=note)


@never_cache
@require_http_methods(["GET", "POST"])
def head(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Another member becomes the head."""
    household = _fetch(request, household_id)
    members = _lives(queries.members(household.id))
    wanted = request.GET.get("head", "")
    others = [one for one, _ in members if one.relation != HEAD]
    likely = changing_forms.likely_head(others)
    form = changing_forms.RelationsForm(
        request.POST or None,
        today=request.today,
        members=members,
        head=wanted or (likely.person_id if likely else ""),
    )

    def act() -> None:
        operations.change_head(
            household.id, form.relations(), form.ground(), actor=request.post, moment=request.moment
        )

    return _done(request, household, form, act, title=gettext("变更户主"))


@never_cache
@require_http_methods(["GET", "POST"])
def home(request: PostRequest, household_id: UUID) -> HttpResponse:
    """Another address, community or telephone number."""
    household = _fetch(request, household_id)
    form = changing_forms.HomeForm(request.POST or None, today=request.today, household=household)

    def act() -> None:
        version = form.cleaned_data["version"]
        operations.correct_home(
            household.id, form.home(), form.ground(), version=version, actor=request.post, moment=request.moment
        )  # fmt: skip

    return _done(request, household, form, act, title=gettext("变更地址、社区或电话"))


@never_cache
@require_http_methods(["GET", "POST"])
def area(request: PostRequest, household_id: UUID) -> HttpResponse:
    """The household moves to another sub-district."""
    household = _fetch(request, household_id)
    form = changing_forms.AreaForm(request.POST or None, today=request.today, household=household)

    def act() -> None:
        move_household(
            household.id, form.cleaned_data["to"], form.home(), form.ground(), actor=request.post, moment=request.moment
        )  # fmt: skip

    note = gettext("迁出后由新街道办理。本街道仍可查看迁出前的记录，但不能再改。")
    return _done(request, household, form, act, title=gettext("迁往其他街道"), note=note)


def _fetch(request: PostRequest, household_id: UUID) -> Any:
    require(request.post, "registry.change")
    return queries.household(household_id, request.post)


def _done(
    request: PostRequest, household: Any, form: forms.Form, act: Callable[[], None], *, title: str, note: str = ""
) -> HttpResponse:  # fmt: skip
    """Show the form, or do the act and go to the history; a refusal is shown at the top of the form."""
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                act()
        except (NotYours, NotFound):
            raise
        except CannotBecause as refused:
            form.add_error(None, " ".join(say(one) for one in (refused.reason, refused.mend) if one))
        else:
            messages.success(request, gettext("已变更并记入历史。"))
            return redirect("desk:households_changes", household_id=household.id)
    shown = {"household": household, "form": form, "page": title, "note": note}
    return render(request, "desk/households/change.html", shown, status=422 if form.is_bound else 200)


def _lives(rows: list[Any]) -> list[tuple[Lives, str]]:
    return [
        (Lives(str(row.person_id), row.person.born, row.person.sex, row.relation), row.person.name)
        for row in rows
    ]


def _about(row: Any, areas: dict[str, Sentence]) -> Sentence | None:
    """Whom or what a change was about. An address or telephone number stays hidden: only that it changed is told."""
    said = row.said
    if row.kind == "hand_over":
        before, after = (areas.get(said[key], sentence(said[key], said[key])) for key in ("from", "to"))
        return sentence("{a} → {b}", "{a} → {b}", a=before, b=after)
    if row.kind == "head" and said.get("before"):
        return sentence("{a} → {b}", "{a} → {b}", a=said["before"], b=said["name"])
    if said.get("relation"):
        word = relation_word(said["relation"])
        return sentence("{n}（{r}）", "{n} ({r})", n=said["name"], r=word)
    return sentence("{n}", "{n}", n=said["name"]) if said.get("name") else None
