"""Yes, no and not known in plain NumPy: what the baselines by hand are written with."""

from typing import Any

import numpy as np

Flag = tuple[Any, Any]
"""Values, and which of them are known (None: all)."""


def known_of(*columns: Any) -> Any:
    masks = [one for one in columns if one is not None]
    if not masks:
        return None
    found = masks[0]
    for mask in masks[1:]:
        found = found & mask
    return found


def both(*flags: Flag) -> Flag:
    known = known_of(*(own for _, own in flags))
    if known is None:
        true = flags[0][0]
        for value, _ in flags[1:]:
            true = true & value
        return true, None
    no = False
    for value, own in flags:
        no = no | (~value if own is None else ~value & own)
    return ~no & known, known | no


def either(*flags: Flag) -> Flag:
    known = known_of(*(own for _, own in flags))
    yes = False
    for value, own in flags:
        yes = yes | (value if own is None else value & own)
    return yes, None if known is None else known | yes


def negated(flag: Flag) -> Flag:
    return ~flag[0], flag[1]


def when(condition: Any, value: Any, known: Any) -> Flag:
    return (
        value & condition if value.dtype == bool else value * condition,
        None if known is None else known | ~condition,
    )


def code_of(flag: Flag) -> Any:
    code = (~flag[0]).view(np.int8) << 1
    return code if flag[1] is None else np.where(flag[1], code, np.int8(1))
