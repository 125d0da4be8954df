"""A household's score in words: the reason of each point, what is missing, and what would carry it into another band."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jishiyu.assessment.rules.book import measure_of
from jishiyu.assessment.rules.fact_names import say_all_missing
from jishiyu.assessment.rules.facts import household_of
from jishiyu.assessment.rules.points import Bound, say_points
from jishiyu.assessment.rules.score import HouseholdScore, Model, Part, score_household
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.indicators import Band, Indicator
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.versions import text_digest
from jishiyu.registry.rules.situation import HouseholdSituation

# Changed whenever a rule's meaning changes, so that a stored score names the rules it came from.
RULES_VERSION = "2026.1"
RULES_TEXT = (
    "foundations/money.py", "foundations/periods.py", "law/rules", "registry/rules", "assessment/rules",
)  # fmt: skip


def rules_version() -> str:
    """The label and the digest of the text of all rules that a score rests on: ``2026.1+3f9a0c21d4e5``."""
    return f"{RULES_VERSION}+{text_digest(RULES_TEXT)}"


@dataclass(frozen=True, slots=True)
class IndicatorPoints:
    """One indicator's points with the reason. ``most`` is what they could reach when they are not known."""

    key: str
    name: Sentence
    dim: str
    points: int
    most: int
    full: int
    known: bool
    value: int | None
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Change:
    """What alone would carry the household into another band: how many points it takes, and which indicators could."""

    band: Band
    points: int
    indicators: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One household's score with all its reasons."""

    day: date
    model_version: str
    pack_version: str
    score: int
    highest: int
    band: Band
    highest_band: Band
    override: str | None
    indicators: tuple[IndicatorPoints, ...]
    missing: tuple[Sentence, ...]
    changes: tuple[Change, ...]
    rules_version: str = field(default_factory=rules_version)

    @property
    def certain(self) -> bool:
        """Whether the band would be the same whatever the missing facts are."""
        return self.band.key == self.highest_band.key


def assess(
    situation: HouseholdSituation, day: date, pack: Pack, model: Model, *, override: str | None = None
) -> Assessment:
    """Score one household with reasons. ``override`` names a circumstance of the pack that goes before the score.

    Raises :class:`CannotBecause` (``assessment.not_scored``) for a circumstance that forbids scoring, and
    (``assessment.no_override``) for one that the pack does not name.
    """
    return explain(
        score_household(household_of(situation, day), day, pack, model), day, pack, model, override=override
    )


def explain(
    found: HouseholdScore, day: date, pack: Pack, model: Model, *, override: str | None = None
) -> Assessment:
    """One household's score in words."""
    parts = tuple(_part(one, found, model) for one in model.indicators.indicators)
    score, highest = found.score, found.highest
    band, highest_band = model.band_of(score), model.band_of(highest)
    if override is not None:
        band = highest_band = _overridden(model, override)
    told = tuple(one.reason for one in parts if not one.known)
    changes = _changes(score, band, parts, model) if override is None else ()
    return Assessment(
        day, model.version, pack.version, score, highest, band, highest_band, override, parts, told, changes
    )


def _part(one: Indicator, found: HouseholdScore, model: Model) -> IndicatorPoints:
    own, bounds = found.parts[one.key], found.bounds[one.key]
    if own.known:
        reason = say_points(one, model.indicators.reasons, own.hit, own.value or 0, bounds)
    else:
        reason = _unknown_reason(one, found, own, bounds, model)
    return IndicatorPoints(
        one.key, one.name, one.dim, own.points, own.most, model.full[one.key], own.known, own.value, reason
    )


def _unknown_reason(
    one: Indicator, found: HouseholdScore, own: Part, bounds: tuple[Bound, ...], model: Model
) -> Sentence:
    told = model.indicators.reasons.unknown
    base = Sentence(told.zh, told.en, {"name": one.name})
    why = found.refusals.get(one.key)
    if own.value is not None:
        why = next((bound.why for bound in bounds if bound.why is not None), None)
    elif why is None and (missing := found.trace.missing(measure_of(one.key))):
        why = say_all_missing(missing)
    return base if why is None else sentence("{b}（缺：{w}）", "{b} (missing: {w})", b=base, w=why)


def _overridden(model: Model, key: str) -> Band:
    found = next((one for one in model.indicators.overrides if one.key == key), None)
    if found is None:
        raise CannotBecause(
            "assessment.no_override",
            sentence("政策包中没有优先情形“{k}”", "The pack has no override “{k}”", k=key),
        )
    if not found.scored or found.band is None:
        raise CannotBecause("assessment.not_scored", sentence("{w}：不计分", "{w}: not scored", w=found.when))
    return next(band for band in model.indicators.bands if band.key == found.band)


def _changes(score: int, band: Band, parts: Sequence[IndicatorPoints], model: Model) -> tuple[Change, ...]:
    ordered = sorted(model.indicators.bands, key=lambda one: one.basis_points)
    place = ordered.index(band)
    found = []
    if place + 1 < len(ordered):
        need = ordered[place + 1].basis_points - score
        able = tuple(one.name for one in parts if one.full - one.points >= need)
        found.append(Change(ordered[place + 1], need, able))
    if place > 0:
        need = score - band.basis_points + 1
        able = tuple(one.name for one in parts if one.points >= need)
        found.append(Change(ordered[place - 1], -need, able))
    return tuple(found)


def assessment_data(one: Assessment) -> dict[str, Any]:
    """The whole answer as plain data: what is stored, and what the hash is taken over."""
    return {
        "day": one.day.isoformat(),
        "model_version": one.model_version,
        "pack_version": one.pack_version,
        "rules_version": one.rules_version,
        "score": one.score,
        "highest": one.highest,
        "band": one.band.key,
        "highest_band": one.highest_band.key,
        "override": one.override,
        "indicators": [
            {
                "key": each.key,
                "name": each.name.as_data(),
                "dim": each.dim,
                "points": each.points,
                "most": each.most,
                "full": each.full,
                "known": each.known,
                "value": each.value,
                "reason": each.reason.as_data(),
            }
            for each in one.indicators
        ],
        "missing": [each.as_data() for each in one.missing],
        "changes": [
            {
                "band": each.band.key,
                "band_name": each.band.name.as_data(),
                "points": each.points,
                "indicators": [name.as_data() for name in each.indicators],
            }
            for each in one.changes
        ],
    }


def dimensions_data(one: Assessment, model: Model) -> list[dict[str, Any]]:
    """Points by dimension, in the set's order, for the bars of a screen."""
    rows = []
    for dim in model.indicators.dims:
        parts = [each for each in one.indicators if each.dim == dim.key]
        rows.append(
            {
                "key": dim.key,
                "name": dim.name.as_data(),
                "points": sum(each.points for each in parts),
                "most": sum(each.most for each in parts),
                "full": sum(each.full for each in parts),
                "known": all(each.known for each in parts),
            }
        )
    return rows
