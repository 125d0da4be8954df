"""From sheets to lines: each data row read cell by cell, with what is wrong beside it. Nothing that was written is dropped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jishiyu.evidence.rules.cells import BadCell, Reader, is_blank, plain, reader_of
from jishiyu.evidence.rules.columns import Column, plain_heading
from jishiyu.evidence.rules.error_cells import refuse_error
from jishiyu.evidence.rules.problems import Problem
from jishiyu.evidence.rules.workbook import Sheet, storable
from jishiyu.foundations.outcomes import sentence

# What begins a row below the data that is no person: totals, signatures, notes.
_CLOSING = (
    "合计", "总计", "小计", "共计", "填表", "制表", "审核", "复核", "负责人", "填报", "单位", "注", "备注", "说明", "联系人", "日期", "total",
)  # fmt: skip
_EXAMPLE = ("示例", "例", "样例", "example")

Cells = dict[str, Any]


@dataclass(slots=True)
class Line:
    """One row of a sheet: its number, its cells as written, the values read from them, and what is wrong.

    An unknown column's cell stands in ``cells`` under ``+`` and its heading. ``values`` has no entry for an empty cell.
    """

    sheet: str
    number: int
    cells: Cells
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    twin_of: int | None = None

    def blame(self, problem: Problem) -> None:
        """Note a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken for a person, and how it begins."""

    sheet: str
    number: int
    begins: str


def lines_of(
    sheet: Sheet, columns: tuple[Column, ...], today: date, skipped: list[Skipped] | None = None
) -> Iterator[Line]:
    """Every data row of a sheet as a line. Empty rows pass; totals, notes and repeated headings are told in ``skipped``."""
    passed = skipped if skipped is not None else []
    read = CellReader(columns, today)
    places = [(key, column) for key, column in sheet.headings.places.items() if key in read.readers]
    extra = list(sheet.headings.extra.items())
    spread = _down_merged(sheet)
    person = [sheet.headings.places[key] for key in ("name", "id_number") if key in sheet.headings.places]
    for number, row in sheet.rows():
        if not any(row):
            continue
        if number in spread:
            row = list(row)
            for column, value in spread[number].items():
                row[column] = value
        if not any(row[column] for column in person) or _repeats_headings(row, sheet):
            if any(not is_blank(cell) for cell in row):
                reason = _not_a_person(row, sheet)
                if reason is not None:
                    passed.append(Skipped(sheet.name, number, reason))
                    continue
            else:
                continue
        if _is_example(row, sheet):
            passed.append(Skipped(sheet.name, number, "示例"))
            continue
        cells = {key: row[place] for key, place in places if row[place] != ""}
        line = read.line(sheet.name, number, cells)
        for place, heading in extra:
            if row[place] != "":
                line.cells[f"+{heading}"] = storable(row[place])
        yield line


def _down_merged(sheet: Sheet) -> dict[int, dict[int, Any]]:
    """For each row, the cells that a merge downwards hides in it: officials merge a household's cells over its members."""
    wanted = set(sheet.headings.places.values())
    first = sheet.headings.first_data_row
    ranges = [
        merge
        for merge in sheet.merges
        if merge[0][0] >= first and merge[1][0] > merge[0][0] and merge[0][1] in wanted
    ]
    if not ranges:
        return {}
    heads = {(top, column) for (top, column), _ in ranges}
    tops = {top for top, _ in heads}
    values = {
        (number - 1, column): row[column]
        for number, row in sheet.rows()
        if number - 1 in tops
        for column in range(len(row))
    }
    spread: dict[int, dict[int, Any]] = {}
    for (top, column), (bottom, _) in ranges:
        for index in range(top + 1, bottom + 1):
            spread.setdefault(index + 1, {})[column] = values.get((top, column), "")
    return spread


def _repeats_headings(row: list[Any], sheet: Sheet) -> bool:
    place = sheet.headings.places.get("id_number", sheet.headings.places.get("name", 0))
    cell = row[place]
    if not isinstance(cell, str) or cell.lstrip()[:1] not in ("身", "公", "姓", "成"):
        return False
    return plain_heading(cell) in ("身份证号", "身份证号码", "公民身份号码", "姓名", "成员姓名")


def _not_a_person(row: list[Any], sheet: Sheet) -> str | None:
    """How a row that names nobody begins, when it is a total, a note or a repeated heading; None when it may be a person."""
    written = [cell for cell in row if not is_blank(cell)]
    first = plain(written[0])
    if _repeats_headings(row, sheet) or first.lower().startswith(_CLOSING) or len(written) == 1:
        return str(written[0]).strip()[:40]
    return None


def _is_example(row: list[Any], sheet: Sheet) -> bool:
    place = sheet.headings.places.get("household_key")
    return (
        place is not None and isinstance(row[place], str) and row[place].strip().lower().startswith(_EXAMPLE)
    )


class CellReader:
    """Reads the cells of lines; also used when one line is mended on screen."""

    def __init__(self, columns: tuple[Column, ...], today: date) -> None:
        self.columns = {column.key: column for column in columns}
        self.readers: dict[str, Reader] = {column.key: reader_of(column, today) for column in columns}
        self._required = [column for column in columns if column.required and column.of == "member"]

    def line(self, sheet: str, number: int, cells: Cells) -> Line:
        """A line from its cells as written: values where they can be read, problems where not."""
        values: dict[str, Any] = {}
        kept: Cells = {}
        problems: list[Problem] = []
        readers = self.readers
        for key, raw in cells.items():
            kept[key] = raw if raw.__class__ is str else storable(raw)
            if key not in readers or (raw.__class__ is str and not raw.strip()):
                continue
            try:
                if raw.__class__ is str and raw[:1] == "#":
                    refuse_error(raw)
                value = readers[key](raw)
            except BadCell as bad:
                if not is_blank(raw):  # some cells hold nothing but characters that nobody can see
                    problems.append(Problem(key, bad.code, bad.wrong, bad.mend))
            else:
                if value is not None:
                    values[key] = value
        line = Line(sheet, number, kept, values, problems)
        self._ask_for_required(line)
        return line

    def _ask_for_required(self, line: Line) -> None:
        for column in self._required:
            if column.key not in line.values and all(told.column != column.key for told in line.problems):
                line.problems.append(
                    Problem(
                        column.key,
                        "missing",
                        sentence("缺少“{h}”", "“{e}” is missing", h=column.heading.zh, e=column.heading.en),
                        sentence("请补填", "Fill it in"),
                    )
                )


RowCheck = Callable[[Line], Iterable[Problem]]


def check_each(lines: Iterable[Line], checks: tuple[RowCheck, ...]) -> None:
    """Apply checks that look at one row alone."""
    for line in lines:
        for check in checks:
            for problem in check(line):
                line.blame(problem)


def agrees_with_id(line: Line) -> Iterable[Problem]:
    """Date of birth and sex, where they are written, must be those of the identity number."""
    number = line.values.get("id_number")
    if number is None:
        return
    born = line.values.get("born")
    if born is not None and born != number.born:
        yield Problem(
            "born",
            "born_differs",
            sentence(
                "出生日期 {a} 与身份证号中的 {b} 不一致",
                "The birth date {a} differs from {b} in the ID number",
                a=born,
                b=number.born,
            ),
            sentence("核对身份证号和出生日期，改正其中错的一个", "Check both and mend the wrong one"),
        )
    sex = line.values.get("sex")
    if sex is not None and sex != str(number.sex):
        yield Problem(
            "sex",
            "sex_differs",
            sentence("性别与身份证号不一致", "The sex differs from the ID number"),
            sentence("核对身份证号第17位（单数为男、双数为女）", "Check digit 17: odd is male, even female"),
        )
