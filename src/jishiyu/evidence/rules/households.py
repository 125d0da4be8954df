"""Rows made households: which rows belong together, what was said twice, and what two rows say differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jishiyu.evidence.rules.columns import Column
from jishiyu.evidence.rules.lines import Line
from jishiyu.evidence.rules.problems import Problem
from jishiyu.foundations.outcomes import sentence


@dataclass(slots=True)
class Group:
    """The rows of one household, in order, and what they say of the household as a whole (``shared``)."""

    key: str
    lines: list[Line]
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def members(self) -> list[Line]:
        """The rows that count: not those that repeat another."""
        return [line for line in self.lines if line.twin_of is None]

    @property
    def good(self) -> bool:
        """Whether no row of the household has a problem."""
        return not any(line.problems for line in self.lines)


def gather(lines: Sequence[Line], *, head_code: str) -> list[Group]:
    """Rows with the same key are one household, wherever they stand. A row without key belongs to the row above it.

    Where nobody wrote keys, each head (``head_code``) begins a household, named after its row. Each sheet has its own keys:
    with more than one sheet the group's key begins with the sheet's name.
    """
    several = len({line.sheet for line in lines}) > 1
    groups: dict[str, Group] = {}
    current: tuple[str, str] | None = None
    for line in lines:
        key = line.values.get("household_key")
        begins = line.values.get("relation") == head_code
        if key is None and current is not None and current[0] == line.sheet and not begins:
            key = current[1]
        elif key is None:
            key = f"第{line.number}行"
            if "household_key" in line.cells or not begins:
                line.blame(_no_key())
        current = (line.sheet, str(key))
        name = (f"{line.sheet}·{key}" if several else str(key))[-60:]
        if name in groups:
            groups[name].lines.append(line)
        else:
            groups[name] = Group(name, [line])
    return list(groups.values())


def _no_key() -> Problem:
    return Problem(
        "household_key",
        "no_household",
        sentence("看不出此人属于哪一户", "It is not clear to which household this person belongs"),
        sentence(
            "填写户序号；同一户各行填同一个号", "Write the household's number, the same on each of its rows"
        ),
    )


def mark_twins(groups: Iterable[Group]) -> None:
    """Say where one person stands in several rows: a true repetition is merged, anything else is a problem in each row."""
    seen: dict[str, tuple[Group, Line]] = {}
    for group in groups:
        for line in group.lines:
            number = line.values.get("id_number")
            if number is None:
                continue
            other = seen.setdefault(number.text, (group, line))
            if other[1] is line:
                continue
            if other[0] is not group:
                _blame_both(
                    other[1], line, _in_two_households(other[1], other[0]), _in_two_households(line, group)
                )
            elif _same(other[1], line):
                line.twin_of = other[1].number
            else:
                _blame_both(other[1], line, _told_twice(other[1], line), _told_twice(line, other[1]))


def _same(one: Line, other: Line) -> bool:
    """Whether the second row says nothing that the first does not say, apart from the key, which may be left out."""
    keys = (one.values.keys() | other.values.keys()) - {"household_key"}
    return not other.problems and all(
        one.values.get(key) == other.values.get(key) or key not in other.values for key in keys
    )


def _blame_both(first: Line, second: Line, about_first: Problem, about_second: Problem) -> None:
    first.blame(about_second)
    second.blame(about_first)


def _in_two_households(line: Line, group: Group) -> Problem:
    return Problem(
        "id_number",
        "in_two_households",
        sentence(
            "此人同时出现在第{n}行（户“{k}”）",
            "This person also stands in row {n} (household “{k}”)",
            n=line.number,
            k=group.key,
        ),
        sentence(
            "一人只能属于一户：删去其中一行", "One person belongs to one household: remove one of the rows"
        ),
    )


def _told_twice(line: Line, other: Line) -> Problem:
    keys = sorted(
        key
        for key in line.values.keys() | other.values.keys()
        if line.values.get(key) != other.values.get(key) and key != "household_key"
    )
    return Problem(
        keys[0] if keys else "id_number",
        "told_twice",
        sentence(
            "此人在第{n}行又写了一次，内容不同",
            "This person stands again in row {n}, with other facts",
            n=line.number,
        ),
        sentence("保留正确的一行，删去另一行", "Keep the right row and remove the other"),
    )


def share(groups: Iterable[Group], columns: tuple[Column, ...]) -> None:
    """Collect what is said of each household, on whichever of its rows; two different words are a problem in both rows."""
    about = [column for column in columns if column.of == "household" and column.key != "household_key"]
    for group in groups:
        for column in about:
            first: Line | None = None
            for line in group.lines:
                value = line.values.get(column.key)
                if value is None:
                    continue
                if first is None:
                    first, group.shared[column.key] = line, value
                elif value != group.shared[column.key]:
                    _blame_both(first, line, _differs(column, first), _differs(column, line))
        _ask_for_required(group, about)


def _differs(column: Column, other: Line) -> Problem:
    return Problem(
        column.key,
        "differs_in_household",
        sentence(
            "“{h}”与同户第{n}行不同",
            "“{e}” differs from row {n} of the same household",
            h=column.heading.zh,
            e=column.heading.en,
            n=other.number,
        ),
        sentence("一户只填一次，或各行填成一样", "Write it once for the household, or the same on each row"),
    )


def _ask_for_required(group: Group, about: list[Column]) -> None:
    first = group.lines[0]
    for column in about:
        told = any(problem.column == column.key for line in group.lines for problem in line.problems)
        if column.required and column.key not in group.shared and not told:
            first.blame(
                Problem(
                    column.key,
                    "missing",
                    sentence(
                        "本户缺少“{h}”",
                        "“{e}” is missing for the household",
                        h=column.heading.zh,
                        e=column.heading.en,
                    ),
                    sentence("在户主这一行补填", "Fill it in on the head's row"),
                )
            )


def waiting_for(group: Group) -> Problem:
    """Why a good row of a household with a bad one waits: it names the bad rows."""
    bad = "、".join(str(line.number) for line in group.lines if line.problems)
    return Problem(
        "",
        "waits",
        sentence(
            "本行无误，等待同户第{n}行改正", "This row is good; it waits for row {n} of its household", n=bad
        ),
        sentence("改正后整户一起登记", "The household is registered as a whole when they are mended"),
    )
