"""Beginning a run over the district, and asking the worker to take it forward."""

from datetime import date, datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jishiyu.assessment import operations as assessment
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.versions import rules_version

TASK = "screen_the_district"


def begin_screening(*, day: date, actor: Post, moment: datetime) -> int:
    """Open a run on a legal date, within the transaction of a post. Returns its number. Refused while one is under way."""
    run = assessment.begin_screening(day=day, rules_version=rules_version(), actor=actor, moment=moment)
    return run.number


def ask_for_screening(number: int, *, actor: Post) -> bool:
    """Queue the run for the worker, acting for the post that asks. False when it waits in the queue already."""
    require(actor, "assessment.screen")
    asked = app.configure_task(TASK, queue="screening", lock=TASK, queueing_lock=TASK)
    try:
        with transaction.atomic():
            asked.defer(number=number, post=actor.code, officer=actor.officer)
    except AlreadyEnqueued:
        return False
    return True
