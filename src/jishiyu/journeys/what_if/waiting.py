"""Asking the worker to run a trial. The job is written in the caller's transaction."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jishiyu.offices.rules import Post

TASK = "try_a_change"


def ask_for_trial(run_id: UUID, *, actor: Post) -> bool:
    """Queue a trial, acting for the post that asks; one is run at a time. False when it waits in the queue already."""
    asked = app.configure_task(TASK, queue="trials", lock=TASK, queueing_lock=f"trial-{run_id}")
    try:
        with transaction.atomic():
            asked.defer(run_id=str(run_id), post=actor.code, officer=actor.officer)
    except AlreadyEnqueued:
        return False
    return True
