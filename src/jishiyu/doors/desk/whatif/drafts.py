"""Changes that are being put together on screen: added one by one, taken back one by one, before anything is run.

The draft travels with the form, so that nothing is kept before it is run, and the page works without script.
"""

import json
from dataclasses import dataclass, field
from typing import Any

_LONGEST = 60_000
_MOST_STEPS = 20
Change = dict[str, Any]


def _same_thing(one: Change) -> tuple[Any, ...]:
    """What a change is about; a new change of the same thing takes the old one's place."""
    kind = one.get("kind")
    if kind == "more":
        return kind, one.get("item"), json.dumps(one.get("test"), sort_keys=True)
    names = {
        "parameter": ("id",),
        "cut_off": ("indicator", "number"),
        "band": ("band",),
        "condition": ("item", "condition"),
    }
    return kind, *(one.get(name) for name in names.get(str(kind), ()))


@dataclass(slots=True)
class Draft:
    """The changes so far, and what they were before each step."""

    changes: list[Change] = field(default_factory=list)
    past: list[list[Change]] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> "Draft":
        """The draft that the form carried; an empty one for anything else."""
        try:
            told = json.loads(text[:_LONGEST]) if text else {}
            changes, past = list(told.get("changes", [])), list(told.get("past", []))
        except (ValueError, AttributeError, TypeError):
            return cls()
        steps = [list(one) for one in past if isinstance(one, list)]
        if not all(isinstance(one, dict) for one in (*changes, *(each for step in steps for each in step))):
            return cls()
        return cls(changes, steps)

    def written(self) -> str:
        """As the form carries it."""
        return json.dumps({"changes": self.changes, "past": self.past[-_MOST_STEPS:]}, ensure_ascii=False)

    def with_more(self, new: list[Change]) -> list[Change]:
        """The changes with new ones; those of the same thing are replaced."""
        things = {_same_thing(one) for one in new}
        return [one for one in self.changes if _same_thing(one) not in things] + new

    def step(self, changes: list[Change]) -> None:
        """Go on to other changes, so that it can be taken back."""
        if changes != self.changes:
            self.past.append(self.changes)
            self.changes = changes

    def remove(self, at: int) -> None:
        """Take one change out."""
        self.step([one for place, one in enumerate(self.changes) if place != at])

    def undo(self) -> None:
        """Go back a step."""
        if self.past:
            self.changes = self.past.pop()
