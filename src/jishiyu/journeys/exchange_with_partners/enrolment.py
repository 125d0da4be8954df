"""Whether a person gets something already (against double aid), and what partners report of their own beneficiaries."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases.queries import held_items
from jishiyu.foundations.clock import SHANGHAI, day_of
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.foundations.outcomes import sentence
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Message
from jishiyu.partners.rules import criteria, reading, saying
from jishiyu.partners.rules.criteria import Is, Not, Tree
from jishiyu.partners.rules.reading import ItemRefused, Refused
from jishiyu.registry.queries.homes import homes_of


def require_criteria(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The criteria of a request. Raises Refused."""
    found = message.get("enrolled_criteria")
    if not isinstance(found, dict):
        raise Refused("err.request.bad", sentence("缺少enrolled_criteria", "enrolled_criteria is missing"))
    return found


def enrolled(message: Mapping[str, Any], *, moment: datetime) -> tuple[list[dict[str, Any]], list[UUID]]:
    """``yes`` or ``no`` for the person asked after (in any programme, or in the one named), and the household looked at."""
    asked = require_criteria(message)
    reference = str(
        message.get("reference_id") or asked.get("reference_id") or reading.transaction_of(message)
    )
    now = moment.astimezone(SHANGHAI)
    try:
        number, programme = _who(criteria.tree_of(_query_type(asked), asked.get("query")))
    except ItemRefused as why:
        return [{**saying.item_refused(reference, why, now), "enrolled_status": "no"}], []
    home = homes_of([number]).get(number)
    items = held_items(home.household_id, day_of(moment)) if home else frozenset()
    here = any(programme in ("", item, item[:2]) for item in items)
    there = any(
        programme in ("", one.programme) and one.status != "ended"
        for one in queries.reported_enrolments(number)
    )
    told = {
        "reference_id": reference,
        "timestamp": now.isoformat(),
        "status": "succ",
        "enrolled_status": "yes" if here or there else "no",
    }
    return [told], [home.household_id] if home else []


def _query_type(asked: Mapping[str, Any]) -> str:
    said = asked.get("query_type")
    if said in ("idtype-value", "predicate"):
        return str(said)
    query = asked.get("query")
    return (
        "idtype-value"
        if isinstance(query, dict)
        and {"type", "value"} <= query.keys()
        and not isinstance(query["value"], dict)
        else "expression"
    )


def _who(tree: Tree) -> tuple[str, str]:
    number = programme = ""
    for one in _leaves(tree):
        if one.operator != "eq":
            raise _wrong("只能用eq", "Only eq can be asked")
        if one.attribute == "id_number":
            try:
                number = read_id_number(str(one.value)).text
            except BadIdNumber:
                raise ItemRefused(
                    "rjct.search_criteria.invalid",
                    sentence("身份证号有误", "This is no identity number"),
                ) from None
        elif one.attribute == "programme":
            programme = str(one.value)
        else:
            raise _wrong(
                "只能按身份证号和项目查询", "Only the identity number and the programme can be asked"
            )
    if not number:
        raise _wrong("缺少身份证号", "The identity number is missing")
    return number, programme


def _leaves(tree: Tree) -> Iterator[Is]:
    if isinstance(tree, Is):
        yield tree
    elif isinstance(tree, Not):
        raise _wrong("只能用eq", "Only eq can be asked")
    else:
        for part in tree.parts:
            yield from _leaves(part)


def _wrong(zh: str, en: str) -> ItemRefused:
    return ItemRefused("rjct.search_criteria.invalid", sentence(zh, en))


def beneficiaries(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The beneficiaries of a report. Raises Refused."""
    part = message.get("enrolled_updates")
    found = part.get("beneficiaries") if isinstance(part, dict) else None
    if (
        not isinstance(found, list)
        or not 1 <= len(found) <= 1000
        or not all(isinstance(one, dict) for one in found)
    ):
        raise Refused(
            "err.request.bad",
            sentence(
                "enrolled_updates.beneficiaries须是1至1000人的列表",
                "enrolled_updates.beneficiaries is a list of 1 to 1000",
            ),
        )
    return found


def take_updates(row: Message, message: Mapping[str, Any], *, moment: datetime) -> list[dict[str, Any]]:
    """Keep each beneficiary that can be identified; every line is accounted for."""
    answers, now = [], moment.astimezone(SHANGHAI)
    for place, one in enumerate(beneficiaries(message), 1):
        reference = str(one.get("reference_id") or place)[: reading.LONGEST]
        number = next(_numbers(one), "")
        if not number:
            why = ItemRefused(
                "rjct.person_id.invalid", sentence("没有可识别的身份证号", "No identity number can be read")
            )
            answers.append(saying.item_refused(reference, why, now))
            continue
        operations.keep_enrolment(
            row,
            id_number=number,
            programme=_programme(one),
            status=str(one.get("status") or ""),
            told=one,
            moment=moment,
        )
        answers.append({"reference_id": reference, "timestamp": now.isoformat(), "status": "succ"})
    return answers


def _numbers(part: Any, depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(part, dict):
        for value in part.values():
            yield from _numbers(value, depth + 1)
    elif isinstance(part, list):
        for value in part[:50]:
            yield from _numbers(value, depth + 1)
    elif isinstance(part, str) and len(part) in (15, 18):
        try:
            yield read_id_number(part).text
        except BadIdNumber:
            return


def _programme(one: Mapping[str, Any]) -> str:
    for name in ("programme_identifier", "program_identifier", "programme", "program"):
        value = one.get(name)
        while isinstance(value, list | dict) and value:
            value = (
                value[0]
                if isinstance(value, list)
                else value.get("identifier_value") or value.get("programme_identifier")
            )
        if isinstance(value, str):
            return value
    return ""
