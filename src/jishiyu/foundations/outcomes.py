"""Answers in words, in Chinese and English: a named outcome with its reasons, never a bare True or None.

"You cannot, because" (:class:`CannotBecause`) is not a fault of the program: doors show it kindly, with how to mend it.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages. ``{name}`` places are filled from ``values`` when it is said."""

    zh: str
    en: str
    values: dict[str, Any] = field(default_factory=dict)

    def say(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en``; nested sentences are said in the same language."""
        text = self.en if language.startswith("en") else self.zh
        filled = {k: v.say(language) if isinstance(v, Sentence) else v for k, v in self.values.items()}
        return text.format(**filled) if filled else text

    def __str__(self) -> str:
        return self.say("zh")

    def as_data(self) -> dict[str, str]:
        """Both languages, filled, as stored with a record."""
        return {"zh": self.say("zh"), "en": self.say("en")}


def sentence(zh: str, en: str, **values: Any) -> Sentence:
    """Shorthand for a :class:`Sentence` with its values."""
    return Sentence(zh, en, values)


class CannotBecause(Exception):
    """The act is refused for a reason that the user can understand and often mend.

    ``code`` is stable (for tests, API and help pages); ``reason`` says what and where; ``mend`` says how to put it right.
    """

    def __init__(self, code: str, reason: Sentence, mend: Sentence | None = None) -> None:
        super().__init__(f"{code}: {reason.say('en')}")
        self.code = code
        self.reason = reason
        self.mend = mend


class NotYours(CannotBecause):
    """The post has no right to this act or to look at this record."""


class NotFound(CannotBecause):
    """No such record within the post's reach; says nothing about records outside it."""
