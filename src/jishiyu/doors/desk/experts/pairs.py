"""Pairs of dimensions as they stand on the form, and what the answers amount to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jishiyu.assessment.rules import ahp
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
    """Two dimensions to compare, the field's name, the options in words, and what was chosen."""

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
class Standing:
    """What the answers amount to so far: weights, consistency, the two judgements that spoil it."""

    given: int
    pairs: int
    weights: tuple[tuple[Sentence, int], ...]
    ratio: str
    limit: str
    consistent: bool
    doubts: tuple[Doubt, ...]


def field_of(row: int, column: int) -> str:
    """The name of a pair's field."""
    return f"pair-{row}-{column}"


def pairs(chosen: Mapping[tuple[int, int], str]) -> list[tuple[Sentence, list[Pair]]]:
    """Every pair, grouped by the dimension that is compared."""
    names = [dim.name for dim in pack().indicators.dims]
    groups = []
    for row in range(len(names) - 1):
        line = [
            Pair(
                field_of(row, column),
                names[row],
                names[column],
                chosen.get((row, column), ""),
                _choices(names[row], names[column]),
            )
            for column in range(row + 1, len(names))
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


def read_pairs(told: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """What was chosen for each pair; an empty choice is not judged."""
    order = len(pack().indicators.dims)
    fields = {
        (row, column): field_of(row, column) for row in range(order) for column in range(row + 1, order)
    }
    return {pair: str(told[field]) for pair, field in fields.items() if told.get(field)}


def standing(chosen: Mapping[tuple[int, int], str]) -> Standing:
    """What the answers amount to. Pairs not judged count as equal; values off the scale are left out."""
    content = pack().indicators
    names, order = [dim.name for dim in content.dims], len(content.dims)
    scale = {str(step): step for step in ahp.SCALE}
    upper = {pair: scale[value] for pair, value in chosen.items() if value in scale}
    matrix = ahp.reciprocal(order, upper)
    result = ahp.weigh(matrix, tuple(float(value) for value in content.random_index))
    limit = float(content.consistency_limit)
    consistent = result.ratio <= limit
    worst = [one for one in ahp.doubts(matrix) if (one.row, one.column) in upper and one.factor > 1.01]
    return Standing(
        given=len(upper),
        pairs=order * (order - 1) // 2,
        weights=tuple(zip(names, ahp.in_parts(result.weights, 10_000), strict=True)),
        ratio=f"{result.ratio:.3f}",
        limit=f"{limit:g}",
        consistent=consistent,
        doubts=tuple(Doubt(_doubt_words(one, names), field_of(one.row, one.column)) for one in worst),
    )


def _doubt_words(one: ahp.Doubt, names: list[Sentence]) -> Sentence:
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
