"""Questions about what came in, within the post's reach."""

from jishiyu.evidence.queries.batches import (
    Batch,
    Row,
    batch,
    batch_with_content,
    batches,
    open_keys,
    open_rows,
    problem_counts,
    rows,
    rows_of,
    settled_households,
    state_counts,
)
from jishiyu.evidence.queries.documents import (
    Document,
    content_of,
    document,
    documents_named,
    documents_of_application,
    documents_of_household,
)

__all__ = [
    "Batch",
    "Document",
    "Row",
    "batch",
    "batch_with_content",
    "batches",
    "content_of",
    "document",
    "documents_named",
    "documents_of_application",
    "documents_of_household",
    "open_keys",
    "open_rows",
    "problem_counts",
    "rows",
    "rows_of",
    "settled_households",
    "state_counts",
]
