"""Pairs of one branch as they stand on the form, and what the answers amount to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.tree import Branch
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack

# Saaty's words for the odd steps of the scale; the even ones lie between.
_WORDS = {
    9: sentence("绝对更重要", "absolutely more important"),
    7: sentence("重要得多", "much more important"),
    5: sentence("明显更重要", "clearly more important"),
    3: sentence("稍微更重要", "somewhat more important"),
    1: sentence("同样重要", "equally important"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One step of the scale as an option of a pair."""

    value: str
    words: Sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things to compare, the field's name, the options in words (the first one's strongest first), and what was chosen."""

    field: str
    row: Sentence
    column: Sentence
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A judgement that fits the others badly, in words."""

    words: Sentence
    field: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pair that has to be judged before there can be weights."""

    row: Sentence
    column: Sentence
    field: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the answers amount to so far.

    ``weights`` are empty until the judgements connect everything, and ``wanted`` is a pair that would. ``checkable``: some
    judgement could contradict another. ``indicative``: pairs are missing, so the ratio is a pointer only.
    """

    given: int
    pairs: int
    weights: tuple[tuple[Sentence, int], ...]
    most: int
    ratio: str
    limit: str
    checkable: bool
    consistent: bool
    indicative: bool
    doubts: tuple[Doubt, ...]
    wanted: Wanted | None


def field_of(row: int, column: int) -> str:
    """The name of a pair's field."""
    return f"pair-{row}-{column}"


def pairs(branch: Branch, chosen: Mapping[tuple[int, int], str]) -> list[tuple[Sentence, list[Pair]]]:
    """Every pair, grouped by the thing that is compared."""
    names = branch.names
    groups = []
    for row in range(branch.order - 1):
        line = [
            Pair(
                field_of(row, column),
                names[row],
                names[column],
                chosen.get((row, column), ""),
                _choices(names[row], names[column]),
            )
            for column in range(row + 1, branch.order)
        ]
        groups.append((names[row], line))
    return groups


def _choices(row: Sentence, column: Sentence) -> tuple[Choice, ...]:
    return tuple(Choice(str(step), _step_words(step, row, column)) for step in reversed(ahp.SCALE))


def _step_words(step: Fraction, row: Sentence, column: Sentence) -> Sentence:
    if step == 1:
        return sentence("1　{w}", "1 — {w}", w=_WORDS[1])
    times = int(step) if step > 1 else int(1 / step)
    winner = row if step > 1 else column
    if times in _WORDS:
        return sentence("{t}　“{d}”{w}", "{t} — {d} is {w}", t=times, d=winner, w=_WORDS[times])
    return sentence("{t}　“{d}”更重要（介于两档之间）", "{t} — {d}, between two steps", t=times, d=winner)


def read_pairs(branch: Branch, told: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """What was chosen for each pair; an empty choice is not judged."""
    fields = {pair: field_of(*pair) for pair in branch.pairs}
    return {pair: str(told[field]) for pair, field in fields.items() if told.get(field)}


def standing(branch: Branch, chosen: Mapping[tuple[int, int], str]) -> Standing:
    """What the answers amount to. Pairs not judged are left open; values off the scale are left out."""
    content, names = pack().indicators, branch.names
    table = tuple(float(value) for value in content.random_index)
    scale = {str(step): step for step in ahp.SCALE}
    upper = {pair: scale[value] for pair, value in chosen.items() if value in scale}
    missing = ahp.bridge(branch.order, upper)
    ratio, checkable, worst = ahp.worst_piece(branch.order, upper, table)
    weights: tuple[int, ...] = ()
    if missing is None:
        weights = ahp.in_parts(ahp.weigh(ahp.incomplete(branch.order, upper), table).weights, 10_000)
    limit = float(content.consistency_limit)
    return Standing(
        given=len(upper),
        pairs=len(branch.pairs),
        weights=tuple(zip(names, weights, strict=True)) if weights else (),
        most=max(4000, *weights, 0),
        ratio=f"{ratio:.3f}",
        limit=f"{limit:g}",
        checkable=checkable,
        consistent=ratio <= limit,
        indicative=checkable and len(upper) < len(branch.pairs),
        doubts=tuple(
            Doubt(doubt_words(one, names), field_of(one.row, one.column))
            for one in worst
            if one.factor > 1.01 and one.suggested != Fraction(one.said).limit_denominator(9)
        ),
        wanted=None if missing is None else Wanted(names[missing[0]], names[missing[1]], field_of(*missing)),
    )


def doubt_words(one: ahp.Doubt, names: tuple[Sentence, ...]) -> Sentence:
    """A doubted judgement in words, with what to consider instead."""
    said = Fraction(one.said).limit_denominator(9)
    return sentence(
        "“{a}”与“{b}”：您判断为{s}，其他判断推出约{i}，可考虑{n}",
        "{a} against {b}: you said {s}, the others imply about {i}; consider {n}",
        a=names[one.row],
        b=names[one.column],
        s=said,
        i=f"{one.implied:.2f}",
        n=one.suggested,
    )
