"""Code tables (GB/T kinship, health, hukou …) as the pack carries them: small, flat, with a confidence on each row."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.faults import BadPack, Fault


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One table; ``rows`` keep the file's order, each a mapping of column to text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    def name_of(self, code: str) -> str:
        """The Chinese name of a code. Raises KeyError."""
        for row in self.rows:
            if row["code"] == code:
                return row["name"]
        raise KeyError(code)


def read_table(file: str, text: str) -> CodeTable:
    """Read one CSV file. Raises :class:`BadPack` naming the line when a row is longer or shorter than the heading."""
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or not all(lines[0]):
        raise BadPack(
            [Fault(file, 1, "(heading)", sentence("首行应为表头", "the first line has to be the heading"))]
        )
    columns = tuple(lines[0])
    faults = [
        Fault(
            file,
            number,
            "(row)",
            sentence("应有{n}列，现有{m}列", "expected {n} columns, found {m}", n=len(columns), m=len(row)),
        )
        for number, row in enumerate(lines[1:], start=2)
        if row and len(row) != len(columns)
    ]
    if faults:
        raise BadPack(faults)
    rows = tuple(dict(zip(columns, row, strict=True)) for row in lines[1:] if row)
    return CodeTable(file.rsplit("/", 1)[-1].removesuffix(".csv"), columns, rows)
