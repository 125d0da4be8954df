"""How answers are said: acknowledgement, callback header, responses, refusals. Every moment carries its offset."""

from datetime import datetime
from typing import Any

from jishiyu.foundations.outcomes import Sentence
from jishiyu.partners.rules.reading import VERSION, ItemRefused, Refused

US = "jishiyu"


def acknowledgement(correlation_id: str, moment: datetime) -> dict[str, Any]:
    """The request is valid and its answer will be sent to the callback."""
    return {
        "message": {"ack_status": "ACK", "timestamp": moment.isoformat(), "correlation_id": correlation_id}
    }


def refusal(why: Refused, correlation_id: str, moment: datetime) -> dict[str, Any]:
    """The request is refused as a whole: as an acknowledgement with its error, and as the transport's error list."""
    words = both(why.words)
    told: dict[str, Any] = {
        "message": {
            "ack_status": "ERR",
            "timestamp": moment.isoformat(),
            "correlation_id": correlation_id,
            "error": {"code": why.code, "message": words},
        },
        "errors": [{"code": why.reason_code or why.code, "message": words}],
    }
    if why.reason_code:
        told["header"] = {
            "status": "rjct",
            "status_reason_code": why.reason_code,
            "status_reason_message": words,
        }
    return told


def callback_header(
    action: str,
    *,
    message_id: str,
    moment: datetime,
    receiver: str,
    total: int,
    done: int,
    rejected: bool = False,
) -> dict[str, Any]:
    """The header of an answer. ``done`` counts the requests that were dealt with, refused ones too."""
    return {
        "version": VERSION,
        "message_id": message_id,
        "message_ts": moment.isoformat(),
        "action": action,
        "status": "rjct" if rejected else "succ",
        "total_count": total,
        "completed_count": done,
        "sender_id": US,
        "receiver_id": receiver,
        "is_msg_encrypted": False,
        "meta": {},
    }


def request_header(
    action: str, *, message_id: str, moment: datetime, receiver: str, total: int, sender_uri: str = ""
) -> dict[str, Any]:
    """The header of a request that we send."""
    told = callback_header(
        action, message_id=message_id, moment=moment, receiver=receiver, total=total, done=0
    )
    for name in ("status", "completed_count"):
        told.pop(name)
    return told | ({"sender_uri": sender_uri} if sender_uri else {})


def item_refused(reference: str, why: ItemRefused, moment: datetime) -> dict[str, Any]:
    """One request of a message that was refused."""
    return {
        "reference_id": reference,
        "timestamp": moment.isoformat(),
        "status": "rjct",
        "status_reason_code": why.code,
        "status_reason_message": both(why.words),
    }


def both(words: Sentence) -> str:
    """Both languages in one line, at most 999 characters."""
    return f"{words.say('zh')} / {words.say('en')}"[:999]
