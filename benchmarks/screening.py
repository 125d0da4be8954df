"""The district's screening: ``python benchmarks/screening.py [--households N] [--register N] [--only memory,hand,files,register,spark,one]``.

* memory: score and all items over arrays in chunks, beside the same rule functions called straight one after another: what the
  engine itself costs. Promise: at most 1.5 GiB.
* hand: the score, and twenty items with all that they rest on, beside the same written by hand in NumPy, equal on every
  household. Promise: at most 1.3 times for both together.
* files: Parquet to Parquet, streaming.
* register: households in PostgreSQL evaluated and persisted (the aim: 50,000 in 10 s on a quiet machine), and a run that finds nothing new.
* spark: the same file by one process, by local[1] and by local[2]; says so where pyspark is not installed.
* one: one household, with and without trace. Aim: 2 ms as numbers, 5 ms with every step.

Times are the shortest of several runs by the processor's clock (the machine's load does not count) and by the wall's.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.hand_written.beside import Beside, by_turns
from benchmarks.hand_written.items import DAY as ITEMS_DAY
from benchmarks.hand_written.items import ITEMS
from benchmarks.hand_written.straight import straight
from jishiyu.assessment.rules.explanation import assess
from jishiyu.assessment.rules.facts import household_of, population_from
from jishiyu.assessment.rules.score import model_of, score_household
from jishiyu.doors.jobs.population.census import Census, read_census
from jishiyu.doors.jobs.population.generate import batches, write_parquet
from jishiyu.doors.jobs.screening.files import Job, screen_file
from jishiyu.law.rules.columns import Population
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import read_pack
from jishiyu.programmes.rules.compute import entitlements_of, with_used_aid
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.in_numbers import in_numbers
from jishiyu.programmes.rules.screening import Screening
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.situation import HouseholdSituation

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2024, 3, 1)
PACK = Path(os.environ.get("JISHIYU_PACK", ROOT / "policy" / "xicheng"))
PROMISE, MEMORY, AIM = 1.3, 1.5, 10.0
ALONE, TRACED = 2.0, 5.0  # milliseconds for one household
PARTS = ("memory", "hand", "files", "register", "spark", "one")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 when a promise on ratio, memory or equality is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--register", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS)
    asked = parser.parse_args(arguments)
    if len(asked.only) > 1:
        # Each part in a process of its own: peak memory is a process's.
        same = [
            "--households",
            str(asked.households),
            "--register",
            str(asked.register),
            "--times",
            str(asked.times),
        ]
        ends = [subprocess.call([sys.executable, __file__, *same, "--only", part]) for part in asked.only]
        return max(ends)
    print(f"\n-- {asked.only[0]} (load average {os.getloadavg()[0]:.1f})", flush=True)
    pack, census = read_pack(PACK), read_census(PACK / "population.csv")
    act: dict[str, Callable[[], int]] = {
        "memory": lambda: memory(pack, census, asked.households, asked.times),
        "hand": lambda: hand(pack, census, asked.households, asked.times),
        "files": lambda: files(pack, asked.households),
        "register": lambda: register(asked.register),
        "spark": lambda: spark(pack, asked.households),
        "one": lambda: one(pack, census),
    }
    return act[asked.only[0]]()


def best(times: int, act: Callable[[], Any]) -> tuple[float, float, Any]:
    """The shortest CPU and wall seconds of several runs, and the last result."""
    cpu = wall = float("inf")
    result = None
    for _ in range(times):
        began, used = perf_counter(), process_time()
        result = act()
        cpu, wall = min(cpu, process_time() - used), min(wall, perf_counter() - began)
    return cpu, wall, result


def peak() -> float:
    """Peak memory of this process in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def chunks_of(census: Census, households: int, day: date) -> list[Population]:
    """The made-up district as columns, in chunks of some 32,000."""
    made = batches(census, households=households, kind="general", seed=1, as_of=day)
    return [chunk for batch in made for chunk in population_from(batch, day).chunks()]


def memory(pack: Pack, census: Census, households: int, times: int) -> int:
    """Score and all items in memory, and the rules called straight."""
    chunks = chunks_of(census, households, DAY)
    size = sum(len(chunk.counts) for chunk in chunks)
    screening = Screening(pack, DAY, model_of(pack.indicators))
    chunks = [with_used_aid(one, None, [""] * int(one.counts.sum())) for one in chunks]
    whole, whole_wall, _ = best(times, lambda: [screening.screen(one).scores.score.sum() for one in chunks])
    top = peak()
    plain = straight(screening, chunks[0])
    engine, calls = by_turns(
        times,
        chunks,
        lambda one: run(screening.plan, one, screening.parameters),
        plain,
    )
    last, wrong = run(screening.plan, chunks[-1], screening.parameters), 0
    names = (*screening.plan.leaves, *(rule.name for rule in screening.plan.rules))
    for value, name in zip(plain(chunks[-1]), names, strict=True):
        wrong += 0 if value is None else _differs(value, last.get(name))
    persons = sum(int(chunk.counts.sum()) for chunk in chunks)
    rules = len(screening.plan.rules)
    us = 1e6 / size
    print(
        f"{size:,} households, {persons:,} persons, {len(pack.items)} items, {rules} rules of items, one core"
    )
    print(
        f"µs a household on the processor's clock (score and all items on the wall's: {whole_wall * us:.2f})"
    )
    print(f"score and all items      {whole * us:7.2f}: {size / whole:,.0f} households/s/core")
    _line("the items' rules", engine * us, "called straight", calls * us)
    print(f"a rule of an item        {engine * us / rules * 1e3:7.2f} ns a household")
    print(f"wrong values: {wrong}; peak memory {top:.2f} GiB (promise: {MEMORY})")
    return 1 if wrong or top > MEMORY else 0


def hand(pack: Pack, census: Census, households: int, times: int) -> int:
    """The score and twenty items beside both by hand."""
    beside = Beside(pack, times)
    chunks = chunks_of(census, households, DAY)
    score, score_hand = beside.score(chunks, Screening(pack, DAY, model_of(pack.indicators)))
    del chunks
    items, items_hand, rules = beside.items(chunks_of(census, households, ITEMS_DAY))
    us, ratio = 1e6 / households, (score + items) / (score_hand + items_hand)
    print(f"{households:,} households; µs a household on the processor's clock, kernel and hand by turns")
    _line(f"the score ({DAY})", score * us, "by hand in NumPy", score_hand * us)
    _line(f"{len(ITEMS)} items ({ITEMS_DAY})", items * us, "by hand in NumPy", items_hand * us)
    _line("both", (score + items) * us, "by hand in NumPy", (score_hand + items_hand) * us)
    print(f"the items: {' '.join(ITEMS)}; {rules} rules, {items * us / rules * 1e3:.2f} ns each a household")
    print(f"wrong values: {beside.wrong}; promise: ratio {PROMISE} for both")
    return 1 if beside.wrong or ratio > PROMISE else 0


def _line(what: str, own: float, beside: str, baseline: float) -> None:
    print(f"{what:<24} {own:7.3f}, {beside} {baseline:.3f}, ratio {own / baseline:.2f}")


def _differs(one: Any, other: Any) -> int:
    if other is None:
        return 0
    known = one.mask() & other.mask()
    return int((one.mask() != other.mask()).sum() + (one.values[known] != other.values[known]).sum())


def files(pack: Pack, households: int) -> int:
    """Parquet to Parquet in one process."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        _write(source, households)
        before = peak()
        began, used = perf_counter(), process_time()
        done = screen_file(source, target, Job(pack, DAY))
        wall, cpu = perf_counter() - began, process_time() - used
        print(
            f"{done:,} households: {cpu / done * 1e6:.2f} µs/household CPU, {wall / done * 1e6:.2f} wall;"
            f" {source.stat().st_size / 1e6:.0f} MB in, {target.stat().st_size / 1e6:.0f} MB out;"
            f" peak memory {peak():.2f} GiB (before: {before:.2f})"
        )
    return 1 if peak() > MEMORY else 0


def _write(path: Path, households: int) -> None:
    # In a process of its own, so that its memory is not counted here.
    subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); from benchmarks.screening import written; written()",
            str(path),
            str(households),
        ],
        check=True,
    )


def written() -> None:
    """Write the made-up district to a file: ``path households`` on the command line."""
    census = read_census(PACK / "population.csv")
    write_parquet(Path(sys.argv[1]), census, households=int(sys.argv[2]), kind="general", seed=1, as_of=DAY)


def register(households: int) -> int:
    """A register in PostgreSQL screened, twice."""
    from benchmarks.import_workbook import _fresh_database

    with _fresh_database():
        from django.db import connection

        from jishiyu.doors.jobs.demo.households import register_known_households
        from jishiyu.doors.jobs.population.people import IdNumbers
        from jishiyu.foundations.clock import moment_now
        from jishiyu.journeys.screen_the_district import begin_screening, screen_the_district
        from jishiyu.offices.operations import acting
        from jishiyu.offices.rules import SYSTEM

        with acting(SYSTEM, moment=moment_now()):
            made = register_known_households(
                households=households, seed=1, numbers=IdNumbers(), as_of=DAY, moment=moment_now()
            )
            stored = sum(1 for _ in made)
        for what in ("all of it new", "nothing new"):
            with acting(SYSTEM, moment=moment_now()):
                number = begin_screening(day=DAY, actor=SYSTEM, moment=moment_now())
            before, theirs = _database_cpu(), 0.0
            began, used = perf_counter(), _own_cpu()
            for one in screen_the_district(number, actor=SYSTEM, clock=moment_now):
                theirs, done = max(theirs, _database_cpu() - before), one.done
            wall, cpu = perf_counter() - began, _own_cpu() - used
            print(
                f"{done:,} of {stored:,} households in PostgreSQL, {what}: {wall:.1f} s wall (load {os.getloadavg()[0]:.1f}),"
                f" CPU {cpu:.1f} s here and {theirs:.1f} s in the database: {(cpu + theirs) / 2:.1f} s if both kept two cores busy,"
                f" {(cpu + theirs) / done * 1e6:.0f} µs/household; aim {AIM:.0f} s for 50,000",
                flush=True,
            )
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_total_relation_size('assessment_hardshipscore') + pg_total_relation_size('programmes_entitlementrun')"
            )
            print(f"stored: {cursor.fetchone()[0] / stored:,.0f} bytes a household, indexes included")
    return 0


def _own_cpu() -> float:
    """CPU seconds of this process and of those that it began and that are done."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _database_cpu() -> float:
    """CPU seconds of the server's processes that serve this database (Linux only, else 0)."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select pid from pg_stat_activity where datname = current_database()")
        pids = [row[0] for row in cursor.fetchall()]
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def spark(pack: Pack, households: int) -> int:
    """The same file by one process and by Spark with one and two cores of this machine."""
    from jishiyu.doors.jobs.screening.cluster import require_spark, screen_on_cluster
    from jishiyu.foundations.outcomes import CannotBecause

    try:
        require_spark()
    except CannotBecause as refused:
        print(f"not run: {refused.reason.say('en')} ({refused.mend.say('en') if refused.mend else ''})")
        return 0
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.parquet"
        _write(source, households)
        job = Job(pack, DAY)
        began = perf_counter()
        screen_file(source, Path(folder) / "out.parquet", job)
        alone = perf_counter() - began
        print(
            f"one process      {alone:7.1f} s wall, {alone / households * 1e6:6.2f} µs/household", flush=True
        )
        for master in ("local[1]", "local[2]"):
            began = perf_counter()
            screen_on_cluster(source, Path(folder) / master, job, master=master)
            took = perf_counter() - began
            print(
                f"Spark {master}   {took:7.1f} s wall, {took / households * 1e6:6.2f} µs/household,"
                f" {took / alone:.2f} times the one process (starting Spark and its workers included)",
                flush=True,
            )
    return 0


def one(pack: Pack, census: Census) -> int:
    """One household, score and every item: as numbers, in words, and in words with every step of them made."""
    (made,) = batches(census, households=50, kind="known", seed=1, as_of=DAY)
    model, told = model_of(pack.indicators), list(situations_of(made))

    def numbers(home: HouseholdSituation) -> None:
        score_household(household_of(home, DAY), DAY, pack, model)
        in_numbers(home, DAY, pack)

    def words(home: HouseholdSituation) -> list[Entitlement]:
        assess(home, DAY, pack, model)
        return entitlements_of(home, DAY, pack)

    def traced(home: HouseholdSituation) -> None:
        for each in words(home):
            tuple(each.steps), tuple(each.doubts), each.standard  # made when somebody looks: here all of them

    def milliseconds(act: Callable[[HouseholdSituation], Any]) -> float:
        act(told[0])
        cpu, _, _ = best(20, lambda: [act(home) and None for home in told])
        return cpu * 1e3 / len(told)

    plain, said, whole = milliseconds(numbers), milliseconds(words), milliseconds(traced)
    kept = plain <= ALONE and whole <= TRACED
    print(f"one household, score and {len(pack.items)} items: {plain:.2f} ms as numbers (aim {ALONE})")
    print(f"in words: {said:.2f} ms; with every step made as well: {whole:.2f} ms (aim {TRACED})")
    print(f"aims {'kept' if kept else 'not kept'}")
    return 0 if kept else 1


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    sys.exit(main())
