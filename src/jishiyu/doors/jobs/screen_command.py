"""``jishiyu screen IN.parquet OUT.parquet [--engine local|spark]`` for plain files, ``jishiyu screen --district`` for the register."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from jishiyu.foundations.clock import SHANGHAI, day_of, moment_now
from jishiyu.foundations.outcomes import CannotBecause


def screen_command(argv: Sequence[str]) -> int:
    """Screen files or the register; 0 when done, 1 when refused (with the reason), 2 when not called as meant."""
    parser = _parser()
    asked = parser.parse_args(argv)
    if asked.district == bool(asked.source or asked.target):
        parser.error("name IN.parquet and OUT.parquet, or --district")
    if not asked.district and asked.target is None:
        parser.error("OUT.parquet is missing")
    day = asked.day or day_of(moment_now())
    try:
        return _district(asked, day) if asked.district else _files(asked, day)
    except CannotBecause as refused:
        words = [refused.reason, *([refused.mend] if refused.mend else [])]
        print("\n".join(f"{one.say('zh')} · {one.say('en')}" for one in words), file=sys.stderr)
        return 1


def _files(asked: argparse.Namespace, day: date) -> int:
    from config.settings import PACK_DIR
    from jishiyu.doors.jobs.screening.files import Job, screen_file
    from jishiyu.law.rules.read import read_pack

    pack = read_pack(asked.pack or PACK_DIR)
    job = Job(pack, day)
    began = perf_counter()
    if asked.engine == "spark":
        from jishiyu.doors.jobs.screening.cluster import screen_on_cluster

        done = screen_on_cluster(asked.source, asked.target, job, master=asked.master, rows=asked.rows)
    else:
        done = screen_file(asked.source, asked.target, job)
    taken = perf_counter() - began
    print(
        f"{asked.target}: {done:,} 户 households, {day}, {pack.version}, {taken:.1f} s"
        f" ({taken / max(done, 1) * 1e6:.1f} µs/户)"
    )
    return 0


def _district(asked: argparse.Namespace, day: date) -> int:
    from jishiyu.doors.jobs.command_line import start_django

    start_django()
    from jishiyu.assessment.queries import open_screening, screening_run
    from jishiyu.journeys.screen_the_district import PART, begin_screening, screen_the_district
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM

    with acting(SYSTEM, moment=moment_now(), source="command line"):
        waiting = open_screening()
        if waiting is not None and asked.day in (None, waiting.day):
            number = waiting.number
            print(
                f"第{number}次筛查从{waiting.done}户处继续 · run {number} goes on after {waiting.done} households"
            )
        else:
            number = begin_screening(day=day, actor=SYSTEM, moment=moment_now())
    taken = screen_the_district(
        number, actor=SYSTEM, clock=moment_now, part=asked.part or PART, processes=asked.processes
    )
    for progress in taken:
        print(f"\r{progress.done:,} / {progress.total:,} 户 households{_until(progress)}", end="", flush=True)
    with acting(SYSTEM, moment=moment_now(), source="command line"):
        run = screening_run(number)
    print()
    if run.failure:
        print(f"{run.failure['reason']['zh']} · {run.failure['reason']['en']}", file=sys.stderr)
        return 1
    scores, answers = (run.counts.get(name, 0) for name in ("scores_new", "answers_new"))
    print(f"第{number}次筛查完成：新评分 {scores:,}，新结果 {answers:,}")
    print(f"run {number} is done: {scores:,} new scores, {answers:,} new answers")
    return 0


def _until(progress: Any) -> str:
    end = progress.expected_end
    return f"，预计 {end.astimezone(SHANGHAI):%H:%M:%S} 完成 expected end" if end else " " * 36


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu screen", description=__doc__)
    parser.add_argument(
        "source",
        nargs="?",
        type=Path,
        help="households in the register's form (jishiyu population makes such a file)",
    )
    parser.add_argument(
        "target", nargs="?", type=Path, help="the file to write; a folder of files with --engine spark"
    )
    parser.add_argument(
        "--district",
        action="store_true",
        help="the register's newest evidence; goes on with a run that was interrupted",
    )
    parser.add_argument("--part", type=int, help="households in one transaction (--district)")
    parser.add_argument(
        "--processes",
        type=int,
        help="processes that compute beside this one (--district; default: by the cores)",
    )
    parser.add_argument("--day", type=date.fromisoformat, help="the legal date (default: today)")
    parser.add_argument("--engine", choices=("local", "spark"), default="local")
    parser.add_argument(
        "--master", default="local[*]", help="Spark's master, as spark://host:7077 (default: local[*])"
    )
    parser.add_argument(
        "--rows", type=int, default=65_536, help="how many households are handed out at once, about (Spark)"
    )
    parser.add_argument("--pack", type=Path, help="the pack's folder (default: the pack in use)")
    return parser
