"""Trying a change: asked for with all that can be refused at once, then run, in this transaction or by the worker.

The worker reads and computes outside of any transaction of its own and tells how far it is after each part; a trial that was
stopped ends there. Figures and households are kept in one transaction with the trial's end, so that there is never a half.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa

from jishiyu.assessment.queries import ModelInForce, model_in_force
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.what_if.evidence import SHELF, Shelf, evidence, evidence_in_parts, no_evidence
from jishiyu.journeys.what_if.waiting import ask_for_trial
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.oversight import operations, queries
from jishiyu.programmes.rules.changes import Policy, changed, changes_data, policy_of, read_changes
from jishiyu.programmes.rules.changes_said import say_change
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.programmes.rules.what_if import KINDS, Compared, against
from jishiyu.programmes.rules.what_if_base import baseline
from jishiyu.programmes.rules.what_if_behind import behind
from jishiyu.programmes.rules.what_if_figures import figures_of, poverty_line
from jishiyu.registry.queries.district import evidence_mark, households_until

# So few households are answered within the request.
AT_ONCE = 1_500
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Nobody waits for the trial any more."""


def begin_trial(name: str, changes: Any, *, day: date, actor: Post, moment: datetime) -> UUID:
    """Ask for a trial from ``day`` on over the newest evidence within the post's reach. Returns the id of its run.

    With few households it is done at once, in this transaction; else the worker is asked. ``changes`` as
    :func:`jishiyu.programmes.rules.changes.read_changes` reads them. Raises NotYours, and CannotBecause for a change that
    cannot be made and when there is no evidence.
    """
    operations.require_trying(actor)
    wanted, found = read_changes(changes), model_in_force(day)
    before = policy_of(pack(), found.model, day)
    changed(before, wanted)
    count = households_until(moment)
    if not count:
        raise no_evidence()
    said = [say_change(one, before).as_data() for one in wanted]
    run = operations.ask_trial(
        name, day=day, changes=changes_data(wanted), said=said, households=count, actor=actor, moment=moment
    )
    if count > AT_ONCE:
        ask_for_trial(run.id, actor=actor)
    else:
        _keep(run, found, *_at_once(run, before, moment), actor=actor, moment=moment)
    return run.id


def _at_once(run: Any, before: Policy, moment: datetime) -> tuple[Compared, Any]:
    found = evidence(run.day, moment)
    base = baseline(found.table, before, asked=found.asked)
    return against(base, changed(before, read_changes(run.changes))), found.table["household_id"]


def run_trial(run_id: UUID, *, actor: Post, clock: Clock, shelf: Shelf = SHELF) -> None:
    """Take a trial to its end, as the worker does. Begun again after a crash it begins anew: nothing half is kept.

    Opens its own transactions: not to be called inside another post's. A trial that cannot be run ends with the reason.
    """
    try:
        _run(run_id, actor, clock, shelf)
    except Stopped:
        log.info("trial %s: stopped", run_id)
    except CannotBecause as why:
        _fail(run_id, why, actor, clock)
    except Exception:
        log.exception("trial %s failed", run_id)
        _fail(run_id, _unexpected(run_id), actor, clock)


def _run(run_id: UUID, actor: Post, clock: Clock, shelf: Shelf) -> None:
    with acting(actor, moment=clock(), source="worker"):
        run = queries.what_if_run(run_id, actor)
        found = model_in_force(run.day)
        mark = evidence_mark(run.evidence_until)
    if run.state not in ("waiting", "running"):
        return
    total = run.total

    def told(phase: str) -> Callable[[int], None]:
        def tell(done: int) -> None:
            with acting(actor, moment=clock(), source="worker"):
                if (
                    operations.advance_run(
                        run_id, phase, min(done, total), total, actor=actor, moment=clock()
                    )
                    is None
                ):
                    raise Stopped

        return tell

    told("reading")(0)
    before = policy_of(pack(), found.model, run.day)
    after = changed(before, read_changes(run.changes))
    key = (mark, actor.scope, actor.agency, pack().version, found.model.version, rules_version(), run.day)
    kept = shelf.get(
        key,
        before,
        lambda: evidence_in_parts(actor, clock, run.day, run.evidence_until, told("reading")),
        told("computing"),
    )
    compared = against(kept.base, after, told=told("comparing"))
    told("keeping")(total)
    with acting(actor, moment=clock(), source="worker"):
        _keep(run, found, compared, kept.ids, actor=actor, moment=clock())


def _fail(run_id: UUID, why: CannotBecause, actor: Post, clock: Clock) -> None:
    with acting(actor, moment=clock(), source="worker"):
        operations.fail_run(run_id, why, actor=actor, moment=clock())


def _unexpected(run_id: UUID) -> CannotBecause:
    return CannotBecause(
        "what_if.fault",
        sentence("程序出错，试算没有完成", "A fault of the program: the trial was not done"),
        sentence(
            "可以再试一次；仍不行，请把编号{n}告诉系统管理员",
            "Try once more; if it fails again, give the administrator the number {n}",
            n=str(run_id)[:8],
        ),
    )


def _keep(
    run: Any,
    found: ModelInForce,
    compared: Compared,
    ids: Any,
    *,
    actor: Post,
    moment: datetime,
) -> UUID:
    row = operations.keep_what_if(
        run.name, day=run.day, changes=run.changes, said=run.said, figures=figures_of(compared),
        touched=_touched(compared, ids), set_version=found.model.version, rules_version=rules_version(),
        evidence_until=run.evidence_until, actor=actor, moment=moment,
    )  # fmt: skip
    operations.finish_run(run.id, row, actor=actor, moment=moment)
    return row.id


def _touched(compared: Compared, ids: Any) -> dict[str, list[Any]]:
    bands, after_bands = (
        [one.key for one in sorted(policy.pack.indicators.bands, key=lambda b: b.basis_points)]
        for policy in (compared.before, compared.after)
    )
    parts: dict[int, list[Any]] = {}
    for item, row, before, after, _, _ in zip(*(one.tolist() for one in compared.moves), strict=True):
        parts.setdefault(row, []).append([compared.reached[item], before, after])
    line = poverty_line(compared.before) or poverty_line(compared.after)
    marks: dict[int, list[str]] = {}
    for name, places in behind(compared, line).items():
        for place in places.tolist():
            marks.setdefault(place, []).append(name)
    moved = (compared.difference != 0) | (compared.band[0] != compared.band[1])
    changed_rows = set(np.flatnonzero(moved).tolist()) | parts.keys()
    rows = sorted(changed_rows | marks.keys())
    pick = [one[rows].tolist() for one in (compared.aid[0], compared.aid[1], *compared.score)]
    return {
        "household": [UUID(one) for one in ids.take(pa.array(rows, pa.int64())).to_pylist()],
        "kind": [KINDS[one] for one in compared.kind[rows].tolist()],
        "before": pick[0],
        "after": pick[1],
        "more": [after - before for before, after in zip(pick[0], pick[1], strict=True)],
        "band_before": [bands[one] for one in compared.band[0][rows].tolist()],
        "band_after": [after_bands[one] for one in compared.band[1][rows].tolist()],
        "score_before": pick[2],
        "score_after": pick[3],
        "parts": [parts.get(row, []) for row in rows],
        "marks": [marks.get(row, []) for row in rows],
        "changed": [row in changed_rows for row in rows],
    }
