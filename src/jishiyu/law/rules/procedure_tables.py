"""Builds the procedures of a pack from what is written: a template, or a table like one, and what is different in it.

A table may be ``like`` a template: it ``change``s fields of single steps, ``add``s steps, and does ``without`` others, whose
places in the walk are named. What comes out is checked as if it had been written in full, and every fault is named where the
faulty piece was really written.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.expected import expected_of
from jishiyu.law.rules.faults import Fault
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.procedure_pages import Built, From, Piece, ProcedurePage, Table, Template, Written
from jishiyu.law.rules.procedures import Procedure
from jishiyu.law.rules.walk import faults_in_wholeness
from jishiyu.law.rules.yaml_lines import Page

# Keys that say how a table is built; all others are its own.
_HOW = frozenset({"key", "about", "items", "era", "eras", "like", "change", "add", "without", "item_papers"})


def build_tables(
    pages: Mapping[str, Page], written: Mapping[str, ProcedurePage]
) -> tuple[list[Built], list[Fault]]:
    """Every procedure of the pages, built; and what is wrong in the pieces, each named once."""
    builder = _Builder(pages, written)
    built = [
        one
        for file, page in written.items()
        for number, entry in enumerate(page.procedures)
        if (one := builder.procedure(From(pages[file], ("procedures", number)), entry)) is not None
    ]
    return built, each_once([*builder.faults, *builder.unused()])


def each_once(faults: Iterable[Fault]) -> list[Fault]:
    """A fault in a template is found once for each table like it, and told once."""
    return list({(one.file, one.line, one.key, one.expected.say("en")): one for one in faults}.values())


class _Builder:
    def __init__(self, pages: Mapping[str, Page], written: Mapping[str, ProcedurePage]) -> None:
        self.faults: list[Fault] = []
        self._templates: dict[str, tuple[Template, From]] = {}
        self._resolved: dict[str, Table] = {}
        self._used: set[str] = set()
        for file, page in written.items():
            for number, one in enumerate(page.templates):
                origin = From(pages[file], ("templates", number))
                if one.key in self._templates:
                    said = sentence("模板“{k}”已有", "there is a template “{k}” already", k=one.key)
                    self.faults.append(origin.at("key").fault(said))
                self._templates[one.key] = (one, origin)

    def procedure(self, origin: From, entry: Written) -> Built | None:
        eras = entry.eras or ((entry.era,) if entry.era else ())
        if not eras:
            self.faults.append(origin.fault(sentence("缺少 eras（时期）", "eras is missing")))
            return None
        table = self._lay(origin, entry, ())
        if table is None:
            return None
        data = {
            **table.own.data,
            "items": entry.items,
            "era": eras[0],
            "like": entry.like or "",
            "steps": tuple(step.data for step in table.steps),
        }
        try:
            return Built(Procedure.model_validate(data), eras, table)
        except ValidationError as error:
            self.faults += [table.where(tuple(one["loc"])).fault(expected_of(one)) for one in error.errors()]
            return None

    def unused(self) -> Iterator[Fault]:
        """Templates that no procedure is like: nobody would notice a fault in them."""
        for key, (_, origin) in self._templates.items():
            if key not in self._used and not self.faults:
                yield origin.at("key").fault(
                    sentence("没有程序用到模板“{k}”", "no procedure is like “{k}”", k=key)
                )

    def _template(self, key: str, origin: From, seen: tuple[str, ...]) -> Table | None:
        if key not in self._templates or key in seen:
            known = "、".join(self._templates)
            said = sentence(
                "没有模板“{k}”（或模板互相引用）；已有：{n}",
                "there is no template “{k}” (or it is like itself); known: {n}",
                k=key,
                n=known,
            )
            self.faults.append(origin.fault(said))
            return None
        self._used.add(key)
        if key not in self._resolved:
            template, its_origin = self._templates[key]
            table = self._lay(its_origin, template, (*seen, key))
            if table is None:
                return None
            self._resolved[key] = table
        return self._resolved[key].copy()

    def _lay(self, origin: From, entry: Template | Written, seen: tuple[str, ...]) -> Table | None:
        """The table that an entry is like, with what the entry says laid over it."""
        table: Table | None = Table(Piece({}, origin), [])
        if entry.like is not None:
            table = self._template(entry.like, origin.at("like"), seen)
        if table is None:
            return None
        table.own.origin = origin
        if entry.item_papers is not None:
            table.item_papers = entry.item_papers
        for key, value in _raw(origin).items():
            if key == "steps":
                table.steps = self._written_steps(origin.at("steps"), value)
            elif key not in _HOW:
                table.own.lay(key, _with(table.own.data.get(key), value, key), origin.at(key))
        self._leave_out(table, origin, entry)
        self._add(table, origin, entry)
        self._change(table, origin, entry)
        return table

    def _written_steps(self, origin: From, value: Any) -> list[Piece]:
        if not isinstance(value, tuple) or not all(isinstance(one, dict) for one in value):
            self.faults.append(
                origin.fault(
                    sentence("应为列表（每行以“- ”开头）", "expected a list (each line begins with “- ”)")
                )
            )
            return []
        return [Piece(dict(one), origin.at(number)) for number, one in enumerate(value)]

    def _add(self, table: Table, origin: From, entry: Template | Written) -> None:
        for key, raw in entry.add.items():
            here = origin.at("add", key)
            place = table.place(str(raw.get("before", "")))
            if place is None or table.place(key) is not None:
                said = sentence(
                    "before 应为本表已有的步骤，新步骤不得与已有的重复",
                    "before names a step of this table, and the new step is not there yet",
                )
                self.faults.append(here.fault(said))
                continue
            data = {"key": key} | {name: value for name, value in raw.items() if name != "before"}
            table.steps.insert(place, Piece(data, here))

    def _leave_out(self, table: Table, origin: From, entry: Template | Written) -> None:
        for key, instead in entry.without.items():
            place = table.place(key)
            if place is None or (table.place(instead) is None and instead not in entry.add):
                self.faults.append(origin.at("without", key).fault(_NO_STEP))
                continue
            del table.steps[place]
            for step in table.steps:
                _redirect(step, key, instead)
            stops = table.own.data.get("clock_stops")
            if isinstance(stops, tuple):
                table.own.data["clock_stops"] = tuple(one for one in stops if one != key)

    def _change(self, table: Table, origin: From, entry: Template | Written) -> None:
        for key, fields in entry.change.items():
            place = table.place(key)
            if place is None:
                self.faults.append(origin.at("change", key).fault(_NO_STEP))
                continue
            for name, value in fields.items():
                table.steps[place].lay(name, value, origin.at("change", key, name))


_NO_STEP = sentence("本表没有这一步骤", "this table has no such step")


def _with(had: Any, value: Any, key: str) -> Any:
    """What a table says of its publicity is laid over what the template says; any other key replaces."""
    both = key == "publicity" and isinstance(had, dict) and isinstance(value, dict)
    return {**had, **value} if both else value


def _raw(origin: From) -> dict[str, Any]:
    found = origin.page.data
    for step in origin.path:
        found = found[step]
    return dict(found)


def _redirect(step: Piece, key: str, instead: str) -> None:
    """Let the ways that led to a step which is left out lead to another one, and name it nowhere any more."""
    outcomes = step.data.get("outcomes")
    if isinstance(outcomes, tuple):
        step.data["outcomes"] = tuple(
            _redirected(one, key, instead) if isinstance(one, dict) else one for one in outcomes
        )
    for names in ("not_by",):
        if isinstance(step.data.get(names), tuple):
            step.data[names] = tuple(one for one in step.data[names] if one != key)


def _redirected(outcome: dict[str, Any], key: str, instead: str) -> dict[str, Any]:
    found = dict(outcome)
    if found.get("next") == key:
        found["next"] = instead
    if isinstance(found.get("after"), tuple):
        found["after"] = tuple(one for one in found["after"] if one != key)
    return found


def whole_faults(pack: Pack, built: Iterable[Built]) -> list[Fault]:
    """What a full table lacks to be walked by everybody: limits, the notice, the last step that the item's form asks for.

    And an item that has two tables for one day, so that nobody could say which holds.
    """
    faults: list[Fault] = []
    seen: dict[tuple[str, str], list[Procedure]] = {}
    forms = {item.id: item.forms for item in pack.items}
    for one in built:
        faults += [
            one.fault(path, expected)
            for path, expected in faults_in_wholeness(
                one.procedure, [forms[id] for id in one.procedure.items if id in forms]
            )
        ]
        for number, id in enumerate(one.procedure.items):
            for era in one.eras:
                earlier = seen.setdefault((id, era), [])
                if any(_overlap(one.procedure, other) for other in earlier):
                    said = sentence("{i}在{e}时期已有程序", "{i} has a procedure in {e} already", i=id, e=era)
                    faults.append(one.fault(("items", number), said))
                earlier.append(one.procedure)
    return each_once(faults)


def _overlap(one: Procedure, other: Procedure) -> bool:
    return (one.to is None or other.from_ is None or other.from_ <= one.to) and (
        other.to is None or one.from_ is None or one.from_ <= other.to
    )
