"""One text for the same plain data, and its digest: what lets a stored result be compared with one computed anew."""

import json
from typing import Any

from jishiyu.foundations.secrets import sm3

# One encoder for all: `json.dumps` would make a new one each time.
_write = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class Canonical(str):
    """A text that :func:`canonical_text` wrote, so that nobody writes it a second time."""

    __slots__ = ()


def canonical_text(data: Any) -> Canonical:
    """Plain data (dict, list, text, whole numbers, bool, None) as JSON with sorted keys and no spaces."""
    return Canonical(_write(data))


def digest(data: Any) -> str:
    """SM3 of the canonical text, 64 hex digits. A text that is canonical already is taken as it is."""
    text = data if isinstance(data, Canonical) else _write(data)
    return sm3(text.encode()).hex()
