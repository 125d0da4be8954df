"""The tree of indicators as branches to judge: the dimensions, then the indicators within each dimension that has several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jishiyu.assessment.rules.ahp import in_parts
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.indicators import IndicatorSet

ROOT = ""
WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Branch:
    """Things that are compared with one another: ``key`` is "" for the dimensions, else the dimension of the indicators."""

    key: str
    name: Sentence
    keys: tuple[str, ...]
    names: tuple[Sentence, ...]

    @property
    def order(self) -> int:
        """How many things are compared."""
        return len(self.keys)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The places of each two of them."""
        return tuple((row, column) for row in range(self.order) for column in range(row + 1, self.order))


def branches(indicators: IndicatorSet) -> tuple[Branch, ...]:
    """The branches that can be judged, the dimensions first."""
    root = Branch(
        ROOT,
        sentence("各维度之间", "Between the dimensions"),
        tuple(one.key for one in indicators.dims),
        tuple(one.name for one in indicators.dims),
    )
    found = [root]
    for dim in indicators.dims:
        own = indicators.of_dim(dim.key)
        if len(own) > 1:
            found.append(
                Branch(dim.key, dim.name, tuple(one.key for one in own), tuple(one.name for one in own))
            )
    return tuple(found)


def branch_of(indicators: IndicatorSet, key: str) -> Branch | None:
    """The branch of that key, if it can be judged."""
    return next((one for one in branches(indicators) if one.key == key), None)


def global_weights(
    root: Sequence[float], within: Mapping[str, Sequence[float]], indicators: IndicatorSet
) -> dict[str, float]:
    """Each indicator's weight in the whole: the weight of its dimension times its weight within it.

    A dimension that ``within`` does not name goes by the pack's weights.
    """
    found = {}
    for dim, weight in zip(indicators.dims, root, strict=True):
        own = indicators.of_dim(dim.key)
        inner = within.get(dim.key) or [one.weight for one in own]
        for one, part in zip(own, inner, strict=True):
            found[one.key] = weight * part / sum(inner)
    return found


def whole_parts(weights: Sequence[float]) -> list[int]:
    """Weights as millionths that sum to one."""
    return list(in_parts(weights, WHOLE))
