"""Answers and notifications on their way: sent to the agreed address, tried again, and noted whether they arrived."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.posting import NoAnswer, post_json
from jishiyu.journeys.exchange_with_partners import records
from jishiyu.journeys.exchange_with_partners.answering import ANSWERS, answer
from jishiyu.journeys.exchange_with_partners.asking import token_at
from jishiyu.journeys.exchange_with_partners.matching import matching
from jishiyu.journeys.exchange_with_partners.subscribing import EVENTS
from jishiyu.journeys.exchange_with_partners.waiting import ask_for_answer
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Message, Partner, Subscription
from jishiyu.partners.rules import callbacks, reading, saying, signatures
from jishiyu.registry.queries import households
from jishiyu.registry.queries.happened import Happening, happenings

Clock = Callable[[], datetime]
# A transaction commits some time after the moment that it writes down: only what is older than this is looked at, so that nothing
# that commits late is passed over. No request lives as long.
SETTLES = timedelta(seconds=60)


def tell(message_id: UUID, *, clock: Clock) -> bool:
    """Answer a kept message, then send the answer to its callback. True when there is nothing left to do; False: try again."""
    with acting(SYSTEM, moment=clock(), source="worker"):
        row = queries.message(message_id)
        partner = row.partner
        if row.told_at is not None or not partner.is_active:
            return True
    with acting(queries.partner_post(partner), moment=clock(), source="worker"):
        row = queries.message(message_id)
        told = answer(row, actor=queries.partner_post(partner), moment=clock())
    return _sent(row, ANSWERS.get(row.action, row.action), told, clock)


def notify_subscribers(*, clock: Clock) -> int:
    """Look at what happened since the last look and tell each subscriber what it asked for; returns how many messages wait to go."""
    with acting(SYSTEM, moment=clock(), source="worker"):
        rows = queries.open_subscriptions()
    made = 0
    for row in rows:
        moment = clock()
        post = queries.partner_post(row.partner)
        with acting(post, moment=moment, source="worker"):
            made += _notifications(row, moment)
    return made


def _notifications(row: Subscription, moment: datetime) -> int:
    post, until = queries.partner_post(row.partner), moment - SETTLES
    if until <= row.told_until:
        return 0
    found = happenings(post, after=row.told_until, until=until)
    news = [one for one in found if one.kind in EVENTS[row.event]]
    told = matching(row.criteria, news, post)
    if told:
        _keep(row, told, moment)
    operations.note_told(row, until)
    return int(bool(told))


def _keep(row: Subscription, news: list[Happening], moment: datetime) -> Message:
    post, fields = queries.partner_post(row.partner), row.partner.fields
    kind = str(row.criteria.get("notify_record_type") or "Group")
    ids = list(dict.fromkeys(one.household_id for one in news))
    found = records.groups(list(households(post).filter(pk__in=ids)), fields, post)
    by_id = {one["@id"].rsplit(":", 1)[-1]: one for one in found}
    events = [
        {
            "reference_id": uuid4().hex,
            "timestamp": moment.astimezone(SHANGHAI).isoformat(),
            "data": {
                "version": reading.VERSION,
                "reg_type": row.criteria.get("reg_type") or "ns:org:RegistryType:Social",
                "reg_event_type": row.criteria.get("reg_event_type"),
                "reg_record_type": kind,
                "reg_records": by_id[str(one.household_id)],
                "event_kind": one.kind,
                "event_day": one.day.isoformat(),
                "subscription_code": row.id.hex,
            },
            "locale": "zho",
        }
        for one in news
        if str(one.household_id) in by_id
    ]
    transaction = uuid4().hex
    body = {"transaction_id": transaction, "notify_event": events}
    head = saying.callback_header(
        "notify", message_id=uuid4().hex, moment=moment.astimezone(SHANGHAI), receiver=row.partner.client_id,
        total=len(events), done=len(events),
    )  # fmt: skip
    whole = {"signature": signatures.sign(head, body, queries.our_key()), "header": head, "message": body}
    kept = operations.keep_message(
        row.partner, action="notify", message_id=head["message_id"], asked={"subscription": row.id.hex},
        moment=moment, transaction_id=transaction, reference_ids=[str(one["reference_id"]) for one in events],
        callback=row.callback, outgoing=True, answered=whole, state="succ",
    )  # fmt: skip
    operations.journal_search(kept, ids, purpose=row.partner.purpose or "subscription")
    ask_for_answer(kept.id)
    return kept


def _sent(row: Message, action: str, told: Mapping[str, Any], clock: Clock) -> bool:
    partner = row.partner
    if not row.callback:
        with acting(SYSTEM, moment=clock(), source="worker"):
            operations.note_delivery(row, moment=clock())
        return True
    trouble = _deliver(partner, row.callback, action, told)
    with acting(SYSTEM, moment=clock(), source="worker"):
        operations.note_delivery(queries.message(row.id), moment=clock(), trouble=trouble)
    return not trouble


def _deliver(partner: Partner, callback: str, action: str, told: Mapping[str, Any]) -> str:
    """The trouble in words; empty when it arrived. The address is held against what was agreed once more, just before."""
    if not callbacks.allowed(callback, partner.callbacks):
        return "the callback is not agreed any more"
    try:
        reply = post_json(callbacks.address_for(callback, action), told, headers=_bearer(partner))
    except NoAnswer as trouble:
        return f"no answer: {trouble}"
    return "" if reply.went_well else f"answered {reply.status}"


def _bearer(partner: Partner) -> dict[str, str]:
    """Our token at the partner, when it gave us a log-in of its own."""
    return token_at(partner) if partner.our_client_id and partner.address else {}
