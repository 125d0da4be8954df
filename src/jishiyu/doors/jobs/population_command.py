"""``jishiyu population --households 1000000 out.parquet``: a made-up district for benchmarks and trials."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from config.settings import PACK_DIR
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import write_parquet

# A fixed day, so that the same command makes the same file on any day.
_AS_OF = date(2026, 9, 30)


def population_command(argv: Sequence[str]) -> int:
    """Write the Parquet file and say how long it took; 2 when the census or the folder of the file is not there."""
    asked = _parser().parse_args(argv)
    census = asked.census or PACK_DIR / "population.csv"
    if not census.is_file():
        print(f"没有人口普查文件 / no census file: {census} (--census)", file=sys.stderr)
        return 2
    if not asked.out.absolute().parent.is_dir():
        print(f"没有这个文件夹 / no such folder: {asked.out.absolute().parent}", file=sys.stderr)
        return 2
    started = perf_counter()
    write_parquet(
        asked.out, read_census(census), households=asked.households, kind=asked.kind, seed=asked.seed, as_of=asked.as_of
    )  # fmt: skip
    print(f"{asked.out}: {asked.households:,} 户 households, {perf_counter() - started:.1f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu population", description=__doc__)
    parser.add_argument("out", type=Path, help="the Parquet file to write")
    parser.add_argument(
        "--households", type=_positive, default=441_085, help="how many (default: the district's 441,085)"
    )
    parser.add_argument(
        "--kind",
        choices=("general", "known"),
        default="general",
        help="all households, or those known to assistance",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same households")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=_AS_OF, help=f"the day of the facts (default {_AS_OF})"
    )
    parser.add_argument(
        "--census", type=Path, help="population.csv of a policy pack (default: the pack in use)"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected at least 1")
    return number
