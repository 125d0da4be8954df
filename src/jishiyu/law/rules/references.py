"""What one page of the pack says about another: every name used is defined, every number exact, every table whole."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.district import EVERY_SUB_DISTRICT, District
from jishiyu.law.rules.faults import Fault
from jishiyu.law.rules.indicator_faults import faults_in_indicators
from jishiyu.law.rules.items import BenefitItem, ItemPage
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Parameter, ParameterPage, Value, whole
from jishiyu.law.rules.procedure_pages import Built
from jishiyu.law.rules.procedure_tables import each_once
from jishiyu.law.rules.walk import faults_in_steps
from jishiyu.law.rules.yaml_lines import Page, Path_

Place = tuple[Path_, Sentence]


def faults_between(
    pack: Pack,
    pages: Mapping[str, Page],
    parameters: Mapping[str, ParameterPage],
    items: Mapping[str, ItemPage],
    procedures: Iterable[Built],
) -> Iterator[Fault]:
    """Every broken reference and inexact value of a pack whose pages are each well-formed."""
    yield from _on(pages["district.yaml"], _in_district(pack.district))
    yield from _on(pages["district.yaml"], _in_coordination(pack))
    yield from _on(
        pages["sources.yaml"], _twice("sources", pack.sources, pages["sources.yaml"].data["sources"])
    )
    instruments = pages["instruments.yaml"]
    yield from _on(instruments, _twice("instruments", pack.instruments, instruments.data["instruments"]))
    yield from _ids_twice(pages, parameters, items)
    for file, parameter_page in parameters.items():
        yield from _on(pages[file], _in_parameters(pack, parameter_page))
    for file, item_page in items.items():
        yield from _on(pages[file], _in_items(pack, item_page))
    for number, era in enumerate(pack.eras):
        yield from _on(
            pages["procedures.yaml"],
            _known(("eras", number, "instruments"), era.instruments, pack.instruments, _INSTRUMENT),
        )
    yield from each_once(
        built.fault(path, expected) for built in procedures for path, expected in _in_procedure(pack, built)
    )
    known = {one.id for one in pack.parameters}
    yield from _on(pages["indicators.yaml"], faults_in_indicators(pack.indicators, known))


_INSTRUMENT = sentence("文件（instruments.yaml）", "instrument (instruments.yaml)")
_SOURCE = sentence("来源（sources.yaml）", "source (sources.yaml)")
_UNIT = sentence("单位（district.yaml）", "unit (district.yaml)")
_ITEM = sentence("救助项目（programmes/）", "benefit item (programmes/)")
_PARAMETER = sentence("参数（parameters/）", "parameter (parameters/)")
_CLAUSE = sentence("职责条款（district.yaml members）", "duty clause (district.yaml members)")


def _on(page: Page, places: Iterable[Place]) -> Iterator[Fault]:
    for path, expected in places:
        yield page.fault(path, expected)


def _known(path: Path_, names: Iterable[str], among: Iterable[str], what: Sentence) -> Iterator[Place]:
    allowed = set(among)
    for number, name in enumerate(names):
        if name not in allowed:
            yield (
                (*path, number),
                sentence("没有名为“{n}”的{w}", "there is no {w} named “{n}”", n=name, w=what),
            )


def _one_known(path: Path_, name: str | None, among: Iterable[str], what: Sentence) -> Iterator[Place]:
    if name is not None and name not in set(among):
        yield path, sentence("没有名为“{n}”的{w}", "there is no {w} named “{n}”", n=name, w=what)


def _twice(key: str, found: Mapping[str, Any], written: tuple[dict[str, Any], ...]) -> Iterator[Place]:
    if len(found) == len(written):
        return
    seen: set[str] = set()
    for number, one in enumerate(written):
        if one["id"] in seen:
            yield (key, number, "id"), sentence("编号“{i}”已用过", "the id “{i}” is used before", i=one["id"])
        seen.add(one["id"])


def _ids_twice(
    pages: Mapping[str, Page], parameters: Mapping[str, ParameterPage], items: Mapping[str, ItemPage]
) -> Iterator[Fault]:
    seen: set[str] = set()
    written = [
        (f, ("parameters", n, "id"), one.id)
        for f, page in parameters.items()
        for n, one in enumerate(page.parameters)
    ]
    written += [
        (f, ("items", n, "id"), one.id) for f, page in items.items() for n, one in enumerate(page.items)
    ]
    for file, path, id in written:
        if id in seen:
            yield pages[file].fault(path, sentence("编号“{i}”已用过", "the id “{i}” is used before", i=id))
        seen.add(id)


def _in_coordination(pack: Pack) -> Iterator[Place]:
    own, items = pack.district.coordination, {one.id for one in pack.items}
    for number, one in enumerate(own.bills):
        yield from _one_known(("coordination", "bills", number, "item"), one.item, items, _ITEM)
        if one.item in [other.item for other in own.bills[:number]]:
            words = sentence("项目“{i}”已列过", "item “{i}” is listed before", i=one.item)
            yield ("coordination", "bills", number, "item"), words
    if sorted(own.recoveries.refunded_first) != ["charity", "government"]:
        words = sentence("应各列一次 government、charity", "government and charity are each listed once")
        yield ("coordination", "recoveries", "refunded_first"), words


def _in_district(district: District) -> Iterator[Place]:
    units = {agency.code for agency in district.agencies} | {EVERY_SUB_DISTRICT}
    seats = units | {place.code for place in district.sub_districts} | {"GOV"}
    for key, codes in (
        ("sub_districts", [place.code for place in district.sub_districts]),
        ("agencies", [agency.code for agency in district.agencies]),
        ("programmes", [programme.code for programme in district.programmes]),
    ):
        for number, code in enumerate(codes):
            if code in codes[:number]:
                yield (
                    (key, number, "code"),
                    sentence("编号“{i}”已用过", "the id “{i}” is used before", i=code),
                )
    for number, agency in enumerate(district.agencies):
        yield from _one_known(("agencies", number, "merged_into"), agency.merged_into, units, _UNIT)
    for number, duty in enumerate(district.members):
        yield from _known(("members", number, "agencies"), duty.agencies, units, _UNIT)
    for number, programme in enumerate(district.programmes):
        for turn, charge in enumerate(programme.charge):
            path = ("programmes", number, "charge", turn)
            yield from _one_known((*path, "lead"), charge.lead, units, _UNIT)
            yield from _known((*path, "responsible"), charge.responsible, units, _UNIT)
    for number, seat in enumerate(district.leading_group.seats):
        yield from _one_known(("leading_group", "seats", number, "unit"), seat.unit, seats, _UNIT)
    group = district.sub_district_group
    sections = [section.key for section in group.sections]
    what = sentence("科室（sections）", "section (sections)")
    yield from _one_known(("sub_district_group", "office_section"), group.office_section, sections, what)


def _in_parameters(pack: Pack, page: ParameterPage) -> Iterator[Place]:
    known = {one.id for one in pack.parameters}
    for number, parameter in enumerate(page.parameters):
        path: Path_ = ("parameters", number)
        yield from _one_known((*path, "of"), parameter.of, known, _PARAMETER)
        for place, value in enumerate(parameter.values):
            inner = (*path, "values", place)
            yield from _known((*inner, "src"), value.src, pack.sources, _SOURCE)
            yield from _one_known((*inner, "instrument"), value.instrument, pack.instruments, _INSTRUMENT)
            yield from _in_value(inner, parameter, value)
        yield from _overlaps(path, parameter)


def _in_value(path: Path_, parameter: Parameter, value: Value) -> Iterator[Place]:
    if value.from_ and value.to and value.to < value.from_:
        yield (*path, "to"), sentence("截止日早于起始日", "the last day is before the first")
    if (value.text is not None) != (parameter.unit == "text") and (value.text or value.value) is not None:
        yield (
            path,
            sentence(
                "unit 为 text 时写 text，否则写 value", "give text when the unit is text, otherwise value"
            ),
        )
    if value.value is not None and parameter.unit != "text":
        try:
            whole(value.value, parameter.unit)
        except ValueError:
            yield (
                (*path, "value"),
                sentence(
                    "精度过细：元到分、比例到万分之一", "too fine: yuan go down to a fen, ratios to 1/10 000"
                ),
            )
    if value.confidence == "verified" and not (value.src or value.instrument or value.ref):
        yield (
            (*path, "confidence"),
            sentence("标为 verified 须有来源或文号", "verified needs a source or a document number"),
        )


def _overlaps(path: Path_, parameter: Parameter) -> Iterator[Place]:
    dated = [(v.from_, v.to or date.max, n) for n, v in enumerate(parameter.values) if v.from_ is not None]
    dated.sort()
    for (_, last, _), (first, _, number) in pairwise(dated):
        if first <= last:
            yield (
                (*path, "values", number, "from"),
                sentence("与前一个值的日期重叠", "overlaps the days of the value before it"),
            )


def _in_items(pack: Pack, page: ItemPage) -> Iterator[Place]:
    programmes = [programme.code for programme in pack.programmes]
    what = sentence("专项救助（district.yaml）", "programme (district.yaml)")
    yield from _one_known(("programme",), page.programme, programmes, what)
    ids = {item.id for item in pack.items}
    known = {one.id for one in pack.parameters}
    units = {agency.code for agency in pack.agencies} | {EVERY_SUB_DISTRICT}
    clauses = {duty.clause for duty in pack.district.members}
    for number, item in enumerate(page.items):
        path: Path_ = ("items", number)
        if item.programme != page.programme:
            yield (*path, "id"), sentence("编号应以{p}开头", "the id has to begin with {p}", p=page.programme)
        yield from _known((*path, "parameters"), item.parameters, known, _PARAMETER)
        yield from _known((*path, "exclusive_with"), item.exclusive_with, ids - {item.id}, _ITEM)
        yield from _known((*path, "instruments"), item.instruments, pack.instruments, _INSTRUMENT)
        yield from _known((*path, "duties"), item.duties, clauses, _CLAUSE)
        yield from _in_payers(path, item, ids, programmes)
        for turn, lead in enumerate(item.lead):
            yield from _one_known((*path, "lead", turn, "agency"), lead.agency, units, _UNIT)
            yield from _known((*path, "lead", turn, "shared_with"), lead.shared_with, units, _UNIT)


def _in_payers(path: Path_, item: BenefitItem, ids: set[str], programmes: list[str]) -> Iterator[Place]:
    whole_programmes = {f"{code}*" for code in programmes}
    for place, payer in enumerate(item.insurance_first):
        yield from _one_known(
            (*path, "insurance_first", place, "item"), payer.item, ids | whole_programmes, _ITEM
        )


def _in_procedure(pack: Pack, built: Built) -> Iterator[Place]:
    yield from _known(("items",), built.procedure.items, [item.id for item in pack.items], _ITEM)
    yield from _known(("instruments",), built.procedure.instruments, pack.instruments, _INSTRUMENT)
    yield from faults_in_steps((), built.procedure)
