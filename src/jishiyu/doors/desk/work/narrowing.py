"""The list of tasks narrowed: by kind, by how urgent, by who has taken it on; with how many there are of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.cases.rules.work_desk import IN_BATCHES
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.home.tasks import KINDS, Task

WEEK = 7
WHENS = ("late", "today", "week")
WHOSE = ("mine", "free")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for; empty words mean all."""

    kind: str = ""
    step: str = ""
    when: str = ""
    whose: str = ""

    def terms(self) -> dict[str, str]:
        """The same as terms of an address."""
        return {"kind": self.kind, "step": self.step, "when": self.when, "whose": self.whose}

    @property
    def narrows(self) -> bool:
        """Whether anything is narrowed at all."""
        return any(self.terms().values())


def wanted(told: QueryDict) -> Wanted:
    """What an address asks for; what it does not know narrows nothing."""
    kind, step = told.get("kind", ""), told.get("step", "")
    when, whose = told.get("when", ""), told.get("whose", "")
    return Wanted(
        kind if kind in KINDS else "",
        step if step in STEP_NAMES else "",
        when if when in WHENS else "",
        whose if whose in WHOSE else "",
    )


def fits(one: Task, asked: Wanted, officer: str) -> bool:
    """Whether a task is among what is asked for."""
    return (
        (not asked.kind or one.kind == asked.kind)
        and (not asked.step or one.step == asked.step)
        and _in_time(one.days_left, asked.when)
        and _whose(one, asked.whose, officer)
    )


def _in_time(days: int | None, when: str) -> bool:
    if not when:
        return True
    if days is None:
        return False
    return {"late": days < 0, "today": days <= 0, "week": days < WEEK}[when]


def _whose(one: Task, whose: str, officer: str) -> bool:
    if whose == "mine":
        return bool(officer) and one.officer == officer
    return whose != "free" or (one.case is not None and not one.officer)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list further: its words, how many it leaves, its address, and whether it is chosen."""

    words: str
    count: int
    url: str
    chosen: bool
    tone: str = ""


def choices(found: Sequence[Task], asked: Wanted, officer: str, page: str = "") -> dict[str, list[Choice]]:
    """The ways to narrow the list, in groups; each counted within what the other groups leave. ``page`` is where the list is."""
    whens = {"late": gettext("已超期"), "today": gettext("今天到期"), "week": gettext("七天内到期")}
    whose = {"mine": gettext("我承办的"), "free": gettext("还没有人承办")}
    kinds = {key: say(name) for key, name in KINDS.items()}
    steps = {key: say(name) for key, name in STEP_NAMES.items()}
    groups: dict[str, tuple[str, dict[str, str]]] = {
        "whens": ("when", whens), "kinds": ("kind", kinds), "steps": ("step", steps), "whose": ("whose", whose),
    }  # fmt: skip
    made: dict[str, list[Choice]] = {}
    for group, (name, words) in groups.items():
        rest = [one for one in found if fits(one, replace(asked, **{name: ""}), officer)]
        counts = _counts(rest, name, words, officer)
        chosen = getattr(asked, name)
        made[group] = [
            Choice(text, counts[key], _address(page, asked, name, key), chosen == key, _TONES.get(key, ""))
            for key, text in words.items()
            if counts[key] or chosen == key or group == "whens"
        ]
    return made


# How a count that is not zero looks.
_TONES = {"late": "bad", "today": "warn"}


def _counts(rest: Sequence[Task], name: str, words: Iterable[str], officer: str) -> Counter[str]:
    if name in ("kind", "step"):
        return Counter(getattr(one, name) for one in rest)
    fit = {
        "when": lambda one, key: _in_time(one.days_left, key),
        "whose": lambda one, key: _whose(one, key, officer),
    }
    return Counter({key: sum(fit[name](one, key) for one in rest) for key in words})


def _address(page: str, asked: Wanted, name: str, key: str) -> str:
    terms = QueryDict(mutable=True)
    chosen = "" if getattr(asked, name) == key else key
    for term, value in {**asked.terms(), name: chosen}.items():
        if value:
            terms[term] = value
    return f"{page}?{terms.urlencode()}"


def can_be_batched(one: Task) -> bool:
    """Whether the task can be chosen for a batch."""
    return one.case is not None and one.step in IN_BATCHES


def summary(found: Sequence[Task]) -> dict[str, Any]:
    """How many there are, how many late, and how many due within a week."""
    return {
        "all": len(found),
        "late": sum(one.late for one in found),
        "week": sum(_in_time(one.days_left, "week") and not one.late for one in found),
    }
