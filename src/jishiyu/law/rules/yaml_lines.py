"""YAML as officers write it, read strictly: every value keeps its line; nothing is guessed.

Only ``true``/``false`` are booleans (so that ``no`` and ``on`` stay words), numbers are exact (decimals, never binary
fractions), a key given twice is a fault, lists become tuples.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.faults import BadPack, Fault

Path_ = tuple[Hashable, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A loader with our own short list of what an unquoted word can be."""


_PLAIN: list[tuple[str, str, str]] = [
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", "~n\0"),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ("tag:yaml.org,2002:timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
]
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), [c if c != "\0" else "" for c in _first])


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the pack: its data and the line on which each value stands."""

    file: str
    data: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it that is really written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path_, expected: Any) -> Fault:
        """A fault at that value."""
        return Fault(self.file, self.line(path), ".".join(str(step) for step in path) or "(file)", expected)


def read_page(root: Path, file: str) -> Page:
    """Read one YAML file of the pack at ``root``. Raises :class:`BadPack` when it is no YAML or has a key twice."""
    return page_of(file, (root / file).read_text(encoding="utf-8"))


@lru_cache(maxsize=128)
def page_of(file: str, text: str) -> Page:
    """Read the text of one file; the same text is read once, so that a pack with one changed page loads quickly."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "?"
        said = sentence("不是合格的YAML：{p}", "not well-formed YAML: {p}", p=problem)
        raise BadPack([Fault(file, mark.line + 1 if mark else 1, "(file)", said)]) from error
    finally:
        loader.dispose()
    builder = _Builder(file)
    data = builder.build(node, ()) if node is not None else None
    if builder.faults:
        raise BadPack(builder.faults)
    return Page(file, data, builder.lines)


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, path: Path_) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.build(child, (*path, place)) for place, child in enumerate(node.value))
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = (*path, key)
            if key in found:
                self._fault(key_node, inner, sentence("同一个键写了两次", "this key is given twice"))
            # The key's own line is the one to show: a long text begins on the line after it.
            self.lines[inner] = key_node.start_mark.line + 1
            found[key] = self.build(value_node, inner)
        return found

    def _scalar(self, node: yaml.Node, path: Path_) -> Any:
        text: str = node.value
        kind = node.tag.rsplit(":", 1)[-1]
        if kind == "null":
            return None
        if kind == "bool":
            return text == "true"
        if kind == "int":
            return int(text)
        if kind == "float":
            return Decimal(text)
        if kind == "timestamp":
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._fault(
                    node, path, sentence("“{t}”不是历法中的日期", "“{t}” is no day of the calendar", t=text)
                )
                return None
        return text

    def _fault(self, node: yaml.Node, path: Path_, expected: Any) -> None:
        self.faults.append(Fault(self.file, node.start_mark.line + 1, ".".join(map(str, path)), expected))
