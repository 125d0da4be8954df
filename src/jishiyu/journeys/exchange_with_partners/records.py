"""Records as partners read them: households (Group) and persons (Member), with the groups of facts that were agreed and no other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from jishiyu.assessment.queries import latest_scores
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.identifiers import masked_id, masked_name
from jishiyu.offices.rules import Post
from jishiyu.registry.queries.asked import homes_of_persons, members_of_households
from jishiyu.registry.queries.homes import latest_situations
from jishiyu.registry.rules.situation import MemberSituation

CONTEXT = {
    "spdci": "https://schema.spdci.org/extensions/social/v1/",
    "common": "https://schema.spdci.org/common/v1/",
}
SEX = {1: "male", 2: "female"}
_TWO_SIGNS = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "宇文",
    "长孙",
    "司徒",
    "端木",
    "东方",
    "南宫",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is told of some households beyond their register entry."""

    facts: Mapping[str, MemberSituation]
    scores: Mapping[UUID, int]


def groups(rows: Sequence[Any], fields: Collection[str], actor: Post) -> list[dict[str, Any]]:
    """Households as Group records."""
    ids = [row.id for row in rows]
    members, known = members_of_households(ids), _known(ids, fields, actor)
    return [_group(row, members[row.id], known, fields) for row in rows]


def persons(
    rows: Sequence[Any], fields: Collection[str], actor: Post
) -> tuple[list[dict[str, Any]], list[UUID]]:
    """Persons as Member records, and the households that they tell of."""
    homes = homes_of_persons([row.id for row in rows])
    ids = sorted({home.household_id for home in homes.values()})
    known = _known(ids, fields, actor)
    told = []
    for row in rows:
        home = homes.get(row.id)
        record = _member(row, home.relation if home else "", home.household if home else None, known, fields)
        if home is not None:
            record["group_identifier"] = [_identifier("HouseholdNumber", home.household.number)]
        told.append({"@context": CONTEXT, **record})
    return told, ids


def _known(household_ids: Sequence[UUID], fields: Collection[str], actor: Post) -> _Known:
    facts: dict[str, MemberSituation] = {}
    for _number, situation in latest_situations(household_ids).values():
        facts.update({one.person_id: one for one in situation.members})
    scores: dict[UUID, int] = {}
    if "score" in fields:
        rows = latest_scores(actor).filter(household_id__in=household_ids)
        scores = dict(rows.order_by().values_list("household_id", "score"))
    return _Known(facts, scores)


def _group(row: Any, members: Sequence[Any], known: _Known, fields: Collection[str]) -> dict[str, Any]:
    told = [_member(one.person, one.relation, row, known, fields) for one in members]
    record: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{row.id}",
        "@type": "spdci:Group",
        "group_identifier": [_identifier("HouseholdNumber", row.number)],
        "group_type": "household",
        "place": _place(row, fields),
        "group_size": len(told),
        "member_list": told,
        "registration_date": _moment(row.registered_on),
        "additional_attributes": [],
    }
    if told and members[0].relation == "02":
        record["group_head_info"] = told[0]
    if row.id in known.scores:
        record |= {
            "poverty_score": known.scores[row.id] / 100,
            "poverty_score_type": "jishiyu-hardship-0-100",
        }
    return record


def _member(
    person: Any, relation: str, household: Any, known: _Known, fields: Collection[str]
) -> dict[str, Any]:
    whole = "identity" in fields
    number = person.id_number if whole else masked_id(person.id_number)
    demographic: dict[str, Any] = {
        "@type": "SRPerson",
        "identifier": [_identifier("NationalID", number)],
        "name": _name(person.name if whole else masked_name(person.name)),
        "sex": SEX.get(person.sex, "other"),
    }
    if whole:
        demographic["birth_date"] = _moment(person.born)
    if household is not None:
        demographic["address"] = _address(household, fields)
        demographic["registration_date"] = _moment(household.registered_on)
    record: dict[str, Any] = {
        "@id": f"urn:uuid:{person.id}",
        "@type": "spdci:Member",
        "member_identifier": [_identifier("NationalID", number)],
        "demographic_info": demographic,
        "additional_attributes": [{"gb_t_4761_relation": relation}] if relation else [],
    }
    facts = known.facts.get(str(person.id))
    if facts is not None and facts.marital is not None:
        record["marital_status"] = facts.marital
    if "disability" in fields and facts is not None and facts.disability_category is not None:
        record["is_disabled"] = facts.disability_category > 0
    if household is not None:
        record["registration_date"] = _moment(household.registered_on)
    return record


def _identifier(kind: str, value: str) -> dict[str, str]:
    return {"@type": "Identifier", "identifier_type": kind, "identifier_value": value}


def _name(whole: str) -> dict[str, str]:
    cut = 2 if whole[:2] in _TWO_SIGNS and len(whole) > 2 else 1
    return {
        "@type": "Name",
        "surname": whole[:cut],
        "given_name": whole[cut:] or whole[:cut],
        "prefix": "",
        "suffix": "",
    }


def _place(row: Any, fields: Collection[str]) -> dict[str, Any]:
    told = _address(row, fields)
    return {
        "@type": "Place",
        "address": ", ".join(one for one in (told["street_address"], told["city"], "CHN") if one),
    }


def _address(row: Any, fields: Collection[str]) -> dict[str, str]:
    return {
        "@type": "Address",
        "street_address": f"{row.community} {row.address}".strip() if "address" in fields else "",
        "city": row.sub_district.name_zh,
        "postal_code": row.sub_district_id,
        "country": "CHN",
    }


def _moment(day: Any) -> str:
    return datetime.combine(day, time(), SHANGHAI).isoformat()
