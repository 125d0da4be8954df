"""Read the district's newest scores, at once where they are few, else by the worker."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jishiyu.assessment import operations
from jishiyu.offices.rules import Post, require
from jishiyu.registry.queries.district import households_until

TASK = "read_district"
# So many households are read within the request: about a second.
AT_ONCE = 10_000


def ask_for_reading(*, actor: Post, moment: datetime, at_once: int = AT_ONCE) -> int | None:
    """Read the district now and return how many households it has; or ask the worker, and return None.

    Raises NotYours, and CannotBecause when nothing is scored by the present indicators.
    """
    require(actor, "assessment.screen")
    if households_until(moment) <= at_once:
        return operations.read_district(actor=actor, moment=moment).households
    asked = app.configure_task(TASK, queue="screening", lock=TASK, queueing_lock=TASK)
    try:
        with transaction.atomic():
            asked.defer(post=actor.code, officer=actor.officer)
    except AlreadyEnqueued:
        pass  # it waits already: one reading is enough for both who asked
    return None
