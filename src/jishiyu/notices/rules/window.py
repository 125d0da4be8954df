"""The days of a public notice: counted from the day after it went up, the last day included."""

from dataclasses import dataclass
from datetime import date, timedelta

from jishiyu.cases.rules.clocks import foreseen
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.procedures import Publicity
from jishiyu.law.rules.working_days import Calendar, due_day


@dataclass(frozen=True, slots=True)
class Window:
    """The counted days, both included, and how they were counted."""

    first_day: date
    ends_on: date
    explained: Sentence


def window(published_on: date, publicity: Publicity, calendar: Calendar, *, second: bool = False) -> Window:
    """The window of a notice that goes up on a day. Refused where the procedure does not publish.

    The day of publication is not counted; days are calendar or working days as the procedure says; only with ``roll_over`` does a
    last day that is no working day move on.
    """
    days = publicity.second_days if second and publicity.second_days else publicity.days
    if not publicity.published or not days or publicity.unit is None:
        raise CannotBecause(
            "notices.not_to_be_published",
            sentence("此类认定依规定不公示", "By rule this kind of case is not published"),
        )
    ends = due_day(published_on, days, publicity.unit, foreseen(calendar), roll_over=publicity.roll_over)
    unit = {
        "calendar": sentence("个自然日", "calendar days"),
        "working": sentence("个工作日", "working days"),
    }
    explained = sentence(
        "公示{n}{u}：{p}张贴，当日不计，自{f}起至{l}止（含末日）",
        "{n} {u}: put up on {p}, that day not counted, from {f} to {l}, the last day included",
        n=days,
        u=unit[publicity.unit],
        p=published_on.isoformat(),
        f=(published_on + timedelta(days=1)).isoformat(),
        l=ends.isoformat(),
    )
    return Window(published_on + timedelta(days=1), ends, explained)


def require_over(ends_on: date, today: date) -> None:
    """Refuse to close a notice whose last day is not over."""
    if today <= ends_on:
        raise CannotBecause(
            "notices.window_open",
            sentence(
                "公示期至{l}（含），尚余{n}天，不能提前结束",
                "The notice runs to the end of {l}, {n} days from now: it cannot be closed before",
                l=ends_on.isoformat(),
                n=(ends_on - today).days + 1,
            ),
        )
