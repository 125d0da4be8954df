"""Decision tables beside the same rows written by hand with ``np.select``: ``python benchmarks/tables.py [--rows N]``.

The market-rent table has 22 rows over five inputs, one of them an income in fen. Process time, chunks of 32,768; every
result is compared. Promise: 0.02 s a million rows.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import Column
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.read import read_pack
from jishiyu.programmes.rules.ready import ready_for

CHUNK, DAY, KEY, PROMISE = 32_768, date(2021, 12, 15), "market_rent_subsidy", 0.02


def main(argv: Sequence[str] | None = None) -> int:
    """Print the seconds of both for a million rows; 1 if the promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args(argv).rows
    pack = read_pack(Path(__file__).resolve().parents[1] / "policy" / "xicheng")
    ready = ready_for(pack, DAY)
    lookup: Any = next(one for one in ready.whole.rules if one.name == KEY).function
    chance = np.random.default_rng(1)
    inputs = [
        Column(chance.random(CHUNK) < 0.3 if one.type == "flag" else chance.integers(1, 7 if one.key == "size" else 500_000, CHUNK))
        for one in lookup.sheet.inputs
    ]  # fmt: skip
    values = dict(zip(lookup.inputs, inputs, strict=True))
    given = {name: one.value if isinstance(one, Dated) else None for name, one in ready.parameters.items()}
    arguments = [values[name] if name in values else given[name] for name in lookup.names]
    turns = max(1, rows // CHUNK)
    table, seconds = _timed(lambda: lookup(*arguments), turns)
    by_hand, hand_seconds = _timed(lambda: _by_hand(lookup.sheet, inputs, given), turns)
    known = table.mask()
    wrong = int((table.values[known] != by_hand[known]).sum())
    scale = 1_000_000 / (turns * CHUNK)
    print(
        f"table {KEY}, {len(lookup.sheet.asks)} rows: {seconds * scale:.4f} s a million; np.select {hand_seconds * scale:.4f} s; "
        f"{wrong} differ"
    )
    return 1 if wrong or seconds * scale > PROMISE else 0


def _timed(work: Any, turns: int) -> tuple[Any, float]:
    found, began = work(), process_time()
    for _ in range(turns):
        found = work()
    return found, process_time() - began


def _by_hand(sheet: Any, inputs: Sequence[Column], given: dict[str, int | None]) -> Any:
    conditions, results = [], []
    for asks, gives in zip(sheet.asks, sheet.gives, strict=True):
        fits = np.ones(CHUNK, bool)
        for column, asked in zip(inputs, asks, strict=True):
            if asked is not None and asked.flag is not None:
                fits &= column.values == asked.flag
            elif asked is not None:
                fits &= column.values <= given[str(asked.high)]
        conditions.append(fits)
        results.append(np.full(CHUNK, given[gives.pay] or 0))
    return np.select(conditions, results, 0)


if __name__ == "__main__":
    sys.exit(main())
