"""The households behind a trial's figures, within the post's reach: a list on screen and a workbook, both journalled."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.sheet import Column, Sheet, workbook
from jishiyu.doors.desk.whatif.shown import naming
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.oversight import operations, queries

MOST = 20_000
_WORDS = {
    "gaining": sentence("增加", "gaining"), "losing": sentence("减少", "losing"), "newly": sentence("新符合", "newly entitled"),
    "no_longer": sentence("不再符合", "no longer entitled"), "before": sentence("改动前", "before"), "after": sentence("改动后", "after"),
    "item.before": sentence("改动前符合", "entitled before"), "item.after": sentence("改动后符合", "entitled after"),
    "cliff": sentence("收入悬崖", "At a cliff"), "covered": sentence("线下且得到救助", "Below the line and helped"),
    "left_out": sentence("线下而没有得到救助", "Below the line and not helped"),
    "leaking": sentence("线上而得到救助", "Above the line and helped"),
}  # fmt: skip
SIDES = (
    ("", gettext_lazy("全部")),
    ("gaining", gettext_lazy("增加")),
    ("losing", gettext_lazy("减少")),
    ("band", gettext_lazy("等级变动")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by, and how that is said."""

    by: queries.TouchedBy
    words: tuple[Sentence, ...]


def asked_of(given: Any) -> Asked:
    """What the address or the form asks for."""
    told = {name: given.get(name, "") for name in ("side", "sub_district", "band", "kind", "figure")}
    name = naming()
    words = [
        name(part, told[key])
        for part, key in (("areas", "sub_district"), ("bands", "band"), ("kinds", "kind"))
        if told[key]
    ]
    if told["figure"]:
        words.append(_figure(told["figure"]))
    return Asked(queries.TouchedBy(**told), tuple(words))


def _figure(figure: str) -> Sentence:
    name, parts = naming(), figure.split(".")
    last = _WORDS.get(f"{parts[0]}.{parts[-1]}") or _WORDS.get(parts[-1], sentence("{k}", "{k}", k=parts[-1]))
    first = (
        name("items", parts[1]) if parts[0] == "item" and len(parts) == 3
        else name("programmes", parts[1]) if parts[0] == "programme" and len(parts) == 3
        else _WORDS.get(parts[0], sentence("{k}", "{k}", k=parts[0]))
    )  # fmt: skip
    return sentence("{a}：{b}", "{a}: {b}", a=first, b=last)


@never_cache
@require_GET
def households(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """The households behind a figure; looking at them goes into the journal."""
    row = queries.what_if(what_if_id, request.post)
    asked = asked_of(request.GET)
    found = listing(queries.touched(row, request.post, asked.by), request)
    operations.note_touched_seen(row.id, rows=len(found.page), actor=request.post)
    page = {
        "row": row, "listing": found, "lines": _lines(found.page), "asked": asked.by, "words": asked.words,
        "sides": SIDES, "most": MOST, "partial": queries.sees_part(row, request.post),
    }  # fmt: skip
    return render(request, "desk/whatif/households.html", page)


@require_POST
def export(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """The same list as a workbook. Refused when it is too long."""
    row = queries.what_if(what_if_id, request.post)
    asked = asked_of(request.POST)
    rows = queries.touched(row, request.post, asked.by)
    count = rows.count()
    if count > MOST:
        raise CannotBecause(
            "what_if.list_too_long",
            sentence("名单有{n}户，超过{m}户，不能导出", "The list has {n} households, more than {m}: it is not exported", n=count, m=MOST),
            sentence("请先按街道、类型或等级筛选", "Narrow it by sub-district, kind or band first"),
        )  # fmt: skip
    operations.note_trial_export(row.id, actor=request.post, rows=count)
    return workbook(request, "what-if-households", _sheet(rows))


def _lines(rows: Any) -> list[dict[str, Any]]:
    name = naming()
    return [
        {
            "row": one, "kind": name("kinds", one.kind), "band_before": name("bands", one.band_before),
            "band_after": name("bands", one.band_after),
            "parts": [(name("items", item), before, after) for item, before, after in one.parts],
        }
        for one in rows
    ]  # fmt: skip


def _sheet(rows: Any) -> Sheet:
    columns = [
        Column(gettext("户编号"), 16), Column(gettext("街道"), 16), Column(gettext("家庭类型"), 18),
        Column(gettext("改动前全年（元）"), 16, "money"), Column(gettext("改动后全年（元）"), 16, "money"),
        Column(gettext("增减（元）"), 16, "money"), Column(gettext("困难等级（改动前）"), 18),
        Column(gettext("困难等级（改动后）"), 18), Column(gettext("变动的项目"), 60),
    ]  # fmt: skip
    name = naming()
    cells = []
    for one in rows.iterator(chunk_size=2_000):
        parts = ("; " if english() else "；").join(
            f"{say(name('items', item))} {yuan_text(before)} → {yuan_text(after)}"
            for item, before, after in one.parts
        )
        area, kind = one.household.sub_district, name("kinds", one.kind)
        cells.append(
            (
                one.household.number, say(sentence(area.name_zh, area.name_en)), say(kind), one.before, one.after, one.more,
                say(name("bands", one.band_before)), say(name("bands", one.band_after)), parts,
            )
        )  # fmt: skip
    return Sheet(gettext("受影响的家庭"), columns, cells)
