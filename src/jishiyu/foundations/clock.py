"""Days and moments in Asia/Shanghai. Only doors read the clock; rules and operations are handed a day or moment."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment_now() -> datetime:
    """The present moment, aware, in Asia/Shanghai. For doors only."""
    return datetime.now(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai on which an aware moment falls."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(SHANGHAI).date()
