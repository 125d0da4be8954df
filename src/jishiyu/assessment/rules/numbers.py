"""The numbers of a score, without words: what its digest is taken over, the same from one household or from a chunk.

Lists follow the order of the pack's indicators: ``points``, the ``most`` that they could be, and the ``values`` measured
(None: not known). Words can be made of it anew from the evidence, the pack and the weights, whose versions stand beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jishiyu.assessment.rules.explanation import Assessment
from jishiyu.assessment.rules.score import Model, Scores
from jishiyu.foundations.canonical import Canonical, canonical_text, digest
from jishiyu.foundations.secrets import Sealer
from jishiyu.law.rules.columns import Array, Mask
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


@dataclass(frozen=True, slots=True)
class WrittenScores:
    """Many households' scores as they are stored: by columns, with the numbers of each as canonical text."""

    score: list[int]
    highest: list[int]
    band: list[str]
    highest_band: list[str]
    texts: list[Canonical]


def written_scores(scores: Scores, pack: Pack, model: Model) -> WrittenScores:
    """The numbers of each household of a chunk, in its order, written as :func:`canonical_text` would write them one by one."""
    keys = [one.key for one in model.indicators.indicators]
    points = _lists(np.stack([scores.points[key].values for key in keys], axis=1))
    most = _lists(np.stack([scores.most[key] for key in keys], axis=1))
    values = _lists(*_measured(scores, keys))
    bands, highest_bands = bands_of(scores.score, model), bands_of(scores.highest, model)
    own, reach = scores.score.tolist(), scores.highest.tolist()
    said = {one.key: canonical_text(one.key) for one in model.indicators.bands}
    version, weights = canonical_text(pack.version), canonical_text(model.version)
    told = zip(bands, reach, highest_bands, most, points, own, values, strict=True)
    texts = [
        Canonical(
            f'{{"band":{said[band]},"highest":{highest},"highest_band":{said[highest_band]},"most":[{many}],'
            f'"override":"","pack":{version},"points":[{few}],"score":{score},"set":{weights},"values":[{measured}]}}'
        )
        for band, highest, highest_band, many, few, score, measured in told
    ]
    return WrittenScores(own, reach, bands, highest_bands, texts)


@dataclass(frozen=True, slots=True)
class NewScores:
    """The scores of a chunk that are to be stored, by columns; ``numbers`` are sealed."""

    household: list[str]
    snapshot: list[str]
    score: list[int]
    highest: list[int]
    band: list[str]
    highest_band: list[str]
    numbers: list[bytes]
    digest: list[str]


def new_scores(
    households: Sequence[str],
    snapshots: Sequence[str],
    written: WrittenScores,
    newest: Mapping[str, tuple[str, str]],
    sealer: Sealer,
) -> NewScores:
    """Of written scores those that are new: where the newest rests on other evidence or says something else.

    ``newest``: by household, the snapshot and the digest of its newest score.
    """
    signs = [digest(text) for text in written.texts]
    fresh = places_of_new(households, snapshots, signs, newest)

    def of(column: Sequence[Any]) -> list[Any]:
        return [column[place] for place in fresh]

    return NewScores(
        of(households), of(snapshots), of(written.score), of(written.highest), of(written.band),
        of(written.highest_band), sealer.seal(of(written.texts)), of(signs),
    )  # fmt: skip


def places_of_new(
    households: Sequence[str],
    snapshots: Sequence[str],
    signs: Sequence[str],
    newest: Mapping[str, tuple[str, str]],
) -> list[int]:
    """Where a household's newest result is not on the same snapshot with the same digest."""
    pairs = zip(households, snapshots, signs, strict=True)
    return [place for place, (home, *own) in enumerate(pairs) if newest.get(home) != tuple(own)]


def bands_of(scores: Array, model: Model) -> list[str]:
    """The band of each score, by key."""
    ordered = sorted(model.indicators.bands, key=lambda one: one.basis_points)
    places = np.searchsorted([one.basis_points for one in ordered], scores, side="right") - 1
    names = [one.key for one in ordered]
    return [names[place] for place in places.tolist()]


def _measured(scores: Scores, keys: list[str]) -> tuple[Array, Mask | None]:
    columns = [scores.measures[key] for key in keys]
    values = np.stack([column.values.astype(np.int64) for column in columns], axis=1)
    if all(column.known is None for column in columns):
        return values, None
    return values, np.stack([column.mask() for column in columns], axis=1)


def _lists(rows: Array, known: Mask | None = None) -> list[str]:
    """Each row's whole numbers as text between commas; ``null`` where not known. One text for all, cut afterwards: much quicker."""
    cells = rows.tolist()
    if known is not None:
        for row, place in np.argwhere(~known).tolist():
            cells[row][place] = None
    whole = repr(cells)[2:-2].replace(" ", "").replace("None", "null")
    return whole.split("],[")


def changed_numbers(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of numbers that differ between two results, for a replay to tell."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
