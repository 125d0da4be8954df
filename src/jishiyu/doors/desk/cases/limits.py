"""How long a case may take, and how sure that is: beside the clock on the case page."""

from dataclasses import dataclass
from typing import Any

from jishiyu.cases.queries import procedure_of
from jishiyu.law.rules.procedures import ClockStops, Limit


@dataclass(frozen=True, slots=True)
class Whole:
    """The limit of the whole case, the longest in special cases, and how sure it is that the clock stands in some steps."""

    total: Limit | None
    longest: Limit | None
    stops_how: ClockStops | None


def whole_limit(row: Any) -> Whole:
    """What the case's procedure says of its whole length."""
    procedure = procedure_of(row)
    return Whole(procedure.total, procedure.total_longest, procedure.clock_stops_how)
