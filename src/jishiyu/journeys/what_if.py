"""Try a change of policy over the newest evidence: read, compare, make figures, keep them with the households touched."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa

from jishiyu.assessment.queries import model_in_force
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.oversight import operations
from jishiyu.programmes.rules.changes import changed, changes_data, policy_of, read_changes
from jishiyu.programmes.rules.changes_said import say_change
from jishiyu.programmes.rules.entitlement import RULES_VERSION
from jishiyu.programmes.rules.what_if import KINDS, Compared, compare
from jishiyu.programmes.rules.what_if_figures import figures_of
from jishiyu.registry.queries.district import part_after
from jishiyu.registry.rules.arrow_form import HOUSEHOLD

_PART = 10_000


def try_change(name: str, changes: Any, *, day: date, actor: Post, moment: datetime) -> UUID:
    """Run a change from ``day`` on over the newest evidence within the post's reach, and keep the result. Returns its id.

    ``changes`` as :func:`jishiyu.programmes.rules.changes.read_changes` reads them. Raises NotYours, and CannotBecause for a
    change that cannot be made and when there is no evidence.
    """
    operations.require_trying(actor)
    wanted, found = read_changes(changes), model_in_force(day)
    before = policy_of(pack(), found.model, day)
    after = changed(before, wanted)
    table = evidence(moment)
    compared = compare(table, before, after)
    row = operations.keep_what_if(
        name, day=day, changes=changes_data(wanted), said=[say_change(one, before).as_data() for one in wanted],
        figures=figures_of(compared), touched=_touched(compared, table), set_version=found.model.version,
        rules_version=RULES_VERSION, actor=actor, moment=moment,
    )  # fmt: skip
    return row.id


def evidence(until: datetime) -> pa.Table:
    """The newest facts of every household within the transaction's reach, in the register's Arrow form. Refused without any."""
    batches = list(_parts(until))
    if not sum(one.num_rows for one in batches):
        raise CannotBecause(
            "what_if.no_evidence",
            sentence("您的范围内还没有经济状况登记，无法试算", "No economic facts are on file within your reach"),
        )  # fmt: skip
    return pa.Table.from_batches(batches, schema=HOUSEHOLD)


def _parts(until: datetime) -> Iterator[pa.RecordBatch]:
    part = part_after(None, _PART, until=until)
    yield part.facts
    while part.last is not None:
        part = part_after(part.last, _PART, until=until)
        yield part.facts


def _touched(compared: Compared, table: pa.Table) -> dict[str, list[Any]]:
    bands = [one.key for one in sorted(compared.before.pack.indicators.bands, key=lambda b: b.basis_points)]
    after_bands = [
        one.key for one in sorted(compared.after.pack.indicators.bands, key=lambda b: b.basis_points)
    ]
    parts: dict[int, list[Any]] = {}
    for item, row, before, after, _, _ in zip(*(one.tolist() for one in compared.moves), strict=True):
        parts.setdefault(row, []).append([compared.reached[item], before, after])
    moved = (compared.difference != 0) | (compared.band[0] != compared.band[1])
    rows = sorted(set(np.flatnonzero(moved).tolist()) | parts.keys())
    ids = table["household_id"].take(pa.array(rows, pa.int64())).to_pylist()
    pick = [one[rows].tolist() for one in (compared.aid[0], compared.aid[1], *compared.score)]
    return {
        "household": [UUID(one) for one in ids],
        "kind": [KINDS[one] for one in compared.kind[rows].tolist()],
        "before": pick[0],
        "after": pick[1],
        "more": [after - before for before, after in zip(pick[0], pick[1], strict=True)],
        "band_before": [bands[one] for one in compared.band[0][rows].tolist()],
        "band_after": [after_bands[one] for one in compared.band[1][rows].tolist()],
        "score_before": pick[2],
        "score_after": pick[3],
        "parts": [parts.get(row, []) for row in rows],
    }
