"""The letters of what comes after an award, as PDF and Word: a change, a suspension, a resumption, an end, a re-check, an appeal.

Each says what changes from when, the reasons one by one, and how to appeal by the law of its day (271号令第13条).
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases import operations, queries
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import APPEAL_OUTCOMES
from jishiyu.cases.rules.recheck_classes import CLASS_NAMES
from jishiyu.doors.desk.cases.papers.words import amount, bracketed, day, foot, language, say, with_colon
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.doors.threshold.papers import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Points,
    Sheet,
    write_pdf,
    write_word,
)
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.foundations.periods import add_months
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.life_after import AppealWay
from jishiyu.law.rules.parts import CONFIDENCE_NAMES
from jishiyu.offices.queries import require

_WRITERS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@never_cache
@require_GET
def measure_letter(request: PostRequest, measure_id: UUID, form: str) -> HttpResponse:
    """The letter of a confirmed measure."""
    require(request.post, "cases.see")
    made = life.measure(measure_id, request.post)
    if made.state != "confirmed":
        raise CannotBecause(
            "life.not_confirmed",
            sentence("这项处理尚未确认，没有通知书", "Not confirmed yet: there is no letter"),
        )
    return _written(request, made.case_id, letter_of(made), form, "measure")


@never_cache
@require_GET
def recheck_notice(request: PostRequest, award_id: UUID, form: str) -> HttpResponse:
    """The notice that an award is to be looked at again."""
    require(request.post, "cases.see")
    award = queries.award(award_id, request.post)
    plan = life.recheck_plan(award.id)
    if plan is None:
        raise CannotBecause(
            "life.no_plan", sentence("该救助没有定期复核", "No re-check is planned for this award")
        )
    return _written(request, award.case_id, notice_of(award, plan), form, "recheck")


@never_cache
@require_GET
def appeal_letter(request: PostRequest, appeal_id: UUID, form: str) -> HttpResponse:
    """What became of an appeal, and what it did to the case."""
    require(request.post, "cases.see")
    row = life.appeal(appeal_id, request.post)
    if not row.outcome:
        raise CannotBecause(
            "appeals.not_settled",
            sentence("尚无结论，没有答复书", "It has no outcome yet: there is no letter"),
        )
    return _written(request, row.case_id, answer_of(row), form, "appeal")


def letter_of(made: Any) -> Sheet:
    """A measure in the words that its household reads."""
    on = day_of(made.settled_at)
    words = {"item": say(pack().item(made.award.item).name), "first": f"{made.first_month:%Y-%m}"}
    opening = {
        "continue": gettext("您户享受的%(item)s，经动态复核，继续按原金额发放。"),
        "raise": gettext("您户享受的%(item)s，经复核，自 %(first)s 起增发。"),
        "lower": gettext("您户享受的%(item)s，经复核，自 %(first)s 起减发。"),
        "suspend": gettext(
            "您户享受的%(item)s，自 %(first)s 起停发。停发期间不发放，情况消除后可以申请恢复。"
        ),
        "resume": gettext("您户享受的%(item)s，自 %(first)s 起恢复发放。"),
        "grace": gettext("您户享受的%(item)s，自 %(first)s 起进入渐退期，期满终止，不再另行通知。"),
        "stop": gettext("您户享受的%(item)s，自 %(first)s 起终止发放。"),
    }[made.kind]
    blocks: list[Block] = [
        Paragraph(with_colon(made.case.applicant.name), indent=False),
        Paragraph(opening % words),
        Facts(tuple(_figures(made))),
        Heading(gettext("理由")),
        Points(tuple(say(Sentence(one["zh"], one["en"])) for one in made.reasons)),
    ]
    if made.citation:
        sure = "" if made.confidence == "verified" else say(CONFIDENCE_NAMES[made.confidence])
        blocks.append(Paragraph(f"{gettext('依据：')}{made.citation}{bracketed(sure)}"))
    blocks += [Heading(gettext("不服决定怎么办")), Points(tuple(ways_to_appeal(on)))]
    title = {
        "continue": gettext("动态复核结果告知书"),
        "suspend": gettext("停发社会救助告知书"),
        "resume": gettext("恢复发放社会救助告知书"),
        "stop": gettext("终止社会救助告知书"),
        "grace": gettext("社会救助渐退告知书"),
    }.get(made.kind, gettext("调整社会救助告知书"))
    return _sheet(title, blocks, made.case, on)


def _figures(made: Any) -> list[tuple[str, str]]:
    rows = [(gettext("原月金额"), amount(made.amount_before))]
    if made.kind in ("raise", "lower"):
        rows.append((gettext("调整后月金额"), amount(made.amount)))
    for place, share in enumerate((made.basis or {}).get("shares", ()) if made.kind == "grace" else ()):
        month = add_months(made.first_month, place)
        rows.append((f"{month:%Y-%m}", amount(made.amount_before * share // 10_000)))
    if made.kind == "resume":
        words = gettext("停发的月份一并补发") if made.back_pay else gettext("停发的月份不补发")
        rows.append((gettext("停发的月份"), words))
    if made.overpaid:
        rows.append((gettext("已多发"), amount(made.overpaid)))
    return rows


def notice_of(award: Any, plan: Any) -> Sheet:
    """The notice of a re-check: until when, why in this cycle, what to bring, and what happens if nobody answers."""
    name = CLASS_NAMES.get(plan.class_key)
    because = say(Sentence(plan.because["zh"], plan.because["en"]))
    rows = [
        (gettext("救助项目"), say(pack().item(award.item).name)),
        (gettext("现月金额"), amount(life.monthly_amount(award.id))),
        (gettext("复核期限"), day(plan.due_on)),
        (gettext("复核周期"), gettext("每%(n)s个月") % {"n": plan.months} if plan.months else "—"),
        (gettext("类别"), f"{say(name) if name else '—'}{bracketed(because)}"),
    ]
    blocks: list[Block] = [
        Paragraph(with_colon(award.case.applicant.name), indent=False),
        Paragraph(gettext("您户享受的社会救助即将动态复核，请配合街道核对家庭人口、收入和财产。")),
        Facts(tuple(rows)),
        Heading(gettext("请准备")),
        Points((
            gettext("家庭人口、收入、财产有变化的，带上有关证明"),
            gettext("没有变化的，由街道核对后告知结果"),
            gettext("行动不便的，可以请街道上门"),
        )),
    ]  # fmt: skip
    return _sheet(gettext("动态复核通知书"), blocks, award.case, day_of(plan.set_at))


def answer_of(row: Any) -> Sheet:
    """The answer to an appeal, and what is done in consequence."""
    way = pack().district.life_after.way(row.kind, row.received_on)
    rows = (
        (gettext("途径"), say(way.name) if way else row.kind),
        (gettext("受理机关"), say(Sentence(row.body["zh"], row.body["en"]))),
        (gettext("收到日期"), day(row.received_on)),
        (gettext("结论"), say(APPEAL_OUTCOMES[row.outcome])),
        (gettext("文书编号"), row.document_no),
        (gettext("结论日期"), day(row.decided_on)),
    )
    effect = {
        "none": gettext("原决定不变。"),
        "reopened": gettext("案件已恢复办理，由街道重新审核。"),
        "measure": gettext("街道将按结论调整救助，并另行书面告知。"),
    }[row.effect]
    blocks: list[Block] = [Paragraph(with_colon(row.appellant), indent=False), Facts(rows)]
    if row.answer:
        blocks.append(Paragraph(row.answer))
    blocks += [
        Paragraph(effect),
        Heading(gettext("不服决定怎么办")),
        Points(tuple(ways_to_appeal(row.decided_on))),
    ]
    return _sheet(gettext("救济结果告知书"), blocks, row.case, row.decided_on)


def ways_to_appeal(on: date) -> list[str]:
    """Each way to appeal against a decision of a day: before whom, within what time, by which law, and how sure that is."""
    return [_way(one) for one in pack().district.life_after.ways(on)]


def _way(way: AppealWay) -> str:
    either = gettext("或者").join(say(one) for one in way.bodies)
    within = way.file_within
    words = {"bodies": either, "name": say(way.name)}
    if within is None:
        said = gettext("%(name)s：可以向%(bodies)s提出") % words
    elif within.unit == "months":
        said = gettext("%(name)s：自知道决定之日起%(n)s个月内，向%(bodies)s提出") % {**words, "n": within.n}
    else:
        said = gettext("%(name)s：自知道决定之日起%(n)s日内，向%(bodies)s提出") % {**words, "n": within.n}
    sure = "" if way.confidence == "verified" else say(CONFIDENCE_NAMES[way.confidence])
    return f"{said}{bracketed(way.citation)}{bracketed(sure)}"


def _sheet(title: str, blocks: list[Block], case: Any, on: date) -> Sheet:
    office = pack().sub_district(case.sub_district_id).office
    return Sheet(title, tuple(blocks), case.number, (say(office), day(on)), foot(), language(), say(office))


def _written(request: PostRequest, case_id: UUID, sheet: Sheet, form: str, kind: str) -> HttpResponse:
    if form not in _WRITERS:
        raise NotFound("no_such_paper", sentence("没有这种文书", "There is no such paper"))
    row = operations.look(case_id, actor=request.post)
    write, content_type = _WRITERS[form]
    record(
        act="cases.paper",
        about=("case", row.id),
        household=row.household_id,
        detail={"paper": f"after_{kind}", "form": form},
    )
    response = HttpResponse(write(sheet), content_type=content_type)
    place = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{row.number}-{kind}.{form}"'
    return response
