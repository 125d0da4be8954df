"""Which households stand behind each figure of a trial: their places, by the figure's name.

Names: ``item.ZK01.gaining`` (``losing``, ``newly``, ``no_longer``; ``before`` and ``after`` for who is entitled then),
``programme.ZK.gaining`` (``losing``), ``cliff.before`` (``after``), ``covered.before``, ``left_out.before``,
``leaking.before`` (and ``after``).
"""

import numpy as np

from jishiyu.law.rules.columns import Array
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.what_if import Compared
from jishiyu.programmes.rules.what_if_plan import MONTHS

SIDES = ("before", "after")


def behind(compared: Compared, line: Dated | None) -> dict[str, Array]:
    """The households behind the figures; figures without any are left out."""
    found = _of_items(compared) | _of_programmes(compared) | _of_line(compared, line)
    for side, name in enumerate(SIDES):
        found[f"cliff.{name}"] = compared.cliffs.at(side)
    return {name: rows for name, rows in found.items() if len(rows)}


def below(compared: Compared, line: Dated) -> tuple[Array, Array]:
    """Whose income is known: who is below the line, and who is not."""
    poor = compared.income_known & (compared.income < line.value * MONTHS * compared.people)
    return poor, compared.income_known & ~poor


def _of_items(compared: Compared) -> dict[str, Array]:
    place, row, before, after, had, has = compared.moves
    of, whose, then, now = compared.entitled
    found: dict[str, Array] = {}
    for at, id in enumerate(compared.reached):
        own, entitled = place == at, of == at
        found |= {f"item.{id}.before": whose[entitled & then], f"item.{id}.after": whose[entitled & now]}
        found |= {
            f"item.{id}.gaining": row[own & (after > before)], f"item.{id}.losing": row[own & (after < before)],
            f"item.{id}.newly": row[own & has & ~had], f"item.{id}.no_longer": row[own & had & ~has],
        }  # fmt: skip
    return found


def _of_programmes(compared: Compared) -> dict[str, Array]:
    place, row, before, after, _, _ = compared.moves
    found: dict[str, Array] = {}
    codes = sorted({id[:2] for id in compared.reached})
    for code in codes:
        own = np.isin(place, [at for at, id in enumerate(compared.reached) if id[:2] == code])
        rows, where = np.unique(row[own], return_inverse=True)
        more = np.zeros(len(rows), np.int64)
        np.add.at(more, where, (after - before)[own])
        found |= {f"programme.{code}.gaining": rows[more > 0], f"programme.{code}.losing": rows[more < 0]}
    return found


def _of_line(compared: Compared, line: Dated | None) -> dict[str, Array]:
    if line is None or not compared.reached:
        return {}
    poor, others = below(compared, line)
    found: dict[str, Array] = {}
    for name, touched in zip(SIDES, compared.touched, strict=True):
        found[f"covered.{name}"] = np.flatnonzero(poor & (touched > 0))
        found[f"left_out.{name}"] = np.flatnonzero(poor & (touched <= 0))
        found[f"leaking.{name}"] = np.flatnonzero(others & (touched > 0))
    return found
