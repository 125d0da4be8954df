"""A sub-district's workbook taken in whole (read, check, store): ``python benchmarks/import_workbook.py [--persons N …]``.

The promise: 50,000 persons in at most 20 s on two cores, and twice the persons in twice the time. The baseline is what reading
alone costs with openpyxl, the usual library: the whole of our work is measured against it. The database is a fresh one on the
machine's own durable server, reached as the application's role with row security on.
"""

import argparse
import io
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

AREA, AS_OF = "110102010", date(2026, 9, 30)
PROMISE = (50_000, 20.0)


def workbook_of(persons: int, seed: int = 1) -> bytes:
    """A workbook in the template's layout with so many invented persons, in whole households."""
    import xlsxwriter

    from jishiyu.journeys.take_in_workbook import columns_in_force

    columns = columns_in_force()
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"constant_memory": True})
    sheet = book.add_worksheet("家庭与成员")
    sheet.write(0, 0, "困难家庭信息采集表")
    for place, column in enumerate(columns):
        sheet.write(1, place, column.shown())
    for number, row in enumerate(islice(_rows(persons, seed), persons), 2):
        for place, column in enumerate(columns):
            value = row.get(column.key)
            if value is not None:
                sheet.write(number, place, value)
    book.close()
    return held.getvalue()


def _rows(persons: int, seed: int) -> Any:
    from django.conf import settings

    from jishiyu.doors.jobs.population.census import read_census
    from jishiyu.doors.jobs.population.generate import batches
    from jishiyu.doors.jobs.population.people import newcomers
    from jishiyu.registry.rules.arrow_form import situations_of

    census = read_census(settings.PACK_DIR / "population.csv")
    drawn = batches(census, households=persons, kind="known", seed=seed, as_of=AS_OF)
    told = (situation for batch in drawn for situation in situations_of(batch))
    written = 0
    for key, home in enumerate(newcomers(told, seed=seed), 1):
        if written + len(home.members) > persons:
            return
        written += len(home.members)
        yield from _household_rows(str(key), home)


def _household_rows(key: str, home: Any) -> Any:
    situation = home.situation
    for place, (member, facts) in enumerate(zip(home.members, situation.members, strict=True)):
        row: dict[str, Any] = {"household_key": key, "name": member.name, "id_number": member.id_number.text}
        row |= {
            "relation": facts.relation,
            "born": member.id_number.born.isoformat(),
            "sex": "男" if facts.sex == 1 else "女",
        }
        for name in ("marital", "employment", "work_capacity", "schooling", "medical_insurance", "illness"):
            row[name] = getattr(facts, name)
        for name in (
            "wage_income",
            "business_income",
            "property_income",
            "transfer_income",
            "excluded_income",
        ):
            row[name] = _yuan(getattr(facts, name))
        for name in ("medical_self_paid", "education_cost", "rehabilitation_cost"):
            row[name] = _yuan(getattr(facts, name))
        row["local_hukou"] = "是" if facts.local_hukou else "否"
        row["disability_category"], row["disability_grade"] = (
            facts.disability_category,
            facts.disability_grade,
        )
        row["daily_activities_lost"] = facts.daily_activities_lost
        row["identities"] = "、".join(sorted(facts.identities)) or None
        if place == 0:
            row |= {"community": home.community, "address": home.address, "as_of": AS_OF.isoformat()}
            for name in ("tenure", "homes_owned", "vehicles", "support", "event"):
                row[name] = getattr(situation, name)
            row["unsafe_housing"] = "是" if situation.unsafe_housing else "否"
            row["usable_area_dm2"] = (situation.usable_area_dm2 or 0) / 100
            for name in ("monthly_rent", "liquid_assets", "debt"):
                row[name] = _yuan(getattr(situation, name))
            row["event_on"] = situation.event_on.isoformat() if situation.event_on else None
        yield row


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def take_in_once(content: bytes) -> tuple[float, int, dict[str, int]]:
    """Receive and take in a workbook as its sub-district's caseworker: seconds, parts, counts."""
    from jishiyu.evidence.queries import batch
    from jishiyu.foundations.clock import moment_now
    from jishiyu.foundations.outcomes import sentence
    from jishiyu.journeys.take_in_workbook import receive_workbook, take_in
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import Post

    actor = Post(
        "", "bench", "caseworker", "sub_district", AREA, "", sentence("经办", "Caseworker"), "", "bench"
    )
    began = perf_counter()
    with acting(actor, moment=moment_now()):
        made, _ = receive_workbook(
            content=content, file_name="bench.xlsx", sub_district=AREA, actor=actor, moment=moment_now()
        )
    parts = sum(1 for _ in take_in(made, actor=actor, clock=moment_now))
    taken = perf_counter() - began
    with acting(actor, moment=moment_now()):
        return taken, parts, dict(batch(made, actor).counts)


def read_with_openpyxl(content: bytes) -> float:
    """CPU seconds that openpyxl takes to read every cell of the file in its fast (read-only) way."""
    import openpyxl

    began = process_time()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    return process_time() - began


def main(argv: Sequence[str]) -> int:
    """Print the table; the exit code says whether the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[5_000, 25_000, 50_000])
    parser.add_argument("--profile", action="store_true", help="profile the run (one size only)")
    asked = parser.parse_args(argv)
    if len(asked.persons) > 1:
        # Each size in a process and a database of its own, so that sizes do not weigh on one another.
        print(
            f"{'persons':>8} {'file MB':>8} {'whole s':>8} {'CPU s':>7} {'CPU µs/person':>14} {'openpyxl CPU s':>15}"
            f" {'ratio':>6}  taken/bad (CPU without the database's; load average {os.getloadavg()[0]:.1f})"
        )
        ends = [subprocess.call([sys.executable, __file__, "--persons", str(size)]) for size in asked.persons]
        print(f"promise: {PROMISE[0]:,} persons in {PROMISE[1]:.0f} s: {'NOT KEPT' if any(ends) else 'kept'}")
        return max(ends)
    with _fresh_database():
        return _one_size(asked.persons[0], asked.profile)


def _one_size(persons: int, profile: bool) -> int:
    content = workbook_of(persons)
    baseline = read_with_openpyxl(content)
    cpu = process_time()
    taken, _, counts = _profiled(content) if profile else take_in_once(content)
    cpu = process_time() - cpu
    rows = counts.get("rows_taken", 0)
    bad = counts.get("rows_bad", 0) + counts.get("rows_waiting", 0)
    print(
        f"{persons:>8,} {len(content) / 1e6:>8.1f} {taken:>8.2f} {cpu:>7.2f} {cpu / persons * 1e6:>14.0f}"
        f" {baseline:>15.2f} {cpu / baseline:>6.2f}  {rows:,}/{bad:,}",
        flush=True,
    )
    return 0 if persons > PROMISE[0] or taken <= PROMISE[1] else 1


def _profiled(content: bytes) -> Any:
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    result = profiler.runcall(take_in_once, content)
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    return result


class _fresh_database:  # noqa: N801 - reads as a word after "with"
    """A database of its own for the run, migrated and opened, removed at the end."""

    def __enter__(self) -> None:
        self.uploads = tempfile.TemporaryDirectory()
        os.environ.update(
            {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "JISHIYU_VAR": self.uploads.name,
                "DJANGO_SECRET_KEY": secrets.token_hex(32),
                "JISHIYU_SM4_KEY": secrets.token_hex(16),
                "JISHIYU_INDEX_KEY": secrets.token_hex(16),
            }
        )
        from config.postgres import ensure

        self.server, self.name = ensure(), f"jishiyu_bench_{os.getpid()}"
        self.server.drop_database(self.name)
        self.server.create_database(self.name)
        os.environ["DATABASE_URL"] = self.server.url(self.name, "app")
        os.environ["DATABASE_OWNER_URL"] = self.server.url(self.name, "owner")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", database="owner", verbosity=0, skip_checks=True)
        from jishiyu.foundations.clock import moment_now
        from jishiyu.journeys.open_district import open_district
        from jishiyu.law.queries import pack
        from jishiyu.offices.operations import acting
        from jishiyu.offices.rules import SYSTEM

        with acting(SYSTEM, moment=moment_now()):
            open_district(pack())

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        connections.close_all()
        self.server.drop_database(self.name)
        self.uploads.cleanup()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main(sys.argv[1:]))
