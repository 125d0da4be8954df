"""In which months an award is paid. When the first one falls is the law's to say: it comes with the award, from the pack."""

from datetime import date

from jishiyu.foundations.periods import month_start

_RECURRING = "monthly"  # an award of any other frequency is one grant: the next year or term is decided anew


def recurring(frequency: str) -> bool:
    """Whether an award of this frequency is paid more than once."""
    return frequency == _RECURRING


def pays_for(frequency: str, *, first: date, last: date | None, month: date) -> date | None:
    """The month that a payment made in ``month`` is for, or None when nothing is due.

    ``first`` and ``last`` are the first days of an award's first and last month. A recurring award is paid for the month
    itself; a single one always for its first month, however late it is paid, so that it can be paid only once.
    """
    first, month = month_start(first), month_start(month)
    if month < first:
        return None
    ended = last is not None and month_start(last) < first
    if not recurring(frequency):
        return None if ended else first
    return None if last is not None and month > month_start(last) else month
