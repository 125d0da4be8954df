"""The queue of answers that are sent later."""

from uuid import UUID

from procrastinate.contrib.django import app

TASK = "answer_partner"
NOTIFY = "notify_partners"


def ask_for_answer(message_id: UUID) -> None:
    """Let the worker answer a kept message and send the answer; queued in the caller's transaction."""
    app.configure_task(TASK, queue="partners").defer(message_id=str(message_id))
