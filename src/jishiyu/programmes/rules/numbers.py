"""The numbers of an answer, without words: what a digest is taken over, the same from one household or from a chunk.

``outcomes`` has a letter for each item in the pack's order (E eligible, C cannot be computed, N not), ``conditions`` a sign
for each condition (+ met, ? not known, - not met), items apart by a space. Amounts are fen. Words can be made of it anew
from the evidence and the pack, whose versions stand beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jishiyu.assessment.rules.numbers import places_of_new
from jishiyu.foundations.canonical import Canonical, canonical_text, digest
from jishiyu.foundations.secrets import Sealer
from jishiyu.law.rules.columns import Array
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.screening import CANNOT, CONDITIONS, ELIGIBLE, OUTCOMES, Answer
from jishiyu.programmes.rules.used_aid import AidHad

Numbers = dict[str, Any]
_LETTERS = np.frombuffer(b"ECN", np.uint8)
_SIGNS = np.frombuffer(b"+?-", np.uint8)
_SPACE = ord(" ")
LETTER = dict(zip(OUTCOMES, "ECN", strict=True))
SIGN = dict(zip(CONDITIONS, "+?-", strict=True))


def numbers_of(answers: Sequence[Entitlement], pack: Pack) -> Numbers:
    """The numbers of one household's answers."""
    by_item = {one.item: one for one in answers}
    ordered = [by_item[item.id] for item in pack.items]
    return {
        "amounts": {one.item: one.amount for one in ordered if one.amount is not None},
        "at_least": {one.item: one.at_least for one in ordered if one.at_least},
        "conditions": " ".join("".join(SIGN[each.outcome] for each in one.conditions) for one in ordered),
        "outcomes": "".join(LETTER[one.outcome] for one in ordered),
        "pack": pack.version,
        "yields": {one.item: one.yields_to for one in ordered if one.yields_to},
    }


@dataclass(frozen=True, slots=True)
class WrittenAnswers:
    """Many households' answers as they are stored: the numbers of each, and the items it is entitled to, as canonical text."""

    texts: list[Canonical]
    eligible: list[Canonical]


def written_answers(answers: Sequence[Answer], pack: Pack) -> WrittenAnswers:
    """The numbers of each household of a chunk, in its order, written as :func:`canonical_text` would write them one by one."""
    size = len(answers[0].outcome)
    outcomes = _texts(np.stack([_LETTERS[one.outcome] for one in answers]))
    conditions = _texts(np.concatenate(_signs(answers, size))[:-1])
    amounts: list[list[str]] = [[] for _ in range(size)]
    least: list[list[str]] = [[] for _ in range(size)]
    yields: list[list[str]] = [[] for _ in range(size)]
    names = [canonical_text(one.item) for one in answers]
    for one, name in sorted(zip(answers, names, strict=True), key=lambda pair: pair[0].item):
        if one.amount is not None:
            _put(amounts, name, one.outcome == ELIGIBLE, one.amount.values)
        if one.at_least is not None:
            _put(least, name, (one.outcome == CANNOT) & (one.at_least > 0), one.at_least)
        if one.yields_to is not None:
            for row in np.flatnonzero(one.yields_to >= 0).tolist():
                yields[row].append(f"{name}:{names[int(one.yields_to[row])]}")
    version = canonical_text(pack.version)
    texts = [
        Canonical(
            f'{{"amounts":{{{",".join(money)}}},"at_least":{{{",".join(certain)}}},"conditions":"{signs}",'
            f'"outcomes":"{letters}","pack":{version},"yields":{{{",".join(rivals)}}}}}'
        )
        for money, certain, signs, letters, rivals in zip(
            amounts, least, conditions, outcomes, yields, strict=True
        )
    ]
    return WrittenAnswers(texts, _eligible_texts(answers, names))


@dataclass(frozen=True, slots=True)
class NewAnswers:
    """The answers of a chunk that are to be stored, by columns; ``numbers`` are sealed, ``told`` and ``aid_had`` not yet."""

    household: list[str]
    snapshot: list[str]
    eligible: list[Canonical]
    numbers: list[bytes]
    told: list[Told | None]
    aid_had: list[dict[str, Any] | None]
    digest: list[str]


def new_answers(
    households: Sequence[str],
    snapshots: Sequence[str],
    written: WrittenAnswers,
    given: tuple[Sequence[Told | None], Sequence[AidHad | None]],
    newest: Mapping[str, tuple[str, str]],
    sealer: Sealer,
) -> NewAnswers:
    """Of written answers those that are new, as for scores. ``given``: what was told of each and counted, and the aid it had."""
    signs = [digest(text) for text in written.texts]
    fresh = places_of_new(households, snapshots, signs, newest)

    def of(column: Sequence[Any]) -> list[Any]:
        return [column[place] for place in fresh]

    told, had = given
    return NewAnswers(
        of(households), of(snapshots), of(written.eligible), sealer.seal(of(written.texts)), of(told),
        [one.as_data() if one else None for one in of(had)], of(signs),
    )  # fmt: skip


def _eligible_texts(answers: Sequence[Answer], names: Sequence[Canonical]) -> list[Canonical]:
    true = np.stack([one.outcome == ELIGIBLE for one in answers], axis=1)
    told = [names[place] for place in np.nonzero(true)[1].tolist()]
    ends = np.cumsum(true.sum(axis=1)).tolist()
    return [
        Canonical(f"[{','.join(told[start:stop])}]") for start, stop in zip([0, *ends], ends, strict=False)
    ]


def eligible_items(numbers: Numbers, pack: Pack) -> list[str]:
    """The items that the household is entitled to, in the pack's order."""
    letters, found, place = numbers["outcomes"], [], -1
    for _ in range(letters.count("E")):
        place = letters.index("E", place + 1)
        found.append(pack.items[place].id)
    return found


def _signs(answers: Sequence[Answer], size: int) -> list[Array]:
    space = np.full((1, size), _SPACE, np.uint8)
    return [part for one in answers for part in (_SIGNS[one.conditions], space)]


def _texts(letters: Array) -> list[str]:
    """Columns of letters as one text for each household."""
    count, size = letters.shape
    whole = np.ascontiguousarray(letters.T).tobytes().decode("ascii")
    return [whole[place * count : (place + 1) * count] for place in range(size)]


def _put(into: list[list[str]], name: str, where: Array, values: Array) -> None:
    rows = np.flatnonzero(where)
    for row, value in zip(rows.tolist(), values[rows].tolist(), strict=True):
        into[row].append(f"{name}:{value}")
