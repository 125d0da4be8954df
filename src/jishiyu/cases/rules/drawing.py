"""The draw of spot checks: plain enough that anyone can do it again with a list, a seed and SHA-256 (``docs/spot-checks.md``).

A list has strata (a sub-district in an era of law), each with its share; of each stratum the marks with the lowest
SHA-256 of ``seed``, a line feed and the mark are drawn, as many as the share asks for, rounded up.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence

_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Stratum:
    """Some cases that are drawn from with one share (basis points): their marks, each standing for one case."""

    name: str
    share: int
    marks: tuple[str, ...]

    @property
    def needed(self) -> int:
        """How many are drawn: the share of them, rounded up, so that it is never fallen short of."""
        return -(-len(self.marks) * self.share // _WHOLE)

    @property
    def area(self) -> str:
        """The sub-district that its name begins with."""
        return self.name.partition("/")[0]

    def as_data(self) -> dict[str, Any]:
        """As it is published, marks in order."""
        return {"stratum": self.name, "share": self.share, "cases": sorted(self.marks)}


def strata_from(data: Iterable[Mapping[str, Any]]) -> tuple[Stratum, ...]:
    """Read back what was published."""
    return tuple(Stratum(one["stratum"], one["share"], tuple(one["cases"])) for one in data)


def digest_of(strata: Iterable[Stratum]) -> str:
    """SHA-256 over the list: a line for each stratum with its share, then its marks in order; 64 hex digits."""
    lines: list[str] = []
    for one in sorted(strata, key=lambda each: each.name):
        lines += [f"{one.name} {one.share}", *sorted(one.marks)]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def plain_seed(written: str) -> str:
    """The seed as it counts: full-width figures made plain, spaces joined."""
    return " ".join(unicodedata.normalize("NFKC", written).split())


def rank(seed: str, mark: str) -> str:
    """What the marks are put in order by."""
    return hashlib.sha256(f"{seed}\n{mark}".encode()).hexdigest()


def draw(strata: Iterable[Stratum], seed: str) -> dict[str, tuple[str, ...]]:
    """The marks drawn of each stratum, in the order of their rank. Nothing but the list and the seed decides."""
    return {
        one.name: tuple(sorted(set(one.marks), key=lambda mark: (rank(seed, mark), mark))[: one.needed])
        for one in strata
    }


def faults_in_draw(data: Mapping[str, Any]) -> list[Sentence]:
    """What does not hold in a published draw: the list against its digest, the drawn marks against list and seed."""
    faults: list[Sentence] = []
    strata = strata_from(data["frame"])
    for one in strata:
        if len(set(one.marks)) != len(one.marks):
            faults.append(sentence("“{s}”中有重复的编号", "“{s}” lists a mark twice", s=one.name))
    if digest_of(strata) != data["digest"]:
        faults.append(
            sentence("名单与公布的摘要不符", "The list does not have the digest that was published")
        )
    if not data.get("seed"):
        return faults
    again = draw(strata, data["seed"])
    told: Mapping[str, Sequence[str]] = data.get("drawn") or {}
    for one in strata:
        if set(told.get(one.name, ())) != set(again[one.name]):
            faults.append(
                sentence(
                    "“{s}”按种子应抽出的与公布的不同",
                    "From “{s}” the seed draws others than were published",
                    s=one.name,
                )
            )
    extra = set(told) - {one.name for one in strata}
    if extra:
        faults.append(sentence("抽中的有名单外的部分", "Some drawn ones are not of the list"))
    return faults
