"""From two policies over the district to figures: who gains and loses, what it costs when, whom it reaches, how even it makes.

Everything here is plain data (whole numbers; ratios in millionths), ready to be kept and sealed. Nobody is named.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.rules.columns import Array
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules import inequality
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if import KINDS, Compared
from jishiyu.programmes.rules.what_if_behind import below
from jishiyu.programmes.rules.what_if_plan import MONTHS
from jishiyu.programmes.rules.what_if_years import Money, eras_data

Figures = dict[str, Any]
MILLION = 1_000_000
_LINES = ("low_income_line", "dibao_standard")


def figures_of(compared: Compared) -> Figures:
    """All figures of a comparison."""
    line = poverty_line(compared.before) or poverty_line(compared.after)
    bands = [one.key for one in sorted(compared.before.pack.indicators.bands, key=lambda b: b.basis_points)]
    return {
        "day": compared.before.day.isoformat(),
        "households": len(compared.area),
        "people": int(compared.people.sum()),
        "income_unknown": int((~compared.income_known).sum()),
        "reached": list(compared.reached),
        "standards": list(compared.standards),
        "whole": _by(compared, np.zeros(len(compared.area), np.int64), ("",))[0],
        "items": _items(compared),
        "programmes": _programmes(compared),
        "areas": _by(compared, compared.area, compared.areas),
        "bands": _by(compared, compared.band[0], bands),
        "kinds": _by(compared, compared.kind, KINDS),
        "band_moves": _band_moves(compared, bands),
        "months": months(compared),
        "years": years(compared),
        "eras": eras_data(compared.costs),
        "sampled": compared.costs.sampled,
        "line": _line_data(line),
        "targeting": targeting(compared, line),
        "inequality": spread(compared),
        "poverty": poor(compared, line),
        "cliffs": compared.cliffs.as_data(),
    }


def _by(compared: Compared, places: Array, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Who gains and loses, for each place; places beyond the keys are left out, and keys without households."""
    more, size = compared.difference, len(keys)
    here = (places >= 0) & (places < size)
    up, down = more > 0, more < 0

    def count(rows: Array) -> Array:
        return np.bincount(places[rows & here], minlength=size)

    def money(rows: Array, values: Array) -> list[int]:
        # Amounts of a district pass what a float holds exactly only beyond 2**53 fen.
        return [round(one) for one in np.bincount(places[rows], values[rows], minlength=size).tolist()]

    columns = {
        "households": count(here).tolist(), "gaining": count(up).tolist(), "losing": count(down).tolist(),
        "gain": money(up & here, more), "loss": money(down & here, -more),
        "before": money(here, compared.aid[0]), "after": money(here, compared.aid[1]),
    }  # fmt: skip
    lines = [
        {"key": key} | {name: values[place] for name, values in columns.items()}
        for place, key in enumerate(keys)
    ]
    return [one for one in lines if one["households"]]


def _items(compared: Compared) -> list[dict[str, Any]]:
    """The items that the change reaches and anybody gets or may get: recipients, money, those that cannot be told.

    ``listed``: the households entitled before and after are listed too (trials of earlier releases have no such list).
    """
    found = []
    for id in compared.reached:
        one = compared.totals[id]
        if one.eligible != [0, 0] or one.year != [0, 0] or one.unknown[0] != one.unknown[1]:
            found.append(
                {
                    "key": id, "eligible": list(one.eligible), "unknown": list(one.unknown), "year": list(one.year),
                    "month": list(one.month), "gaining": one.gaining, "losing": one.losing,
                    "newly": one.newly, "no_longer": one.no_longer, "listed": True,
                }
            )  # fmt: skip
    return found


def _programmes(compared: Compared) -> list[dict[str, Any]]:
    sums: dict[str, list[int]] = {}
    for one in compared.totals.values():
        own = sums.setdefault(one.item[:2], [0, 0])
        own[0] += one.year[0]
        own[1] += one.year[1]
    found = []
    for key, (before, after) in sums.items():
        gaining, losing, gain, loss = compared.by_programme.get(key, (0, 0, 0, 0))
        if before or after or gaining or losing:
            found.append(
                {"key": key, "gaining": gaining, "losing": losing, "gain": gain, "loss": -loss, "before": before, "after": after}
            )  # fmt: skip
    return found


def _band_moves(compared: Compared, bands: Sequence[str]) -> list[dict[str, Any]]:
    """How many households go from which band to which; those that stay are in it too."""
    size = len(bands)
    counts = np.bincount(compared.band[0] * size + compared.band[1], minlength=size * size)
    return [
        {"from": bands[at // size], "to": bands[at % size], "households": int(counts[at])}
        for at in np.flatnonzero(counts).tolist()
    ]


def _month_costs(compared: Compared) -> tuple[int, int, int, int]:
    """Every month's cost before and after, and what comes within a year otherwise, before and after."""
    month = [int(one.sum()) for one in compared.month]
    rest = [int(aid.sum()) - MONTHS * regular for aid, regular in zip(compared.aid, month, strict=True)]
    return month[0], month[1], rest[0], rest[1]


def _in_month(compared: Compared) -> list[tuple[date, bool, tuple[Money, Money]]]:
    """For each month: its first day, whether the change holds, and what both policies cost then."""
    before, after, rest_before, rest_after = _month_costs(compared)
    day = compared.before.day
    told = compared.costs.in_month(((before, rest_before), (after, rest_after)))
    return [(month, (month.year, month.month) >= (day.year, day.month), sides) for month, _, sides in told]


def months(compared: Compared) -> list[dict[str, Any]]:
    """What comes every month, for each month from the year's beginning to the end of the next, the change from its month on.

    What comes once or at times within a year is in :func:`years` only.
    """
    return [
        {"month": f"{month:%Y-%m}", "before": sides[0][0], "after": sides[1 if new else 0][0]}
        for month, new, sides in _in_month(compared)[: 2 * MONTHS]
    ]


def years(compared: Compared) -> list[dict[str, Any]]:
    """The cost of the year in which the change begins, and of the next two, by the standards in force in each month.

    Evidence and prices stand still. What does not come every month counts with a twelfth a month.
    """
    sums: dict[int, list[int]] = {}
    for month, new, (old, tried) in _in_month(compared):
        own = sums.setdefault(month.year, [0, 0, 0, 0])
        now = tried if new else old
        for place, value in enumerate((*old, *now)):
            own[place] += value
    return [
        {"year": year, "before": own[0] + own[1] // MONTHS, "after": own[2] + own[3] // MONTHS}
        for year, own in sums.items()
    ]


def poverty_line(policy: Policy) -> Dated | None:
    """The line that figures go by: the low-income line of the day, else the dibao standard; None when neither is known."""
    for name in _LINES:
        try:
            return policy.pack.parameter(policy.rules.parameters[name].id, policy.day)
        except (CannotBecause, KeyError):
            continue
    return None


def _line_data(line: Dated | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"id": line.id, "name": line.name.as_data(), "value": line.value, "confidence": line.confidence}


def _per_head(compared: Compared, more: Array | None = None) -> Array:
    """Income a head and year of the households whose income is known, with a year's aid if it is given."""
    known = compared.income_known
    whole = np.maximum(compared.income, 0) + (0 if more is None else more)
    return np.asarray(whole[known] // compared.people[known])


def targeting(compared: Compared, line: Dated | None) -> dict[str, Any] | None:
    """Of the households below the line: how many get anything of what the change reaches. Of that money: what goes to others."""
    if line is None:
        return None
    poor_rows, others = below(compared, line)
    found: dict[str, Any] = {
        "poor": int(poor_rows.sum()),
        "covered": [],
        "money": [],
        "leaking": [],
        "others": [],
    }
    for touched in compared.touched:
        found["covered"].append(int((touched[poor_rows] > 0).sum()))
        found["money"].append(int(touched[compared.income_known].sum()))
        found["leaking"].append(int(touched[others].sum()))
        found["others"].append(int((touched[others] > 0).sum()))
    return found


def spread(compared: Compared) -> dict[str, Any]:
    """Gini and the shares of the fifths by income a head: without aid, before, and after, in millionths."""
    weights = compared.people[compared.income_known]
    cases = {"without": None, "before": compared.aid[0], "after": compared.aid[1]}
    return {name: _spread(_per_head(compared, more), weights) for name, more in cases.items()}


def _spread(values: Array, weights: Array) -> dict[str, Any]:
    order = np.argsort(values)  # once, since indices sort what is sorted already in no time
    values, weights = values[order], weights[order]
    try:
        fifths = inequality.shares(values, weights)
        return {
            "gini": _millionths(inequality.gini(values, weights)),
            "fifths": [_millionths(one) for one in fifths],
        }
    except CannotBecause as why:
        return {"gini": None, "fifths": [], "why": why.reason.as_data()}


def poor(compared: Compared, line: Dated | None) -> dict[str, Any] | None:
    """Headcount, gap and severity below the line: without aid, before, and after, in millionths; what is lacking in fen."""
    if line is None or not compared.income_known.any():
        return None
    weights = compared.people[compared.income_known]
    cases = {"without": None, "before": compared.aid[0], "after": compared.aid[1]}
    found = {}
    for name, more in cases.items():
        one = inequality.poverty(_per_head(compared, more), line.value * MONTHS, weights)
        found[name] = {
            "headcount": _millionths(one.headcount), "gap": _millionths(one.gap),
            "severity": _millionths(one.severity), "shortfall": round(one.shortfall),
        }  # fmt: skip
    return found


def _millionths(ratio: float) -> int:
    return round(ratio * MILLION)
