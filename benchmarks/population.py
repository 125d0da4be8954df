"""How long a made-up district takes, beside building it row by row: ``python benchmarks/population.py [--households N]``.

The baseline builds the same dataclasses one by one with ``random.Random`` (fewer facts follow from one another, so it does
less) and writes them through the same Arrow form; it runs on a sample and is scaled.
"""

import argparse
import json
import os
import random
import resource
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from jishiyu.doors.jobs.population.census import Census, read_census
from jishiyu.doors.jobs.population.generate import write_parquet
from jishiyu.registry.rules import situation as facts
from jishiyu.registry.rules.arrow_form import batch_of
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

PACK = Path(os.environ.get("JISHIYU_PACK", Path(__file__).parent.parent / "policy" / "xicheng"))
AS_OF = date(2026, 9, 30)
SAMPLE = 5_000


def measure(households: int = 1_000_000) -> dict[str, Any]:
    """Seconds and microseconds a household, the file's size, and how many times faster than row by row."""
    census = read_census(PACK / "population.csv")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "district.parquet"
        started = perf_counter()
        write_parquet(out, census, households=households, kind="general", seed=1, as_of=AS_OF)
        taken = perf_counter() - started
        size = out.stat().st_size
        naive = _row_by_row(Path(folder) / "naive.parquet", census)
    each = taken / households * 1e6
    return {
        "households": households,
        "seconds": round(taken, 2),
        "us_per_household": round(each, 2),
        "mb": round(size / 1e6, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "row_by_row_us_per_household": round(naive, 1),
        "times_faster": round(naive / each, 1),
    }


def _row_by_row(out: Path, census: Census) -> float:
    started = perf_counter()
    chance = random.Random(1)
    made = [_household(chance, census, number) for number in range(SAMPLE)]
    pq.write_table(pa.Table.from_batches([batch_of(made)]), out, compression="zstd")
    return (perf_counter() - started) / SAMPLE * 1e6


def _household(chance: random.Random, census: Census, number: int) -> HouseholdSituation:
    size = chance.choices(list(census.households_by_size), list(census.households_by_size.values()))[0]
    members = tuple(
        _member(chance, f"{number:09d}-{place + 1}", "02" if place == 0 else "97") for place in range(size)
    )
    bills = tuple(_bill(chance, member.person_id) for member in members if chance.random() < 0.14)
    return HouseholdSituation(
        household_id=f"{number:09d}",
        sub_district=chance.choices(list(census.residents), list(census.residents.values()))[0],
        as_of=AS_OF,
        members=members,
        tenure=_perhaps(chance, chance.choice(get_args(facts.Tenure))),
        homes_owned=_perhaps(chance, chance.randint(0, 2)),
        usable_area_dm2=_perhaps(chance, chance.randint(800, 12_000)),
        unsafe_housing=_perhaps(chance, chance.random() < 0.01),
        monthly_rent=_perhaps(chance, chance.randint(0, 800_000)),
        vehicles=_perhaps(chance, chance.randint(0, 2)),
        liquid_assets=_perhaps(chance, int(chance.lognormvariate(16, 1.5))),
        debt=_perhaps(chance, int(chance.lognormvariate(14, 2))),
        support=_perhaps(chance, chance.choice(get_args(facts.Support))),
        event=_perhaps(chance, chance.choice(get_args(facts.Event))),
        event_on=AS_OF - timedelta(days=chance.randint(1, 180)),
        bills=bills,
    )


def _member(chance: random.Random, person: str, relation: str) -> MemberSituation:
    money = {
        name: _perhaps(chance, int(chance.lognormvariate(14, 1)))
        for name in (
            "wage_income", "business_income", "property_income", "transfer_income", "excluded_income",
            "medical_self_paid", "education_cost", "rehabilitation_cost",
        )
    }  # fmt: skip
    return MemberSituation(
        person_id=person,
        relation=relation,
        born=AS_OF - timedelta(days=chance.randint(0, 36_000)),
        sex=chance.randint(1, 2),
        marital=_perhaps(chance, chance.choice(get_args(facts.Marital))),
        local_hukou=_perhaps(chance, chance.random() < 0.8),
        employment=_perhaps(chance, chance.choice(get_args(facts.Employment))),
        work_capacity=_perhaps(chance, chance.choice(get_args(facts.WorkCapacity))),
        schooling=_perhaps(chance, chance.choice(get_args(facts.Schooling))),
        medical_insurance=_perhaps(chance, chance.choice(get_args(facts.MedicalInsurance))),
        illness=_perhaps(chance, chance.choice(get_args(facts.Illness))),
        disability_category=_perhaps(chance, 0),
        disability_grade=_perhaps(chance, 0),
        daily_activities_lost=_perhaps(chance, 0),
        **money,
    )


def _bill(chance: random.Random, person: str) -> MedicalBill:
    total = int(chance.lognormvariate(13, 1))
    return MedicalBill(f"{person}-B1", person, AS_OF, total, total * 8 // 10, total // 2, 0, 0, 0)


def _perhaps(chance: random.Random, value: Any) -> Any:
    return None if chance.random() < 0.02 else value


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1_000_000)
    print(json.dumps(measure(parser.parse_args(argv).households), indent=2))


if __name__ == "__main__":
    main()
