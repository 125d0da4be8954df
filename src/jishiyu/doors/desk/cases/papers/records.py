"""What the offices wrote down: the record of a home visit, and the table of review and decision."""

from typing import Any

from django.utils.translation import gettext

from jishiyu.cases import queries
from jishiyu.cases.rules.living import answer_words
from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.cases.papers.applying import family
from jishiyu.doors.desk.cases.papers.words import amount, bracketed, day, foot, language, say, with_colon
from jishiyu.doors.desk.visits.shown import position_words, signature
from jishiyu.doors.threshold.papers import Block, Facts, Grid, Heading, Paragraph, Points, Sheet, ToSign
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post


def visit_record(row: Any, post: Post) -> Sheet:
    """The record of each home visit of a case. Refused before there was one."""
    visits = queries.visits_of(row.id)
    if not visits:
        raise CannotBecause(
            "cases.no_visit", sentence("本案还没有入户调查记录", "This case has no home visit yet")
        )
    blocks: list[Block] = [
        Facts((
            (gettext("申请项目"), say(pack().item(row.item).name)),
            (gettext("申请人"), row.applicant.name),
            (gettext("街道"), say(row.sub_district)),
        ))
    ]  # fmt: skip
    for visit in visits:
        blocks += _visit(visit, post)
    title = gettext("入户调查记录")
    return Sheet(title, tuple(blocks), row.number, (), foot(), language(), say(row.sub_district))


def _visit(visit: Any, post: Post) -> list[Block]:
    beside = queries.evidence_of_visit(visit)
    seen = tuple((say(question), say(answer)) for question, answer in answer_words(visit.living))
    agrees = gettext("一致") if visit.agrees else f"{gettext('不一致')}{bracketed(visit.differences)}"
    rows = (
        (gettext("调查日期"), day(visit.visited_on)),
        (gettext("调查人"), f"{visit.first_visitor} · {visit.second_visitor}"),
        (gettext("见到"), visit.met_whom),
        *seen,
        (gettext("结论"), visit.findings),
        (gettext("与证据"), agrees),
    )
    if_any = (
        (gettext("未签字的原因"), visit.not_signed_because),
        (gettext("照片"), gettext("%(n)d 张，存于案卷") % {"n": beside.photos} if beside.photos else ""),
        (gettext("填写时的位置"), " · ".join(position_words(one) for one in beside.positions)),
    )
    signed = ((gettext("家庭签字"), visit.signed_by_household), (gettext("调查人"), visit.first_visitor),
              (gettext("调查人"), visit.second_visitor))  # fmt: skip
    return [
        Heading(day(visit.visited_on)),
        Facts((*rows, *(one for one in if_any if one[1]))),
        *signature(beside.signature, post),
        ToSign(signed),
    ]


def review_table(row: Any, _: Post) -> Sheet:
    """The table that goes up for review and decision: family, evidence, conditions, amount, and each step taken."""
    basis = queries.basis_of(row)
    met = {True: gettext("符合"), False: gettext("不符合"), None: gettext("由人核实")}
    conditions = tuple((say(one.name), met[one.met], say(one.reason)) for one in basis.conditions)
    blocks: list[Block] = [
        Facts((
            (gettext("申请项目"), say(pack().item(row.item).name)),
            (gettext("申请人"), row.applicant.name),
            (gettext("街道"), say(row.sub_district)),
            (gettext("申请日期"), day(row.opened_on)),
            (gettext("系统测算"), amount(basis.amount)),
        )),
        Heading(gettext("共同生活的家庭成员")),
        family(row),
        Heading(gettext("证据摘要")),
        Facts(tuple(facts(row.snapshot_id))),
        Heading(gettext("条件核对")),
        Grid((gettext("条件"), gettext("结果"), gettext("说明")), conditions),
    ]  # fmt: skip
    if basis.chain:
        lines = tuple((say(one.label), one.citation, yuan_text(one.amount)) for one in basis.chain)
        head = (gettext("由谁承担"), gettext("依据"), gettext("金额（元）"))
        blocks += [Heading(gettext("金额如何得出")), Grid(head, lines, frozenset({2}))]
    if basis.first:
        blocks.append(Points(tuple(say(one) for one in basis.first)))
    if basis.marks:
        blocks.append(Points(tuple(say(one) for one in basis.marks)))
    steps = queries.steps_of(row.id)
    taken = tuple(
        (say(STEP_NAMES[one.step]), say(queries.outcome_name(one)), one.officer_name, day_of(one.at).isoformat())
        for one in steps
    )  # fmt: skip
    columns = (gettext("环节"), gettext("结果"), gettext("经办"), gettext("日期"))
    blocks += [Heading(gettext("办理记录")), Grid(columns, taken)]
    remarks = [f"{with_colon(STEP_NAMES[one.step])}{one.remarks}" for one in steps if one.remarks]
    blocks += [Paragraph(one) for one in remarks]
    blocks.append(ToSign(((gettext("审核人"), ""), (gettext("审批人"), ""))))
    return Sheet(
        gettext("社会救助审核审批表"), tuple(blocks), row.number, (), foot(), language(), say(row.lead_agency)
    )
