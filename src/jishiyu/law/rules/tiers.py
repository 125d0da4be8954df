"""Amount tiers (审批权限): up to which sum which post decides, and from where two signatures are needed. Tables of the pack."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import Field

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.parts import Confidence, Part, Role, Words
from jishiyu.law.rules.procedures import EraKey
from jishiyu.law.rules.yaml_lines import Path_


class TierRow(Part):
    """One rung: grants up to a standard of the pack (null: any more) are signed by these posts, in this order."""

    up_to: str | None
    signs: tuple[Role, ...] = Field(min_length=1, max_length=2)
    note: Words | None = None


class TierTable(Part):
    """The rungs for some items in some eras, lowest first. ``counted``: the sum of one grant, or what it comes to in a year."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    items: tuple[str, ...] = Field(min_length=1)
    eras: tuple[EraKey, ...] = Field(min_length=1)
    counted: Literal["each_time", "a_year"]
    rows: tuple[TierRow, ...] = Field(min_length=1)
    confidence: Confidence
    citation: Words
    note: Words | None = None


class TierPage(Part):
    """One file of ``tiers/``."""

    tiers: tuple[TierTable, ...] = Field(min_length=1)


def tiers_of(pages: Iterable[TierPage]) -> tuple[TierTable, ...]:
    """The tables of all pages."""
    return tuple(table for page in pages for table in page.tiers)


def faults_in_tiers(
    page: TierPage, items: Iterable[str], units: Mapping[str, str]
) -> Iterator[tuple[Path_, Sentence]]:
    """Items or sums that the pack does not know, sums that are not money, and ladders without a top. ``units`` by standard."""
    known = set(items)
    for place, table in enumerate(page.tiers):
        for number, item in enumerate(table.items):
            if item not in known:
                yield (
                    ("tiers", place, "items", number),
                    sentence("没有救助项目“{i}”", "there is no benefit item “{i}”", i=item),
                )
        for number, row in enumerate(table.rows):
            last = number == len(table.rows) - 1
            if (row.up_to is None) != last:
                yield (
                    ("tiers", place, "rows", number, "up_to"),
                    sentence(
                        "只有最后一行写 null（不限）",
                        "null (any more) is for the last row, and for that one alone",
                    ),
                )
            if row.up_to is not None and units.get(row.up_to) != "yuan":
                yield (
                    ("tiers", place, "rows", number, "up_to"),
                    sentence("没有以元计的参数“{p}”", "there is no standard “{p}” in yuan", p=row.up_to),
                )
            if len(set(row.signs)) != len(row.signs):
                yield (
                    ("tiers", place, "rows", number, "signs"),
                    sentence("两个签署岗位须不同", "two signatures are of two different posts"),
                )
