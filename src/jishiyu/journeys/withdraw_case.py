"""The applicant takes the application back: whatever is published comes down, and the case ends."""

from datetime import datetime
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.notices import operations as notices
from jishiyu.notices.queries import notices_of_case
from jishiyu.offices.rules import Post


def withdraw_case(case_id: UUID, *, reason: str, actor: Post, moment: datetime) -> None:
    """Withdraw a case before its decision, and its notice from the public page."""
    if any(row.withdrawn_on is None for row in notices_of_case(case_id)):
        notices.take_down(case_id, actor=actor, moment=moment)
    cases.withdraw(case_id, reason=reason, actor=actor, moment=moment)
