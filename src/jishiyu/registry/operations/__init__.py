"""Acts on the register: registering, telling how a household fares, opening and looking, and what changes in a household."""

from jishiyu.registry.operations.changing import correct_home, hand_over
from jishiyu.registry.operations.moving import change_head, move_in, move_out
from jishiyu.registry.operations.registering import (
    look,
    note_export,
    open_to_agency,
    record_snapshot,
    register_household,
    store_households,
    store_snapshots,
    unmask,
)
from jishiyu.registry.operations.telling import record_answer

__all__ = [
    "change_head",
    "correct_home",
    "hand_over",
    "look",
    "move_in",
    "move_out",
    "note_export",
    "open_to_agency",
    "record_answer",
    "record_snapshot",
    "register_household",
    "store_households",
    "store_snapshots",
    "unmask",
]
