"""The work desk in the demo: cases taken on by one of two caseworkers, one handover, notes with mentions, filters to choose from."""

from datetime import date, datetime, timedelta

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journal.operations import attempt
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post

_SOURCE = "demo"
_FIRST, _SECOND, _REVIEWER, _DECIDER = (
    "desheng.jingban",
    "desheng.jingban2",
    "desheng.shenhe",
    "minzheng.shenpi",
)
_NOTES = (
    (_FIRST, "申请人上午多在医院透析，入户请约下午三点以后。@德胜审核甲 审核时请留意医疗票据。"),
    (_REVIEWER, "已看到。住房租赁合同缺出租人签字，@德胜经办甲 请补。"),
    (_SECOND, "社区反映其女近日到岗试用，工资条下周补交。"),
)


def enter_work_desk(diary: Diary, *, desks: Desks, today: date) -> None:
    """Enter them into the diary, in the last days of the history."""
    diary.enter(diary.morning(today - timedelta(days=4)), lambda when: _take_on(desks, when))
    diary.enter(diary.morning(today - timedelta(days=2)), lambda when: _hand_over(desks, when))
    diary.enter(diary.morning(today - timedelta(days=1)), lambda when: _write(desks, when))


def _take_on(desks: Desks, moment: datetime) -> None:
    """Each of the two caseworkers has some of the street's cases; the rest is free."""
    for place, post in enumerate((desks.by_code(_FIRST), desks.by_code(_SECOND))):
        with acting(post, moment=moment, source=_SOURCE):
            for work in case_queries.open_work(post, day_of(moment))[place::3][:5]:
                with attempt():
                    cases.take_on(work.case_id, actor=post, moment=moment)


def _hand_over(desks: Desks, moment: datetime) -> None:
    """The second caseworker is away for a week and leaves two cases to the first."""
    giver, to = desks.by_code(_SECOND), desks.by_code(_FIRST)
    with acting(giver, moment=moment, source=_SOURCE):
        held = [one.case.id for one in case_queries.handover_preview(giver, to) if one.why is None][:2]
        if held:
            cases.hand_over(
                held,
                to=to,
                reason="年休假",
                until=day_of(moment) + timedelta(days=7),
                actor=giver,
                moment=moment,
            )


def _write(desks: Desks, moment: datetime) -> None:
    first = desks.by_code(_FIRST)
    with acting(first, moment=moment, source=_SOURCE):
        work = case_queries.open_work(first, day_of(moment))
        cases.save_filter("急件", {"when": "late"}, of="work", shared=True, actor=first, moment=moment)
        cases.save_filter("待入户", {"step": "visit"}, of="cases", shared=True, actor=first, moment=moment)
        cases.save_filter("我承办的", {"mine": "on"}, of="cases", shared=False, actor=first, moment=moment)
    if work:
        for code, text in _NOTES:
            _note(desks.by_code(code), work[0], text, moment)
    decider = desks.by_code(_DECIDER)
    with acting(decider, moment=moment, source=_SOURCE):
        waiting = [
            one
            for one in case_queries.open_work(decider, day_of(moment))
            if one.sub_district.zh.startswith("德胜")
        ][:1]
    for one in waiting:
        _note(decider, one, "金额与上月相差较大，@德胜审核甲 请说明。", moment)


def _note(actor: Post, work: case_queries.Work, text: str, moment: datetime) -> None:
    with acting(actor, moment=moment, source=_SOURCE):
        try:
            cases.write_note(
                work.household_id, text, case_id=work.case_id, day=day_of(moment), actor=actor, moment=moment
            )
        except CannotBecause:  # a very small district has no such case or post
            return
