"""Versions of the weights: all of them, one, and the one in force on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from jishiyu.assessment.models import IndicatorSet
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.law.queries import pack


@dataclass(frozen=True, slots=True)
class ModelInForce:
    """The model to score with on a day, and the approved set that it comes from (None: the pack's own example)."""

    model: Model
    approved: IndicatorSet | None


def model_in_force(day: date) -> ModelInForce:
    """The newest approved weights in force on a day, else the weights of the pack's own matrix, marked illustrative."""
    indicators = pack().indicators
    row = (
        IndicatorSet.objects.filter(status="approved", first_day__lte=day)
        .order_by("-first_day", "-approved_at")
        .first()
    )
    if row is None or row.content["version"] != indicators.version:
        return ModelInForce(model_of(indicators), None)
    return ModelInForce(model_of_set(row), row)


def indicator_sets() -> list[IndicatorSet]:
    """All versions of the weights, newest first."""
    return list(IndicatorSet.objects.order_by(F("first_day").desc(), "-made_at"))


def indicator_set(set_id: UUID) -> IndicatorSet:
    """One version. Raises NotFound."""
    row = IndicatorSet.objects.filter(pk=set_id).first()
    if row is None:
        raise NotFound("assessment.no_set", sentence("没有这个指标版本", "There is no such set of weights"))
    return row


def model_of_set(row: IndicatorSet) -> Model:
    """The model that a version's weights make over the pack's present indicators. Refused when it was made over others."""
    indicators = pack().indicators
    if row.content["version"] != indicators.version:
        raise CannotBecause(
            "assessment.other_indicators",
            sentence(
                "该版本的权重针对另一版指标（{v}）",
                "These weights were made over another version of the indicators ({v})",
                v=row.content["version"],
            ),
        )
    return model_of(indicators, row.weights, row.label, row.within)
