"""The decision letter: granted, refused with each reason, withdrawn, or ended, and how to appeal."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from jishiyu.cases import queries
from jishiyu.cases.rules.basis import Basis
from jishiyu.doors.desk.cases.papers.words import amount, bracketed, day, foot, language, say, with_colon
from jishiyu.doors.threshold.papers import Block, Facts, Grid, Heading, Paragraph, Points, Sheet
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.queries import pack
from jishiyu.notices.queries import remedies
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision letter tells: the case, its deciding step, the award if there is one, and what it rested on."""

    case: Any
    step: Any
    award: Any
    basis: Basis
    on: date

    @property
    def title(self) -> str:
        """The title of the letter by how the case came out."""
        if self.case.state == "ended":
            return gettext("停止社会救助告知书")
        if self.award:
            return gettext("社会救助决定书")
        if self.case.state == "withdrawn":
            return gettext("终止办理告知书")
        return gettext("不予社会救助决定书")


def decided(row: Any) -> Decided:
    """What was decided in a case. Refused as long as nothing was."""
    steps = [one for one in queries.steps_of(row.id) if one.step == "decide" or one.next == "end"]
    if row.state == "open" or not steps:
        raise CannotBecause(
            "cases.not_decided", sentence("本案尚未作出决定，没有决定书", "The case is not decided yet")
        )
    step = steps[-1]
    return Decided(row, step, _own_award(row.id), queries.basis_of(row), day_of(step.at))


def _own_award(case_id: UUID) -> Any:
    """The award that the decision made: the first one. What was paid besides later on has a record of its own."""
    awards = queries.awards_of_case(case_id)  # newest first
    return min(awards, key=lambda one: (one.decided_on, not one.basis_digest, one.first_month), default=None)


def decision(row: Any, _: Post | None = None) -> Sheet:
    """The letter of a decided case, on screen and on paper. Its reasons are those of the decision, one by one."""
    told = decided(row)
    blocks: list[Block] = [Paragraph(with_colon(row.applicant.name), indent=False)]
    if row.state == "ended":
        blocks += _ended(told)
    elif told.award:
        blocks += _granted(told)
    else:
        blocks += _not_granted(told)
    reasons = _reasons(told)
    if reasons:
        blocks += [Heading(gettext("理由")), Points(tuple(reasons))]
    if row.state != "withdrawn":
        blocks += [Heading(gettext("不服决定怎么办")), Points(tuple(_ways_to_appeal(told.on)))]
    return Sheet(
        told.title, tuple(blocks), row.number, (say(row.lead_agency), day(told.on)), foot(), language(), say(row.lead_agency)
    )  # fmt: skip


def _opened(told: Decided) -> dict[str, str]:
    return {
        "opened": day(told.case.opened_on),
        "item": say(pack().item(told.case.item).name),
        "agency": say(told.case.lead_agency),
    }


def _granted(told: Decided) -> list[Block]:
    award = told.award
    rows = (
        (gettext("救助项目"), say(pack().item(told.case.item).name)),
        (gettext("救助金额"), amount(award.amount) + (gettext("／月") if award.frequency == "monthly" else "")),
        (gettext("发放期"), _months(award)),
    )  # fmt: skip
    lines = tuple((say(one.label), one.citation, yuan_text(one.amount)) for one in award.chain.all())
    opening = gettext(
        "您户于 %(opened)s 申请%(item)s。经核对、入户调查、审核和审批，%(agency)s决定给予救助。"
    )
    return [
        Paragraph(opening % _opened(told)),
        Facts(rows),
        Heading(gettext("金额如何得出")),
        Grid((gettext("由谁承担"), gettext("依据"), gettext("金额（元）")), lines, frozenset({2})),
        Paragraph(gettext("家庭人口、收入或财产发生变化的，请在变化后及时告知街道。")),
    ]


def _months(award: Any) -> str:
    if award.last_month == award.first_month:
        return f"{award.first_month:%Y-%m}"
    last = f"{award.last_month:%Y-%m}" if award.last_month else gettext("至复核变更为止")
    return f"{award.first_month:%Y-%m} — {last}"


def _not_granted(told: Decided) -> list[Block]:
    opening = gettext("您户于 %(opened)s 申请%(item)s。经审查，决定如下：") % _opened(told)
    withdrawn = told.case.state == "withdrawn"
    outcome = gettext("因申请人撤回，终止办理。") if withdrawn else gettext("不予救助。")
    return [Paragraph(opening + outcome)]


def _ended(told: Decided) -> list[Block]:
    words = _opened(told) | {
        "last": f"{told.award.last_month:%Y-%m}" if told.award and told.award.last_month else "—"
    }
    opening = gettext("您户享受的%(item)s，经复核，自 %(last)s 之后停止发放。") % words
    return [Paragraph(opening)]


def _reasons(told: Decided) -> list[str]:
    found = [say(one) for one in told.step.reasons]
    if told.case.state == "ended" and told.step.remarks:  # the reason that the office gave for ending it
        found.append(told.step.remarks)
    if not told.award:
        unmet = (one for one in told.basis.conditions if one.met is False)
        found += [f"{with_colon(one.name)}{say(one.reason)}{bracketed(one.citation)}" for one in unmet]
    return found


def _ways_to_appeal(on: date) -> list[str]:
    found = [f"{say(one.words)}{bracketed(one.citation)}" for one in remedies(on)]
    if not found:
        general = gettext("您可以依法向%(government)s申请行政复议，或者向人民法院提起行政诉讼。")
        found.append(general % {"government": say(pack().district.government)})
    return [*found, gettext("您也可以到街道查询办理情况，或要求说明每一条理由。")]
