"""What we ask of a partner: a token, a search, a subscription; and what it sends back when it has the answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.posting import NoAnswer, Reply, post_json, send
from jishiyu.offices.rules import Post, require
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Message, Partner
from jishiyu.partners.rules import saying, signatures

# What a partner may send back, and the request of ours that it belongs to.
CALLBACKS = {
    "on-search": "search",
    "on-subscribe": "subscribe",
    "on-unsubscribe": "unsubscribe",
    "txn-on-status": "txn-status",
    "notify": "",
}


def token_at(partner: Partner) -> dict[str, str]:
    """The header that carries our token at a partner; empty when it gives us none."""
    form = urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": partner.our_client_id,
            "client_secret": partner.our_secret,
        }
    ).encode()
    try:
        reply = send(
            "POST",
            f"{partner.address}/oauth2/client/token",
            form,
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
    except NoAnswer:
        return {}
    token = reply.body.get("access_token") if reply.went_well and isinstance(reply.body, dict) else None
    return {"Authorization": f"Bearer {token}"} if token else {}


def search_request(
    query_type: str, query: Any, *, moment: datetime, purpose: str, entity: str = "Group"
) -> dict[str, Any]:
    """The body of one search."""
    return {
        "transaction_id": uuid4().hex,
        "search_request": [
            {
                "reference_id": uuid4().hex,
                "timestamp": moment.astimezone(SHANGHAI).isoformat(),
                "search_criteria": {
                    "version": "1.0.0",
                    "reg_type": "ns:org:RegistryType:Social",
                    "query_type": query_type,
                    "response_entity": entity,
                    "query": query,
                    "pagination": {"page_size": 100, "page_number": 1},
                    "authorize": {"purpose": purpose},
                },
                "locale": "zho",
            }
        ],
    }


def subscribe_request(
    event: str, wanted: Mapping[str, Any], *, moment: datetime, record_type: str = "Group"
) -> dict[str, Any]:
    """The body of one subscription; ``wanted`` is the filter as an expression."""
    return {
        "transaction_id": uuid4().hex,
        "subscribe_request": [
            {
                "reference_id": uuid4().hex,
                "timestamp": moment.astimezone(SHANGHAI).isoformat(),
                "subscribe_criteria": {
                    "version": "1.0.0",
                    "reg_event_type": event,
                    "filter_type": "expression",
                    "filter": dict(wanted),
                    "notify_record_type": record_type,
                },
                "locale": "zho",
            }
        ],
    }


def ask(
    partner: Partner, action: str, body: Mapping[str, Any], *, sender_uri: str, purpose: str, actor: Post, moment: datetime,
) -> Message:  # fmt: skip
    """Send a request to a partner and keep it with what was acknowledged. Its answer comes later to ``sender_uri``."""
    require(actor, "partners.ask")
    if not partner.address:
        raise CannotBecause(
            "partners.no_address", sentence("该系统没有登记地址", "This partner has no address to ask at")
        )
    requests = next(
        (value for key, value in body.items() if key.endswith("_request") and isinstance(value, list)), [1]
    )
    head = saying.request_header(
        action, message_id=uuid4().hex, moment=moment.astimezone(SHANGHAI), receiver=partner.client_id,
        total=len(requests), sender_uri=sender_uri,
    )  # fmt: skip
    whole = {
        "signature": signatures.sign(head, body, queries.our_key()),
        "header": head,
        "message": dict(body),
    }
    row = operations.keep_message(
        partner, action=action, message_id=head["message_id"], asked=whole, moment=moment,
        transaction_id=str(body.get("transaction_id") or ""), reference_ids=_references(requests), purpose=purpose,
        outgoing=True,
    )  # fmt: skip
    try:
        reply = post_json(f"{partner.address}/registry/{_path(action)}", whole, headers=token_at(partner))
    except NoAnswer as trouble:
        operations.note_acknowledged(row, "", state="rcvd", trouble=f"no answer: {trouble}")
        return row
    _note(row, reply)
    return row


def _note(row: Message, reply: Reply) -> None:
    told = reply.body.get("message", {}) if isinstance(reply.body, dict) else {}
    correlation = str(told.get("correlation_id") or "")
    if reply.went_well and told.get("ack_status") == "ACK":
        operations.note_acknowledged(row, correlation, state="pdng")
        return
    error: Any = told.get("error") if isinstance(told.get("error"), dict) else {}
    operations.note_acknowledged(
        row, correlation, state="rjct", trouble=f"{reply.status} {error.get('code', '')}"
    )


def take_callback(
    partner: Partner, action: str, body: Mapping[str, Any], *, message_id: str, moment: datetime
) -> Message:
    """Keep what a partner sends back. An answer to nothing that we asked is refused; the same answer twice changes nothing."""
    message = body.get("message") or {}
    correlation, transaction = (
        str(message.get("correlation_id") or ""),
        str(message.get("transaction_id") or ""),
    )
    asked = CALLBACKS[action]
    if asked:
        request = queries.our_request(partner, correlation=correlation, transaction=transaction)
        if request is None or request.action != asked:
            raise CannotBecause(
                "partners.not_asked", sentence("没有对应的请求", "Nothing was asked that this would answer")
            )
        if request.answered is None:
            operations.keep_answer(request, dict(body), state=_state(body), moment=moment)
    return operations.keep_message(
        partner, action=action, message_id=message_id, asked=dict(body), moment=moment, transaction_id=transaction[:99],
        reference_ids=_references(message.get("notify_event") or []), state="succ",
    )  # fmt: skip


def _state(body: Mapping[str, Any]) -> str:
    said = (body.get("header") or {}).get("status")
    return said if said in ("succ", "rjct", "pdng", "rcvd") else "succ"


def _references(requests: Sequence[Any]) -> list[str]:
    return [str(one.get("reference_id") or "")[:99] for one in requests if isinstance(one, Mapping)]


def _path(action: str) -> str:
    return "txn/status" if action == "txn-status" else action
