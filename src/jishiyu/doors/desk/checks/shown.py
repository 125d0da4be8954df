"""What the page of a case and the decision page tell of second eyes."""

from typing import Any

from jishiyu.cases import queries
from jishiyu.cases.rules.second_eyes import RELATION_NAMES, WHY_NAMES
from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.checks.forms import RelativeForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.offices.rules import refusal


def second_eyes(row: Any, request: PostRequest) -> dict[str, Any]:
    """Near relatives, checks from above, draws and signatures of a case, for its page."""
    over = row.state not in ("open", "granted")
    return {
        "relatives": queries.relatives_of(row.id),
        "relations": RELATION_NAMES,
        "checks": [(one, days_left(one.due_on, request.today)) for one in queries.checks_of_case(row.id)],
        "whys": WHY_NAMES,
        "marks": queries.marks_of_case(row.id),
        "signatures": queries.signatures_of(row.id),
        "closed_as": queries.CLOSED_AS,
        "form": None if over or refusal(request.post, "cases.record_relative") else RelativeForm(),
    }


def hands(row: Any, request: PostRequest) -> dict[str, Any]:
    """The amount tiers and an open first signature, for the decision page."""
    signature, told = queries.open_signature(row.id), queries.tier_told(row)
    ladder = queries.ladder_of(row)
    higher = queries.higher_hands(ladder, request.post.role) if ladder is not None else frozenset()
    return {
        "tier": told,
        "signature": signature,
        "own": signature is not None and signature.officer == request.post.officer,
        "passes_up": signature is None and len(higher) > 1,
    }
