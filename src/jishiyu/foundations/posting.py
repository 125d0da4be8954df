"""Sending JSON to another computer: one request, no redirects, bounded in time and size. Where to is the caller's to know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

SECONDS = 10
LARGEST = 5 * 1024 * 1024


class NoAnswer(Exception):
    """The other side could not be reached, or answered nothing that can be read. The message names no address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status, and the JSON body (None when it is none)."""

    status: int
    body: Any

    @property
    def went_well(self) -> bool:
        """Whether the other side took it."""
        return 200 <= self.status < 300


def post_json(address: str, body: Any, *, headers: Mapping[str, str] | None = None) -> Reply:
    """POST a JSON body. Raises :class:`NoAnswer`."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return send("POST", address, content, {"Content-Type": "application/json", **(headers or {})})


def send(method: str, address: str, content: bytes | None, headers: Mapping[str, str]) -> Reply:
    """One request; a redirect is an answer like any other and is not followed. Raises :class:`NoAnswer`."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    path = parts.path or "/"
    try:
        connection.request(
            method, f"{path}?{parts.query}" if parts.query else path, content,
            {"Accept": "application/json", "User-Agent": "jishiyu", **headers},
        )  # fmt: skip
        answer = connection.getresponse()
        read = answer.read(LARGEST + 1)
        status = answer.status
    except (OSError, HTTPException, ValueError) as trouble:
        raise NoAnswer(type(trouble).__name__) from None
    finally:
        connection.close()
    if len(read) > LARGEST:
        raise NoAnswer("the answer is too large")
    try:
        return Reply(status, json.loads(read) if read else None)
    except ValueError:
        return Reply(status, None)
