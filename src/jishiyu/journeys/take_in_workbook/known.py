"""What becomes of a good household, by what the register knows of its people: new, unchanged, news, or a reason why not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from jishiyu.evidence.rules.households import Group
from jishiyu.evidence.rules.lines import Line
from jishiyu.evidence.rules.problems import Problem
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journeys.take_in_workbook.facts import same_facts, situation_of, with_news
from jishiyu.registry.rules.situation import HouseholdSituation


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person is registered, as far as this decision asks."""

    person_id: UUID
    name: str
    household_id: UUID
    household_number: str
    relation: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of the people in a part of a workbook.

    ``homes`` by identity number within the post's reach; ``elsewhere``: the sub-district that keeps a person out of reach;
    ``members`` and ``latest`` by household; ``area_names`` for the reasons.
    """

    homes: Mapping[str, Home]
    elsewhere: Mapping[str, str]
    members: Mapping[UUID, set[UUID]]
    latest: Mapping[UUID, tuple[int, HouseholdSituation]]
    area_names: Mapping[str, Sentence]


@dataclass(frozen=True, slots=True)
class Fate:
    """What is to be done with a household: ``new``, ``unchanged``, ``updated`` (record ``situation`` as ``number``), or ``bad``."""

    kind: Literal["new", "unchanged", "updated", "bad"]
    household: UUID | None = None
    situation: HouseholdSituation | None = None
    number: int = 0
    problems: tuple[tuple[Line, Problem], ...] = field(default=())


def fate_of(group: Group, known: Known, *, area: str, today: date) -> Fate:
    """Decide about one good household."""
    numbers = [line.values["id_number"].text for line in group.members]
    homes = [known.homes.get(number) for number in numbers]
    refused = [
        (line, _kept_elsewhere(known, number))
        for line, number in zip(group.members, numbers, strict=True)
        if number in known.elsewhere
    ]
    if refused:
        return Fate("bad", problems=tuple(refused))
    households = {home.household_id for home in homes if home is not None}
    if not households:
        return Fate("new")
    misfits = _misfits(group, homes, households, known)
    if misfits:
        return Fate("bad", problems=tuple(misfits))
    return _news(group, [home for home in homes if home is not None], known, area=area, today=today)


def _kept_elsewhere(known: Known, number: str) -> Problem:
    area = known.elsewhere[number]
    return Problem(
        "id_number",
        "registered_elsewhere",
        sentence(
            "此人已在{a}登记",
            "This person is already registered in {a}",
            a=known.area_names.get(area, sentence(area, area)),
        ),
        sentence("请与该街道核实并办理迁移", "Clear it up with that sub-district and have them moved"),
    )


def _misfits(
    group: Group, homes: list[Home | None], households: set[UUID], known: Known
) -> list[tuple[Line, Problem]]:
    """Where the people of the row are registered otherwise than the workbook says."""
    found: list[tuple[Line, Problem]] = []
    first = next(home for home in homes if home is not None)
    for line, home in zip(group.members, homes, strict=True):
        if home is None:
            found.append((line, _not_yet_a_member(first)))
        elif home.household_id != first.household_id:
            found.append((line, _in_another(home)))
        elif home.name != line.values["name"]:
            found.append((line, _other_name()))
        elif home.relation != line.values["relation"]:
            found.append((line, _other_relation()))
    present = set().union(*(known.members.get(one, set()) for one in households))
    told = {home.person_id for home in homes if home is not None}
    if not found and present - told:
        found.append((group.lines[0], _members_left_out(first, len(present - told))))
    return found


_ON_THE_PAGE = sentence(
    "请先在家庭档案中变更成员，再导入", "Change the members on the household's page first, then import"
)


def _not_yet_a_member(first: Home) -> Problem:
    return Problem(
        "id_number",
        "not_a_member",
        sentence(
            "同户其他人已登记在户{n}，此人不在其中",
            "The others are registered as household {n}, this person is not",
            n=first.household_number,
        ),
        _ON_THE_PAGE,
    )


def _in_another(home: Home) -> Problem:
    return Problem(
        "id_number",
        "in_another_household",
        sentence(
            "此人已登记在另一户（{n}）",
            "This person is registered in another household ({n})",
            n=home.household_number,
        ),
        _ON_THE_PAGE,
    )


def _other_name() -> Problem:
    return Problem(
        "name",
        "other_name",
        sentence("同一身份证号登记的姓名不同", "The register has another name for this ID number"),
        sentence("请核对姓名和身份证号", "Check the name and the ID number"),
    )


def _other_relation() -> Problem:
    return Problem(
        "relation",
        "other_relation",
        sentence("与登记的户主关系不同", "The register has another relation to the head"),
        _ON_THE_PAGE,
    )


def _members_left_out(first: Home, count: int) -> Problem:
    return Problem(
        "",
        "members_left_out",
        sentence(
            "户{n}登记的成员中有{c}人不在表内",
            "{c} registered member(s) of household {n} are not in the workbook",
            n=first.household_number,
            c=count,
        ),
        _ON_THE_PAGE,
    )


def _news(group: Group, homes: list[Home], known: Known, *, area: str, today: date) -> Fate:
    household = homes[0].household_id
    people = [str(home.person_id) for home in homes]
    told = situation_of(group, str(household), people, area=area, today=today)
    if household not in known.latest:
        return Fate("updated", household, told, 1)
    number, before = known.latest[household]
    silent = {
        person: "identities" not in line.values for person, line in zip(people, group.members, strict=True)
    }
    news = with_news(before, told, silent)
    if same_facts(news, before):
        return Fate("unchanged", household)
    if news.as_of < before.as_of:
        return Fate("bad", problems=((group.lines[0], _older_than_known(before.as_of)),))
    return Fate("updated", household, news, number + 1)


def _older_than_known(day: date) -> Problem:
    return Problem(
        "as_of",
        "older_than_known",
        sentence(
            "已有 {d} 的更新情况，本表较旧且内容不同",
            "Newer facts of {d} are recorded; these are older and differ",
            d=day,
        ),
        sentence(
            "核对填报日期；若确为新情况，请填新日期", "Check the day; if these are news, write the new day"
        ),
    )
