"""The sample of the second model: made-up households, some facts taken away, read by the engine and by the SQL alike."""

import random
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.registry.rules.arrow_form import HOUSEHOLD
from tests.fixtures import PACK_DIR

HERE = Path(__file__).parent
PAGES = ("means", "items", "score")
HOUSEHOLDS = (
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt", "support",
    "event", "event_on",
)  # fmt: skip
MEMBERS = (
    "born", "sex", "marital", "local_hukou", "employment", "work_capacity", "schooling", "wage_income",
    "business_income", "property_income", "transfer_income", "excluded_income", "illness", "disability_category",
    "disability_grade", "daily_activities_lost", "medical_self_paid", "education_cost", "rehabilitation_cost", "identities",
)  # fmt: skip
CERTAIN = ("born", "sex", "identities")


def a_sample(day: date, *, households: int, seed: int) -> pa.Table:
    """Households of the generator on a day; in a third of them one fact in twelve is not known, and events come near."""
    census = read_census(PACK_DIR / "population.csv")
    rows = table(census, households=households, kind="known", seed=seed, as_of=day).to_pylist()
    chance = random.Random(seed)
    for number, row in enumerate(rows):
        if number % 9 == 0:
            row["event"], row["event_on"] = chance.choice(("job_loss", "home_lost")), day
        if number % 3:
            continue
        for one, names in ((row, HOUSEHOLDS), *((member, MEMBERS) for member in row["members"])):
            for name in names:
                if name not in CERTAIN and chance.random() < 1 / 12:
                    one[name] = None
    return pa.Table.from_pylist(rows, schema=HOUSEHOLD)


def wholly_on_record(sample: pa.Table) -> list[bool]:
    """Of each household, whether nothing is missing. Who has no card has no grade, and without an event there is no day."""
    found = []
    for row in sample.to_pylist():
        own = all(row[name] is not None for name in HOUSEHOLDS if name not in ("event_on", "monthly_rent"))
        own = own and (row["event"] == "none" or row["event_on"] is not None)
        own = own and (
            row["monthly_rent"] is not None or row["tenure"] not in ("public_rent", "private_rent")
        )
        for one in row["members"]:
            own = own and all(one[name] is not None for name in MEMBERS if name != "disability_grade")
            own = own and (one["disability_category"] == 0 or one["disability_grade"] is not None)
        found.append(own)
    return found


def fill(cursor: Any, sample: pa.Table, asked: dict[str, list[bool]]) -> None:
    """The sample's facts as rows."""
    cursor.execute("truncate household, member, bill, told")
    rows: dict[str, list[list[Any]]] = {"household": [], "told": [], "member": [], "bill": []}
    for number, row in enumerate(sample.to_pylist()):
        rows["household"].append([number, *(row[name] for name in HOUSEHOLDS)])
        rows["told"].append([number, asked["heats_with_coal"][number]])
        places = {one["person_id"]: place for place, one in enumerate(row["members"])}
        for place, one in enumerate(row["members"]):
            rows["member"].append([number, place, int(one["relation"]), *(one[name] for name in MEMBERS)])
        for one in row["bills"] or ():
            insured = sum(
                one[f"{kind}_paid"] for kind in ("basic", "critical", "supplementary", "commercial")
            )
            rows["bill"].append([number, places[one["person_id"]], one["total"], one["in_scope"], insured])
    for where, many in rows.items():
        _insert(cursor, where, many)


def standards() -> Iterator[list[Any]]:
    """Every dated value of the pack's parameters, read as plain YAML: id, days, value, how sure, in doubt from."""
    for path in sorted((PACK_DIR / "parameters").glob("*.yaml")):
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["parameters"]:
            for value in one["values"]:
                number = value.get("value")
                exact = None if number is None else Decimal(str(number))
                yield [
                    one["id"],
                    value["from"],
                    value["to"],
                    exact,
                    value["confidence"],
                    value.get("doubted_from"),
                ]


def indicators() -> Iterator[tuple[str, list[Any]]]:
    """The pack's indicators as rows: their full points, cut-offs and circumstances."""
    told = yaml.safe_load((PACK_DIR / "indicators.yaml").read_text(encoding="utf-8"))
    weights = _shares(_eigenvector([[_fraction(one) for one in row] for row in told["matrix"]]), 1_000_000)
    by_dim = {dim["key"]: weight for dim, weight in zip(told["dims"], weights, strict=True)}
    own = [by_dim[one["dim"]] * round(one["weight_in_dim"] * 1_000_000) for one in told["indicators"]]
    for one, full in zip(told["indicators"], _shares(own, 10_000), strict=True):
        without = one.get("without")
        yield "indicator", [one["key"], full, one["otherwise"], without and without["points"], "cases" in one]
        scale = {"yuan": 100, "m2": 100}.get(one.get("unit", ""), 1)
        for place, cut in enumerate(one.get("cut_offs", ())):
            parameter = cut.get("parameter")
            multiple = one.get("of") if parameter is None else None
            yield "cut", [
                one["key"], place, cut["when"], cut["points"], cut.get("value"), scale, multiple, parameter, cut.get("divide", 1),
                int(cut.get("year_before", False)),
            ]  # fmt: skip
        for case in one.get("cases", ()):
            yield "circumstance", [one["key"], case["case"], case["points"]]


def open_model(cursor: Any) -> None:
    """The tables of facts, and the pack's standards and indicators in theirs."""
    cursor.execute(_page("facts"))
    _insert(cursor, "standard", list(standards()))
    for where in ("indicator", "cut", "circumstance"):
        _insert(cursor, where, [row for name, row in indicators() if name == where])


def work_out(cursor: Any, day: date, *pages: str, certain: bool) -> None:
    """Compute some pages of the model on a legal date; ``certain``: nothing rests on a standard that is only uncertain."""
    for name in PAGES:
        tables = re.findall(r"create temp table (\w+)", _page(name))
        cursor.execute(f"drop table if exists {', '.join(tables)}")
    cursor.execute("select pg_temp.set_day(%s, %s)", [day, certain])
    for name in pages:
        cursor.execute(_page(name))


def _page(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _insert(cursor: Any, where: str, rows: list[list[Any]]) -> None:
    if rows:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"insert into {where} values ({places})", rows)  # noqa: S608 - our own tables


def _fraction(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below or 1)


def _eigenvector(matrix: list[list[float]]) -> list[float]:
    vector = [1.0] * len(matrix)
    for _ in range(500):
        vector = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
        total = sum(vector)
        vector = [one / total for one in vector]
    return vector


def _shares(weights: list[float], whole: int) -> list[int]:
    """Whole parts that sum to the whole: the largest remainders get what is left."""
    exact = [one * whole / sum(weights) for one in weights]
    parts = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda i: (round(parts[i] - exact[i], 9), i))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts
