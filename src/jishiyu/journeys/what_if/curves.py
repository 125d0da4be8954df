"""The curve of one household of a kind: what it has in hand at each wage, before and after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from jishiyu.assessment.queries import model_in_force
from jishiyu.law.queries import pack
from jishiyu.programmes.rules.changes import changed, policy_of, read_changes
from jishiyu.programmes.rules.what_if_answers import chunks
from jishiyu.programmes.rules.what_if_cliffs import Curve, curve_of
from jishiyu.programmes.rules.what_if_typical import Typical, household_of
from jishiyu.registry.rules.arrow_form import batch_of

_YUAN = 100
HIGHEST = 10_000  # yuan a month


@dataclass(frozen=True, slots=True)
class CliffCurve:
    """Both curves of a typical household, yuan by yuan."""

    typical: Typical
    before: Curve
    after: Curve


def curves_of(changes: Any, day: date, typical: Typical, *, highest: int = HIGHEST) -> CliffCurve:
    """The curves by the present pack. Raises CannotBecause for a change that cannot be made."""
    before = policy_of(pack(), model_in_force(day).model, day)
    after = changed(before, read_changes(changes))
    table = pa.Table.from_batches([batch_of([household_of(typical, day)])])
    people = next(chunks(table, before))
    wages: Sequence[int] = range(0, (highest + 1) * _YUAN, _YUAN)
    return CliffCurve(typical, curve_of(people, before, wages), curve_of(people, after, wages))
