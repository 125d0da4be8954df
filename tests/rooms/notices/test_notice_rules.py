"""The public sees the white list and nothing else; seven days are seven whole days after the day of publication."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.rules.procedures import Publicity
from jishiyu.law.rules.working_days import Calendar
from jishiyu.notices.rules.masking import Shown, content
from jishiyu.notices.rules.window import require_over, window

DAY = date(2026, 11, 24)
PLACE = sentence("德胜街道", "Desheng")
SHOWN = Shown("欧阳春雨", date(1980, 1, 1), 3, sentence("低保", "dibao"), 123_400, "monthly", PLACE, PLACE)
SEVEN = Publicity(published=True, days=7, unit="calendar", confidence="verified")


def test_only_the_first_character_of_the_head_is_shown() -> None:
    assert content(SHOWN, DAY)["head"] == "欧***"


def test_a_minor_at_the_head_shows_the_family_name_only() -> None:
    child = replace(SHOWN, head_name="王小满", head_born=date(2012, 1, 1))
    assert content(child, DAY)["head"] == "王某"


def test_nothing_beyond_the_white_list() -> None:
    assert set(content(SHOWN, DAY)) == {
        "head", "members", "item", "amount", "frequency", "place", "office", "telephone",
    }  # fmt: skip


def test_seven_days_are_counted_from_the_next_day_and_explained() -> None:
    days = window(DAY, SEVEN, Calendar())
    assert (days.first_day, days.ends_on) == (date(2026, 11, 25), date(2026, 12, 1))
    assert "2026-12-01" in days.explained.say("zh")
    assert "7 calendar days" in days.explained.say("en")


@given(st.dates(date(2024, 1, 1), date(2026, 11, 30)), st.integers(1, 20))
def test_the_window_is_never_shorter_than_its_days(day: date, n: int) -> None:
    days = window(day, SEVEN.model_copy(update={"days": n}), Calendar())
    assert (days.ends_on - days.first_day).days + 1 == n
    require_over(days.ends_on, days.ends_on + timedelta(days=1))
    with pytest.raises(CannotBecause):
        require_over(days.ends_on, days.ends_on)


def test_a_last_day_that_is_a_holiday_rolls_over_only_where_the_procedure_says_so() -> None:
    start = date(2026, 9, 25)
    assert window(start, SEVEN, Calendar()).ends_on == date(2026, 10, 2)
    rolling = SEVEN.model_copy(update={"roll_over": True})
    assert window(start, rolling, Calendar()).ends_on == date(2026, 10, 8)


def test_what_is_not_to_be_published_is_not() -> None:
    hidden = Publicity(published=False, days=None, unit=None, confidence="verified")
    with pytest.raises(CannotBecause, match="not_to_be_published"):
        window(DAY, hidden, Calendar())
