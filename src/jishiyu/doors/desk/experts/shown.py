"""What a panel amounts to, as it is shown: each branch's weights in two ways, each expert's consistency, who differs and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jishiyu.assessment import queries
from jishiyu.assessment.rules.ahp import in_parts
from jishiyu.assessment.rules.group import Agreement, Spread
from jishiyu.assessment.rules.score import Model
from jishiyu.assessment.rules.small_cells import LEAST, hidden
from jishiyu.assessment.rules.tree import Branch
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, refusal

# Up to here two sets of weights are held for close (Saaty's compatibility index).
CLOSE = 1.1
_MOST_DIVIDED = 3


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One thing's weight now, and by the panel in two ways (basis points; None: not told)."""

    name: Sentence
    now: int
    judgements: int | None
    priorities: int | None


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """One expert on one branch."""

    officer: str
    given: int
    pairs: int
    ratio: str
    checkable: bool
    consistent: bool
    distance: str
    close: bool


@dataclass(frozen=True, slots=True)
class BranchShown:
    """A branch as the panel judged it, in words and figures."""

    key: str
    name: Sentence
    lines: tuple[WeightLine, ...]
    experts: tuple[ExpertLine, ...]
    ratio: str
    consistent: bool
    indicative: bool
    agreement: Sentence | None
    divided: tuple[Sentence, ...]
    wanted: Sentence | None


def limit() -> str:
    """The pack's limit of the consistency ratio."""
    return f"{float(pack().indicators.consistency_limit):g}"


def branch_shown(one: queries.BranchOfPanel, model: Model) -> BranchShown:
    """One branch for the page; ``model`` is the one in force."""
    branch, group, most = one.branch, one.group, float(pack().indicators.consistency_limit)
    now = weights_now(branch, model)
    both = group.judgements if group else None
    own = in_parts(group.priorities, 10_000) if group and group.priorities else (None,) * branch.order
    new = in_parts(both.weights, 10_000) if both else (None,) * branch.order
    distances = group.distances if group else ()
    return BranchShown(
        key=branch.key,
        name=branch.name,
        lines=tuple(WeightLine(*line) for line in zip(branch.names, now, new, own, strict=True)),
        experts=tuple(
            _expert(each, len(branch.pairs), distance, most)
            for each, distance in zip(one.panelists, distances, strict=True)
        ),
        ratio=f"{both.ratio:.3f}" if both and both.checkable else "",
        consistent=bool(both and both.ratio <= most),
        indicative=bool(both and both.missing),
        agreement=_agreement(group.agreement) if group and group.agreement else None,
        divided=tuple(
            divided_words(each, branch) for each in group.spreads[:_MOST_DIVIDED] if each.factor > 1.01
        )
        if group
        else (),
        wanted=_wanted(branch, group.wanted) if group and group.wanted else None,
    )


def weights_now(branch: Branch, model: Model) -> tuple[int, ...]:
    """The weights in force of a branch's things, in basis points of the branch."""
    if not branch.key:
        return in_parts([model.dimension_weights[key] for key in branch.keys], 10_000)
    return in_parts([model.share_within(key) for key in branch.keys], 10_000)


def _expert(one: queries.Panelist, pairs: int, distance: float | None, most: float) -> ExpertLine:
    return ExpertLine(
        one.officer,
        one.given,
        pairs,
        f"{one.ratio:.3f}",
        one.checkable,
        one.ratio <= most,
        "" if distance is None else f"{distance:.3f}",
        distance is not None and distance <= CLOSE,
    )


def _agreement(one: Agreement) -> Sentence:
    much = one.coefficient
    words = (
        sentence("排序高度一致", "they rank much alike")
        if much >= 0.7
        else sentence("排序大体一致", "they rank alike on the whole")
        if much >= 0.5
        else sentence("排序分歧较大", "they rank rather differently")
    )
    return sentence("肯德尔和谐系数 W = {w}：{s}", "Kendall's W = {w}: {s}", w=f"{much:.2f}", s=words)


def _wanted(branch: Branch, pair: tuple[int, int]) -> Sentence:
    return sentence(
        "还没有人比较“{a}”与“{b}”，不足以得出权重",
        "Nobody compared {a} with {b} yet: not enough for weights",
        a=branch.names[pair[0]],
        b=branch.names[pair[1]],
    )


def divided_words(one: Spread, branch: Branch) -> Sentence:
    """Between which judgements the experts are on one pair."""
    a, b = branch.names[one.row], branch.names[one.column]
    most, least = _said(one.most, a, b), _said(one.least, a, b)
    if one.opposed:
        return sentence(
            "“{a}”与“{b}”：方向相反，有的认为{m}，有的认为{l}（离散系数{f}）",
            "{a} against {b}: opposite views, from {m} to {l} (dispersion {f})",
            a=a, b=b, m=most, l=least, f=f"{one.factor:.2f}",
        )  # fmt: skip
    return sentence(
        "“{a}”与“{b}”：强弱不一，从{m}到{l}（离散系数{f}）",
        "{a} against {b}: differing strength, from {m} to {l} (dispersion {f})",
        a=a, b=b, m=most, l=least, f=f"{one.factor:.2f}",
    )  # fmt: skip


def _said(value: Fraction, a: Sentence, b: Sentence) -> Sentence:
    if value == 1:
        return sentence("同样重要", "equally important")
    winner, times = (a, value) if value > 1 else (b, 1 / value)
    return sentence("“{d}”重{t}倍", "{d} {t} times as much", d=winner, t=times)


def bands() -> list[Any]:
    """The pack's bands, the mildest first, as figures of moves are laid out."""
    return sorted(pack().indicators.bands, key=lambda one: one.basis_points)


def hides_few(post: Post) -> bool:
    """Whether counts of a few households are kept from a post: from those that see no households."""
    return refusal(post, "registry.see") is not None


def few_hidden(count: int, *, hide: bool) -> int | None:
    """A count of households, None where it is of so few that it is hidden."""
    return None if hide and 0 < count < LEAST else count


def move_lines(moves: Sequence[Sequence[int]], *, hide: bool) -> list[tuple[Sentence, Sentence, int | None]]:
    """Moves from a band to another that somebody makes, the most first; ``hide``: None for so few that they are not told, last."""
    names = [one.name for one in bands()]
    found = [
        (names[before], names[after], n)
        for before, line in enumerate(moves)
        for after, n in enumerate(line)
        if n and before != after
    ]
    away = hidden([n for _, _, n in found]) if hide else frozenset()
    told = sorted((one for at, one in enumerate(found) if at not in away), key=lambda line: -line[2])
    return [*told, *((before, after, None) for at, (before, after, _) in enumerate(found) if at in away)]
