"""How states are shown everywhere: as marks with a word, an icon and a tone; what an item came to; whether a worker went silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from jishiyu.foundations.outcomes import Sentence, sentence

# A worker gives a sign at each part; one that has been silent so long is gone.
SILENCE = timedelta(minutes=2)

# What the rules said of an item, in words and with the tone of the mark.
OUTCOMES: dict[str, tuple[Sentence, str]] = {
    "eligible": (sentence("条件符合", "Conditions met"), "ok"),
    "cannot_compute": (sentence("由人核实", "For a person to verify"), "warn"),
    "not_eligible": (sentence("条件不符", "Conditions not met"), ""),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as a mark: a word, an icon, a tone."""

    word: Promise
    icon: str
    tone: str


def silent_since(sign: datetime, now: datetime) -> bool:
    """Whether the worker seems gone: nothing has moved since its last sign, for a while."""
    return now - sign > SILENCE
