"""One text for the same plain data, and its digest: what lets a stored result be compared with one computed anew."""

import json
from typing import Any

from jishiyu.foundations.secrets import sm3


def canonical_text(data: Any) -> str:
    """Plain data (dict, list, text, whole numbers, bool, None) as JSON with sorted keys and no spaces."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """SM3 of the canonical text, 64 hex digits."""
    return sm3(canonical_text(data).encode()).hex()
