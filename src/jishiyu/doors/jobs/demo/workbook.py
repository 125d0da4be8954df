"""A workbook that a sub-district brings in, with the slips that people make, so that the import's pages have something to show."""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import xlsxwriter
from django.conf import settings

from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import batches
from jishiyu.doors.jobs.population.people import IdNumbers, newcomers
from jishiyu.evidence.rules.columns import Column
from jishiyu.journeys.take_in_workbook import columns_in_force, receive_workbook, take_in
from jishiyu.offices.operations import acting
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.newcomers import NewHousehold

_HOUSEHOLDS = 14
_DRAWN = 1_000
_FILE = "困难家庭信息采集表（演示）.xlsx"
Row = dict[str, Any]


def enter_workbook(
    diary: Diary, desks: Desks, numbers: IdNumbers, *, seed: int, area: str, day: date
) -> None:
    """Enter the workbook's import by the caseworker of a sub-district on a day."""

    def act(moment: datetime) -> None:
        actor = desks.at("caseworker", area)
        content = _written(columns_in_force(), _with_slips(_rows(_homes(numbers, seed, area, day))))
        with acting(actor, moment=moment, source="demo"):
            batch, _ = receive_workbook(
                content=content, file_name=_FILE, sub_district=area, actor=actor, moment=moment
            )
        for _ in take_in(batch, actor=actor, clock=lambda: moment):
            pass

    diary.enter(diary.office_hours(day), act)


def _homes(numbers: IdNumbers, seed: int, area: str, day: date) -> Iterator[NewHousehold]:
    census = read_census(settings.PACK_DIR / "population.csv")
    drawn = batches(census, households=_DRAWN, kind="known", seed=seed, as_of=day)
    there = (told for batch in drawn for told in situations_of(batch) if told.sub_district == area)
    return newcomers(islice(there, _HOUSEHOLDS), seed=seed, numbers=numbers)


def _rows(homes: Iterable[NewHousehold]) -> Iterator[Row]:
    """One row a person, in natural values; the household's own facts stand on the head's row."""
    for key, home in enumerate(homes, 1):
        if home.situation is None:
            continue
        for place, (member, facts) in enumerate(zip(home.members, home.situation.members, strict=True)):
            row: Row = {name: getattr(facts, name) for name in facts.__slots__}
            row |= {"household_key": str(key), "name": member.name, "id_number": member.id_number.text}
            row["sex"] = "男" if facts.sex == 1 else "女"
            if place == 0:
                row |= {name: getattr(home.situation, name) for name in home.situation.__slots__}
                row |= {
                    "community": home.community,
                    "address": home.address,
                    "phone": f"010-6{home.phone[-7:]}",
                }
            yield row


def _with_slips(rows: Iterable[Row]) -> Iterator[Row]:
    """What goes wrong in real workbooks: a mistyped number, words for an amount, a second head, another sub-district."""
    for number, row in enumerate(rows):
        if number == 3:
            row["id_number"] = row["id_number"][:-1] + ("1" if row["id_number"][-1] != "1" else "2")
        elif number == 9:
            row["wage_income"] = "三千左右"
        elif number == 16 and row["relation"] != "02":
            row["relation"] = "02"
        elif number == 20:
            row["name"] = f" {row['name']} "
        elif number == 24:
            row["born"] = "1966-13-01"
        yield row


def _written(columns: tuple[Column, ...], rows: Iterable[Row]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("家庭与成员")
    sheet.write(0, 0, "困难家庭信息采集表（演示，虚构）")
    for place, column in enumerate(columns):
        sheet.write(1, place, column.shown())
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(columns):
            value = _cell(column, row.get(column.key))
            if value is not None:
                sheet.write(number, place, value)
    book.close()
    return held.getvalue()


def _cell(column: Column, value: Any) -> Any:
    match value:
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
        case frozenset():
            return "、".join(sorted(value)) or None
        case int() if column.kind in ("amount", "area"):
            return value / 100
        case _:
            return value
