"""What an application tells, to be read once more: identity numbers with their ends only."""

from typing import Any

from django.utils.translation import gettext

from jishiyu.doors.portal.applying.words import HAPPENED_NAMES, HOUSING
from jishiyu.doors.threshold.templatetags.jishiyu import say
from jishiyu.evidence.rules.applications import FILLED_BY
from jishiyu.foundations.identifiers import masked_id, masked_phone
from jishiyu.journeys.apply_on_line import Held
from jishiyu.offices.queries import sub_districts
from jishiyu.registry.rules.vocabulary import relation_word

Line = tuple[str, str]


def summary_of(application: Held) -> list[tuple[str, str, list[Line]]]:
    """Parts with their page, heading and lines; what was left empty says so."""
    told = application.row.told
    return [
        ("portal:apply_who", gettext("申请人"), _who(told.get("applicant", {}))),
        ("portal:apply_family", gettext("家里人"), _family(told.get("members", []))),
        ("portal:apply_situation", gettext("困难情况"), _situation(told.get("situation", {}))),
        ("portal:apply_papers", gettext("材料"), _papers(application)),
    ]


def _who(told: dict[str, Any]) -> list[Line]:
    place = next((say(one) for one in sub_districts() if one.code == told.get("sub_district")), "")
    by = say(FILLED_BY.get(told.get("filled_by", ""), ""))
    return [
        (gettext("姓名"), told.get("name", "")),
        (gettext("身份证号"), masked_id(told.get("id_number", ""))),
        (gettext("联系电话"), masked_phone(told.get("phone", ""))),
        (gettext("街道"), place),
        (gettext("住址"), told.get("address", "")),
        (gettext("谁在填"), f"{by} {told.get('helper', '')}".strip()),
    ]


def _family(members: list[dict[str, str]]) -> list[Line]:
    if not members:
        return [(gettext("共同生活的人"), gettext("没有别人"))]
    return [
        (say(relation_word(one["relation"])), f"{one['name']} {masked_id(one['id_number'])}")
        for one in members
    ]


def _situation(told: dict[str, str]) -> list[Line]:
    return [
        (gettext("主要困难"), say(HAPPENED_NAMES.get(told.get("happened", ""), ""))),
        (gettext("全家月收入"), told.get("income", "")),
        (gettext("住房"), say(HOUSING.get(told.get("housing", ""), ""))),
        (gettext("情况"), told.get("words", "")),
    ]


def _papers(application: Held) -> list[Line]:
    names = {one.key: say(one.name) for one in application.papers}
    there = [(names.get(one.kind, one.title), one.file_name) for one in application.documents]
    missing = [
        (say(one.name), gettext("还没有上传，可以先提交，街道会告诉您怎样补")) for one in application.lacking
    ]
    return there + missing
