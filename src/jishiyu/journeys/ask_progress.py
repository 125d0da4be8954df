"""An applicant asks after the case, by its number and the code on the application: where it stands, and who looked at the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import queries as cases
from jishiyu.cases.queries import Stage
from jishiyu.cases.rules.steps import STATE_NAMES
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.journal.queries import entries
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import posts
from jishiyu.offices.rules import SYSTEM

# What the acts mean to those whom they are about; any other act is work on the case.
_LOOKS = {
    "registry.look": sentence("打开家庭档案", "opened the household’s file"),
    "cases.look": sentence("打开案件", "opened the case"),
    "registry.unmask": sentence("查看完整的身份信息", "looked at whole identity data"),
    "cases.paper": sentence("生成文书", "made a paper of the case"),
    "registry.export": sentence("导出名单", "exported a list"),
    "cases.ask_progress": sentence("凭查询码查询", "asked by the code"),
}
_WORK = sentence("办理业务", "worked on it")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the file: when, by which post, what, and the reason that was given."""

    at: datetime
    post: Sentence
    what: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a case stands, without anybody's name: what it is for, its steps, how it came out, and who looked."""

    number: str
    item: Sentence
    place: Sentence
    opened_on: date
    state: Sentence
    whole_due_on: date | None
    stages: Sequence[Stage]
    looks: Sequence[Look]


def ask_progress(number: str, code: str, *, moment: datetime, source: str = "") -> Progress:
    """The progress of a case for who has its number and code. The asking itself is in the journal.

    Raises NotFound in the same words for a wrong number and for a wrong code, so that neither can be found out.
    """
    with acting(SYSTEM, moment=moment, source=source):
        try:
            row = cases.case_numbered(number.strip().upper(), SYSTEM)
        except NotFound:
            raise _nothing() from None
        if not cases.code_fits(row, code):
            record(act="cases.ask_progress", about=("case", row.number), outcome="refused")
            refused = True
        else:
            refused = False
            record(act="cases.ask_progress", about=("case", row.number), household=row.household_id)
            found = Progress(
                row.number, pack().item(row.item).name, _named(row.sub_district), row.opened_on, STATE_NAMES[row.state],
                row.whole_due_on, cases.stages(row, day_of(moment)), _looks(row.household_id),
            )  # fmt: skip
    if refused:  # outside the transaction: the failed try has to stay in the journal
        raise _nothing()
    return found


def _nothing() -> CannotBecause:
    return NotFound(
        "no_such_progress",
        sentence("案号和查询码对不上，请核对后再试", "The number and the code do not belong together; please check both"),
        sentence("查询码印在申请表上；没有的，可以到街道窗口查询", "The code stands on the application; the sub-district’s counter can look it up"),
    )  # fmt: skip


def _named(row: Any) -> Sentence:
    return Sentence(row.name_zh, row.name_en)


def _looks(household_id: UUID) -> list[Look]:
    titles = {row.code: Sentence(row.title_zh, row.title_en) for row in posts()}
    system = sentence("系统", "the system")
    return [
        Look(one.at, titles.get(one.post, system), _LOOKS.get(one.act, _WORK), one.reason if one.act in _LOOKS else "")
        for one in entries(household=household_id)[:_MOST]
    ]  # fmt: skip
