"""The tree of indicators as branches to judge: the dimensions, then the indicators within each dimension that has several."""

from collections.abc import Sequence
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


def whole_parts(weights: Sequence[float]) -> list[int]:
    """Weights as millionths that sum to one."""
    return list(in_parts(weights, WHOLE))
