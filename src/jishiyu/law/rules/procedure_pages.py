"""The pages of the procedures as they are written, and the pieces that a table is put together from.

Every piece knows where it was written, so that a fault in a built table is named in the template or the table where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ConfigDict, Field

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.faults import Fault
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.parts import Part, Words
from jishiyu.law.rules.procedures import EraKey, Procedure, StepKey, StepPaper
from jishiyu.law.rules.yaml_lines import Page, Path_


class _Open(Part):
    """A piece whose further keys are checked once the table is built."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True, populate_by_name=True)


class Template(_Open):
    """A table that others are like. ``item_papers``: the application asks for the item's own papers besides."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    about: Words
    like: str | None = None
    change: dict[StepKey, dict[str, Any]] = Field(default_factory=dict)
    add: dict[StepKey, dict[str, Any]] = Field(default_factory=dict)
    without: dict[StepKey, StepKey] = Field(default_factory=dict)
    item_papers: bool | None = None


class Written(_Open):
    """A procedure as an officer wrote it, for some items and one era or several."""

    items: tuple[str, ...] = Field(min_length=1)
    era: EraKey | None = None
    eras: tuple[EraKey, ...] = ()
    like: str | None = None
    change: dict[StepKey, dict[str, Any]] = Field(default_factory=dict)
    add: dict[StepKey, dict[str, Any]] = Field(default_factory=dict)
    without: dict[StepKey, StepKey] = Field(default_factory=dict)
    item_papers: bool | None = None


class ProcedurePage(Part):
    """One file of ``procedures/``: templates, procedures, or both."""

    templates: tuple[Template, ...] = ()
    procedures: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class From:
    """Where a piece was written."""

    page: Page
    path: Path_

    def at(self, *further: Any) -> "From":
        return replace(self, path=(*self.path, *further))

    def fault(self, expected: Sentence) -> Fault:
        return self.page.fault(self.path, expected)


@dataclass
class Piece:
    """A group of keys put together from several places, which knows where each was written."""

    data: dict[str, Any]
    origin: From
    changed: dict[str, From] = field(default_factory=dict)

    def lay(self, key: str, value: Any, origin: From) -> None:
        self.data[key] = value
        self.changed[key] = origin

    def where(self, path: Path_) -> From:
        if path and path[0] in self.changed:
            return self.changed[str(path[0])].at(*path[1:])
        return self.origin.at(*path)

    def copy(self) -> "Piece":
        return Piece(dict(self.data), self.origin, dict(self.changed))


@dataclass
class Table:
    """A table being built: its own keys, and its steps in order."""

    own: Piece
    steps: list[Piece]
    item_papers: bool = False

    def copy(self) -> "Table":
        return Table(self.own.copy(), [step.copy() for step in self.steps], self.item_papers)

    def place(self, key: str) -> int | None:
        return next((n for n, step in enumerate(self.steps) if step.data.get("key") == key), None)

    def where(self, path: Path_) -> From:
        if len(path) > 1 and path[0] == "steps" and isinstance(path[1], int):
            return self.steps[path[1]].where(path[2:])
        return self.own.where(path)


@dataclass(frozen=True)
class Built:
    """A procedure as built, for all its items and eras at once, with the places where its pieces were written."""

    procedure: Procedure
    eras: tuple[EraKey, ...]
    table: Table

    def fault(self, path: Path_, expected: Sentence) -> Fault:
        """A fault in the built table, named where that piece was written."""
        return self.table.where(path).fault(expected)

    def for_item(self, id: str, item: BenefitItem | None) -> Iterator[Procedure]:
        """The item's own procedure in each of the eras."""
        own = self.procedure
        if self.table.item_papers and item is not None and own.steps:
            asked = own.first.papers
            named = {paper.key for paper in asked}
            more = [
                StepPaper(key=one.key, name=one.name, required=one.required)
                for one in item.documents
                if one.key not in named
            ]
            first = own.first.model_copy(update={"papers": (*asked, *more)})
            own = own.model_copy(update={"steps": (first, *own.steps[1:])})
        for era in self.eras:
            yield own.model_copy(update={"items": (id,), "era": era})
