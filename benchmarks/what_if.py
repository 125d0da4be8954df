"""A change tried over the district: ``python benchmarks/what_if.py [--households N]``.

The dibao standard is raised over the made-up district, in memory as Arrow. Baseline: both policies recomputed in full; the trial
computes again only what the change reaches, and must give the same to the last fen. Aim: at most five seconds for the district,
figures (Gini, poverty, coverage, cliffs) included, on a machine that does nothing else.
"""

import argparse
import os
import resource
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from jishiyu.assessment.rules.score import model_of
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.law.rules.read import read_pack
from jishiyu.programmes.rules.changes import changed, policy_of, read_changes
from jishiyu.programmes.rules.what_if import compare
from jishiyu.programmes.rules.what_if_figures import figures_of

PACK = Path(os.environ.get("JISHIYU_PACK", Path(__file__).parent.parent / "policy" / "xicheng"))
DAY = date(2021, 12, 15)
TRIALS = {
    "dibao standard 1245 to 1320": [{"kind": "parameter", "id": "bj.dibao.urban", "value": "1320"}],
    "weight of income 40%": [{"kind": "weights", "weights": {"income": 40}}],
    "dibao without the local hukou": [{"kind": "condition", "item": "ZK01", "condition": "has_local_hukou"}],
}
AIM = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 when the quick way and the whole way differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=441_085)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    pack = read_pack(PACK)
    census = read_census(PACK / "population.csv")
    people = table(census, households=chosen.households, kind="general", seed=chosen.seed, as_of=DAY)
    before = policy_of(pack, model_of(pack.indicators), DAY)
    print(
        f"{chosen.households:,} households, {len(before.rules.items)} items, one core; seconds of the clock (of the processor)"
    )
    wrong = 0
    for said, changes in TRIALS.items():
        after = changed(before, read_changes(changes))
        began, used = perf_counter(), process_time()
        quick = compare(people, before, after)
        compared, compared_cpu = perf_counter() - began, process_time() - used
        figures = figures_of(quick)
        took, cpu = perf_counter() - began, process_time() - used
        began, used = perf_counter(), process_time()
        whole = compare(people, before, after, whole=True)
        plain, plain_cpu = perf_counter() - began, process_time() - used
        wrong += sum(
            int((one != other).sum())
            for name in ("aid", "score", "band")
            for one, other in zip(getattr(quick, name), getattr(whole, name), strict=True)
        )
        moved = int(np.count_nonzero(quick.difference))
        print(
            f"{said}: {len(quick.reached)} items reached, {moved:,} households moved, {figures['whole']['gaining']:,} gain"
        )
        print(
            f"  compared          {compared:6.2f} ({compared_cpu:.2f})   everything again {plain:6.2f} ({plain_cpu:.2f}),"
            f" ratio {compared_cpu / plain_cpu:.2f}"
        )
        kept = "kept" if took <= AIM else "kept by the processor" if cpu <= AIM else "not kept"
        print(f"  with all figures  {took:6.2f} ({cpu:.2f})   aim {AIM}: {kept}")
    print(
        f"values that differ: {wrong}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
