"""What a screened household looks like in a file: the score with its points, and each item's outcome and amounts.

Columns: ``household_id``, ``sub_district``, ``as_of``, ``score``, ``highest`` (hundredths of a point), ``band``,
``highest_band``; ``points_<indicator>`` (null: not known); for each item ``<item>_outcome``, and where the item has them
``<item>_amount``, ``<item>_at_least`` (fen), ``<item>_yields_to``.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import bands_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.rules.columns import Column
from jishiyu.programmes.rules.screening import CANNOT, ELIGIBLE, OUTCOMES, Answer, Screening
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry.rules.arrow_form import HOUSEHOLD

_KEPT = ("household_id", "sub_district", "as_of")
_WORD = pa.dictionary(pa.int8(), pa.string())


def screened(screening: Screening, batch: pa.RecordBatch) -> pa.RecordBatch:
    """The households of a batch, screened, in their order. Refused when one of them has no members."""
    _insist_on_members(batch)
    people = population_from(batch.select(HOUSEHOLD.names), screening.day)
    found = screening.screen(people)
    columns: dict[str, Any] = {name: batch.column(name) for name in _KEPT}
    scores, model = found.scores, screening.model
    columns["score"] = scores.score.astype(np.int32)
    columns["highest"] = scores.highest.astype(np.int32)
    names: list[str] = [band.key for band in model.indicators.bands]
    columns["band"] = _words([names.index(one) for one in bands_of(scores.score, model)], names)
    columns["highest_band"] = _words([names.index(one) for one in bands_of(scores.highest, model)], names)
    for key, points in scores.points.items():
        columns[f"points_{key}"] = _known(points, pa.int32())
    ids = [item.id for item in screening.pack.items]
    for answer in found.answers:
        columns.update(_item(answer, ids))
    made = pa.RecordBatch.from_pydict(columns)
    return made.replace_schema_metadata(said_of(screening))


def said_of(screening: Screening) -> dict[str, str]:
    """What a file says of itself: day and versions. The same households under the same say so give the same file."""
    return {
        "jishiyu.day": screening.day.isoformat(),
        "jishiyu.pack": screening.pack.version,
        "jishiyu.rules": rules_version(),
        "jishiyu.set": screening.model.version,
    }


def _item(answer: Answer, ids: list[str]) -> Iterator[tuple[str, Any]]:
    yield f"{answer.item}_outcome", _words(answer.outcome, list(OUTCOMES))
    if answer.amount is not None:
        own = Column(answer.amount.values, answer.amount.mask() & (answer.outcome == ELIGIBLE))
        yield f"{answer.item}_amount", _known(own, pa.int64())
    if answer.at_least is not None:
        least = Column(answer.at_least, (answer.outcome == CANNOT) & (answer.at_least > 0))
        yield f"{answer.item}_at_least", _known(least, pa.int64())
    if answer.yields_to is not None:
        codes: Any = pa.array(answer.yields_to, mask=answer.yields_to < 0)
        yield f"{answer.item}_yields_to", pa.DictionaryArray.from_arrays(codes, pa.array(ids))


def _words(codes: Any, names: list[str]) -> Any:
    places: Any = pa.array(np.asarray(codes, np.int8))
    return pa.DictionaryArray.from_arrays(places, pa.array(names)).cast(_WORD)


def _known(column: Column, kind: Any) -> Any:
    return pa.array(column.values, mask=None if column.known is None else ~column.known).cast(kind)


def _insist_on_members(batch: pa.RecordBatch) -> None:
    members: Any = batch.column("members")
    lengths = members.value_lengths().to_numpy(zero_copy_only=False)
    empty = np.flatnonzero(~(lengths > 0))
    if len(empty):
        first = batch.column("household_id")[int(empty[0])].as_py()
        raise CannotBecause(
            "screen.no_members",
            sentence(
                "家庭{h}没有成员（这一批共{n}户如此），不能计算",
                "Household {h} has no members ({n} in this batch): it cannot be computed",
                h=first,
                n=len(empty),
            ),
        )
