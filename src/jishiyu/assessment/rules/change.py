"""What changed between two scores of a household, and what caused it: facts, what is known, a standard, or the weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jishiyu.foundations.outcomes import Sentence, sentence

Kind = Literal["facts", "found_out", "no_longer_known", "standard", "weights"]
_KINDS: dict[Kind, Sentence] = {
    "facts": sentence("情况变化", "the facts changed"),
    "found_out": sentence("由未知变为已知", "it was found out"),
    "no_longer_known": sentence("由已知变为未知", "it is not known any more"),
    "standard": sentence("标准或计分线变化", "a standard or cut-off changed"),
    "weights": sentence("权重变化", "the weights changed"),
}


@dataclass(frozen=True, slots=True)
class KeptScore:
    """What of a stored score is compared. ``reasons`` as stored: key, name, points, full, known, value, reason."""

    score: int
    band: str
    override: str
    set_version: str
    pack_version: str
    reasons: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cause:
    """One indicator's part in the change: points more (less, if negative), of what kind, from which reason to which."""

    key: str
    name: Sentence
    points: int
    kind: Kind
    why: Sentence
    before: Sentence
    after: Sentence


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The change since the last score. ``causes`` sum to ``points``; the largest first."""

    points: int
    band_before: str
    band_after: str
    causes: tuple[Cause, ...]
    notes: tuple[Sentence, ...]


def what_changed(before: KeptScore, after: KeptScore) -> ScoreChange:
    """Every indicator whose points differ, with the cause."""
    old = {one["key"]: one for one in before.reasons}
    new = {one["key"]: one for one in after.reasons}
    causes = [
        _cause(key, old.get(key), new.get(key))
        for key in dict.fromkeys((*old, *new))
        if _points(old.get(key)) != _points(new.get(key))
    ]
    ordered = tuple(sorted(causes, key=lambda one: (-abs(one.points), one.key)))
    return ScoreChange(
        after.score - before.score, before.band, after.band, ordered, tuple(_notes(before, after))
    )


def _points(one: Mapping[str, Any] | None) -> int:
    return int(one["points"]) if one else 0


def _cause(key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Cause:
    kind = _kind(old, new)
    named = new or old or {}
    nothing = sentence("无此指标", "no such indicator")
    return Cause(
        key, _said(named["name"]), _points(new) - _points(old), kind, _KINDS[kind],
        _said(old["reason"]) if old else nothing, _said(new["reason"]) if new else nothing,
    )  # fmt: skip


def _kind(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Kind:
    if old is None or new is None:
        return "weights"
    if old["known"] != new["known"]:
        return "found_out" if new["known"] else "no_longer_known"
    if old["value"] != new["value"]:
        return "facts"
    return "weights" if old["full"] != new["full"] else "standard"


def _notes(before: KeptScore, after: KeptScore) -> list[Sentence]:
    found = []
    if before.set_version != after.set_version:
        words = ("指标体系由“{b}”改为“{a}”", "The weights went from “{b}” to “{a}”")
        found.append(sentence(*words, b=before.set_version, a=after.set_version))
    if before.pack_version != after.pack_version:
        found.append(sentence("政策包有更新", "The policy pack was renewed"))
    if before.override != after.override:
        found.append(sentence("优先情形有变化", "The circumstance that goes before the score changed"))
    return found


def _said(words: Mapping[str, str]) -> Sentence:
    # Stored words are whole: a brace in them is no place to fill.
    return Sentence("{zh}", "{en}", {"zh": words["zh"], "en": words["en"]})
