"""The demo's leading group at work: quarterly reports, bulletins, meetings with what they decided, and training."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Act, Diary
from jishiyu.foundations.periods import Quarter
from jishiyu.law.rules import Pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.oversight import operations as oversight

_PLAN = (
    "下一季度重点：一是对新申请家庭加快入户调查；二是会同医保部门核对大病自付信息；三是组织一次经办人员培训。"
)
_AGENDA = ("通报上季度工作开展和资金使用情况", "研究困难家庭的主动发现", "部署下一阶段工作")
_MINUTES = "会议听取了办公室的情况通报，各成员单位交流了信息录入和项目落实情况，并研究部署了下一阶段工作。"
_PLACE = "区民政局第一会议室"


def enter_meetings(diary: Diary, desks: Desks, pack: Pack, *, first: date, today: date) -> None:
    """Enter what the office does after each quarter that ended, the coming meeting, and two training sessions."""
    office, units = desks.at("office"), pack.district.member_units()
    quarter = Quarter.of(first)
    while (ended := quarter.period.last) and ended < today:
        _enter_quarter(diary, office, units, quarter, ended)
        quarter = Quarter.of(ended + timedelta(days=1))
    diary.enter(
        diary.office_hours(today - timedelta(days=6)), _planning(office, quarter, today + timedelta(days=40))
    )
    held = first + (today - first) // 2
    diary.enter(
        diary.office_hours(held - timedelta(days=15)),
        _training(diary, office, units, "低保经办实务培训", held),
    )
    diary.enter(
        diary.office_hours(today - timedelta(days=5)),
        _training(diary, office, units, "困难指数与主动发现培训", today + timedelta(days=12)),
    )


def _enter_quarter(diary: Diary, office: Post, units: tuple[str, ...], quarter: Quarter, ended: date) -> None:
    diary.enter(diary.office_hours(ended, 4), _reporting(office, quarter))
    diary.enter(diary.office_hours(ended, 6), _meeting(diary, office, units, quarter))


def _as(office: Post, work: Callable[[datetime], None]) -> Act:
    """The work, done by the office."""

    def act(moment: datetime) -> None:
        with acting(office, moment=moment, source="demo"):
            work(moment)

    return act


def _reporting(office: Post, quarter: Quarter) -> Act:
    def work(moment: datetime) -> None:
        report = oversight.draft_report(quarter, actor=office, moment=moment)
        oversight.issue_report(report.id, plan=_PLAN, actor=office, moment=moment)
        bulletin = oversight.write_bulletin(
            title=f"关于{quarter.year}年第{quarter.number}季度综合救助工作情况的通报",
            body="",
            prefix="西综救办",
            report_id=report.id,
            actor=office,
            moment=moment,
        )
        oversight.issue_bulletin(bulletin.id, actor=office, moment=moment)

    return _as(office, work)


def _meeting(diary: Diary, office: Post, units: tuple[str, ...], quarter: Quarter) -> Act:
    title = f"{quarter.year}年第{quarter.number}季度综合救助工作例会"

    def work(moment: datetime) -> None:
        day = moment.date()
        held = oversight.plan_meeting(
            kind="quarterly", title=title, held_on=day, place=_PLACE, agenda=_AGENDA, actor=office
        )
        # Every ninth unit was not there.
        present = {unit: None if place % 9 == 8 else "联络员" for place, unit in enumerate(units)}
        oversight.note_attendance(held.id, present=present, actor=office, moment=moment)
        oversight.keep_minutes(held.id, minutes=_MINUTES, actor=office, moment=moment)
        first = oversight.decide_in_meeting(
            held.id,
            text="一个月内补录困难家庭基础信息",
            unit=units[-1],
            due_on=day + timedelta(days=30),
            actor=office,
        )
        oversight.decide_in_meeting(
            held.id,
            text="会同街道核对大病自付信息",
            unit=units[0],
            due_on=day + timedelta(days=75),
            actor=office,
        )
        diary.enter(diary.some_days_after(moment, 12, 18), _finishing(office, first.id))

    return _as(office, work)


def _finishing(office: Post, decision: UUID) -> Act:
    outcome = "已补录，抽查10户均完整。"
    return _as(
        office,
        lambda moment: oversight.finish_decision(decision, outcome=outcome, actor=office, moment=moment),
    )


def _planning(office: Post, quarter: Quarter, day: date) -> Act:
    title = f"{quarter.year}年第{quarter.number}季度综合救助工作例会"

    def work(_: datetime) -> None:
        oversight.plan_meeting(
            kind="quarterly", title=title, held_on=day, place=_PLACE, agenda=_AGENDA, actor=office
        )

    return _as(office, work)


def _training(diary: Diary, office: Post, units: tuple[str, ...], title: str, held_on: date) -> Act:
    enrolled = {unit: 1 + (place % 3 == 0) for place, unit in enumerate(units)}

    def plan(_: datetime) -> None:
        planned = oversight.plan_training(
            title=title, kind="regular", planned_on=held_on, place=_PLACE, teacher="办公室甲",
            content="政策口径、系统操作、常见问题。", enrolled=enrolled, actor=office,
        )  # fmt: skip
        came = {
            unit: (people, people - (place % 7 == 6)) for place, (unit, people) in enumerate(enrolled.items())
        }

        def hold(when: datetime) -> None:
            oversight.hold_training(planned.id, came=came, actor=office, moment=when)

        diary.enter(diary.office_hours(held_on), _as(office, hold))

    return _as(office, plan)
