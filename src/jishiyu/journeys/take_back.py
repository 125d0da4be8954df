"""Taking a step back, once notices and funds say that nothing has gone out because of it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from jishiyu.cases import operations as cases
from jishiyu.cases import queries
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.funds import queries as funds
from jishiyu.journal.operations import attempt
from jishiyu.notices.queries import notices_of_case
from jishiyu.offices.rules import Post


def refusal_to_take_back(case_id: UUID, *, actor: Post, moment: datetime) -> Sentence | None:
    """None when the officer may take the case's last step back now, else why not."""
    row = queries.case(case_id, actor)
    why = queries.refusal_to_take_back(row, actor, moment=moment, days=settings.TAKE_BACK_DAYS)
    step = queries.last_step(row)
    if why is not None or step is None:
        return why
    day = day_of(step.at)
    if any(one.withdrawn_on is None and one.published_on >= day for one in notices_of_case(case_id)):
        return sentence(
            "该步骤之后已发布公示，不能撤销",
            "A notice was published after this step: it cannot be taken back",
        )
    if funds.paid_since(case_id, day):
        return sentence(
            "该步骤之后已有资金发放，不能撤销", "Money was paid after this step: it cannot be taken back"
        )
    return None


def take_back(case_id: UUID, *, reason: str, actor: Post, moment: datetime) -> None:
    """Take the last step of a case back. Raises CannotBecause with the reason when that is over."""
    why = refusal_to_take_back(case_id, actor=actor, moment=moment)
    if why is not None:
        raise CannotBecause("cases.cannot_take_back", why)
    cases.take_back(case_id, reason=reason, days=settings.TAKE_BACK_DAYS, actor=actor, moment=moment)


def take_batch_back(
    batch_id: UUID, *, reason: str, actor: Post, moment: datetime
) -> tuple[int, list[tuple[str, Sentence]]]:
    """Take back what a batch did, case by case, the last first. Returns how many went back, and which did not and why."""
    batch = queries.batch(batch_id, actor)
    done, refused = 0, []
    for item in queries.items_to_take_back(batch):
        try:
            with attempt():
                cases.require_batch_step_is_last(item)
                take_back(item.case_id, reason=reason, actor=actor, moment=moment)
            done += 1
        except CannotBecause as why:
            refused.append((item.case.number, why.reason))
    cases.note_batch_taken_back(batch, moment=moment)
    return done, refused
