"""The pieces of the demo's past: the diary keeps the order of time, and a decider's own amount stands on a known standard."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from jishiyu.doors.jobs.demo.by_hand import by_hand, newest_known, own_bills, per_head
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.panel import judgements
from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.law.queries import pack
from jishiyu.law.rules import UnknownValue
from tests.conftest import NOON, TODAY
from tests.fixtures import a_newcomer


def a_diary(last: datetime = NOON) -> Diary:
    return Diary(pack().calendar, Draws(1), last=last)


class TestDiary:
    def test_acts_happen_in_the_order_of_time_and_may_enter_others(self) -> None:
        diary, seen = a_diary(), []

        def act(name: str, later: str = "") -> None:
            moment = NOON - timedelta(days=3 if name == "a" else 5)

            def happen(when: datetime) -> None:
                seen.append(name)
                if later:
                    diary.enter(when + timedelta(days=1), lambda _: seen.append(later))

            diary.enter(moment, happen)

        act("a")
        act("b", later="c")
        diary.live_through()
        assert seen == ["b", "c", "a"]

    def test_what_lies_ahead_never_happens(self) -> None:
        diary, seen = a_diary(), []
        diary.enter(NOON + timedelta(seconds=1), lambda _: seen.append(1))
        diary.live_through()
        assert seen == []

    @pytest.mark.parametrize(
        "day", [date(2026, 10, 1), date(2026, 10, 3), date(2026, 11, 22), date(2026, 11, 24)]
    )
    def test_office_hours_are_hours_of_working_days(self, day: date) -> None:
        diary = a_diary()
        for after in range(4):
            moment = diary.office_hours(day, after)
            assert pack().calendar.is_working_day(moment.date())
            assert time(9) <= moment.timetz().replace(tzinfo=None) <= time(16)
            assert moment.date() >= day

    def test_later_is_always_later(self) -> None:
        diary, moment = a_diary(), datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI)
        assert all(diary.some_days_after(moment, 0, 3) > moment for _ in range(50))


class TestByHand:
    def test_the_newest_known_standard_is_taken_where_the_present_one_is_unknown(self) -> None:
        with pytest.raises(UnknownValue):
            pack().parameter("bj.dibao.urban", TODAY)
        found = newest_known(pack(), "bj.dibao.urban", TODAY)
        assert found.last is not None
        assert found.last < TODAY
        assert pack().parameter("bj.dibao.urban", found.last) == found

    def test_a_known_standard_is_itself(self) -> None:
        day = date(2023, 8, 1)
        assert newest_known(pack(), "bj.dibao.urban", day) == pack().parameter("bj.dibao.urban", day)

    def test_dibao_tops_up_to_the_standard_for_each_member_and_says_so(self) -> None:
        told = a_newcomer(1, wage=600_000).situation
        assert told is not None
        assert per_head(told) == 600_000 // 12 // 2
        standard = newest_known(pack(), "bj.dibao.urban", TODAY).value
        decided = by_hand(pack(), "ZK01", told, TODAY)
        assert decided.amount == (standard - 25_000) * 2
        assert "现行标准尚未录入" in decided.because
        assert "现行标准尚未录入" not in by_hand(pack(), "ZK01", told, date(2023, 8, 1)).because

    def test_bills_leave_what_no_insurance_paid(self) -> None:
        told = a_newcomer(1, bills=((1_000_000, 600_000), (500_000, 500_000))).situation
        assert told is not None
        assert own_bills(told) == 400_000
        assert by_hand(pack(), "ZY03", told, TODAY).amount == 160_000
        assert by_hand(pack(), "CS01", told, TODAY).amount == 80_000

    def test_an_unknown_income_is_not_zero(self) -> None:
        told = a_newcomer(1).situation
        assert told is not None
        head = replace(told.members[0], wage_income=None)
        assert per_head(replace(told, members=(head, *told.members[1:]))) is None


def test_each_expert_judges_every_pair_on_the_scale() -> None:
    given = [judgements(pack(), Draws(seed)) for seed in range(5)]
    order = len(pack().indicators.dims)
    assert all(len(one) == order * (order - 1) // 2 for one in given)
    assert len({tuple(sorted(one.items())) for one in given}) == 5
