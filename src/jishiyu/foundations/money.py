"""Money is an integer count of fen (分, 1/100 yuan); ratios are integer basis points (1/10 000)."""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

Fen = int
Rounding = Literal["down", "half_up", "up"]

_GROUPED = re.compile(r"^-?\d{1,3}(,\d{3})*(\.\d+)?$|^-?\d+(\.\d+)?$", re.ASCII)


def fen_from_yuan(text: str) -> Fen:
    """Read an amount written in yuan (``1200.5``, ``1,200.50``) as fen.

    Raises ValueError for anything else, for more than two decimals, and for amounts beyond int64.
    """
    cleaned = text.strip()
    if not _GROUPED.match(cleaned):
        raise ValueError(f"not an amount in yuan: {text!r}")
    try:
        fen = Decimal(cleaned.replace(",", "")) * 100
    except InvalidOperation as error:
        raise ValueError(f"not an amount in yuan: {text!r}") from error
    if fen != fen.to_integral_value():
        raise ValueError(f"finer than one fen: {text!r}")
    if abs(fen) > 2**62:
        raise ValueError(f"beyond the largest amount: {text!r}")
    return int(fen)


def yuan_text(fen: Fen, *, grouped: bool = True) -> str:
    """Write fen as yuan with two decimals: ``120050`` becomes ``1,200.50``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}" if grouped else f"{sign}{yuan}.{rest:02d}"


def share(fen: Fen, basis_points: int, rounding: Rounding = "half_up") -> Fen:
    """The part of an amount that ``basis_points`` (1/10 000) make, in whole fen."""
    product = fen * basis_points
    whole, rest = divmod(abs(product), 10_000)
    if (rounding == "half_up" and rest >= 5_000) or (rounding == "up" and rest):
        whole += 1
    return whole if product >= 0 else -whole
