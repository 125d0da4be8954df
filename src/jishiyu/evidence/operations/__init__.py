"""Acts on what comes in: workbooks, and the papers of households and of applications on line."""

from jishiyu.evidence.operations.batches import (
    advance,
    begin,
    claim,
    drop_rows,
    fail,
    keep_rows,
    note_mended,
    plan,
    receive,
    rewrite,
    settle_origin,
)
from jishiyu.evidence.operations.documents import put_document

__all__ = [
    "advance",
    "begin",
    "claim",
    "drop_rows",
    "fail",
    "keep_rows",
    "note_mended",
    "plan",
    "put_document",
    "receive",
    "rewrite",
    "settle_origin",
]
