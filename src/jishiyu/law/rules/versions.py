"""Which text of the rules computed a result: a label for people, and a digest over the pages that the rules are written on."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jishiyu.foundations.secrets import sm3

_HERE = Path(__file__).resolve().parents[2]  # the house: src/jishiyu
_LENGTH = 12


@cache
def text_digest(places: Sequence[str]) -> str:
    """SM3 over every Python page of these packages (``law/rules``) and single pages (``foundations/money.py``), in order.

    Line ends do not count. 12 hex digits.

    Any change of a page changes it, a comment's too: whether the results differ is for a replay to say.
    """
    parts: list[bytes] = []
    for place in places:
        found = [_HERE / place] if place.endswith(".py") else sorted((_HERE / place).glob("*.py"))
        if not found:
            raise FileNotFoundError(f"no pages of rules in {place}")
        for page in found:
            text = page.read_bytes().replace(b"\r\n", b"\n")
            parts += [page.relative_to(_HERE).as_posix().encode(), b"\0", sm3(text)]
    return sm3(b"".join(parts)).hex()[:_LENGTH]
