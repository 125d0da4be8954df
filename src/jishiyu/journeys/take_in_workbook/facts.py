"""A judged household of a workbook as the register takes it: newcomers, or news about a household that is known. Pure."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from jishiyu.evidence.rules.households import Group
from jishiyu.evidence.rules.lines import Line
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

_HOUSEHOLD_FACTS = (
    "tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent", "vehicles", "liquid_assets", "debt",
    "support", "event", "event_on",
)  # fmt: skip
_MEMBER_FACTS = tuple(
    one.name
    for one in fields(MemberSituation)
    if one.name
    not in ("person_id", "relation", "born", "sex", "identities", "disability_category", "disability_grade")
)


def newcomer(group: Group, *, number: str, area: str, today: date, evidence: UUID) -> NewHousehold:
    """A household that the register does not know yet, with its situation."""
    household_id, shared = str(uuid4()), group.shared
    people = [str(uuid4()) for _ in group.members]
    members = tuple(
        NewMember(person, line.values["name"], line.values["id_number"], line.values["relation"])
        for person, line in zip(people, group.members, strict=True)
    )
    return NewHousehold(
        household_id=household_id,
        number=number,
        sub_district=area,
        community=shared["community"][:60],
        address=shared.get("address", ""),
        phone=shared.get("phone", ""),
        registered_on=today,
        members=members,
        situation=situation_of(group, household_id, people, area=area, today=today),
        evidence_id=str(evidence),
    )


def situation_of(
    group: Group, household_id: str, people: list[str], *, area: str, today: date
) -> HouseholdSituation:
    """What the workbook says of a household. What it does not say is not known (None)."""
    shared = group.shared
    members = tuple(_member(line, person) for line, person in zip(group.members, people, strict=True))
    facts: dict[str, Any] = {name: shared.get(name) for name in _HOUSEHOLD_FACTS}
    return HouseholdSituation(
        household_id=household_id,
        sub_district=area,
        as_of=shared.get("as_of", today),
        members=members,
        **facts,
    )


def _member(line: Line, person_id: str) -> MemberSituation:
    values = line.values
    number, get = values["id_number"], values.get
    category, grade = get("disability_category"), get("disability_grade")
    facts: dict[str, Any] = {name: get(name) for name in _MEMBER_FACTS}
    return MemberSituation(
        person_id=person_id,
        relation=values["relation"],
        born=number.born,
        sex=number.sex,
        disability_category=None if category is None else int(category),
        disability_grade=0 if category == "0" else None if grade is None else int(grade),
        identities=values.get("identities", frozenset()),
        **facts,
    )


def with_news(
    known: HouseholdSituation, told: HouseholdSituation, silent: Mapping[str, bool]
) -> HouseholdSituation:
    """What is known of a household with what the workbook says put over it. An empty cell says nothing: the old fact stays.

    ``silent`` says for each person whether their circumstances (identities) were left empty. Medical bills stay: a workbook
    has none. Equal to ``known`` but for ``as_of`` when there is no news.
    """
    before = {member.person_id: member for member in known.members}
    members = tuple(
        sorted(
            (_over(before[one.person_id], one, silent.get(one.person_id, False)) for one in told.members),
            key=lambda one: (one.relation, one.person_id),
        )
    )
    household = {name: getattr(told, name) for name in _HOUSEHOLD_FACTS if getattr(told, name) is not None}
    return replace(known, as_of=told.as_of, members=members, **household)


def _over(before: MemberSituation, told: MemberSituation, silent: bool) -> MemberSituation:
    said = {
        one.name: getattr(told, one.name)
        for one in fields(MemberSituation)
        if getattr(told, one.name) is not None and one.name != "identities"
    }
    return replace(before, **said, identities=before.identities if silent else told.identities)


def same_facts(one: HouseholdSituation, other: HouseholdSituation) -> bool:
    """Whether two situations say the same, whatever their days and the order of members."""
    return _comparable(one) == _comparable(other)


def _comparable(one: HouseholdSituation) -> HouseholdSituation:
    ordered = tuple(sorted(one.members, key=lambda member: member.person_id))
    return replace(one, as_of=date.min, members=ordered)
