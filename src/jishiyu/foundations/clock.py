"""Days and moments in Asia/Shanghai. Only doors read the clock; rules and operations are handed a day or moment.

The demo district and the tests live on a day of their own: a clock file says by how many seconds theirs differs from the
real one, so that a visitor can wind a week ahead and see a public notice end. Outside the demo nothing can set the clock.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment_now() -> datetime:
    """The present moment, aware, in Asia/Shanghai; in the demo, the demo's. For doors only."""
    return datetime.now(SHANGHAI) + _shift()


def wind_to(moment: datetime) -> None:
    """Set the demo's clock to a moment, from which it runs on. Raises RuntimeError outside the demo."""
    file = _clock_file()
    if file is None:
        raise RuntimeError("only the demo's clock can be set")
    file.parent.mkdir(parents=True, exist_ok=True)
    seconds = round((moment - datetime.now(SHANGHAI)).total_seconds())
    # Several processes read the file at any time: they must see the old or the new number, never half of one.
    fresh = file.with_suffix(".new")
    fresh.write_text(str(seconds), encoding="ascii")
    fresh.replace(file)


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai on which an aware moment falls."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(SHANGHAI).date()


def _clock_file() -> Path | None:
    named = os.environ.get("JISHIYU_CLOCK_FILE")
    return Path(named) if named and os.environ.get("JISHIYU_DEMO") == "1" else None


def _shift() -> timedelta:
    file = _clock_file()
    if file is None or not file.is_file():
        return timedelta(0)
    return timedelta(seconds=int(file.read_text(encoding="ascii")))
