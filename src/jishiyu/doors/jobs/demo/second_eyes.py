"""Second eyes in the demo: last month's spot checks drawn and partly made, this month's list waiting for its seed, and a
near relative on record."""

from datetime import date, datetime, timedelta
from itertools import cycle

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import Found, RelativeTold
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.stories import SHOWN
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.journeys.spot_checks import freeze
from jishiyu.offices.operations import acting

_SOURCE = "demo"
SEED = "03 09 12 21 27 33 05"
_SEED_SOURCE = "演示用：虚构的彩票开奖号码（红球由小到大，再蓝球）"
_CHECKED, _DAYS_SINCE = 4, 9  # how many of the drawn are checked by now; days that a month is over before
_DIFFERENCE = "入户时见到有一间房屋出租，租金未申报，已请街道重新核实。"


def enter_second_eyes(diary: Diary, *, desks: Desks, today: date) -> None:
    """Enter them into the diary."""
    # The newest month that has been over for some days: its checks are drawn and partly made.
    over = month_start(today) if today.day > _DAYS_SINCE else month_start(add_months(today, -1))
    diary.enter(
        diary.morning(over),
        lambda when: _freeze(diary, desks, add_months(over, -1), over - timedelta(days=1), when, 2),
    )
    diary.enter(
        diary.morning(today - timedelta(days=4)),
        lambda when: _freeze(diary, desks, over, day_of(when) - timedelta(days=1), when, 7),
    )
    diary.enter(diary.morning(today - timedelta(days=3)), lambda when: _relative(desks, when))


def _freeze(diary: Diary, desks: Desks, first: date, last: date, moment: datetime, days_ahead: int) -> None:
    seed_day = day_of(moment) + timedelta(days=days_ahead)
    office = desks.by_code("bangongshi")
    with acting(office, moment=moment, source=_SOURCE):
        try:
            number = freeze(
                first, last, seed_source=_SEED_SOURCE, seed_day=seed_day, actor=office, moment=moment
            )
        except CannotBecause:  # a very small district may have decided nothing in that month
            return
    diary.enter(diary.morning(seed_day), lambda when: _draw(diary, desks, number, when))


def _draw(diary: Diary, desks: Desks, number: str, moment: datetime) -> None:
    office = desks.by_code("bangongshi")
    with acting(office, moment=moment, source=_SOURCE):
        cases.draw_checks(number, seed=SEED, actor=office, moment=moment)
    for days in range(2, 2 + _CHECKED):
        diary.enter(
            diary.morning(day_of(moment) + timedelta(days=days)),
            lambda when, differs=days == 3: _check(desks, when, differs=differs),  # type: ignore[misc]
        )


def _check(desks: Desks, moment: datetime, *, differs: bool) -> None:
    """The most urgent check that somebody of the office may make."""
    posts = [desks.by_code("bangongshi2"), desks.by_code("bangongshi")]
    actor = posts[0]
    with acting(actor, moment=moment, source=_SOURCE):
        check = case_queries.checks(actor).filter(finding=None, why="drawn").first()
        if check is None:
            return
        names = cycle(post.officer_name for post in posts)
        made = cases.record_finding(
            check.id,
            Found(
                visited_on=day_of(moment),
                first_visitor=next(names),
                second_visitor=next(names),
                agrees=not differs,
                findings="到户核查，与户主核对家庭成员、住房和收入，并走访邻居两户。",
                differences=_DIFFERENCE if differs else "",
            ),
            actor=actor,
            moment=moment,
        )
        state, agency = check.case.state, check.case.lead_agency_id
    if differs and state == "granted":
        decider = desks.at("decider", agency)
        with acting(decider, moment=moment, source=_SOURCE):
            cases.follow_up(
                made.id,
                what="award_kept",
                because="租金并入收入重新核算后，仍符合条件，维持原救助。",
                actor=decider,
                moment=moment,
            )


def _relative(desks: Desks, moment: datetime) -> None:
    """The newest open case of the street that the demo shows is an officer's relative's."""
    head = desks.at("sub_district_head", SHOWN)
    with acting(head, moment=moment, source=_SOURCE):
        rows = case_queries.cases(head)
        row = rows.filter(state="open", step__in=["accept", "check", "visit"]).first()
        row = row or rows.filter(state="granted").first()
        if row is not None:
            cases.record_relative(
                row.id,
                RelativeTold("评议小组成员甲", "社区民主评议小组", "sibling"),
                actor=head,
                moment=moment,
            )
