"""How often something was tried from one source lately, by the journal: codes are not found by guessing, drafts not made by machines."""

from datetime import datetime, timedelta

from jishiyu.journal.queries import entries

# So many wrong codes from one source within this time, and nothing more is looked up for it.
WRONG_CODES, WITHIN = 10, timedelta(minutes=10)


def too_many_wrong_codes(act: str, source: str, moment: datetime) -> bool:
    """Tries that are not looked up are not counted: the way is open again when the earlier ones are old."""
    return bool(source) and _count(act, source, moment, WITHIN, outcome="refused") >= WRONG_CODES


def too_many(act: str, source: str, moment: datetime, *, most: int, within: timedelta) -> bool:
    """Whether an act was done from one source so often within this time that it is to wait."""
    return bool(source) and _count(act, source, moment, within) >= most


def _count(act: str, source: str, moment: datetime, within: timedelta, *, outcome: str = "") -> int:
    tries = entries(act=act, outcome=outcome).filter(
        act=act, source=source, at__gt=moment - within, at__lte=moment
    )
    return tries.order_by().count()
