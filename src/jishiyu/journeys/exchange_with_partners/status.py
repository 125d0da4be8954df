"""How far earlier requests are, by transaction, by references, or by the acknowledged correlation id."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.partners import queries
from jishiyu.partners.queries import Message, Partner
from jishiyu.partners.rules import reading, saying
from jishiyu.partners.rules.reading import Refused

_ACTIONS = {
    "search": ("search",),
    "subscribe": ("subscribe", "unsubscribe"),
    "receipt": ("enrollment-updates",),
}


def require_request(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The status request of a message. Raises Refused."""
    asked = message.get("txnstatus_request")
    if not isinstance(asked, dict):
        raise _bad("缺少txnstatus_request", "txnstatus_request is missing")
    reference = asked.get("reference_id")
    if not isinstance(reference, str) or not 1 <= len(reference) <= reading.LONGEST:
        raise _bad("reference_id须是1至99个字符", "reference_id has to have 1 to 99 characters")
    if asked.get("txn_type") not in _ACTIONS:
        raise _bad("txn_type须是search、subscribe或receipt", "txn_type is search, subscribe or receipt")
    kind, value = asked.get("attribute_type"), asked.get("attribute_value")
    if kind not in ("transaction_id", "reference_id_list", "correlation_id"):
        raise _bad(
            "attribute_type须是transaction_id、reference_id_list或correlation_id",
            "attribute_type is transaction_id, reference_id_list or correlation_id",
        )
    values = value if isinstance(value, list) else [value]
    if not 1 <= len(values) <= reading.MOST_REQUESTS or not all(
        isinstance(one, str) and 1 <= len(one) <= reading.LONGEST for one in values
    ):
        raise _bad("attribute_value有误", "attribute_value does not fit attribute_type")
    if kind != "reference_id_list" and isinstance(value, list):
        raise _bad("attribute_value有误", "attribute_value does not fit attribute_type")
    return asked


def status_of(partner: Partner, message: Mapping[str, Any], *, moment: datetime) -> dict[str, Any]:
    """The status of what was asked after, as that request would be answered; one that is not known is refused in its place."""
    asked = require_request(message)
    kind, value = asked["attribute_type"], asked["attribute_value"]
    found = queries.messages_about(
        partner,
        actions=_ACTIONS[asked["txn_type"]],
        transaction=value if kind == "transaction_id" else "",
        correlation=value if kind == "correlation_id" else "",
        references=value
        if kind == "reference_id_list" and isinstance(value, list)
        else [value]
        if kind == "reference_id_list"
        else (),
    )
    wanted = set(value if isinstance(value, list) else [value]) if kind == "reference_id_list" else set()
    return {"txn_type": asked["txn_type"], "txn_status": _told(asked, found, wanted, moment)}


def _told(
    asked: Mapping[str, Any], found: list[Message], wanted: set[str], moment: datetime
) -> dict[str, Any]:
    name = f"{'search' if asked['txn_type'] == 'search' else 'subscribe' if asked['txn_type'] == 'subscribe' else 'enrolled'}_response"
    now = moment.astimezone(SHANGHAI).isoformat()
    if not found:
        why = sentence("没有这一请求", "There is no such request of yours")
        nothing = {
            "reference_id": asked["reference_id"],
            "timestamp": now,
            "status": "rjct",
            "status_reason_code": "rjct.reference_id.invalid",
            "status_reason_message": saying.both(why),
        }
        return {
            "transaction_id": str(asked["attribute_value"])[: reading.LONGEST] or "-",
            "correlation_id": "-",
            name: [nothing],
        }
    newest = found[0]
    answers: list[dict[str, Any]] = []
    for row in found:
        body = (row.answered or {}).get("message", {})
        answers += body.get(name) or [
            {
                "reference_id": one,
                "timestamp": now,
                "status": row.state if not body else body.get("status", row.state),
            }
            for one in row.reference_ids or [asked["reference_id"]]
        ]
    if wanted:
        answers = [one for one in answers if one.get("reference_id") in wanted]
    return {"transaction_id": newest.transaction_id, "correlation_id": newest.id.hex, name: answers}


def _bad(zh: str, en: str) -> Refused:
    return Refused("err.request.bad", sentence(zh, en))
