"""What the runs found, household by household within a post's reach, the hardest first; and one household's results in words."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.assessment import queries
from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.households.away import opened
from jishiyu.doors.desk.households.standing import band_mark
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.marks import OUTCOMES
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require, sub_districts
from jishiyu.offices.rules import Post
from jishiyu.programmes import queries as programmes

_ACT = "programmes.see"
_SORTS = {
    "score": ("score", "household__number"),
    "number": ("household__number",),
    "day": ("day", "household__number"),
}


class Filters(forms.Form):
    """By sub-district, where the post reaches more than one, and by band."""

    sub_district = forms.ChoiceField(label=gettext_lazy("街道"), required=False)
    band = forms.ChoiceField(label=gettext_lazy("困难等级"), required=False)

    def __init__(self, data: Any, *, post: Post) -> None:
        super().__init__(data)
        bands = sorted(pack().indicators.bands, key=lambda one: -one.basis_points)
        self._choose("band", [(one.key, say(one.name)) for one in bands])
        if post.scope == "sub_district":
            del self.fields["sub_district"]
        else:
            own = [(one.code, one.name_en if english() else one.name_zh) for one in sub_districts()]
            self._choose("sub_district", own)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", gettext_lazy("全部")), *choices]  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        """The rows that fit; a filter that cannot be read narrows nothing."""
        self.is_valid()
        told = {"household__sub_district_id": "sub_district", "band": "band"}
        return rows.filter(
            **{key: self.cleaned_data[n] for key, n in told.items() if self.cleaned_data.get(n)}
        )


@never_cache
@require_GET
def results(request: PostRequest) -> HttpResponse:
    """The newest score of each household within reach, with the run, the pack and the evidence it rests on."""
    require(request.post, _ACT)
    filters = Filters(request.GET, post=request.post)
    rows = queries.latest_scores(request.post).select_related("household__sub_district", "snapshot")
    cut = listing(filters.narrow(rows), request, sorts=_SORTS, default="-score")
    runs = queries.runs_of(cut.page.object_list)
    first = cut.page.start_index()
    by_score = cut.sort == "score" and cut.descending
    shown = [
        {
            "row": row,
            "place": first + n if by_score else None,
            "band": band_mark(row.band),
            "run": runs.get(row.screening_id),
        }
        for n, row in enumerate(cut.page)
    ]
    return render(
        request, "desk/assessment/results.html", {"listing": cut, "rows": shown, "filters": filters}
    )


@never_cache
@require_GET
def result(request: PostRequest, household_id: UUID) -> HttpResponse:
    """One household's newest results in words: every point and every condition. Opening it is a look that the journal keeps."""
    require(request.post, _ACT)
    household = opened(household_id, actor=request.post)
    score, run = queries.latest_score(household.id), programmes.latest_run(household.id)
    told = programmes.explained(run) if run else None
    answers = told.answers if told else []
    shown = {
        "household": household,
        "score": score,
        "band": band_mark(score.band) if score else None,
        "of_score": queries.runs_of([score]).get(score.screening_id)
        if score and score.screening_id
        else None,
        "run": run,
        "doubt": told.doubt if told else None,
        "groups": [
            (name, [one for one in answers if one.outcome == outcome])
            for outcome, (name, _) in OUTCOMES.items()
        ],
    }
    return render(request, "desk/assessment/result.html", shown)
