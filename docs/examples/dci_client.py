"""A partner's first steps, with Python's own library only: a token, a search, what was found.

    python docs/examples/dci_client.py http://127.0.0.1:8000/dci/social demo-partner SECRET

Prints one household's number with its members, found by the identity number of one of them. Exit code 1 when something is refused.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from typing import Any
from uuid import uuid4


def main(base: str, client_id: str, secret: str) -> int:
    """Fetch a token; find anybody; find the household by that person's number."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    token = post(f"{base}/oauth2/client/token", urllib.parse.urlencode(form).encode(), {})["access_token"]
    anybody = {
        "query_type": "expression",
        "query": {"group_size": {"$ge": 2}},
        "pagination": {"page_size": 1, "page_number": 1},
    }
    first = search(base, token, client_id, anybody)
    number = first["group_head_info"]["member_identifier"][0]["identifier_value"]
    by_number = {"query_type": "idtype-value", "query": {"type": "UIN", "value": number}}
    found = search(base, token, client_id, by_number)
    print(found["group_identifier"][0]["identifier_value"], len(found["member_list"]))
    return 0 if found["@id"] == first["@id"] else 1


def search(base: str, token: str, sender: str, criteria: dict[str, Any]) -> dict[str, Any]:
    """One search, answered at once; the first record."""
    now = datetime.now().astimezone().isoformat()
    request = {
        "reference_id": uuid4().hex,
        "timestamp": now,
        "search_criteria": {"version": "1.0.0", "reg_type": "ns:org:RegistryType:Social", "response_entity": "Group",
                            "authorize": {"purpose": "first steps"}} | criteria,
        "locale": "zho",
    }  # fmt: skip
    body = {
        "header": {"version": "1.0.0", "message_id": uuid4().hex, "message_ts": now, "action": "search", "sender_id": sender,
                   "total_count": 1, "is_msg_encrypted": False},
        "message": {"transaction_id": uuid4().hex, "search_request": [request]},
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    answer = post(f"{base}/registry/sync/search", json.dumps(body).encode(), headers)
    response = answer["message"]["search_response"][0]
    if response["status"] != "succ":
        raise SystemExit(response["status_reason_message"])
    record: dict[str, Any] = response["data"]["reg_records"][0]
    return record


def post(address: str, content: bytes, headers: dict[str, str]) -> Any:
    """POST and read JSON; a refusal is printed in both languages."""
    asked = urllib.request.Request(address, content, headers)  # noqa: S310 - the address is the caller's
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{refused.code}: {refused.read().decode()}") from None


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    raise SystemExit(main(*sys.argv[1:]))
