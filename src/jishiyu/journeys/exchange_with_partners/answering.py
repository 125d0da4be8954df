"""A partner's request answered: each of its requests on its own, so that one that is refused does not stop the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.journeys.exchange_with_partners import enrolment, records, status, subscribing
from jishiyu.journeys.exchange_with_partners.condition import condition_of
from jishiyu.offices.rules import Post
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Message, Partner
from jishiyu.partners.rules import criteria, reading, saying, signatures
from jishiyu.partners.rules.criteria import Search
from jishiyu.partners.rules.reading import ItemRefused
from jishiyu.registry.queries import asked

# What each request is answered by: the action of the answer's header.
ANSWERS = {
    "search": "on-search",
    "subscribe": "on-subscribe",
    "unsubscribe": "on-unsubscribe",
    "txn-status": "txn-on-status",
    "enrolled": "on-search",
    "enrollment-updates": "notify",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, in which message, when."""

    partner: Partner
    actor: Post
    message: Message
    moment: datetime


def answer(message: Message, *, actor: Post, moment: datetime) -> dict[str, Any]:
    """The whole answer to a kept message: signature, header and body; kept with the message. Answered once only."""
    if message.answered is not None:
        done: dict[str, Any] = message.answered
        return done
    about = _Asked(message.partner, actor, message, moment)
    body, total, refused = _BODIES[message.action](about, message.asked["message"])
    head = saying.callback_header(
        ANSWERS[message.action],
        message_id=uuid4().hex,
        moment=moment.astimezone(SHANGHAI),
        receiver=message.asked.get("header", {}).get("sender_id") or message.partner.client_id,
        total=total,
        done=total,
        rejected=bool(total) and refused == total,
    )
    told = {"signature": signatures.sign(head, body, queries.our_key()), "header": head, "message": body}
    operations.keep_answer(message, told, state="rjct" if head["status"] == "rjct" else "succ", moment=moment)
    return told


def _search(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    answers, taken = [], list[str]()
    for request in reading.requests_of(message, "search_request"):
        answers.append(_one_search(about, request, taken))
    body = _body(about, message, search_response=answers)
    return body, len(answers), sum(one["status"] == "rjct" for one in answers)


def _one_search(about: _Asked, request: Mapping[str, Any], taken: list[str]) -> dict[str, Any]:
    reference = str(request.get("reference_id") or "")[: reading.LONGEST]
    moment = about.moment.astimezone(SHANGHAI)
    try:
        reference = reading.reference_of(request, taken)
        taken.append(reference)
        reading.require_item(request)
        search = criteria.search_of(request)
        purpose = search.purpose or about.partner.purpose
        if not purpose:
            raise ItemRefused(
                "rjct.search_criteria.invalid",
                sentence(
                    "须写明查询目的（authorize.purpose或consent）",
                    "Say what it is for (authorize.purpose or consent)",
                ),
            )
        found, total = _found(about, search, purpose)
    except ItemRefused as why:
        return saying.item_refused(reference, why, moment)
    return {
        "reference_id": reference,
        "timestamp": moment.isoformat(),
        "status": "succ",
        "data": {
            "version": reading.VERSION,
            "reg_type": "ns:org:RegistryType:Social",
            "reg_record_type": search.record_type,
            "reg_records": found,
        },
        "pagination": {"page_size": search.size, "page_number": search.page, "total_count": total},
        "locale": request.get("locale") or "zho",
    }


def _found(about: _Asked, search: Search, purpose: str) -> tuple[list[dict[str, Any]], int]:
    condition = condition_of(search.tree, search.entity, about.actor)
    try:
        keys = [("-" if down else "") + asked.order_of(name, search.entity) for name, down in search.sort]
    except asked.BadValue as wrong:
        raise ItemRefused(
            "rjct.sort.invalid", sentence("排序有误：{w}", "The sorting is wrong: {w}", w=str(wrong))
        ) from None
    start = (search.page - 1) * search.size
    if search.entity == "Group":
        rows = asked.households_where(condition, about.actor).order_by(*keys, "number")
        page = list(rows[start : start + search.size])
        told = records.groups(page, about.partner.fields, about.actor)
        seen = [row.id for row in page]
    else:
        people = asked.persons_where(condition, about.actor).order_by(*keys, "pk")
        told, seen = records.persons(
            list(people[start : start + search.size]), about.partner.fields, about.actor
        )
        rows = people  # type: ignore[assignment]
    total = start + len(told) if 0 < len(told) < search.size else rows.count()
    operations.journal_search(about.message, seen, purpose=purpose)
    return told, total


def _body(about: _Asked, message: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    return {
        "transaction_id": reading.transaction_of(message),
        "correlation_id": about.message.id.hex,
        **parts,
    }


def _subscribe(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    answers = subscribing.subscribe(
        about.partner, message, callback=about.message.callback, moment=about.moment
    )
    body = _body(about, message, subscribe_response=answers)
    return body, len(answers), sum(one["status"] == "rjct" for one in answers)


def _unsubscribe(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    told = subscribing.unsubscribe(about.partner, message, moment=about.moment)
    return _body(about, message, **told), 1, int(told["status"] == "rjct")


def _status(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    told = status.status_of(about.partner, message, moment=about.moment)
    return _body(about, message, txnstatus_response=told), 1, 0


def _enrolled(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    answers, seen = enrolment.enrolled(message, moment=about.moment)
    operations.journal_search(
        about.message,
        seen,
        purpose=criteria.purpose_of(message.get("enrolled_criteria") or {}) or about.partner.purpose,
    )
    refused = sum(one["status"] == "rjct" for one in answers)
    return _body(about, message, enrolled_response=answers), len(answers), refused


def _updates(about: _Asked, message: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    answers = enrolment.take_updates(about.message, message, moment=about.moment)
    refused = sum(one["status"] == "rjct" for one in answers)
    return _body(about, message, enrolled_response=answers), len(answers), refused


_BODIES: dict[str, Callable[[_Asked, Mapping[str, Any]], tuple[dict[str, Any], int, int]]] = {
    "search": _search,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "txn-status": _status,
    "enrolled": _enrolled,
    "enrollment-updates": _updates,
}


def checked(action: str, message: Mapping[str, Any], header: reading.Header) -> tuple[str, list[str]]:
    """The transaction and the references of a message; what is wrong with it as a whole is refused before anything is kept."""
    transaction = reading.transaction_of(message)
    if action in ("search", "subscribe"):
        requests = reading.requests_of(message, f"{action}_request")
        reading.require_count(header, len(requests))
        return transaction, [str(one.get("reference_id") or "")[: reading.LONGEST] for one in requests]
    if action == "unsubscribe":
        subscribing.require_codes(message)
    elif action == "txn-status":
        status.require_request(message)
        return transaction, [str(message["txnstatus_request"].get("reference_id"))[: reading.LONGEST]]
    elif action == "enrolled":
        enrolment.require_criteria(message)
    elif action == "enrollment-updates":
        enrolment.beneficiaries(message)
    return transaction, []


def seen_households(told: Mapping[str, Any]) -> list[UUID]:
    """The households that an answer tells of (for tests and pages)."""
    found = []
    for one in told.get("message", {}).get("search_response", ()):
        for record in one.get("data", {}).get("reg_records", ()):
            if record.get("@type") == "spdci:Group":
                found.append(UUID(record["@id"].rsplit(":", 1)[-1]))
    return found
