"""A partner's computer for the tests: it signs its messages, and listens on loopback for what is sent back."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners.operations import Terms, agree_with_partner
from jishiyu.partners.rules import signatures
from tests.conftest import NOON

AT = "/dci/social"
KEY = signatures.signing_key(b"a partner of the tests")
SECRET = "only-for-tests-partner"
NOW = "2026-11-24T12:00:00+08:00"


def a_partner(client_id: str = "renshe", **terms: Any) -> str:
    """Agree with a partner that sees the whole district and need not sign; returns its client id."""
    given: dict[str, Any] = {
        "reach": "district",
        "fields": ("identity", "address", "score", "disability"),
        "signatures": "checked",
        "keys": [signatures.public_jwk(KEY)],
        "callbacks": ("http://127.0.0.1:*",),
        "purpose": "核对重复享受",
        "each_minute": 10_000,
    } | terms
    with acting(SYSTEM, moment=NOON):
        agree_with_partner(
            Terms(client_id, sentence("测试对接系统", "Partner of the tests"), **given),
            secret=SECRET, actor=SYSTEM, moment=NOON,
        )  # fmt: skip
    return client_id


@dataclass
class Caller:
    """A partner that calls: it has fetched its token."""

    client_id: str = "renshe"
    signs: ec.EllipticCurvePrivateKey | None = KEY
    client: Client = field(default_factory=Client)
    token: str = ""

    def __post_init__(self) -> None:
        told = self.client.post(
            f"{AT}/oauth2/client/token",
            "grant_type=client_credentials&client_id=" + self.client_id + "&client_secret=" + SECRET,
            content_type="application/x-www-form-urlencoded",
        )
        assert told.status_code == 200, told.content
        self.token = told.json()["access_token"]

    def send(self, path: str, body: Any, **headers: str) -> Any:
        """POST a body as it is."""
        return self.client.post(
            f"{AT}{path}", body if isinstance(body, str | bytes) else json.dumps(body),
            content_type="application/json", headers={"Authorization": f"Bearer {self.token}", **headers},
        )  # fmt: skip

    def say(self, path: str, action: str, message: dict[str, Any], /, **header: Any) -> Any:
        """Send a message in its envelope, signed."""
        return self.send(path, self.wrapped(action, message, **header))

    def wrapped(self, action: str, message: dict[str, Any], /, **header: Any) -> dict[str, Any]:
        """A message in its envelope."""
        count = next(
            (
                len(value)
                for key, value in message.items()
                if key.endswith("_request") and isinstance(value, list)
            ),
            1,
        )
        head = {
            "version": "1.0.0", "message_id": uuid4().hex, "message_ts": NOW, "action": action, "sender_id": self.client_id,
            "total_count": count, "is_msg_encrypted": False,
        } | header  # fmt: skip
        body: dict[str, Any] = {"header": head, "message": message}
        if self.signs is not None:
            body["signature"] = signatures.sign(head, message, self.signs)
        return body


def search(*criteria: dict[str, Any], **request: Any) -> dict[str, Any]:
    """A search message with one request for each criteria."""
    return {
        "transaction_id": uuid4().hex,
        "search_request": [
            {"reference_id": f"r{place}", "timestamp": NOW, "search_criteria": one, "locale": "zho"} | request
            for place, one in enumerate(criteria)
        ],
    }


def by_id(number: str, **more: Any) -> dict[str, Any]:
    """Criteria that name a person."""
    return {"query_type": "idtype-value", "query": {"type": "UIN", "value": number}} | more


@contextmanager
def listening(status: Callable[[int], int] = lambda _n: 200) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A small server on loopback; yields its address and what it received. ``status`` answers by the count of the call."""
    received: list[tuple[str, Any]] = []

    class Hears(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            received.append((self.path, body))
            code = status(len(received))
            self.send_response(code)
            if code == 302:
                self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hears)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()
