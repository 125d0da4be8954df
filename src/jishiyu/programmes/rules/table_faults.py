"""Faults in a pack's decision tables, each at its file and line, and what may be named in a table."""

from datetime import date
from pathlib import Path

from jishiyu.law.rules.decision_tables import DecisionTable
from jishiyu.law.rules.faults import Fault
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import read_with_pages
from jishiyu.law.rules.table_checks import Known, TableFault, faults_in_table
from jishiyu.law.rules.yaml_lines import Page, Path_
from jishiyu.programmes.rules.from_pack import maker_for
from jishiyu.programmes.rules.rule_maker import NoSuchTest
from jishiyu.programmes.rules.tables import vocabulary_of


def known_to(pack: Pack, day: date) -> Known:
    """What the tables of a pack may name."""
    make = maker_for(pack, day)

    def is_value(name: str) -> bool:
        try:
            make.named(name)
        except NoSuchTest:
            return False
        return True

    return Known({one.id: one for one in pack.parameters}, pack.dated, is_value, vocabulary_of)


def faults_in_tables(root: Path, day: date) -> list[Fault]:
    """Every error in the decision tables of a pack. Raises BadPack for a pack that cannot be read."""
    pack, pages = read_with_pages(root)
    known, found = known_to(pack, day), []
    for file, page in pages.items():
        if file.startswith("tables/revisions/"):
            table = pack.table(page.data["table"])
            own = [
                one for one in faults_in_table(table, known) if one.edition == page.data["edition"]["from"]
            ]
            found += [
                page.fault(_where(("edition",), one), one.sentence) for one in own if one.severity == "error"
            ]
        elif file.startswith("tables/"):
            for number, written in enumerate(page.data["tables"]):
                found += _in_table(page, number, pack.table(written["key"]), pack, known, day)
    return found


def warnings_in_tables(pack: Pack, day: date) -> list[TableFault]:
    """What is no error in a pack's tables and yet to be looked at."""
    known = known_to(pack, day)
    return [
        one for table in pack.tables for one in faults_in_table(table, known) if one.severity == "warning"
    ]


def _in_table(
    page: Page, number: int, table: DecisionTable, pack: Pack, known: Known, day: date
) -> list[Fault]:
    path: Path_ = ("tables", number)
    found, make = [], maker_for(pack, day)
    for place, one in enumerate(table.inputs):
        try:
            make.test(one.of) if one.type == "flag" else make.value(one.of)
        except NoSuchTest as refusal:
            found.append(page.fault((*path, "inputs", place, "of"), refusal.reason))
    if found:
        return found
    firsts = [one["from"] for one in page.data["tables"][number]["editions"]]
    for fault in faults_in_table(table, known):
        if fault.severity == "error" and fault.edition in firsts:
            inner = (*path, "editions", firsts.index(fault.edition))
            found.append(page.fault(_where(inner, fault), fault.sentence))
    return found


def _where(path: Path_, fault: TableFault) -> Path_:
    if fault.row is None:
        return (*path, "otherwise") if fault.input else path
    return (*path, "rows", fault.row, "when", fault.input)
