"""The panel: who judged what, and what it amounts to."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from jishiyu.assessment.models import ExpertJudgement
from jishiyu.assessment.rules import ahp
from jishiyu.law.queries import pack


@dataclass(frozen=True, slots=True)
class Panelist:
    """One expert's judgements with what they amount to."""

    expert: str
    officer: str
    matrix: tuple[tuple[Fraction, ...], ...]
    given: int
    weights: ahp.Weights
    doubts: tuple[ahp.Doubt, ...]


def panel() -> list[Panelist]:
    """The experts who judged the pack's present dimensions, each with weights, consistency, and the two worst judgements."""
    rows = ExpertJudgement.objects.filter(content=pack().indicators.version).order_by("expert")
    by_expert: dict[str, list[ExpertJudgement]] = {}
    for row in rows:
        by_expert.setdefault(row.expert, []).append(row)
    return [_panelist(expert, given) for expert, given in by_expert.items()]


def own_judgements(expert: str) -> Panelist | None:
    """What one expert judged so far, if anything."""
    rows = list(ExpertJudgement.objects.filter(expert=expert, content=pack().indicators.version))
    return _panelist(expert, rows) if rows else None


def judged_pairs(expert: str) -> dict[tuple[int, int], str]:
    """What one expert judged so far, by the places of the two dimensions: ``{(0, 1): "3"}``."""
    places = {dim.key: place for place, dim in enumerate(pack().indicators.dims)}
    rows = ExpertJudgement.objects.filter(expert=expert, content=pack().indicators.version)
    return {(places[row.row], places[row.column]): row.value for row in rows}


def _panelist(expert: str, rows: Sequence[ExpertJudgement]) -> Panelist:
    indicators = pack().indicators
    places = {dim.key: place for place, dim in enumerate(indicators.dims)}
    upper = {(places[row.row], places[row.column]): Fraction(row.value) for row in rows}
    matrix = ahp.reciprocal(len(places), upper)
    table = tuple(float(value) for value in indicators.random_index)
    return Panelist(
        expert, rows[0].officer, matrix, len(rows), ahp.weigh(matrix, table), tuple(ahp.doubts(matrix))
    )
