"""The census figures that shape the made-up district: household sizes, and the weight of each sub-district."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["general", "known"]

_SIZE_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
LARGEST = 10


@dataclass(frozen=True, slots=True)
class Census:
    """Households by size (the last size means "or more"), and per sub-district code the residents and known households."""

    households_by_size: dict[int, int]
    residents: dict[str, int]
    known_households: dict[str, int]

    def weights(self, kind: Kind) -> dict[str, int]:
        """How often each sub-district is drawn: by residents in general, by known assistance households for ``known``."""
        return self.residents if kind == "general" else self.known_households


def read_census(path: Path) -> Census:
    """Read the policy pack's ``population.csv``. Raises ValueError naming the file and what is missing."""
    sizes: dict[int, int] = {}
    residents: dict[str, int] = {}
    known: dict[str, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            level, metric = row["level"], row["metric"]
            if level == "district" and metric.startswith("家庭户_"):
                sizes[_SIZE_WORDS[metric.removeprefix("家庭户_")[0]]] = int(row["value"])
            elif level == "street" and metric == "常住人口" and row["year"] == "2020":
                residents[row["code"]] = int(row["value"])
            elif level == "street" and metric == "合成_救助对象户数":
                known[row["code"]] = int(row["value"])
    _complete(path, sizes, residents, known)
    return Census(dict(sorted(sizes.items())), dict(sorted(residents.items())), dict(sorted(known.items())))


def _complete(path: Path, sizes: dict[int, int], residents: dict[str, int], known: dict[str, int]) -> None:
    if set(sizes) != set(range(1, LARGEST + 1)):
        raise ValueError(
            f"{path}: expected households of size 1 to {LARGEST} (家庭户_一人户 …), found {sorted(sizes)}"
        )
    if not residents or set(residents) != set(known):
        raise ValueError(f"{path}: each street needs 常住人口 of 2020 and 合成_救助对象户数")
