"""What changes in a few households of the demo that apply for nothing: a child is born, and a person answers a question."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from jishiyu.cases.queries import cases_of_household
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.population.people import IdNumbers
from jishiyu.foundations.clock import SHANGHAI, day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys.tell import tell, waiting_questions
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.programmes.queries import entitlements_now
from jishiyu.registry.operations import move_in
from jishiyu.registry.rules.answers import NewAnswer
from jishiyu.registry.rules.moves import Arrival, Ground
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember

_HOMES = 3
_BEFORE = 40  # years: heads born later are young enough for a child


def enter_changes(
    diary: Diary, known: Sequence[NewHousehold], *, desks: Desks, numbers: IdNumbers, today: date
) -> None:
    """Put the changes into the diary, shortly before today."""
    moment = datetime.combine(today - timedelta(days=2), time(15, 30), tzinfo=SHANGHAI)

    def live(at: datetime) -> None:
        for home in _without_cases(known, today, at):
            worker = desks.at("caseworker", home.sub_district)
            with acting(worker, moment=at, source="demo"):
                _born(home, numbers, worker, at)
                _answered(home, worker, at)

    diary.enter(moment, live)


def _without_cases(known: Sequence[NewHousehold], today: date, at: datetime) -> list[NewHousehold]:
    """A few households whose head may have a small child and which apply for nothing, each of another sub-district."""
    found: dict[str, NewHousehold] = {}
    with acting(SYSTEM, moment=at, source="demo"):
        for home in known:
            young = home.members[0].id_number.born.year > today.year - _BEFORE
            if young and home.sub_district not in found and not cases_of_household(UUID(home.household_id)):
                found[home.sub_district] = home
            if len(found) == _HOMES:
                break
    return list(found.values())


def _born(home: NewHousehold, numbers: IdNumbers, worker: Post, at: datetime) -> None:
    born = day_of(at) - timedelta(days=16)
    head = home.members[0]
    child = NewMember(
        str(uuid5(UUID(home.household_id), "child")), f"{head.name[0]}新禾", numbers.next(born, 2), "30"
    )
    ground = Ground(day_of(at), "新生儿入户", "出生医学证明")
    try:
        move_in(UUID(home.household_id), Arrival(child, "birth", ground), actor=worker, moment=at)
    except CannotBecause:  # a head who cannot have a daughter of that age
        return


def _answered(home: NewHousehold, worker: Post, at: datetime) -> None:
    household, day = UUID(home.household_id), day_of(at)
    waiting = waiting_questions(entitlements_now(household, day))
    key = next((key for key, (asked, _) in waiting.items() if asked.unit == "flag"), None)
    if key is not None:
        answer = NewAnswer(key, value=False, said_by="本人", paper="本人书面说明", first_day=day)
        tell(household, answer, actor=worker, moment=at)
