"""What a valid pack still does not know: nulls, days not known, uncertain and made-up values, gaps, missing procedures."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Value
from jishiyu.law.rules.procedures import Era
from jishiyu.law.rules.read import read_with_pages
from jishiyu.law.rules.yaml_lines import Page, Path_

Kind = Literal[
    "null", "undated", "uncertain", "doubted", "recalled", "illustrative", "gap",
    "outline", "no_procedure", "no_item", "no_duty", "no_day",
]  # fmt: skip

KINDS: dict[Kind, Sentence] = {
    "null": sentence("值未知（null）", "value not known (null)"),
    "undated": sentence("起始日未见，未启用", "first day not seen, not in use"),
    "uncertain": sentence("不确定", "uncertain"),
    "doubted": sentence("自某日起存疑", "in doubt from a day on"),
    "recalled": sentence("凭记忆", "recalled"),
    "illustrative": sentence("示例", "made up"),
    "gap": sentence("日期空档", "gap between days"),
    "outline": sentence("程序只有概要", "procedure is only an outline"),
    "no_procedure": sentence("没有程序", "no procedure"),
    "no_item": sentence("专项没有救助项目", "programme without benefit item"),
    "no_duty": sentence("职责没有对应的救助项目", "duty without benefit item"),
    "no_day": sentence("时期起始日未知", "first day of the era not known"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the pack does not know. Not an error: the pack loads, and the system says so where it matters."""

    kind: Kind
    file: str
    line: int
    about: str
    detail: str

    def say(self, language: str = "zh") -> str:
        """``12  null  bj.dibao.urban  2025-07-01 …``."""
        return f"  {self.line:>5}  {KINDS[self.kind].say(language)}: {self.about}  {self.detail}".rstrip()


def check_pack(root: Path) -> tuple[Pack, list[Finding]]:
    """Read the pack and list what it does not know, by file and line. Raises BadPack when it has errors."""
    pack, pages = read_with_pages(root)
    findings = [*_parameters(pages, pack), *_confidences(pages), *_eras(pages, pack), *_missing(pages, pack)]
    return pack, sorted(findings, key=lambda one: (one.file, one.line, one.kind))


def print_findings(
    pack: Pack, findings: list[Finding], language: str, write: Callable[[str], object]
) -> None:
    """Write the findings grouped by file, then how many there are of each kind."""
    write(sentence("政策包 {v}", "Policy pack {v}", v=pack.version).say(language))
    for file, group in groupby(findings, key=lambda one: one.file):
        write(f"\n{file}")
        for finding in group:
            write(finding.say(language))
    counts = Counter(finding.kind for finding in findings)
    write("")
    for kind, name in KINDS.items():
        if counts[kind]:
            write(f"{counts[kind]:>6}  {name.say(language)}")
    write(sentence("没有错误。", "No errors.").say(language))


def _parameters(pages: Mapping[str, Page], pack: Pack) -> Iterator[Finding]:
    known = {one.id: one for one in pack.parameters}
    for file, page in pages.items():
        if not file.startswith("parameters/"):
            continue
        for number, written in enumerate(page.data["parameters"]):
            parameter = known[written["id"]]
            path: Path_ = ("parameters", number, "values")
            for place, value in enumerate(parameter.values):
                line = page.line((*path, place))
                for kind in _kinds_of(value):
                    yield Finding(kind, file, line, parameter.id, _days(value))
            # A snapshot stands for its own days only, so days between snapshots are no gap.
            if file != "parameters/statistics.yaml":
                yield from _gaps(file, page, path, parameter.id, parameter.values)


def _kinds_of(value: Value) -> Iterator[Kind]:
    if value.value is None and value.text is None:
        yield "null"
    elif value.confidence != "verified":
        yield value.confidence
    if value.from_ is None:
        yield "undated"
    if value.doubted_from is not None:
        yield "doubted"


def _days(value: Value) -> str:
    days = f"{value.from_ or '?'} – {value.to or ''}"
    return f"{days} ({value.doubted_from} →)" if value.doubted_from else days


def _gaps(file: str, page: Page, path: Path_, id: str, values: tuple[Value, ...]) -> Iterator[Finding]:
    dated = sorted(
        (value.from_, value.to, place) for place, value in enumerate(values) if value.from_ and value.to
    )
    starts = sorted(value.from_ for value in values if value.from_)
    for first, second in pairwise(starts):
        ends = [(to, place) for start, to, place in dated if start == first]
        if ends and ends[0][0] + timedelta(days=1) < second:
            line = page.line((*path, ends[0][1]))
            days = f"{ends[0][0] + timedelta(days=1)} – {second - timedelta(days=1)}"
            yield Finding("gap", file, line, id, days)


def _confidences(pages: Mapping[str, Page]) -> Iterator[Finding]:
    """Every ``confidence`` outside the parameters that is not *verified*, where it stands."""
    for file, page in pages.items():
        if file.startswith("parameters/"):
            continue
        for path in page.lines:
            if path and path[-1] == "confidence":
                kind = _at(page, path)
                if kind in ("uncertain", "recalled", "illustrative"):
                    yield Finding(kind, file, page.line(path), _name_around(page, path), "")


def _at(page: Page, path: Path_) -> object:
    found = page.data
    for step in path:
        found = found[step]
    return found


def _name_around(page: Page, path: Path_) -> str:
    names: list[object] = []
    for depth in range(1, len(path)):
        around = _at(page, path[:depth])
        if isinstance(around, dict):
            named = next(
                (around[key] for key in ("id", "code", "key") if isinstance(around.get(key), str)), None
            )
            names += [named] if named else [step for step in path[depth - 1 : depth] if isinstance(step, str)]
    return " · ".join(str(name) for name in names)


def _eras(pages: Mapping[str, Page], pack: Pack) -> Iterator[Finding]:
    page = pages["procedures.yaml"]
    for number, era in enumerate(pack.eras):
        if era.from_ is None:
            yield Finding("no_day", page.file, page.line(("eras", number, "from")), era.key, era.name.zh)
    for file, one in pages.items():
        if file.startswith("procedures/"):
            for number, written in enumerate(one.data.get("procedures", ())):
                if written.get("status") == "outline":
                    line = one.line(("procedures", number, "status"))
                    eras = " ".join(written.get("eras") or [written.get("era", "")])
                    yield Finding("outline", file, line, f"{eras} {', '.join(written['items'])}", "")


def _missing(pages: Mapping[str, Page], pack: Pack) -> Iterator[Finding]:
    district = pages["district.yaml"]
    for number, programme in enumerate(pack.programmes):
        if not pack.items_of(programme.code):
            line = district.line(("programmes", number, "code"))
            yield Finding("no_item", district.file, line, programme.code, programme.name.zh)
    served = {clause for item in pack.items for clause in item.duties}
    for number, duty in enumerate(pack.district.members):
        if duty.clause not in served:
            line = district.line(("members", number, "clause"))
            yield Finding("no_duty", district.file, line, duty.clause, ", ".join(duty.agencies))
    for file, page in pages.items():
        if not file.startswith("programmes/"):
            continue
        for number, written in enumerate(page.data["items"]):
            item = pack.item(written["id"])
            for era in pack.eras:
                day = without_procedure(pack, item, era)
                if day is not None:
                    line = page.line(("items", number, "id"))
                    yield Finding("no_procedure", file, line, item.id, f"{era.key} {day} →")


def without_procedure(pack: Pack, item: BenefitItem, era: Era) -> date | None:
    """The first day of an era on which the item can be in force and no procedure is recorded; None where there is none."""
    if era.from_ is None:
        return None
    day = max(era.from_, item.effective_from or era.from_)
    last = min(era.to or date.max, item.effective_to or date.max)
    for table in sorted(
        (one for one in pack.procedures if one.era == era.key and item.id in one.items),
        key=lambda one: one.from_ or date.min,
    ):
        if day > last or (table.from_ is not None and table.from_ > day):
            break
        if table.to is None:
            return None
        day = max(day, table.to + timedelta(days=1))
    return day if day <= last else None
