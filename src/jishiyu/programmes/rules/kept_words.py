"""All answers of a household as they were told, every part written once, to be kept with what they rest on.

Items ask the same of a household: written item by item, with all steps of each, the same step stands in it forty times over.
Here each step, sentence and parameter is a numbered part, and whatever holds it refers to the number: ``{"#": 12}``. Nothing is
left out: :func:`take_out` gives for each item the very data of :func:`entitlement_data`, whose digest stands beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jishiyu.foundations.canonical import canonical_text
from jishiyu.law.rules.tracing import Step
from jishiyu.programmes.rules.entitlement import Entitlement, entitlement_data, step_data

FORM = 1
_PART = "#"


class _Parts:
    """The parts so far, and the number of each."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self._numbers: dict[str, int] = {}
        self._steps: dict[int, dict[str, int]] = {}

    def kept(self, data: Any) -> Any:
        """The same data with every mapping in it as a part; equal mappings are one."""
        if isinstance(data, dict):
            return self._part({key: self.kept(value) for key, value in data.items()})
        return [self.kept(one) for one in data] if isinstance(data, list) else data

    def step(self, step: Step) -> dict[str, int]:
        """A step as a part; the answers of a household share the steps themselves."""
        if id(step) not in self._steps:
            self._steps[id(step)] = self.kept(step_data(step))
        return self._steps[id(step)]

    def _part(self, content: dict[str, Any]) -> dict[str, int]:
        number = self._numbers.setdefault(canonical_text(content), len(self.parts))
        if number == len(self.parts):
            self.parts.append(content)
        return {_PART: number}


def put_away(answers: Sequence[Entitlement]) -> dict[str, Any]:
    """The answers of one household as plain data, in their order."""
    parts, told = _Parts(), []
    for one in answers:
        own = parts.kept(entitlement_data(one, traced=False))
        steps = [parts.step(step)[_PART] for step in one.steps]
        told.append([own[_PART], steps])
    return {"form": FORM, "parts": parts.parts, "answers": told}


def take_out(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each answer whole, as :func:`entitlement_data` wrote it. Raises ValueError for a form that this release does not know."""
    if document["form"] != FORM:
        raise ValueError(f"kept words of form {document['form']} cannot be read")
    whole: list[Any] = []
    for part in document["parts"]:  # a part refers to earlier ones only
        whole.append({key: _filled(value, whole) for key, value in part.items()})
    return [{**whole[own], "steps": [whole[step] for step in steps]} for own, steps in document["answers"]]


def _filled(data: Any, whole: Sequence[Any]) -> Any:
    if isinstance(data, dict):
        return whole[data[_PART]]
    return [_filled(one, whole) for one in data] if isinstance(data, list) else data
