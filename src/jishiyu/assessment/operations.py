"""Acts of the assessment: score a household or many, give judgements, and make and approve a version of the weights."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.assessment import queries
from jishiyu.assessment.models import ExpertJudgement, HardshipScore, IndicatorSet
from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.explanation import (
    Assessment,
    assess,
    assessment_data,
    dimensions_data,
    explain,
    traced_scores,
    unknown_in,
)
from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.score import score_population
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.engine import Missing
from jishiyu.offices.rules import Post, require
from jishiyu.registry.queries import situation, situations

_BATCH = 2_000


def assess_household(
    snapshot_id: UUID, *, actor: Post, moment: datetime, day: date, override: str | None = None
) -> HardshipScore:
    """Score a household on a snapshot and keep the score with its reasons.

    The same evidence, pack and weights keep one score: assessed again, the stored one comes back. ``override`` names a
    circumstance of the pack that goes before the score (a person saw it). Raises NotYours, NotFound, CannotBecause.
    """
    require(actor, "assessment.assess")
    facts = situation(snapshot_id)
    found = queries.model_in_force(day)
    result = assess(facts, day, pack(), found.model, override=override)
    row = _row(snapshot_id, UUID(facts.household_id), result, found, actor, moment)
    latest = queries.latest_score(row.household_id)
    if latest is not None and (latest.snapshot_id, latest.digest) == (row.snapshot_id, row.digest):
        return latest
    kept, made = HardshipScore.objects.get_or_create(
        snapshot_id=row.snapshot_id, day=row.day, digest=row.digest, defaults=_values(row)
    )
    if made:
        record(
            act="assessment.assess",
            about=("score", kept.id),
            household=kept.household_id,
            detail={"set": kept.set_version, "pack": kept.pack_version, "digest": kept.digest},
        )
    return kept


def assess_many(snapshot_ids: Sequence[UUID], *, actor: Post, moment: datetime, day: date) -> int:
    """Score many households at once; what is stored already for the same evidence is left. Returns how many are new."""
    require(actor, "assessment.assess")
    found = queries.model_in_force(day)
    made = 0
    ordered = sorted(snapshot_ids)
    for start in range(0, len(ordered), _BATCH):
        made += _assess_batch(ordered[start : start + _BATCH], found, actor, moment, day)
    record(
        act="assessment.assess_many", detail={"snapshots": len(ordered), "new": made, "pack": pack().version}
    )
    return made


def _assess_batch(
    snapshot_ids: Sequence[UUID], found: queries.ModelInForce, actor: Post, moment: datetime, day: date
) -> int:
    facts = situations(snapshot_ids)
    scores = score_population(population_of(facts, day), day, pack(), found.model)
    rows = []
    # Only a household that lacks something is traced, to name what it lacks; and what the pack lacks, all lack alike.
    lacks = [unknown_in(scores, place) for place in range(len(facts))]
    common: frozenset[str] = min(lacks, key=len, default=frozenset())
    shared: dict[str, tuple[Missing, ...]] = {}
    if common:
        _, shared = traced_scores(facts[lacks.index(common)], day, pack(), found.model)
    alike = all(gap.why is not None for gaps in shared.values() for gap in gaps)
    for place, (snapshot_id, one) in enumerate(zip(snapshot_ids, facts, strict=True)):
        result = (
            explain(scores, place, day, pack(), found.model, missing=shared)
            if not lacks[place] or (alike and lacks[place] == common)
            else assess(one, day, pack(), found.model)
        )
        rows.append(_row(snapshot_id, UUID(one.household_id), result, found, actor, moment))
    latest = _latest_digests([row.household_id for row in rows])
    new = [row for row in rows if latest.get(row.household_id) != (row.snapshot_id, row.digest)]
    return len(HardshipScore.objects.bulk_create(new, ignore_conflicts=True, batch_size=500))


def _latest_digests(household_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (s.household_id) s.household_id, s.snapshot_id, s.digest"
            " from assessment_hardshipscore s join registry_snapshot n on n.id = s.snapshot_id"
            " where s.household_id = any(%s) order by s.household_id, s.day desc, s.made_at desc, n.number desc",
            [list(household_ids)],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _row(
    snapshot_id: UUID,
    household_id: UUID,
    result: Assessment,
    found: queries.ModelInForce,
    actor: Post,
    moment: datetime,
) -> HardshipScore:
    data = assessment_data(result)
    return HardshipScore(
        household_id=household_id,
        snapshot_id=snapshot_id,
        indicator_set=found.approved,
        set_version=result.model_version,
        pack_version=result.pack_version,
        rules_version=result.rules_version,
        day=result.day,
        score=result.score,
        highest=result.highest,
        band=result.band.key,
        highest_band=result.highest_band.key,
        override=result.override or "",
        dimensions=dimensions_data(result, found.model),
        reasons=data["indicators"],
        missing=data["missing"],
        changes=data["changes"],
        digest=digest({key: value for key, value in data.items() if key != "day"}),
        made_at=moment,
        made_by=actor.code,
    )


def _values(row: HardshipScore) -> dict[str, Any]:
    names = (field.attname for field in HardshipScore._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name not in ("id", "snapshot_id", "day", "digest")}


def judge(
    judgements: Mapping[tuple[str, str], str], *, actor: Post, moment: datetime
) -> queries.Panelist | None:
    """An expert compares dimensions: ``{(row, column): "3" or "1/3"}``; a pair judged before is judged anew, "" takes it back.

    Returns what the expert's judgements amount to now; None when none is left.

    Raises CannotBecause for an unknown dimension or a value off the scale of 1 to 9 and its inverses.
    """
    require(actor, "assessment.judge")
    content = pack().indicators
    places = {dim.key: place for place, dim in enumerate(content.dims)}
    for (row, column), value in judgements.items():
        if value:
            _keep(*_upper(row, column, value, places), content.version, actor, moment)
        else:
            own = ExpertJudgement.objects.filter(expert=actor.code, content=content.version)
            own.filter(row__in=(row, column), column__in=(row, column)).delete()
    record(act="assessment.judge", about=("indicators", content.version), detail={"pairs": len(judgements)})
    return queries.own_judgements(actor.code)


def _keep(row: str, column: str, value: str, content: str, actor: Post, moment: datetime) -> None:
    ExpertJudgement.objects.update_or_create(
        expert=actor.code,
        content=content,
        row=row,
        column=column,
        defaults={"value": value, "officer": actor.officer_name, "given_at": moment},
    )


def _upper(row: str, column: str, value: str, places: Mapping[str, int]) -> tuple[str, str, str]:
    try:
        exact = Fraction(value)
    except (ValueError, ZeroDivisionError):
        exact = Fraction(0)
    if row not in places or column not in places or row == column or exact not in ahp.SCALE:
        raise CannotBecause(
            "assessment.bad_judgement",
            sentence(
                "判断值须为1至9或其倒数，且比较两个不同维度",
                "A judgement is 1 to 9 or an inverse, of two dimensions",
            ),
        )
    if places[row] > places[column]:
        row, column, exact = column, row, 1 / exact
    return row, column, str(exact)


def propose_weights(label: str, *, first_day: date, actor: Post, moment: datetime) -> IndicatorSet:
    """Make a version of the weights from the panel's judgements (geometric mean); another person has to approve it.

    Refused without judgements, and when the group's judgements contradict one another beyond the pack's limit.
    """
    require(actor, "assessment.approve_indicators")
    content = pack().indicators
    experts = queries.panel()
    matrix = ahp.combine([one.matrix for one in experts])
    result = ahp.weigh(matrix, tuple(float(value) for value in content.random_index))
    if result.ratio > float(content.consistency_limit):
        raise CannotBecause(
            "assessment.inconsistent",
            sentence(
                "一致性比率{r}超过{l}，请专家复核判断",
                "The consistency ratio {r} is above {l}: the experts have to look again",
                r=f"{result.ratio:.3f}",
                l=content.consistency_limit,
            ),
        )
    row = IndicatorSet.objects.create(
        label=label,
        first_day=first_day,
        pack_version=pack().version,
        content={"version": content.version, "dims": [dim.key for dim in content.dims], "matrix": matrix},
        weights=list(ahp.in_parts(result.weights)),
        consistency=round(result.ratio * 10_000),
        experts=len(experts),
        made_by=actor.code,
        made_by_officer=actor.officer,
        made_at=moment,
    )
    record(act="assessment.propose_weights", about=("indicator set", row.id), detail={"label": label})
    return row


def approve_weights(set_id: UUID, *, actor: Post, moment: datetime) -> IndicatorSet:
    """Approve a version of the weights; it holds from its first day and is never changed. Not by who made it."""
    require(actor, "assessment.approve_indicators")
    row = queries.indicator_set(set_id)
    if row.made_by_officer == actor.officer:
        raise CannotBecause(
            "assessment.own_work", sentence("须由另一人批准", "Another person has to approve it")
        )
    if row.status != "draft":
        raise CannotBecause(
            "assessment.approved", sentence("该版本已批准", "This version is approved already")
        )
    if row.first_day < day_of(moment):
        raise CannotBecause(
            "assessment.in_the_past",
            sentence("生效日不能早于批准日", "A version cannot hold from before its approval"),
        )
    row.status, row.approved_by, row.approved_by_officer, row.approved_at = (
        "approved",
        actor.code,
        actor.officer,
        moment,
    )
    row.save()
    record(act="assessment.approve_indicators", about=("indicator set", row.id), detail={"label": row.label})
    return row
