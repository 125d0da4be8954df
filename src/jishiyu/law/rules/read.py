"""Reads a pack from its folder. Every fault names file, line, key and what is expected there; all are told at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.secrets import sm3
from jishiyu.law.rules.code_tables import read_table
from jishiyu.law.rules.decision_tables import DecisionTable, RevisionPage, TablePage
from jishiyu.law.rules.district import District
from jishiyu.law.rules.expected import expected_of
from jishiyu.law.rules.faults import BadPack, Fault
from jishiyu.law.rules.indicators import IndicatorSet
from jishiyu.law.rules.items import ItemPage
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import InstrumentPage, ParameterPage, SourcePage
from jishiyu.law.rules.parts import Part, Unreadable
from jishiyu.law.rules.procedure_pages import Built, ProcedurePage
from jishiyu.law.rules.procedure_tables import build_tables, whole_faults
from jishiyu.law.rules.procedures import EraPage, Procedure
from jishiyu.law.rules.references import faults_between
from jishiyu.law.rules.tiers import TierPage, faults_in_tiers, tiers_of
from jishiyu.law.rules.working_days import Calendar, HolidayPage
from jishiyu.law.rules.yaml_lines import Page, page_of

P = TypeVar("P", bound=Part)


@dataclass
class Reading:
    """The pages read so far, their models, and every fault found. ``more`` are files that it lacks, by name."""

    root: Path
    more: Mapping[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, file: str, model: type[P]) -> P | None:
        """Read one file into its model; a faulty file gives None and its faults are kept."""
        path = self.root / file
        if not path.is_file() and file not in self.more:
            self.faults.append(Fault(file, 1, "(file)", sentence("缺少此文件", "this file is missing")))
            return None
        try:
            page = self.pages[file] = page_of(
                file, path.read_text(encoding="utf-8") if path.is_file() else self.more[file]
            )
        except BadPack as bad:
            self.faults += bad.faults
            return None
        try:
            return model.model_validate(page.data)
        except ValidationError as error:
            self.faults += [page.fault(tuple(one["loc"]), expected_of(one)) for one in error.errors()]
            return None

    def folder(self, name: str, model: type[P]) -> Iterator[tuple[str, P]]:
        """Read every YAML file of a folder, by name."""
        found = {f"{name}/{path.name}" for path in (self.root / name).glob("*.yaml")}
        found |= {file for file in self.more if file.rpartition("/")[0] == name}
        for file in sorted(found):
            page = self.page(file, model)
            if page is not None:
                yield file, page


def content_hash(root: Path, more: Mapping[str, str] | None = None) -> str:
    """SM3 over every data file's path and text, in order of path; line ends do not count. 64 hex digits."""
    parts: list[bytes] = []
    for name, text in data_files(root, more):
        parts += [name.encode(), b"\0", sm3(text)]
    return sm3(b"".join(parts)).hex()


def data_files(root: Path, more: Mapping[str, str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Every data file that makes the pack what it is (examples do not), in order of path, with plain line ends.

    ``more`` are files beside the folder's (revisions of tables that were approved on the desk), by their names; one that the
    folder has itself by now is the folder's.
    """
    laid_over = {name: text.encode() for name, text in (more or {}).items()}
    paths = [path for path in root.rglob("*") if path.suffix in {".yaml", ".csv"}]
    own = {
        path.relative_to(root).as_posix(): path
        for path in paths
        if "examples" not in path.relative_to(root).parts
    }
    for name in sorted(own.keys() | laid_over.keys(), key=lambda one: one.split("/")):
        text = own[name].read_bytes() if name in own else laid_over[name]
        yield name, text.replace(b"\r\n", b"\n")


def read_pack(root: Path, more: Mapping[str, str] | None = None, *, kept: bool = False) -> Pack:
    """Read and check the pack at ``root``, with files laid over it. Raises :class:`BadPack` with every fault found.

    ``kept``: it was put away by an earlier release, whose procedures needed less to be whole.
    """
    return read_with_pages(root, more, kept=kept)[0]


def read_with_pages(
    root: Path, more: Mapping[str, str] | None = None, *, kept: bool = False
) -> tuple[Pack, dict[str, Page]]:
    """The pack and its pages, which know on what line each value stands. Raises :class:`BadPack`."""
    reading = Reading(root, more or {})
    district = reading.page("district.yaml", District)
    sources = reading.page("sources.yaml", SourcePage)
    instruments = reading.page("instruments.yaml", InstrumentPage)
    eras = reading.page("procedures.yaml", EraPage)
    indicators = reading.page("indicators.yaml", IndicatorSet)
    holidays = reading.page("holidays.yaml", HolidayPage)
    parameters = dict(reading.folder("parameters", ParameterPage))
    items = dict(reading.folder("programmes", ItemPage))
    procedures = dict(reading.folder("procedures", ProcedurePage))
    tables = list(_tables(reading))
    decisions = list(_decision_tables(reading))
    tiers = dict(reading.folder("tiers", TierPage))
    built, faults = build_tables(reading.pages, procedures)
    reading.faults += faults
    if not (district and sources and instruments and eras and indicators and holidays) or reading.faults:
        raise BadPack(reading.faults)
    pack = Pack(
        label=district.label,
        content_hash=content_hash(root, more),
        district=district,
        items=tuple(
            item
            for code in (p.code for p in district.programmes)
            for page in items.values()
            if page.programme == code
            for item in page.items
        ),
        parameters=tuple(one for page in parameters.values() for one in page.parameters),
        topics={one.id: page.topic for page in parameters.values() for one in page.parameters},
        eras=eras.eras,
        procedures=tuple(_procedures(built, items)),
        indicators=indicators,
        sources={one.id: one for one in sources.sources},
        instruments={one.id: one for one in instruments.instruments},
        calendar=Calendar({year.year: year for year in holidays.years}),
        code_tables={table.name: table for table in tables},
        groups=tuple(group for page in items.values() for group in page.groups),
        tables=tuple(decisions),
        tiers=tiers_of(tiers.values()),
    )
    faults = list(faults_between(pack, reading.pages, parameters, items, built))
    faults += _tier_faults(reading, pack, tiers)
    if not kept:
        faults += whole_faults(pack, built)
    if faults:
        raise BadPack(faults)
    return pack, reading.pages


def _procedures(built: Iterable[Built], pages: Mapping[str, ItemPage]) -> Iterator[Procedure]:
    items = {item.id: item for page in pages.values() for item in page.items}
    for one in built:
        for id in one.procedure.items:
            yield from one.for_item(id, items.get(id))


def _tier_faults(reading: Reading, pack: Pack, tiers: Mapping[str, TierPage]) -> Iterator[Fault]:
    units, items = {one.id: one.unit for one in pack.parameters}, [one.id for one in pack.items]
    for file, page in tiers.items():
        for path, expected in faults_in_tiers(page, items, units):
            yield reading.pages[file].fault(path, expected)


def _tables(reading: Reading) -> Iterator[Any]:
    for path in sorted((reading.root / "code_tables").glob("*.csv")):
        try:
            yield read_table(f"code_tables/{path.name}", path.read_text(encoding="utf-8"))
        except BadPack as bad:
            reading.faults += bad.faults


def _decision_tables(reading: Reading) -> Iterator[DecisionTable]:
    found = {one.key: one for _, page in reading.folder("tables", TablePage) for one in page.tables}
    for file, revision in reading.folder("tables/revisions", RevisionPage):
        page = reading.pages[file]
        if revision.table not in found:
            said = sentence("没有决策表“{t}”", "there is no decision table “{t}”", t=revision.table)
            reading.faults.append(page.fault(("table",), said))
            continue
        try:
            found[revision.table] = found[revision.table].revised(revision.edition)
        except Unreadable as wrong:
            reading.faults.append(page.fault(("edition", "from"), wrong.sentence))
    yield from found.values()
