"""Which text of the rules computed a result: a label for people, and a digest over the pages that the rules are written on."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jishiyu.foundations.secrets import sm3

_HERE = Path(__file__).resolve().parents[2]  # the house: src/jishiyu
_LENGTH = 12


@cache
def text_digest(packages: Sequence[str]) -> str:
    """SM3 over every Python page of these packages (``law/rules`` …), in order of path; line ends do not count. 12 hex digits.

    Any change of a page changes it, a comment's too: whether the results differ is for a replay to say.
    """
    parts: list[bytes] = []
    for package in packages:
        for page in sorted((_HERE / package).glob("*.py")):
            text = page.read_bytes().replace(b"\r\n", b"\n")
            parts += [f"{package}/{page.name}".encode(), b"\0", sm3(text)]
    if not parts:
        raise FileNotFoundError(f"no pages of rules in {', '.join(packages)}")
    return sm3(b"".join(parts)).hex()[:_LENGTH]
