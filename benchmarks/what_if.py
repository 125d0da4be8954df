"""A change tried over the district: ``python benchmarks/what_if.py [--households N]``.

Three changes over the made-up district, in memory as Arrow, all figures included (years ahead, Gini, poverty, coverage,
cliffs). The first trial reads the facts out of Arrow and computes the policy in force as well; every further one on the same
evidence and day stands on that. Baseline: both policies computed in full; all three must give the same to the last fen. Aim: at
most five seconds for the district, on a machine that does nothing else.
"""

import argparse
import os
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from jishiyu.assessment.rules.score import model_of
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.law.rules.read import read_pack
from jishiyu.programmes.rules.changes import changed, policy_of, read_changes
from jishiyu.programmes.rules.what_if import Compared, against, compare
from jishiyu.programmes.rules.what_if_base import baseline
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
    began, used = perf_counter(), process_time()
    side = baseline(people, before)
    print(
        f"the side before, once for all trials   {perf_counter() - began:6.2f} ({process_time() - used:.2f})"
    )
    wrong = 0
    for said, changes in TRIALS.items():
        after = changed(before, read_changes(changes))
        quick, took, cpu = _timed(partial(against, side, after))
        figures = figures_of(quick)
        kept = "kept" if took <= AIM else "kept by the processor" if cpu <= AIM else "not kept"
        print(
            f"{said}: {len(quick.reached)} items reached, {figures['whole']['gaining']:,} gain, {figures['whole']['losing']:,} lose"
        )
        print(f"  one more trial on the side before   {took:6.2f} ({cpu:.2f})   aim {AIM}: {kept}")
        first, took, cpu = _timed(partial(compare, people, before, after))
        kept = "kept" if took <= AIM else "kept by the processor" if cpu <= AIM else "not kept"
        print(f"  the first trial, from Arrow on      {took:6.2f} ({cpu:.2f})   aim {AIM}: {kept}")
        whole, took, cpu = _timed(partial(compare, people, before, after, whole=True))
        print(f"  everything computed again           {took:6.2f} ({cpu:.2f})")
        wrong += sum(
            int((one != other).sum())
            for found in (first, whole)
            for name in ("aid", "score", "band")
            for one, other in zip(getattr(quick, name), getattr(found, name), strict=True)
        )
        wrong += figures != figures_of(first)
    print(
        f"values that differ: {wrong}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
    )
    return 1 if wrong else 0


def _timed(run: Callable[[], Compared]) -> tuple[Compared, float, float]:
    """What was found, and the seconds of clock and processor for it and all its figures."""
    began, used = perf_counter(), process_time()
    found = run()
    figures_of(found)
    return found, perf_counter() - began, process_time() - used


if __name__ == "__main__":
    sys.exit(main())
