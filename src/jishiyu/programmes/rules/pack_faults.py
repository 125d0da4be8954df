"""Faults in what a pack writes as tests and amounts: every name that no rule, fact or parameter answers to, where it stands."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from jishiyu.assessment.rules.means import MONTHS
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.expressions import Expression
from jishiyu.law.rules.faults import Fault
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.read import read_with_pages
from jishiyu.law.rules.yaml_lines import Page, Path_
from jishiyu.programmes.rules.from_pack import maker_for
from jishiyu.programmes.rules.rule_maker import NoSuchTest

INCOME_WINDOW = "bj.income_window"
Check = tuple[Path_, Callable[[], object]]


def faults_in_tests(root: Path, day: date) -> list[Fault]:
    """Every test, row and amount of a pack that names what is not there. Raises BadPack for a pack that cannot be read."""
    pack, pages = read_with_pages(root)
    make = maker_for(pack, day)
    found: list[Fault] = []
    known = {item.id: item for item in pack.items}
    found += _window_faults(pages)
    for file, page in pages.items():
        if not file.startswith("programmes/"):
            continue
        for number, written in enumerate(page.data["items"]):
            for path, check in _checks(known[written["id"]], make.test, make.value, make.named):
                try:
                    check()
                except NoSuchTest as refusal:
                    found.append(page.fault(("items", number, *path), refusal.reason))
    return found


def _window_faults(pages: Mapping[str, Page]) -> Iterator[Fault]:
    """A window of income other than the twelve months whose totals the register holds."""
    wrong = sentence(
        "登记的是12个月合计，不能按其他期间核定收入",
        "the register holds totals of twelve months: no other window can be computed",
    )
    for page in pages.values():
        for number, one in enumerate(page.data.get("parameters", ())):
            if one["id"] == INCOME_WINDOW:
                for place, value in enumerate(one["values"]):
                    if value["value"] != MONTHS:
                        yield page.fault(("parameters", number, "values", place, "value"), wrong)


def _checks(
    item: BenefitItem,
    test: Callable[[Expression], str],
    value: Callable[[Expression], str],
    named: Callable[[str], str],
) -> Iterator[Check]:
    for place, one in enumerate(item.conditions):
        if one.test is not None:
            yield ("conditions", place, "test"), _later(test, one.test)
    if item.amount is None:
        return
    listed = [("rows", place, row) for place, row in enumerate(item.amount.rows)]
    for where, place, row in (*listed, *(("plus", place, row) for place, row in enumerate(item.amount.plus))):
        if row.when is not None:
            yield ("amount", where, place, "when"), _later(test, row.when)
        yield ("amount", where, place, "pay"), _later(value, row.pay)
        if row.share is not None:
            yield ("amount", where, place, "share"), _later(named, row.share)
    for key in ("times", "terms", "goods"):
        for place, name in enumerate(getattr(item.amount, key)):
            yield ("amount", key, place), _later(named, name)
    for key in ("cap", "need"):
        if getattr(item.amount, key) is not None:
            yield ("amount", key), _later(value, getattr(item.amount, key))


def _later(check: Callable[..., object], asked: object) -> Callable[[], object]:
    return lambda: check(asked)
