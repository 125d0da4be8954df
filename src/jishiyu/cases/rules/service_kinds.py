"""The kinds of what is delivered and not paid, each with a form of its own: what is asked when it is arranged, and when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence

Ask = Literal["text", "long", "day", "number", "yuan", "choice"]
# What is measured when it is done, beside the words: minutes, a quantity, money's worth, the number of a document.
Measure = Literal["minutes", "quantity", "amount", "document"]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a kind's form. ``choices`` are for ``choice``; an answer that is not ``required`` may stay empty."""

    key: str
    words: Sentence
    ask: Ask = "text"
    required: bool = True
    choices: tuple[tuple[str, Sentence], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of delivery. ``by_appointment``: it is done when somebody came or was seen, at least once.

    ``needs`` are the measures without which it is not done, ``may`` those that can be told besides.
    """

    key: str
    name: Sentence
    arrange: tuple[Question, ...]
    finish: tuple[Question, ...]
    by_appointment: bool = False
    provider: bool = False
    needs: tuple[Measure, ...] = ()
    may: tuple[Measure, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All that can be measured, what is needed first."""
        return (*self.needs, *self.may)


def _q(
    key: str, zh: str, en: str, ask: Ask = "text", *, required: bool = True,
    choices: Mapping[str, tuple[str, str]] | None = None,
) -> Question:  # fmt: skip
    told = tuple((name, sentence(*words)) for name, words in (choices or {}).items())
    return Question(key, sentence(zh, en), ask, required, told)


_SIGNED = _q("signed_by", "签收人", "Signed for by")

KINDS: dict[str, Kind] = {
    one.key: one
    for one in (
        Kind(
            "visit", sentence("走访慰问", "Visit"),
            (
                _q("visitors", "走访人（两人以上）", "Who visits (two or more)"),
                _q("occasion", "走访事由", "Occasion", "choice", choices={
                    "festival": ("节日慰问", "Festival"), "regular": ("日常探访", "Regular visit"),
                    "event": ("突发困难", "Sudden difficulty"), "asked": ("应家庭请求", "The household asked"),
                }),
                _q("gift", "慰问品", "Gift", required=False),
            ),
            (
                _q("met_whom", "见到谁", "Who was met"),
                _q("found", "家庭近况", "How the family fares", "long"),
                _q("signed_by", "慰问品签收人", "Who signed for the gift", required=False),
            ),
            by_appointment=True, may=("amount", "minutes"),
        ),
        Kind(
            "legal", sentence("法律援助", "Legal aid"),
            (
                _q("lawyer", "承办律师或法律工作者", "Lawyer"),
                _q("matter", "事项", "Matter", "choice", choices={
                    "advice": ("法律咨询", "Advice"), "civil": ("民事代理", "Civil"), "criminal": ("刑事辩护", "Criminal defence"),
                    "administrative": ("行政代理", "Administrative"), "labour": ("劳动、工伤", "Wages, work injury"),
                    "notary": ("公证", "Notary"),
                }),
                _q("letter_no", "指派函编号", "Number of the assignment", required=False),
            ),
            (
                _q("result", "办理结果", "Result", "choice", choices={
                    "advised": ("已答复咨询", "Advice was given"), "won": ("诉求获支持", "The claim was upheld"),
                    "partly": ("部分支持", "Upheld in part"), "settled": ("调解和解", "Settled"),
                    "lost": ("未获支持", "Not upheld"), "defended": ("已辩护结案", "Defended, closed"),
                }),
            ),
            by_appointment=True, provider=True, may=("document", "minutes", "amount"),
        ),
        Kind(
            "comfort", sentence("心理慰藉", "Psychological comfort"),
            (
                _q("counsellor", "心理咨询师或社工", "Counsellor"),
                _q("way", "方式", "Way", "choice", choices={
                    "home": ("上门", "At home"), "station": ("服务站", "At the station"), "telephone": ("电话", "By telephone"),
                    "group": ("小组活动", "In a group"),
                }),
                _q("sessions", "计划次数", "Sessions planned", "number"),
            ),
            (
                _q("state", "服务后情况", "How it is now", "choice", choices={
                    "better": ("好转", "Better"), "same": ("平稳", "As before"), "referred": ("已转介专科", "Passed on to a specialist"),
                }),
            ),
            by_appointment=True, provider=True, may=("minutes",),
        ),
        Kind(
            "course", sentence("就业培训", "Course"),
            (
                _q("course", "课程", "Course"),
                _q("first_day", "开课日", "First day", "day"),
                _q("days", "天数", "Days", "number"),
            ),
            (
                _q("result", "结果", "Result", "choice", choices={
                    "certificate": ("取得证书", "Certificate"), "job": ("实现就业", "Found work"),
                    "finished": ("结业", "Finished"), "dropped": ("中途退出", "Dropped out"),
                }),
                _q("attended", "出勤天数", "Days attended", "number"),
            ),
            by_appointment=True, provider=True, may=("document", "amount"),
        ),
        Kind(
            "job", sentence("就业援助与安置", "Employment aid"),
            (
                _q("aid", "援助内容", "What is done", "choice", choices={
                    "guidance": ("职业指导", "Career guidance"), "introduction": ("职业介绍", "Introduction to employers"),
                    "post": ("公益性岗位", "Public-welfare post"), "recognised": ("认定就业困难", "Recognition as hard to employ"),
                }),
                _q("adviser", "职业指导员", "Adviser"),
            ),
            (
                _q("result", "结果", "Result", "choice", choices={
                    "job": ("实现就业", "Found work"), "post": ("到岗", "Took up the post"),
                    "recognised": ("已认定", "Recognised"), "introduced": ("已推荐，未录用", "Introduced, not taken on"),
                }),
                _q("employer", "用人单位", "Employer", required=False),
            ),
            by_appointment=True, may=("document", "minutes"),
        ),
        Kind(
            "care", sentence("照料与康复", "Care and rehabilitation"),
            (_q("carer", "服务人员", "Who cares"), _q("content", "服务内容", "What is done")),
            (_q("state", "服务后情况", "How it is now", "long"),),
            by_appointment=True, provider=True, may=("minutes", "amount"),
        ),
        Kind(
            "works", sentence("修缮与改造", "Works at the home"),
            (_q("works", "施工内容", "What is built"), _q("first_day", "开工日", "First day", "day")),
            (_q("accepted_by", "验收人（家庭）", "Accepted by (household)"),),
            by_appointment=True, provider=True, needs=("document",), may=("amount",),
        ),
        Kind(
            "goods", sentence("实物", "Goods"),
            (_q("what", "物品", "What"), _q("unit", "单位", "Unit", required=False)),
            (_SIGNED,),
            needs=("quantity", "amount"), may=("document",),
        ),
        Kind(
            "voucher", sentence("券卡", "Vouchers"),
            (_q("card_no", "券卡编号", "Number of the card"), _q("valid_to", "有效期至", "Valid to", "day")),
            (_SIGNED,),
            needs=("amount",), may=("quantity",),
        ),
        Kind(
            "waiver", sentence("费用或租金减免", "Fee or rent waiver"),
            (
                _q("by", "减免单位（学校、房屋经营单位、医院、法院）", "Who waives (school, housing company, hospital, court)"),
                _q("fee", "减免费用", "Which fee", "choice", choices={
                    "rent": ("房租", "Rent"), "tuition": ("学杂费、保教费", "School fees"), "deposit": ("住院押金", "Hospital deposit"),
                    "medical": ("医疗费、药费", "Medical fees"), "premium": ("医保缴费", "Insurance premium"),
                    "court": ("诉讼费", "Court fees"), "notary": ("公证费", "Notary's fees"),
                }),
                _q("from_day", "减免自", "From", "day"),
                _q("to_day", "减免至", "To", "day"),
            ),
            (
                _q("each_month", "每月减免（元），一次性的不填", "Each month (yuan), empty when once", "yuan", required=False),
                _q("notified_on", "通知缴费人的日期", "Payer told on", "day"),
            ),
            needs=("amount", "document"),
        ),
        Kind(
            "status", sentence("资格认定", "Status"),
            (_q("card_no", "证卡编号", "Number of the card"), _q("valid_from", "有效期自", "Valid from", "day"),
             _q("valid_to", "有效期至", "Valid to", "day")),
            (_SIGNED,),
        ),
        Kind(
            "policy", sentence("政策执行", "Policy applied"),
            (_q("what", "执行内容（渐退、扣减等）", "What is applied (grace period, deduction)"), _q("from_day", "自", "From", "day"),
             _q("to_day", "至", "To", "day", required=False)),
            (_q("told_whom", "告知谁", "Who was told"),),
        ),
        Kind(
            "dwelling", sentence("配租住房", "Allocated housing"),
            (_q("address", "房屋坐落", "Where it is"), _q("area", "使用面积（平方米）", "Usable area (m²)", "number")),
            (_SIGNED, _q("moved_in", "入住日期", "Moved in on", "day")),
            provider=True, needs=("document",), may=("amount",),
        ),
    )
}  # fmt: skip

KIND_NAMES: dict[str, Sentence] = {key: kind.name for key, kind in KINDS.items()}
_SERVICE_OF_PROGRAMME: dict[str, tuple[str, ...]] = {
    "FL": ("legal",),
    "XL": ("comfort",),
    "JY": ("job", "course"),
    "ZC": ("care", "works", "visit"),
    "ZF": ("works",),
}
_OCCASIONS = ("festival", "weekly")


def kinds_for(programme: str, form: str, frequency: str) -> tuple[str, ...]:
    """The kinds that an award of a form can be delivered as, the likeliest first."""
    match form:
        case "service" | "job":
            return _SERVICE_OF_PROGRAMME.get(programme, ("visit", "care"))
        case "in_kind":
            if programme == "ZF":
                return ("dwelling", "goods")
            return ("visit", "goods") if frequency in _OCCASIONS else ("goods", "visit")
        case "voucher" | "waiver" | "status" | "policy":
            return (form,)
        case _:
            return ("visit", "goods")


def form_delivered(forms: tuple[str, ...]) -> str:
    """The form of an award that its procedure delivers: the item's first that is not money; ``service`` where it has money only."""
    return next((form for form in forms if form != "cash"), "service")
