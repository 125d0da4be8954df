"""How to appeal, as the pack has it on a day: before whom, within what time, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.life_after import Within
from jishiyu.law.rules.procedures import Limit


@dataclass(frozen=True, slots=True)
class Way:
    """One way to appeal, in words."""

    name: Sentence
    bodies: tuple[Sentence, ...]
    within: Sentence | None
    citation: str
    confidence: str


def ways_to_appeal(day: date) -> list[Way]:
    """The ways that are open against a decision of a day."""
    return [
        Way(one.name, one.bodies, _words(one.file_within), one.citation, one.confidence)
        for one in pack().district.life_after.ways(day)
    ]


def _words(within: Within | None) -> Sentence | None:
    return Limit(n=within.n, unit=within.unit, confidence=within.confidence).words if within else None
