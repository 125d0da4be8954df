"""Acts on the register: registering, telling how a household fares, opening and looking, and what changes in a household."""

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
    "look",
    "note_export",
    "open_to_agency",
    "record_answer",
    "record_snapshot",
    "register_household",
    "store_households",
    "store_snapshots",
    "unmask",
]
