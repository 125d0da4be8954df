"""Asking the worker to take a batch in. The job is written in the caller's transaction: no batch without it, no job without a batch."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jishiyu.offices.rules import Post

TASK = "take_in_workbook"


def ask_for_taking_in(batch_id: UUID, *, actor: Post) -> bool:
    """Queue the taking-in of a batch, acting for the post that asks. False when it waits in the queue already."""
    asked = app.configure_task(
        TASK, queue="imports", lock=f"batch-{batch_id}", queueing_lock=f"batch-{batch_id}"
    )
    try:
        with transaction.atomic():
            asked.defer(batch_id=str(batch_id), post=actor.code, officer=actor.officer)
    except AlreadyEnqueued:
        return False
    return True
