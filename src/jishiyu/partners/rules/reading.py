"""Messages of the Digital Convergence Initiative, version 1.0.0: header and body are read strictly, and what is wrong is named.

Source: the Initiative's interface descriptions of the Social Registry 1.0.0 and the Integrated Beneficiary Registry 1.0.0.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence

VERSION = "1.0.0"
LONGEST = 99
MOST_REQUESTS = 100
_LOCALE = re.compile(r"[a-z]{3}")


class Refused(Exception):
    """The message as a whole is refused: ``code`` is the Initiative's, ``status`` that of HTTP, ``reason_code`` the header's, if any."""

    def __init__(self, code: str, words: Sentence, *, status: int = 400, reason_code: str = "") -> None:
        super().__init__(f"{code}: {words.say('en')}")
        self.code = code
        self.words = words
        self.status = status
        self.reason_code = reason_code


class ItemRefused(Exception):
    """One request of a message is refused with a status reason code; the others go on."""

    def __init__(self, code: str, words: Sentence) -> None:
        super().__init__(f"{code}: {words.say('en')}")
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a message, as far as we use it."""

    message_id: str
    action: str
    sender_id: str
    sender_uri: str
    receiver_id: str
    total_count: int | None


def envelope(body: Any, *, action: str, callback: bool = False) -> tuple[Header, dict[str, Any]]:
    """Header and message of a body. ``callback`` messages need no sender and no count. Raises :class:`Refused`."""
    if not isinstance(body, dict):
        raise _bad("消息须是JSON对象", "The body has to be a JSON object")
    head, message = body.get("header"), body.get("message")
    if not isinstance(head, dict):
        raise _bad("缺少header", "The header is missing")
    if not isinstance(message, dict):
        raise _bad("缺少message", "The message is missing")
    _require_version(head)
    if head.get("is_msg_encrypted") is True or "ciphertext" in message:
        raise Refused(
            "err.encryption.invalid",
            sentence("不接收加密报文：传输已加密，内容请签名", "Encrypted messages are not taken; sign the content"),
        )  # fmt: skip
    read = _header(head, action, callback)
    return read, message


def _require_version(head: Mapping[str, Any]) -> None:
    version = head.get("version", VERSION)
    if not isinstance(version, str) or version.split(".")[0] != "1":
        raise Refused(
            "err.version.not_supported",
            sentence("只支持1.0.0版", "Only version 1.0.0 is supported"),
            reason_code="rjct.version.invalid",
        )


def _header(head: Mapping[str, Any], action: str, callback: bool) -> Header:
    message_id = _text(head, "message_id")
    require_timestamp(head.get("message_ts"), where="header.message_ts")
    said = _text(head, "action")
    if said != action:
        raise Refused(
            "err.request.bad",
            sentence("header.action应为“{a}”", "header.action has to be “{a}”", a=action),
            reason_code="rjct.action.invalid",
        )
    count = head.get("total_count")
    if not callback and (not isinstance(count, int) or isinstance(count, bool) or count < 0):
        raise _bad(
            "header.total_count须是整数",
            "header.total_count has to be a whole number",
            "rjct.total_count.invalid",
        )
    if callback and head.get("status") not in (None, "rcvd", "pdng", "succ", "rjct"):
        raise _bad("header.status无法识别", "header.status is none of rcvd, pdng, succ, rjct")
    sender = _text(head, "sender_id", needed=not callback)
    return Header(
        message_id=message_id,
        action=said,
        sender_id=sender,
        sender_uri=_text(head, "sender_uri", needed=False, longest=400),
        receiver_id=_text(head, "receiver_id", needed=False),
        total_count=count if isinstance(count, int) else None,
    )


def require_count(header: Header, requests: int) -> None:
    """Refuse a message whose header counts its requests differently, or that holds too many."""
    if header.total_count is not None and header.total_count != requests:
        raise _bad(
            "header.total_count与请求数不符",
            "header.total_count is not the number of requests",
            "rjct.total_count.invalid",
        )
    if requests > MOST_REQUESTS:
        raise _bad(
            f"一次最多{MOST_REQUESTS}个请求",
            f"At most {MOST_REQUESTS} requests at once",
            "rjct.total_count.limit_exceeded",
        )


def transaction_of(message: Mapping[str, Any]) -> str:
    """The transaction's id: the sender's, at most 99 characters."""
    return _text(message, "transaction_id", where="message")


def requests_of(message: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The list of requests under a name; never empty."""
    found = message.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise _bad(
            f"message.{name}须是非空列表", f"message.{name} has to be a list with at least one request"
        )
    return found


def reference_of(request: Mapping[str, Any], taken: Sequence[str]) -> str:
    """The reference of one request, unique in its message. Raises :class:`ItemRefused`."""
    found = request.get("reference_id")
    if not isinstance(found, str) or not found.strip() or len(found) > LONGEST:
        raise ItemRefused(
            "rjct.reference_id.invalid",
            sentence("reference_id须是1至99个字符", "reference_id has to have 1 to 99 characters"),
        )
    if found in taken:
        raise ItemRefused(
            "rjct.reference_id.duplicate",
            sentence("reference_id在本消息中重复", "This reference_id is in the message twice"),
        )
    return found


def require_item(request: Mapping[str, Any]) -> None:
    """Timestamp and locale of one request. Raises :class:`ItemRefused`."""
    try:
        require_timestamp(request.get("timestamp"), where="timestamp")
    except Refused as wrong:
        raise ItemRefused("rjct.timestamp.invalid", wrong.words) from None
    locale = request.get("locale")
    if locale is not None and (not isinstance(locale, str) or not _LOCALE.fullmatch(locale)):
        raise ItemRefused(
            "rjct.search_criteria.invalid",
            sentence(
                "locale须是三个小写字母（ISO 639-3）", "locale has to be three lower-case letters (ISO 639-3)"
            ),
        )


def require_timestamp(found: Any, *, where: str) -> datetime:
    """An ISO 8601 moment with its offset. Raises :class:`Refused`."""
    moment = None
    if isinstance(found, str) and len(found) <= 40 and "T" in found.upper():
        try:
            moment = datetime.fromisoformat(found.strip())
        except ValueError:
            moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(
            "err.request.bad",
            sentence(
                "{w}须是带时区的ISO 8601时间，如2026-11-24T12:00:00+08:00",
                "{w} has to be an ISO 8601 time with offset, as 2026-11-24T12:00:00+08:00",
                w=where,
            ),
            reason_code="rjct.message_ts.invalid",
        )
    return moment


def _text(
    part: Mapping[str, Any], name: str, *, needed: bool = True, longest: int = LONGEST, where: str = "header"
) -> str:
    found = part.get(name)
    if found is None and not needed:
        return ""
    if not isinstance(found, str) or (needed and not found) or len(found) > longest or "\x00" in found:
        raise _bad(
            f"{where}.{name}须是1至{longest}个字符的文字",
            f"{where}.{name} has to be a text of 1 to {longest} characters",
        )
    return found


def _bad(zh: str, en: str, reason_code: str = "") -> Refused:
    return Refused("err.request.bad", sentence(zh, en), reason_code=reason_code)
