"""What happens in the demo after some awards: a suspension, a grace period, a re-check brought forward, and an appeal."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from jishiyu.cases import queries as cases
from jishiyu.cases.operations.appeals import NewAppeal, receive_appeal
from jishiyu.cases.queries import life_after as life
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.foundations.clock import SHANGHAI, day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys import life_after as journey
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM

# The change of each household in turn, in words and with its paper, and whether the decider has confirmed what it leads to.
_CHANGES = (
    ("refused_check", "两次预约入户均无人配合", "入户预约记录", True),
    ("job", "本人在超市就业，已签劳动合同", "劳动合同", True),
    ("recovered", "治疗结束，劳动能力恢复", "出院小结", False),
    ("false_statement", "核对发现另有出租房屋收入未申报", "核对报告", False),
)


def enter_afterwards(diary: Diary, *, desks: Desks, today: date) -> None:
    """Put what happens into the diary, a few days before today."""
    diary.enter(
        datetime.combine(today - timedelta(days=5), time(10, 20), tzinfo=SHANGHAI),
        lambda at: _live(desks, at),
    )


def _live(desks: Desks, at: datetime) -> None:
    with acting(SYSTEM, moment=at, source="demo"):
        granted = list(cases.cases(SYSTEM).filter(state="granted").order_by("number"))
        running = list(_running(granted))
        refused = list(cases.cases(SYSTEM).filter(state="refused").order_by("number")[:1])
    for award, (kind, reason, paper, confirmed) in zip(running, _CHANGES, strict=False):
        _change(award, kind, reason, paper, confirmed=confirmed, desks=desks, at=at)
    for row in refused:
        _appeal(row, desks=desks, at=at)


def _running(granted: list[Any]) -> Iterator[Any]:
    """Dibao of each household, of as many sub-districts as there are, the first ones in Desheng: only it has a grace period."""
    dibao = [row for row in granted if row.item == "ZK01"]
    homes = sorted(dibao, key=lambda row: (row.sub_district_id, row.number))
    for row in homes:
        yield from [one for one in life.running_awards(row.household_id) if one.item == "ZK01"][:1]


def _change(
    award: Any, kind: str, reason: str, paper: str, *, confirmed: bool, desks: Desks, at: datetime
) -> None:
    worker = desks.at("caseworker", award.case.sub_district_id)
    with acting(worker, moment=at, source="demo"):
        made = journey.note_change(
            award.household_id, kind, day=day_of(at) - timedelta(days=2), reason=reason, paper=paper, actor=worker,
            moment=at,
        )  # fmt: skip
    later = at + timedelta(hours=5)
    for one in made if confirmed else ():
        decider = desks.for_turn(
            "decider", sub_district=award.case.sub_district_id, agency=award.case.lead_agency_id
        )
        with acting(decider, moment=later, source="demo"):
            journey.confirm(one.id, actor=decider, moment=later)


def _appeal(row: Any, *, desks: Desks, at: datetime) -> None:
    worker = desks.at("caseworker", row.sub_district_id)
    decided = row.closed_on or day_of(at)
    told = NewAppeal(
        "reconsideration",
        decided,
        day_of(at),
        0,
        row.applicant.name,
        "认为家庭收入核算有误，请求撤销不予救助的决定",
    )
    with acting(worker, moment=at, source="demo"):
        try:
            receive_appeal(row.id, told, actor=worker, moment=at)
        except CannotBecause:  # a demo of a day for which the pack knows no such way
            return
