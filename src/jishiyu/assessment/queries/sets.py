"""Versions of the weights: all of them, one, and the one in force on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from jishiyu.assessment.models import IndicatorSet
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.foundations.outcomes import NotFound, sentence
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
    return ModelInForce(model_of(indicators, row.weights, row.label), row)


def indicator_sets() -> list[IndicatorSet]:
    """All versions of the weights, newest first."""
    return list(IndicatorSet.objects.order_by(F("first_day").desc(), "-made_at"))


def indicator_set(set_id: UUID) -> IndicatorSet:
    """One version. Raises NotFound."""
    row = IndicatorSet.objects.filter(pk=set_id).first()
    if row is None:
        raise NotFound("assessment.no_set", sentence("没有这个指标版本", "There is no such set of weights"))
    return row
