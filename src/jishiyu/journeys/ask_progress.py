"""An applicant asks after the case, by its number and the code on the application: where it stands, and who looked at the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from jishiyu.cases import queries as cases
from jishiyu.cases.queries import Stage
from jishiyu.cases.rules.steps import STATE_NAMES
from jishiyu.evidence.queries import PublicApplication
from jishiyu.foundations.clock import SHANGHAI, day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.journal.queries import entries
from jishiyu.journeys.tries import too_many_wrong_codes
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import posts
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.queries import former_members, members

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
_REFUSED = sentence("凭查询码查询，查询码不对", "asked by a wrong code")
_ASK = "cases.ask_progress"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the file: when, by which post, what. Not the officer's reason: it may be about anybody of the household."""

    at: datetime
    post: Sentence
    what: Sentence


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
    refused: bool


def ask_progress(number: str, code: str, *, moment: datetime, source: str = "") -> Progress:
    """The progress of a case for who has its number and code. The asking itself is in the journal, and so is a wrong try.

    Raises NotFound in the same words for a wrong number, for a wrong code and after too many wrong tries from one source, so
    that none of them can be found out.
    """
    found = None
    with acting(SYSTEM, moment=moment, source=source):
        if not too_many_wrong_codes(_ASK, source, moment):
            found = _found(number.strip().upper(), code, day_of(moment))
    if found is None:  # outside the transaction: the failed try has to stay in the journal
        raise _nothing()
    return found


def _found(number: str, code: str, today: date) -> Progress | None:
    try:
        row = cases.case_numbered(number, SYSTEM)
    except NotFound:
        record(act=_ASK, about=("case", "unknown"), outcome="refused")
        return None
    if not cases.code_fits(row, code):
        record(act=_ASK, about=("case", row.number), household=row.household_id, outcome="refused")
        return None
    return _told(row, today)


def progress_of_application(
    application: PublicApplication, *, moment: datetime, source: str = ""
) -> Progress | None:
    """The progress of the case that an application on line became, for who has opened that by its code. It is an asking too."""
    if application.case is None:
        return None
    with acting(SYSTEM, moment=moment, source=source):
        return _told(cases.case(application.case, SYSTEM), day_of(moment))


def _told(row: Any, today: date) -> Progress:
    record(act=_ASK, about=("case", row.number), household=row.household_id)
    return Progress(
        row.number, pack().item(row.item).name, _named(row.sub_district), row.opened_on, STATE_NAMES[row.state],
        row.whole_due_on, cases.stages(row, today), _looks(row), row.state == "refused",
    )  # fmt: skip


def _nothing() -> CannotBecause:
    return NotFound(
        "no_such_progress",
        sentence("案号和查询码对不上，请核对后再试", "The number and the code do not belong together; please check both"),
        sentence("查询码印在申请表上；没有的，可以到街道窗口查询", "The code stands on the application; the sub-district’s counter can look it up"),
    )  # fmt: skip


def _named(row: Any) -> Sentence:
    return Sentence(row.name_zh, row.name_en)


def _looks(row: Any) -> list[Look]:
    """The looks at the household's file, newest first: as long as the applicant lived in it, and not of what came after."""
    titles = {post.code: Sentence(post.title_zh, post.title_en) for post in posts()}
    system = sentence("系统", "the system")
    found = entries(household=row.household_id)
    left = _left_on(row)
    if left is not None:
        found = found.filter(at__lt=datetime.combine(left + timedelta(days=1), time(), SHANGHAI))
    return [Look(one.at, titles.get(one.post, system), _what(one)) for one in found[:_MOST]]


def _left_on(row: Any) -> date | None:
    """The day on which the applicant left the household; None while it is the applicant's home."""
    if any(one.person_id == row.applicant_id for one in members(row.household_id)):
        return None
    past = (one for one in former_members(row.household_id) if one.person_id == row.applicant_id)
    return next((one.last_day for one in past), row.opened_on)


def _what(one: Any) -> Sentence:
    if one.act == _ASK and one.outcome == "refused":
        return _REFUSED
    return _LOOKS.get(one.act, _WORK)
