"""A trial's charts as data: money by programme, gains by sub-district and kind, regular cost by month, fifths of income, curves."""

from typing import Any

from django.utils.translation import gettext

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.whatif.shown import naming


def charts(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All charts of a trial."""
    name = naming()
    before, after = gettext("改动前"), gettext("改动后")

    def yuan(value: int | None) -> float | None:
        return None if value is None else value / 100

    def pair(part: str) -> dict[str, Any]:
        told = figures[part]
        labels = [say(name(part, one["key"])) for one in told]
        series = [
            {"name": before, "data": [yuan(one["before"]) for one in told]},
            {"name": after, "data": [yuan(one["after"]) for one in told]},
        ]
        return {"kind": "hbar", "unit": gettext("元"), "labels": labels, "series": series}

    def who(part: str) -> dict[str, Any]:
        told = [one for one in figures[part] if one["gaining"] or one["losing"]]
        labels = [say(name(part, one["key"])) for one in told]
        series = [
            {"name": gettext("增加户"), "data": [one["gaining"] for one in told]},
            {"name": gettext("减少户"), "data": [one["losing"] for one in told]},
        ]
        return {"kind": "hbar", "unit": gettext("户"), "labels": labels, "series": series}

    months = figures["months"]
    return {
        "programmes": {"title": gettext("各专项救助全年支出"), **pair("programmes")},
        "areas": {"title": gettext("各街道受影响家庭"), **who("areas")},
        "bands": {"title": gettext("各困难等级受影响家庭"), **who("bands")},
        "kinds": {"title": gettext("各类家庭受影响情况"), **who("kinds")},
        "months": {
            "title": gettext("按月发放项目每月支出"), "kind": "line", "unit": gettext("元"),
            "labels": [one["month"] for one in months],
            "series": [
                {"name": before, "data": [yuan(one["before"]) for one in months]},
                {"name": after, "data": [yuan(one["after"]) for one in months]},
            ],
        },
        "fifths": _fifths(figures, before, after),
    }  # fmt: skip


def _fifths(figures: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    sides = ((gettext("救助前"), "without"), (before, "before"), (after, "after"))
    known = [(said, figures["inequality"][key]["fifths"]) for said, key in sides]
    labels = [
        gettext("最低五分之一"), gettext("第二"), gettext("第三"), gettext("第四"), gettext("最高五分之一"),
    ]  # fmt: skip
    series = [
        {"name": said, "data": [round(one / 10_000, 2) for one in fifths]} for said, fifths in known if fifths
    ]
    return {
        "title": gettext("人均收入五等份份额"), "kind": "bar", "unit": "%", "labels": labels if series else [], "series": series,
    }  # fmt: skip
