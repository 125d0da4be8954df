"""A trial on its way: asked for, taken forward by the worker, stopped by who asked, failed with a reason, or done."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import WhatIf, WhatIfRun
from jishiyu.oversight.rules.trials import TRY, require_trial


def ask_trial(
    name: str, *, day: date, changes: list[dict[str, Any]], said: list[dict[str, str]], households: int,
    actor: Post, moment: datetime,
) -> WhatIfRun:  # fmt: skip
    """Ask for a trial over so many households, on the evidence that is there now. Refused without a name."""
    require_trial(actor, TRY, pack().district)
    if not name.strip():
        raise CannotBecause("oversight.trial_unnamed", sentence("请填写名称", "Give the trial a name"))
    row = WhatIfRun.objects.create(
        name=name.strip(), day=day, changes=changes, said=said, total=households, evidence_until=moment,
        agency=actor.agency if actor.scope == "agency" else "", asked_by=actor.code, author=actor.officer_name,
        asked_at=moment,
    )  # fmt: skip
    record(act="oversight.ask_trial", about=("what-if-run", row.id), detail={"households": households})
    return row


def advance_run(
    run_id: UUID, phase: str, done: int, total: int, *, actor: Post, moment: datetime
) -> WhatIfRun | None:
    """Note how far the worker is. None when nobody waits for it any more: it was stopped, or is at its end."""
    require_trial(actor, TRY, pack().district)
    row = WhatIfRun.objects.select_for_update().get(pk=run_id)
    if row.state not in ("waiting", "running"):
        return None
    row.state, row.phase, row.done, row.total = "running", phase, done, total
    row.started_at, row.advanced_at = row.started_at or moment, moment
    row.save()
    return row


def finish_run(run_id: UUID, what_if: WhatIf, *, actor: Post, moment: datetime) -> None:
    """The figures are kept. Refused when it was stopped meanwhile, so that nothing is kept of it."""
    require_trial(actor, TRY, pack().district)
    row = WhatIfRun.objects.select_for_update().get(pk=run_id)
    if row.state not in ("waiting", "running"):
        raise CannotBecause("oversight.trial_stopped", sentence("试算已取消", "The trial was stopped"))
    row.state, row.what_if, row.ended_at, row.advanced_at = "done", what_if, moment, moment
    row.started_at = row.started_at or moment
    row.done = row.total
    row.save()


def fail_run(run_id: UUID, why: CannotBecause, *, actor: Post, moment: datetime) -> None:
    """End a trial that cannot be run, with the reason."""
    row = WhatIfRun.objects.select_for_update().get(pk=run_id)
    if row.state not in ("waiting", "running"):
        return
    row.state, row.ended_at = "failed", moment
    row.failure = {"code": why.code, "reason": why.reason.as_data(), "mend": why.mend and why.mend.as_data()}
    row.save()
    record(
        act="oversight.trial_failed", about=("what-if-run", run_id), outcome="refused",
        detail={"code": why.code, "post": actor.code},
    )  # fmt: skip


def stop_run(run_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Stop a trial that nobody wants to wait for. One that ended stays as it is."""
    require_trial(actor, TRY, pack().district)
    row = WhatIfRun.objects.select_for_update().get(pk=run_id)
    if row.state in ("waiting", "running"):
        row.state, row.ended_at = "stopped", moment
        row.save()
        record(act="oversight.stop_trial", about=("what-if-run", run_id))


def again_run(run_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Wait for the worker once more: after a failure, after it was stopped, or when the worker fell silent."""
    require_trial(actor, TRY, pack().district)
    row = WhatIfRun.objects.select_for_update().get(pk=run_id)
    if row.state == "done":
        return
    row.state, row.phase, row.done, row.failure, row.ended_at = "waiting", "", 0, None, None
    row.started_at, row.advanced_at, row.asked_at = None, None, moment
    row.save()
    record(act="oversight.ask_trial", about=("what-if-run", run_id), detail={"again": True})
