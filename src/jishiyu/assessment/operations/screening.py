"""The district's run: begun once, taken forward part by part, and the scores that a part gives."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Max

from jishiyu.assessment import queries
from jishiyu.assessment.models import HardshipScore, ScreeningRun
from jishiyu.assessment.rules.explanation import rules_version as score_rules
from jishiyu.assessment.rules.numbers import NewScores
from jishiyu.foundations.bulk import insert_columns, random_ids
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.registry.queries.district import households_until

_NUMBERS_LOCK = 0x4A495350


def begin_screening(*, day: date, rules_version: str, actor: Post, moment: datetime) -> ScreeningRun:
    """Open a run over the district on a legal date, on the evidence that is there now. Refused while another is open.

    ``rules_version`` names the text of all rules that the run will use.
    """
    require(actor, "assessment.screen")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_NUMBERS_LOCK])
    running = queries.open_screening()
    if running is not None:
        raise already_running(running)
    adopt_pack(pack(), at=moment)
    last: int = ScreeningRun.objects.aggregate(last=Max("number"))["last"] or 0
    row = ScreeningRun.objects.create(
        number=last + 1,
        day=day,
        evidence_until=moment,
        pack_version=pack().version,
        set_version=queries.model_in_force(day).model.version,
        rules_version=rules_version,
        total=households_until(moment),
        asked_by=actor.code,
        asked_at=moment,
    )
    record(
        act="assessment.screen",
        about=("screening", row.number),
        detail={"day": day.isoformat(), "households": row.total, "pack": row.pack_version},
    )
    return row


def already_running(run: ScreeningRun) -> CannotBecause:
    """The refusal to begin, or to go on with, a run while one is under way."""
    return CannotBecause(
        "assessment.screening_under_way",
        sentence(
            "第{n}次全区筛查尚未结束（{d}/{t}户），同时只能进行一次",
            "Run {n} over the district is not done ({d} of {t} households): only one at a time",
            n=run.number,
            d=run.done,
            t=run.total,
        ),
        sentence("请等它结束，或从中断处继续", "Wait until it ends, or go on with it where it stopped"),
    )


def take_up(run_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Note that a worker begins, or goes on, with a run: from here on its pace is measured."""
    require(actor, "assessment.screen")
    ScreeningRun.objects.filter(pk=run_id, state="open").update(taken_up_at=moment, taken_up_done=F("done"))


def claim_part(run_id: UUID, *, expected_done: int, actor: Post) -> ScreeningRun | None:
    """Lock a run to take its next part. None when somebody else took it, or it is no longer open."""
    require(actor, "assessment.screen")
    row = ScreeningRun.objects.select_for_update().get(pk=run_id)
    return row if row.state == "open" and row.done == expected_done else None


def advance_screening(
    row: ScreeningRun, *, last: UUID | None, households: int, counts: Mapping[str, int], moment: datetime
) -> None:
    """Note a part that was done, in its own transaction. ``last`` None: there is nothing more, the run is done."""
    row.done += households
    row.counts = {key: row.counts.get(key, 0) + counts.get(key, 0) for key in row.counts | dict(counts)}
    row.started_at = row.started_at or moment
    row.advanced_at = moment
    if last is not None:
        row.last_household = last
        record(
            act="assessment.screen_part",
            about=("screening", row.number),
            detail={"households": households, "done": row.done},
        )
    else:
        row.state, row.ended_at = "done", moment
        record(act="assessment.screened", about=("screening", row.number), detail=dict(row.counts))
    row.save()


def fail_screening(run_id: UUID, why: CannotBecause, *, actor: Post, moment: datetime) -> None:
    """End a run that cannot go on, with the reason. What it stored stays; a new run may begin."""
    row = ScreeningRun.objects.select_for_update().get(pk=run_id)
    if row.state != "open":
        return
    row.state, row.ended_at = "failed", moment
    row.failure = {"code": why.code, "reason": why.reason.as_data(), "mend": why.mend and why.mend.as_data()}
    row.save()
    record(
        act="assessment.screen_failed",
        about=("screening", row.number),
        outcome="refused",
        detail={"code": why.code, "post": actor.code},
    )


def store_scores(
    new: NewScores,
    *,
    found: queries.ModelInForce,
    day: date,
    actor: Post,
    moment: datetime,
    screening: UUID | None = None,
) -> int:
    """Keep many scores by their numbers; words are made of them when somebody asks. Returns how many are new.

    The caller has the right, has kept the pack, and writes the journal.
    """
    return insert_columns(
        HardshipScore,
        {
            "id": random_ids(len(new.household)),
            **{one.name: getattr(new, one.name) for one in fields(new)},
        },
        constants={
            "indicator_set": found.approved.pk if found.approved else None,
            "set_version": found.model.version,
            "pack_version": pack().version,
            "rules_version": score_rules(),
            "day": day,
            "override": "",
            "made_at": moment,
            "made_by": actor.code,
            "screening": screening,
        },
        known_ignored=True,
    )
