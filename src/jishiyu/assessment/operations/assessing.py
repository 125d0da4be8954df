"""Scoring: one household with its reasons in words, or many at once by their numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from jishiyu.assessment import queries
from jishiyu.assessment.models import HardshipScore
from jishiyu.assessment.operations.screening import store_scores
from jishiyu.assessment.rules.explanation import assess, assessment_data, dimensions_data
from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.numbers import new_scores, numbers_of, written_scores
from jishiyu.assessment.rules.score import score_population
from jishiyu.foundations.canonical import digest
from jishiyu.journal.operations import record
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack
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
    adopt_pack(pack(), at=moment)
    result = assess(facts, day, pack(), found.model, override=override)
    numbers, words = numbers_of(result), assessment_data(result)
    sign = digest(numbers)
    latest = queries.latest_score(UUID(facts.household_id))
    if latest is not None and (latest.snapshot_id, latest.digest) == (snapshot_id, sign):
        return latest
    kept, made = HardshipScore.objects.get_or_create(
        snapshot_id=snapshot_id,
        day=day,
        digest=sign,
        defaults={
            "household_id": UUID(facts.household_id),
            "indicator_set": found.approved,
            "set_version": result.model_version,
            "pack_version": result.pack_version,
            "rules_version": result.rules_version,
            "score": result.score,
            "highest": result.highest,
            "band": result.band.key,
            "highest_band": result.highest_band.key,
            "override": result.override or "",
            "numbers": numbers,
            "dimensions": dimensions_data(result, found.model),
            "reasons": words["indicators"],
            "missing": words["missing"],
            "changes": words["changes"],
            "made_at": moment,
            "made_by": actor.code,
        },
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
    adopt_pack(pack(), at=moment)
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
    homes = [one.household_id for one in facts]
    new = new_scores(
        homes, [str(id) for id in snapshot_ids], written_scores(scores, pack(), found.model), queries.newest_scores(homes),
        queries.numbers_sealer(),
    )  # fmt: skip
    return store_scores(new, found=found, day=day, actor=actor, moment=moment)
