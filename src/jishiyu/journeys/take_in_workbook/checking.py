"""From the lines of a workbook to households, each judged: which may go in, and what is wrong with the others. Pure."""

from collections.abc import Iterable
from datetime import date

from jishiyu.evidence.rules.columns import Column
from jishiyu.evidence.rules.households import Group, gather, mark_twins, share
from jishiyu.evidence.rules.lines import Line, agrees_with_id, check_each
from jishiyu.evidence.rules.problems import Problem
from jishiyu.foundations.outcomes import sentence
from jishiyu.registry.rules.family import Kin, family_faults
from jishiyu.registry.rules.vocabulary import HEAD


def check_households(
    lines: Iterable[Line], columns: tuple[Column, ...], *, area: str, today: date
) -> list[Group]:
    """The households of a workbook in the order of the file, with every problem noted on its line."""
    all_lines = list(lines)
    check_each(all_lines, (agrees_with_id, _disability_is_whole))
    groups = gather(all_lines, head_code=HEAD)
    mark_twins(groups)
    share(groups, columns)
    for group in groups:
        _stands_in(group, area)
        _fits_as_family(group, today)
    return groups


def _disability_is_whole(line: Line) -> Iterable[Problem]:
    category, grade = line.values.get("disability_category"), line.values.get("disability_grade")
    if category not in (None, "0") and grade in (None, "0"):
        yield Problem(
            "disability_grade",
            "grade_missing",
            sentence("有残疾类别，但没有等级", "A disability is given without its grade"),
            sentence("照残疾证填写一至四级", "Write grade 1 to 4 from the disability card"),
        )
    if category in (None, "0") and grade not in (None, "0"):
        yield Problem(
            "disability_category",
            "category_missing",
            sentence("有残疾等级，但没有类别", "A grade is given without the disability"),
            sentence("照残疾证填写类别", "Write the category from the disability card"),
        )


def _stands_in(group: Group, area: str) -> None:
    """The household must be of the batch's own sub-district."""
    said = group.shared.get("sub_district")
    if said is None or said == area:
        return
    for line in group.lines:
        if line.values.get("sub_district") == said:
            line.blame(
                Problem(
                    "sub_district",
                    "other_area",
                    sentence("不是本街道的家庭", "The household is of another sub-district"),
                    sentence(
                        "请由其居住地街道导入；若填错街道，请改正",
                        "Its own sub-district imports it; mend the cell if it is wrong",
                    ),
                )
            )


def _fits_as_family(group: Group, today: date) -> None:
    members = group.members
    if any("relation" not in line.values or "id_number" not in line.values for line in members):
        return  # half a family cannot be judged; the missing cells are problems already
    kin = [
        Kin(
            line.values["relation"],
            line.values["id_number"].born,
            line.values["id_number"].sex,
            line.values.get("marital"),
        )
        for line in members
    ]
    for fault in family_faults(kin, today):
        line = members[fault.place] if fault.place is not None else group.lines[0]
        line.blame(Problem(fault.fact, fault.code, fault.wrong, fault.mend))
