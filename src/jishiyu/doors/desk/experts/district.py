"""How far each weight may move before a household of the district changes its band; and reading the district for it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from jishiyu.assessment import queries
from jishiyu.assessment.rules.reading import Reading, scores_with
from jishiyu.assessment.rules.score import FULL, Model
from jishiyu.assessment.rules.sensitivity import Room, Shift, Standing, room, shift, standing
from jishiyu.doors.desk.experts import shown, versions
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.sheet import Column, Sheet, workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.read_district import ask_for_reading
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

STEPS = (Fraction(-1, 5), Fraction(-1, 10), Fraction(1, 10), Fraction(1, 5))
# So many weights are drawn with the largest steps only: bars of all four could not be told apart.
_MANY = 12
_CURVE = tuple(Fraction(n, 20) for n in range(-10, 11))


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of the weight does: households that come into a harder or a milder band; None: too few to be told."""

    change: Fraction
    percent: int
    harder: int | None
    milder: int | None
    moves: list[tuple[Sentence, Sentence, int | None]]

    @property
    def changed(self) -> int | None:
        """Households in another band than before."""
        return None if self.harder is None or self.milder is None else self.harder + self.milder


def change_of(one: Shift, *, hide: bool) -> Change:
    """A shift as it is shown; ``hide``: to somebody who sees no households."""
    harder, milder = (shown.few_hidden(n, hide=hide) for n in (one.harder, one.milder))
    return Change(one.change, one.percent, harder, milder, shown.move_lines(one.moves, hide=hide))


@dataclass(frozen=True, slots=True)
class Line:
    """One weight: now, the room it has, and what tenths and fifths more or less do."""

    key: str
    name: Sentence
    weight: int
    room: Room
    shifts: tuple[Change, ...]

    @property
    def lowest(self) -> str:
        """Down to which weight no household changes, in per cent; empty: down to nothing."""
        return "" if self.room.lowest is None else percent(self.room.lowest)

    @property
    def highest(self) -> str:
        """Up to which weight no household changes, in per cent; empty: up to everything."""
        return "" if self.room.highest is None else percent(self.room.highest)


def percent(share: Fraction) -> str:
    """A share in per cent to three places: rooms are narrow where the households are many."""
    return f"{float(share) * 100:.3f}%"


@require_GET
def sensitivity(request: PostRequest) -> HttpResponse:
    """Each weight's room and effect, by dimension or by indicator (``?level=``), of a version or of the one in force (``?set=``)."""
    require(request.post, versions.SEE)
    return render(request, "desk/experts/sensitivity.html", _page(request, request.GET.dict()))


@require_POST
def export(request: PostRequest) -> HttpResponse:
    """The rooms and effects of all weights as a workbook; that they were taken stands in the journal."""
    require(request.post, versions.SEE)
    page = _page(request, request.POST.dict())
    if "lines" not in page:
        raise CannotBecause(
            "assessment.nothing_to_export",
            sentence("还没有可以导出的数字", "There are no figures to take away yet"),
        )
    detail = {"what": "sensitivity", "version": page["model"].version, "level": page["level"]}
    record(act="assessment.export", about=("reading", page["row"].pk), detail=detail)
    return workbook(request, "sensitivity", _sheet(page["lines"]))


def _page(request: PostRequest, told: dict[str, Any]) -> dict[str, Any]:
    asked = told.get("set", "")
    level = "indicators" if told.get("level") == "indicators" else "dimensions"
    page: dict[str, Any] = {
        "tab": "sensitivity",
        "asked": asked,
        "level": level,
        "sets": queries.indicator_sets(),
        "row": queries.newest_reading(),
    }
    try:
        model = versions.model_asked(asked) if asked else queries.model_in_force(request.today).model
        page["model"] = model
        if page["row"] is not None:
            read = queries.reading_of(page["row"])
            page |= _figures(read, model, level, told.get("weight", ""), hide=shown.hides_few(request.post))
            page["stale"] = queries.is_stale(page["row"], request.today)
    except CannotBecause as why:
        if why.code == "assessment.no_set":
            raise
        page["doubt"] = why.reason
    return page


@require_POST
def read(request: PostRequest) -> HttpResponse:
    """Read the district's newest scores, for this page and the one of multidimensional poverty."""
    back = request.POST.get("back", "")
    try:
        found = ask_for_reading(actor=request.post, moment=request.moment)
    except CannotBecause as why:
        if why.code != "assessment.nothing_scored":
            raise
        messages.error(request, " ".join(say(one) for one in (why.reason, why.mend) if one))
    else:
        said = (
            gettext("已读取 %(n)s 户的最新评估。") % {"n": found}
            if found
            else gettext("户数多，已交后台读取，完成后这里即更新。")
        )
        messages.success(request, said)
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe and back.startswith("/desk/") else "desk:experts_sensitivity")


def _figures(read: Reading, model: Model, level: str, chosen: str, *, hide: bool) -> dict[str, Any]:
    every = _standings(read, model, level)
    lines = [
        Line(
            key, name, one.weight, room(one), tuple(change_of(shift(one, step), hide=hide) for step in STEPS)
        )
        for key, name, one in every
    ]
    standings = {key: one for key, _, one in every}
    most = max(lines, key=lambda one: max(each.changed or 0 for each in one.shifts), default=None)
    key = chosen if chosen in standings else most.key if most else ""
    found: dict[str, Any] = {
        "lines": lines,
        "households": read.households,
        "narrowest": _narrowest(lines),
        "chart": _bars(lines),
    }
    if key:
        picked = next(one for one in lines if one.key == key)
        curve = [change_of(shift(standings[key], step), hide=hide) for step in _CURVE]
        found |= {
            "picked": picked,
            "curve": _curve(picked, curve),
            "moves": [(one, one.moves) for one in picked.shifts],
        }
    return found


def _standings(read: Reading, model: Model, level: str) -> list[tuple[str, Sentence, Standing]]:
    content = pack().indicators
    scores, points = scores_with(read, model)
    floors = [band.basis_points for band in content.bands]
    place = {key: at for at, key in enumerate(read.keys)}
    groups = (
        [(one.key, one.name, [one.key]) for one in content.indicators]
        if level == "indicators"
        else [(dim.key, dim.name, [one.key for one in content.of_dim(dim.key)]) for dim in content.dims]
    )
    found = []
    for key, name, keys in groups:
        weight = sum(model.full[one] for one in keys)
        if 0 < weight < FULL:
            part = points[:, [place[one] for one in keys]].sum(axis=1)
            found.append((key, name, standing(scores, part, weight, FULL, floors, np.asarray(read.count))))
    return found


def _narrowest(lines: list[Line]) -> Sentence | None:
    """Which weight may move least, in proportion to itself, in words."""

    def width(one: Line) -> Fraction:
        sides = [abs(end - one.room.weight) for end in (one.room.lowest, one.room.highest) if end is not None]
        return min(sides, default=Fraction(1)) / one.room.weight

    one = min(lines, key=width, default=None)
    if one is None or not (one.lowest or one.highest):
        return None
    ways = {
        (True, True): sentence(
            "降到{l}或升到{h}", "once it falls to {l} or rises to {h}", l=one.lowest, h=one.highest
        ),
        (True, False): sentence("降到{l}", "once it falls to {l}", l=one.lowest),
        (False, True): sentence("升到{h}", "once it rises to {h}", h=one.highest),
    }
    return sentence(
        "最经不起变动的是“{n}”（现权重{w}）：{how}，就有家庭改变等级。",
        "The least room has {n} (now {w}): {how}, a household changes its band.",
        n=one.name,
        w=percent(Fraction(one.weight, FULL)),
        how=ways[bool(one.lowest), bool(one.highest)],
    )


def _bars(lines: list[Line]) -> dict[str, Any]:
    return {
        "title": gettext("权重变动后改变困难等级的户数"),
        "kind": "hbar",
        "labels": [say(one.name) for one in lines],
        "series": [
            {"name": f"{int(step * 100):+d}%", "data": [one.shifts[at].changed for one in lines]}
            for at, step in enumerate(STEPS)
            if len(lines) < _MANY or abs(step) == max(STEPS)
        ],
        "unit": gettext("户"),
    }


def _curve(line: Line, shifts: list[Change]) -> dict[str, Any]:
    return {
        "title": gettext("“%(name)s”权重变动与改变等级的户数") % {"name": say(line.name)},
        "kind": "line",
        "labels": [f"{int(step * 100):+d}%" for step in _CURVE],
        "series": [
            {"name": gettext("升到更困难等级"), "data": [one.harder for one in shifts]},
            {"name": gettext("降到较轻等级"), "data": [one.milder for one in shifts]},
        ],
        "unit": gettext("户"),
    }


def _sheet(lines: list[Line]) -> Sheet:
    steps = [f"{int(step * 100):+d}%" for step in STEPS]
    columns = [
        Column(gettext("权重项"), 26),
        Column(gettext("现权重"), 10, "share"),
        Column(gettext("不改变任何等级的下限"), 20),
        Column(gettext("不改变任何等级的上限"), 20),
        *(
            Column(f"{step} {word}", 16, "number")
            for step in steps
            for word in (gettext("更困难（户）"), gettext("较轻（户）"))
        ),
    ]
    rows = [
        [
            say(one.name),
            one.weight,
            one.lowest or "0%",
            one.highest or "100%",
            *(n for each in one.shifts for n in (each.harder, each.milder)),
        ]
        for one in lines
    ]
    return Sheet(gettext("权重敏感度"), columns, rows)
