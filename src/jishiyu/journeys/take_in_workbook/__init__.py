"""A sub-district's workbook becomes registered households: read, judged, taken in; what is wrong is kept, shown, and mended."""

from jishiyu.journeys.take_in_workbook.mending import Mended, check_again, mend
from jishiyu.journeys.take_in_workbook.papers import bad_rows_workbook, template_workbook
from jishiyu.journeys.take_in_workbook.taking import (
    PART,
    Progress,
    columns_in_force,
    receive_workbook,
    take_in,
)
from jishiyu.journeys.take_in_workbook.waiting import ask_for_taking_in

__all__ = [
    "PART",
    "Mended",
    "Progress",
    "ask_for_taking_in",
    "bad_rows_workbook",
    "check_again",
    "columns_in_force",
    "mend",
    "receive_workbook",
    "take_in",
    "template_workbook",
]
