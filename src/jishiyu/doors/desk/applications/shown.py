"""What other pages of the desk show of applications on line and of papers."""

from typing import Any
from uuid import UUID

from jishiyu.evidence import queries
from jishiyu.offices.rules import Post, refusal


def on_line_of(case: Any, post: Post) -> dict[str, Any]:
    """For a case's page: the application on line that it was opened from, if any, and the papers of its household."""
    came = queries.application_of_case(case.id) if refusal(post, "evidence.see") is None else None
    return {"on_line": came, "documents": documents_shown(case.household_id, post)}


def documents_shown(household_id: UUID, post: Post) -> list[Any]:
    """The papers of a household; none for a post that sees no households."""
    return queries.documents_of_household(household_id, post) if refusal(post, "registry.see") is None else []
