"""One household's answers as numbers only: what a stored digest is compared with, without making a word."""

from collections.abc import Collection
from datetime import date

from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.compute import Sheet, Told, clashes_of, found_of, sheets_of
from jishiyu.programmes.rules.deciding import Decided, decide
from jishiyu.programmes.rules.entitlement import Met
from jishiyu.programmes.rules.exclusion import yielding
from jishiyu.programmes.rules.from_pack import ByVersion, rules_of_pack
from jishiyu.programmes.rules.numbers import LETTER, SIGN, Numbers
from jishiyu.programmes.rules.ready import ready_for
from jishiyu.programmes.rules.used_aid import Used
from jishiyu.registry.rules.situation import HouseholdSituation


def in_numbers(
    situation: HouseholdSituation,
    day: date,
    pack: Pack,
    *,
    used: Used | None = None,
    told: Told | None = None,
) -> Numbers:
    """The same as :func:`numbers_of` of all :func:`entitlements_of` the household, in a third of the time."""
    rules, ready = rules_of_pack(pack, day), ready_for(pack, day)
    found = found_of(situation, day, rules, ready, used, told or {})
    answers: dict[str, Decided] = {}
    for sheet in sheets_of(ByVersion(pack), day):
        answers[sheet.item.id] = decide(sheet.own, found) if sheet.own else _refused(sheet)
    amounts = {item: one.amount for item, one in answers.items() if one.amount is not None}
    eligible = {item: one.amount or 0 for item, one in answers.items() if one.outcome == "eligible"}
    contested = {item: amount for item, amount in eligible.items() if pack.exclusions_of(item)}
    rivals = yielding(contested, pack, clashes_of(rules, ready, found))
    return {
        "amounts": amounts,
        "at_least": {item: one.at_least for item, one in answers.items() if one.at_least},
        "conditions": " ".join("".join([SIGN[each] for each in one.conditions]) for one in answers.values()),
        "outcomes": "".join([LETTER[one.outcome] for one in answers.values()]),
        "pack": pack.version,
        "yields": rivals,
    }


def amounts_of(
    situation: HouseholdSituation,
    items: Collection[str],
    day: date,
    pack: Pack,
    *,
    used: Used | None = None,
    told: Told | None = None,
) -> dict[str, int | None]:
    """The amounts of some items only; None where a household is not entitled or it cannot be computed."""
    rules, ready = rules_of_pack(pack, day), ready_for(pack, day)
    found = found_of(situation, day, rules, ready, used, told or {})
    sheets = (one for one in sheets_of(ByVersion(pack), day) if one.item.id in items)
    return {one.item.id: decide(one.own, found).amount if one.own else None for one in sheets}


def _refused(sheet: Sheet) -> Decided:
    unknown: Met = "unknown"
    return Decided("cannot_compute", (unknown,) * len(sheet.item.conditions))
