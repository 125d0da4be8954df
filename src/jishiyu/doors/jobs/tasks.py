"""What the worker does (procrastinate finds this page by its name). Each task acts for a post, as a request would."""

import json
import logging
from uuid import UUID

from procrastinate import JobContext, RetryStrategy, jobs, sql
from procrastinate.contrib.django import app

from jishiyu.assessment import operations as assessment
from jishiyu.evidence import operations as evidence
from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys import exchange_with_partners as partners
from jishiyu.journeys import read_district, what_if
from jishiyu.journeys import screen_the_district as screening
from jishiyu.journeys.take_in_workbook import take_in
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import posts_held
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.oversight import operations as oversight

log = logging.getLogger(__name__)


@app.task(name="take_in_workbook", queue="imports", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def take_in_workbook(batch_id: str, post: str, officer: str) -> None:
    """Take a received workbook in, for the post that handed it in. Begun again after a crash, it goes on where it stopped."""
    actor = _held(post, officer)
    if actor is None:
        why = CannotBecause(
            "post_not_held",
            sentence("上传人已不在岗", "Whoever uploaded it no longer holds the post"),
            sentence("请由在岗经办人继续", "Let the present caseworker go on with it"),
        )
        with acting(SYSTEM, moment=moment_now(), source="worker"):
            evidence.fail(UUID(batch_id), why, actor=SYSTEM, moment=moment_now())
        return
    for progress in take_in(UUID(batch_id), actor=actor, clock=moment_now):
        log.info("batch %s: %s of %s households", batch_id, progress.done, progress.total)


@app.task(name=screening.TASK, queue="screening", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def screen_the_district(number: int, post: str, officer: str) -> None:
    """Take a run over the district forward, for the post that asked. Begun again after a crash, it goes on where it stopped."""
    actor = _held(post, officer)
    if actor is None:
        log.warning(
            "run %s over the district: %s is not held any more; somebody else may go on", number, post
        )
        return
    try:
        for progress in screening.screen_the_district(number, actor=actor, clock=moment_now):
            log.info("run %s: %s of %s households", number, progress.done, progress.total)
    except CannotBecause as refused:  # another process is at it
        log.warning("run %s: %s", number, refused)


@app.task(name=what_if.TASK, queue="trials", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def try_a_change(run_id: str, post: str, officer: str) -> None:
    """Run a trial of policy for the post that asked. Begun again after a crash, it begins anew."""
    actor = _held(post, officer)
    if actor is None:
        why = CannotBecause(
            "post_not_held",
            sentence("申请人已不在岗", "Whoever asked for it no longer holds the post"),
            sentence("请由在岗人员重新试算", "Let somebody who holds the post try it again"),
        )
        with acting(SYSTEM, moment=moment_now(), source="worker"):
            oversight.fail_run(UUID(run_id), why, actor=SYSTEM, moment=moment_now())
        return
    what_if.run_trial(UUID(run_id), actor=actor, clock=moment_now)


@app.task(name=read_district.TASK, queue="screening", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def read_the_district(post: str, officer: str) -> None:
    """Read the district's newest scores for the post that asked. Begun again after a crash, it begins anew."""
    actor = _held(post, officer)
    if actor is None:
        log.warning("reading the district: %s is not held any more; somebody else may ask", post)
        return
    moment = moment_now()
    try:
        with acting(actor, moment=moment, source="worker"):
            row = assessment.read_district(actor=actor, moment=moment)
        log.info("the district was read: %s households", row.households)
    except CannotBecause as refused:
        log.warning("reading the district: %s", refused)


@app.task(name=partners.TASK, queue="partners", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def answer_partner(message_id: str) -> None:
    """Answer a partner's message and send the answer. One that does not arrive is tried again, then stays to be asked after."""
    if not partners.tell(UUID(message_id), clock=moment_now):
        raise NotDelivered(message_id)


@app.periodic(cron="* * * * *")
@app.task(name=partners.NOTIFY, queue="partners", queueing_lock=partners.NOTIFY)
def notify_partners(timestamp: int) -> None:  # noqa: ARG001 - given by the clock
    """Tell subscribers what happened since the last look."""
    made = partners.notify_subscribers(clock=moment_now)
    if made:
        log.info("%s notifications on their way", made)


class NotDelivered(Exception):
    """An answer did not arrive: the queue tries again later. Names the message, nothing of it."""


def _held(post: str, officer: str) -> Post | None:
    if post == SYSTEM.code and not officer:
        return SYSTEM
    today = day_of(moment_now())
    return (
        next((held for held in posts_held(UUID(officer), today) if held.code == post), None)
        if officer
        else None
    )


@app.periodic(cron="* * * * *")
@app.task(
    name="take_up_stalled_jobs", queue="upkeep", queueing_lock="take_up_stalled_jobs", pass_context=True
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - given by the clock
    """Queue again the jobs of a worker that died: it has sent no sign of life for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="20 3 * * *")
@app.task(name="drop_expired_drafts", queue="upkeep", queueing_lock="drop_expired_drafts")
def drop_expired_drafts(timestamp: int) -> None:  # noqa: ARG001 - given by the clock
    """Delete applications that were begun on line and left, with their files."""
    moment = moment_now()
    with acting(SYSTEM, moment=moment, source="worker"):
        dropped = evidence.drop_expired_drafts(today=day_of(moment), actor=SYSTEM)
    log.info("drafts that were left: %s deleted", dropped)


def run_waiting_jobs(*, until_empty: bool = True) -> int:
    """Run what waits in the queue in this very thread and connection; returns how many jobs ran. For tests and the demo.

    A job that fails raises here and stays failed in the queue. ``until_empty=False`` runs one job at most.
    """
    connector, ran = app.connector, 0
    worker = connector.execute_query_one(query=sql.queries["register_worker"])["worker_id"]
    try:
        while until_empty or not ran:
            row = connector.execute_query_one(query=sql.queries["fetch_job"], queues=None, worker_id=worker)
            if row["id"] is None:
                break
            ran += 1
            # Django's connection gives JSON as text, the worker's own gives it read.
            args = row["args"] if isinstance(row["args"], dict) else json.loads(row["args"])
            _run(jobs.Job.from_row({**row, "args": args}))
    finally:
        connector.execute_query(query=sql.queries["unregister_worker"], worker_id=worker)
    return ran


def _run(job: jobs.Job) -> None:
    status = jobs.Status.FAILED
    try:
        app.tasks[job.task_name].func(**job.task_kwargs)
        status = jobs.Status.SUCCEEDED
    finally:
        app.connector.execute_query(
            query=sql.queries["finish_job"], job_id=job.id, status=status.value, delete_job=False
        )


@app.periodic(cron="10 0 * * *")
@app.task(name="note_expired_notices", queue="imports", queueing_lock="note_expired_notices")
def note_expired_notices(timestamp: int) -> None:
    """Write down each night which notices left the public page because their days are over; they are not shown any more anyway."""
    moment = moment_now()
    with acting(SYSTEM, moment=moment, source="worker"):
        count = notices.note_expired(actor=SYSTEM, moment=moment)
    log.info("%s notices left the public page (asked at %s)", count, timestamp)
