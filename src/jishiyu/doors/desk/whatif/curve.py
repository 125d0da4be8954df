"""The curve screen: what a household of a chosen kind has in hand at each wage, before and after, with its cliffs named."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.whatif.shown import KIND_NAMES, naming
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.journeys.what_if import CliffCurve, curves_of
from jishiyu.law.queries import pack
from jishiyu.oversight import queries
from jishiyu.programmes.rules.what_if_cliffs import Curve
from jishiyu.programmes.rules.what_if_typical import MOST_CHILDREN, Typical

_STEP = 20  # yuan between two points of the drawing; cliffs are found yuan by yuan
_TOPS = (3_000, 6_000, 10_000)
_MOST_FALLS = 40


class TypicalForm(forms.Form):
    """The household to draw for; it is made up."""

    kind = forms.ChoiceField(label=gettext_lazy("家庭类型"))
    children = forms.TypedChoiceField(
        label=gettext_lazy("子女人数（有未成年人的类型）"), coerce=int, choices=[(n, str(n)) for n in range(1, MOST_CHILDREN + 1)],
    )  # fmt: skip
    top = forms.TypedChoiceField(
        label=gettext_lazy("月收入画到（元）"), coerce=int, choices=[(n, f"{n:,}") for n in _TOPS]
    )
    disabled = forms.BooleanField(label=gettext_lazy("一名成员为二级肢体残疾"), required=False)
    ill = forms.BooleanField(label=gettext_lazy("一名成员患重大疾病"), required=False)
    renting = forms.BooleanField(label=gettext_lazy("市场租房，每月租金3000元"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(key, say(name)) for key, name in KIND_NAMES.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Fall:
    """A cliff: from this wage on (fen a month) so much less is in hand, since these items give less."""

    wage: int
    less: int
    items: tuple[tuple[Sentence, int], ...]


@require_GET
def curve(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """Both curves, and a table of the cliffs. Nobody's data: the household is made up."""
    row = queries.what_if(what_if_id, request.post)
    plain = {"kind": "with_children", "children": 1, "top": 6_000}
    form = TypicalForm({**plain, **request.GET.dict()})
    page: dict[str, Any] = {"row": row, "form": form, "stale": row.pack_version != pack().version}
    if form.is_valid():
        told = form.cleaned_data
        typical = Typical(told["kind"], told["children"], told["disabled"], told["ill"], told["renting"])
        try:
            found = curves_of(row.changes, row.day, typical, highest=told["top"])
        except CannotBecause as why:
            page["wrong"] = why
        else:
            falls = [(side, _falls(one)) for side, one in (("before", found.before), ("after", found.after))]
            page |= {
                "chart": _chart(found), "falls": falls, "most": _MOST_FALLS, "points": _points(found),
                "kind": KIND_NAMES[told["kind"]],
            }  # fmt: skip
    return render(request, "desk/whatif/curve.html", page, status=422 if form.errors else 200)


def _falls(one: Curve) -> list[Fall]:
    """The cliffs in their order. Those of two yuan and less are steps of rounding."""
    name = naming()
    # An item that is cut by the yuan that is earned more is no cliff.
    found = [
        Fall(one.wages[place], less, tuple((name("items", id), lost) for id, lost in items if lost > 100))
        for place, less, items in one.falls
        if less > 200
    ]
    return found[:_MOST_FALLS]


def _points(found: CliffCurve) -> list[tuple[int, int, int, int, int]]:
    """Every so many yuan: wage, in hand before and after, aid before and after."""
    step = (len(found.before.wages) - 1) // 20
    return [
        (
            found.before.wages[at],
            found.before.net[at],
            found.after.net[at],
            found.before.aid[at],
            found.after.aid[at],
        )
        for at in range(0, len(found.before.wages), step)
    ]


def _chart(found: CliffCurve) -> dict[str, Any]:
    """The curves for the drawing: points at even distance, and both sides of every cliff, so that it falls straight down."""
    sides = ((gettext("改动前"), found.before), (gettext("改动后"), found.after))
    return {
        "title": gettext("挣多少，手里有多少"), "kind": "curve", "x": gettext("月收入（元）"), "y": gettext("收入加救助（元/月）"),
        "series": [{"name": said, "points": _drawn(one), "falls": _marks(one)} for said, one in sides],
    }  # fmt: skip


def _drawn(one: Curve) -> list[list[float]]:
    places = set(range(0, len(one.wages), _STEP)) | {len(one.wages) - 1}
    for place, _, _ in one.falls:
        places |= {place - 1, place}
    return [[one.wages[at] / 100, one.net[at] / 100] for at in sorted(places)]


def _marks(one: Curve) -> list[dict[str, Any]]:
    found = []
    for fall in _falls(one):
        names = (", " if english() else "、").join(say(name) for name, _ in fall.items[:2])
        at = one.wages.index(fall.wage)
        found.append({"at": [fall.wage / 100, one.net[at] / 100], "name": f"{names} −{yuan_text(fall.less)}"})
    return found
