"""The numbers of a score, without words: what its digest is taken over, the same from one household or from a chunk.

Lists follow the order of the pack's indicators: ``points``, the ``most`` that they could be, and the ``values`` measured
(None: not known). Words can be made of it anew from the evidence, the pack and the weights, whose versions stand beside it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from jishiyu.assessment.rules.explanation import Assessment
from jishiyu.assessment.rules.score import Model, Scores
from jishiyu.law.rules.columns import Array
from jishiyu.law.rules.pack import Pack

Numbers = dict[str, Any]


def numbers_of(one: Assessment) -> Numbers:
    """The numbers of one household's assessment."""
    return {
        "band": one.band.key,
        "highest": one.highest,
        "highest_band": one.highest_band.key,
        "most": [each.most for each in one.indicators],
        "override": one.override or "",
        "pack": one.pack_version,
        "points": [each.points for each in one.indicators],
        "score": one.score,
        "set": one.model_version,
        "values": [each.value for each in one.indicators],
    }


def numbers_of_many(scores: Scores, pack: Pack, model: Model) -> list[Numbers]:
    """The numbers of each household of a chunk, in its order."""
    keys = [one.key for one in model.indicators.indicators]
    points = np.stack([scores.points[key].values for key in keys], axis=1).tolist()
    most = np.stack([scores.most[key] for key in keys], axis=1).tolist()
    values = _measured(scores, keys)
    bands, highest_bands = bands_of(scores.score, model), bands_of(scores.highest, model)
    told = zip(
        bands,
        scores.highest.tolist(),
        highest_bands,
        most,
        points,
        scores.score.tolist(),
        values,
        strict=True,
    )
    return [
        {
            "band": band,
            "highest": highest,
            "highest_band": highest_band,
            "most": reach,
            "override": "",
            "pack": pack.version,
            "points": own,
            "score": score,
            "set": model.version,
            "values": measured,
        }
        for band, highest, highest_band, reach, own, score, measured in told
    ]


def bands_of(scores: Array, model: Model) -> list[str]:
    """The band of each score, by key."""
    ordered = sorted(model.indicators.bands, key=lambda one: one.basis_points)
    places = np.searchsorted([one.basis_points for one in ordered], scores, side="right") - 1
    names = [one.key for one in ordered]
    return [names[place] for place in places.tolist()]


def _measured(scores: Scores, keys: list[str]) -> list[list[int | None]]:
    columns = [scores.measures[key] for key in keys]
    values = np.stack([column.values.astype(np.int64) for column in columns], axis=1)
    if all(column.known is None for column in columns):
        return values.tolist()  # type: ignore[no-any-return]
    known = np.stack([column.mask() for column in columns], axis=1)
    rows: list[list[int | None]] = values.tolist()
    for row, place in np.argwhere(~known).tolist():
        rows[row][place] = None
    return rows


def changed_numbers(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of numbers that differ between two results, for a replay to tell."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
