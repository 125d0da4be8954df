"""An application on line: what it tells, part by part, and what it still lacks before it can be handed in. Pure.

What is told is plain data under five names, as the form's steps ask for it::

    applicant  name, id_number, phone, address, sub_district, filled_by, helper
    members    a list of name, id_number, relation (GB/T 4761), without the applicant
    situation  happened, income, housing, words
    consent    check, truth, name, at
"""

from collections.abc import Iterable, Mapping
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence

STATE_NAMES: dict[str, Sentence] = {
    "draft": sentence("草稿，还没有提交", "A draft, not handed in yet"),
    "submitted": sentence("已提交，等街道受理", "Handed in; the sub-district will answer"),
    "asked": sentence("请补充材料", "More papers are asked for"),
    "taken": sentence("已受理立案", "Taken in; a case was opened"),
    "refused": sentence("不予受理", "Not taken in"),
}
WAITING = ("submitted", "asked")

# Papers that the form itself stands for: it is the application, and the authorisation is given on its last page.
GIVEN_BY_THE_FORM = frozenset({"application", "means_statement"})

FILLED_BY: dict[str, Sentence] = {
    "self": sentence("本人填写", "by the applicant"),
    "family": sentence("家人代填", "by somebody of the family"),
    "committee": sentence("社区（居委会）工作人员帮助填写", "with help of the residents' committee"),
    "other": sentence("其他人代填", "by somebody else"),
}

AUTHORISATION = sentence(
    "我代表共同生活的家庭成员申请社会救助，如实申报家庭人口、收入和财产，并授权民政部门和街道办事处通过户籍、税务、社会保险、"
    "不动产、市场主体、住房公积金、车船和银行、证券、保险等部门和机构，查询核对我家的经济状况，核对结果只用于本次申请及其后的复核。",
    "On behalf of the family members who live together I apply for social assistance, declare members, income and property truthfully, "
    "and authorise the civil affairs department and the sub-district office to check our means with the registers of residence, tax, "
    "social insurance, real estate, businesses, housing fund and vehicles and with banks, securities and insurance companies. "
    "The results serve this application and its re-checks only.",
)
AUTHORISATION_GROUND = sentence(
    "依据：《社会救助暂行办法》（国务院令第649号）第五十八条",
    "Ground: Interim Measures for Social Assistance (State Council Order 649), article 58",
)

STEPS = ("who", "family", "situation", "papers", "check")


def gaps(told: Mapping[str, Any]) -> list[tuple[str, Sentence]]:
    """What has to be filled in before it is handed in, each with the step where. Papers may follow: they are no gap."""
    who = told.get("applicant", {})
    found = [
        ("who", name)
        for key, name in (
            ("name", sentence("申请人姓名", "the applicant's name")),
            ("id_number", sentence("申请人身份证号", "the applicant's identity number")),
            ("phone", sentence("联系电话", "a telephone number")),
            ("address", sentence("现住址", "the address")),
            ("sub_district", sentence("街道", "the sub-district")),
        )
        if not who.get(key)
    ]
    if "members" not in told:
        found.append(
            (
                "family",
                sentence(
                    "家里有谁（没有别人也要点“下一步”）", "who lives with you (press “next” if nobody does)"
                ),
            )
        )
    if not told.get("situation", {}).get("words"):
        found.append(("situation", sentence("遇到了什么困难", "what the difficulty is")))
    return found


def lacking(wanted: Iterable[tuple[str, bool]], had: Iterable[str]) -> list[str]:
    """The keys of required papers that are not there; ``wanted`` are (key, required) of the item's first step."""
    there = set(had) | GIVEN_BY_THE_FORM
    return [key for key, required in wanted if required and key not in there]
