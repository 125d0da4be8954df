"""In which months an award is paid. When the first one falls is the law's to say: it comes with the award, from the pack."""

from datetime import date

from jishiyu.foundations.periods import month_start

# How many months lie between two payments. What is not here (once, per_case, per_event, season …) is paid a single time.
_EVERY = {"monthly": 1, "yearly": 12, "term": 6}


def recurring(frequency: str) -> bool:
    """Whether an award of this frequency is paid more than once."""
    return frequency in _EVERY


def pays_for(frequency: str, *, first: date, last: date | None, month: date) -> date | None:
    """The month that a payment made in ``month`` is for, or None when nothing is due.

    ``first`` and ``last`` are the first days of an award's first and last month. A recurring award is paid for the month
    itself; a single one always for its first month, however late it is paid, so that it can be paid only once.
    """
    first, month = month_start(first), month_start(month)
    if month < first:
        return None
    every = _EVERY.get(frequency)
    if every is None:
        return first
    if last is not None and month > month_start(last):
        return None
    apart = (month.year - first.year) * 12 + month.month - first.month
    return month if apart % every == 0 else None
