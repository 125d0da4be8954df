"""Subscriptions: which events there are, and how they begin and end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Partner, Subscription
from jishiyu.partners.rules import criteria, reading, saying
from jishiyu.partners.rules.reading import ItemRefused, Refused

# The last part of an event's name, without signs, to the changes of the register that it means.
EVENTS: dict[str, frozenset[str]] = {
    "register": frozenset({"registered"}),
    "registration": frozenset({"registered"}),
    "newhouseholdmember": frozenset({"birth", "marriage", "adoption", "back", "coming"}),
    "livebirth": frozenset({"birth"}),
    "birth": frozenset({"birth"}),
    "death": frozenset({"death"}),
    "marriage": frozenset({"marriage", "married_out"}),
    "divorce": frozenset({"divorce"}),
    "update": frozenset({"registered", "birth", "marriage", "adoption", "back", "coming", "death", "divorce", "married_out",
                         "apart", "going", "head", "home", "hand_over", "ended"}),
}  # fmt: skip


def event_of(name: Any) -> str | None:
    """Our name of an event, or None."""
    words = "".join(sign for sign in str(name).rsplit(":", 1)[-1].lower() if sign.isalnum())
    return words if words in EVENTS else None


def subscribe(
    partner: Partner, message: Mapping[str, Any], *, callback: str, moment: datetime
) -> list[dict[str, Any]]:
    """Each request of a message answered on its own."""
    answers, taken = [], list[str]()
    for request in reading.requests_of(message, "subscribe_request"):
        reference = str(request.get("reference_id") or "")[: reading.LONGEST]
        try:
            reference = reading.reference_of(request, taken)
            taken.append(reference)
            reading.require_item(request)
            row = _begun(partner, request, callback, moment)
        except ItemRefused as why:
            answers.append(saying.item_refused(reference, why, moment.astimezone(SHANGHAI)))
            continue
        answers.append(
            {
                "reference_id": reference,
                "timestamp": moment.astimezone(SHANGHAI).isoformat(),
                "status": "succ",
                "subscriptions": [information(row, "subscribe")],
                "locale": request.get("locale") or "zho",
            }
        )
    return answers


def _begun(partner: Partner, request: Mapping[str, Any], callback: str, moment: datetime) -> Subscription:
    wanted = request.get("subscribe_criteria")
    if not isinstance(wanted, dict):
        raise ItemRefused(
            "rjct.notify_details.invalid", sentence("缺少subscribe_criteria", "subscribe_criteria is missing")
        )
    event = event_of(wanted.get("reg_event_type"))
    if event is None:
        raise ItemRefused(
            "rjct.notify_types.invalid",
            sentence(
                "不支持的事件；支持：{list}",
                "The event is not known; known are: {list}",
                list=", ".join(sorted(EVENTS)),
            ),
        )
    if not isinstance(wanted.get("notify_record_type"), str) or "filter" not in wanted:
        raise ItemRefused(
            "rjct.notify_details.invalid",
            sentence("须有filter和notify_record_type", "filter and notify_record_type are needed"),
        )
    try:
        criteria.tree_of(filter_type(wanted), wanted["filter"])
    except ItemRefused as wrong:
        raise ItemRefused("rjct.notify_details.invalid", wrong.words) from None
    if not callback:
        raise ItemRefused(
            "rjct.notify_details.invalid",
            sentence("没有可回调的地址（sender_uri）", "There is no address to notify (sender_uri)"),
        )
    try:
        return operations.subscribe(partner, event=event, criteria=wanted, callback=callback, moment=moment)
    except CannotBecause as already:
        raise ItemRefused("rjct.event.already_subscribed", already.reason) from None


def filter_type(wanted: Mapping[str, Any]) -> str:
    """How the filter is written: as said, else by its shape."""
    said = wanted.get("filter_type")
    if isinstance(said, str):
        return said
    found = wanted.get("filter")
    if isinstance(found, list):
        return "predicate"
    return (
        "idtype-value"
        if isinstance(found, dict) and not isinstance(found.get("value"), dict) and "value" in found
        else "expression"
    )


def information(row: Subscription, status: str) -> dict[str, Any]:
    """A subscription as its partner reads it."""
    wanted = row.criteria
    kept = ("reg_type", "frequency", "filter_type", "filter", "notify_record_type")
    return {
        "version": reading.VERSION,
        "code": row.id.hex,
        "status": status,
        "timestamp": row.since.astimezone(SHANGHAI).isoformat(),
        "reg_event_type": wanted.get("reg_event_type"),
        **{name: wanted[name] for name in kept if name in wanted},
    }


def require_codes(message: Mapping[str, Any]) -> list[str]:
    """The codes of a request to end subscriptions. Raises Refused."""
    found = message.get("subscription_codes")
    if not isinstance(found, list) or not 1 <= len(found) <= reading.MOST_REQUESTS:
        raise Refused(
            "err.request.bad",
            sentence(
                "message.subscription_codes须是非空列表",
                "message.subscription_codes has to be a list with codes",
            ),
        )
    return [str(one)[: reading.LONGEST] for one in found]


def unsubscribe(partner: Partner, message: Mapping[str, Any], *, moment: datetime) -> dict[str, Any]:
    """End the subscriptions that are named: all of them, or none when one is not the partner's."""
    told: dict[str, Any] = {"timestamp": moment.astimezone(SHANGHAI).isoformat()}
    rows = [queries.subscription(partner, code) for code in require_codes(message)]
    if any(row is None for row in rows):
        why = sentence("没有此订阅", "There is no such subscription")
        return told | _refused("rjct.subscription_code.invalid", saying.both(why))
    present = [row for row in rows if row is not None]
    if any(row.ended_at is not None for row in present):
        why = sentence("订阅已取消", "The subscription has ended already")
        return told | _refused("rjct.event.already_unsubscribed", saying.both(why))
    for row in present:
        operations.unsubscribe(row, moment=moment)
    return told | {
        "status": "succ",
        "subscription_status": [{"code": row.id.hex, "status": "unsubscribe"} for row in present],
    }


def _refused(code: str, words: str) -> dict[str, Any]:
    return {"status": "rjct", "status_reason_code": code, "status_reason_message": words}
