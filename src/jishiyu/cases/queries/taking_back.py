"""Whether the last step of a case can be taken back, and which one it is."""

from datetime import datetime

from jishiyu.cases.models import Case, CaseStep, RecheckPlan, StepBefore
from jishiyu.cases.queries.files import standing_steps
from jishiyu.cases.rules import work_desk as rules
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.offices.rules import Post


def last_step(row: Case) -> CaseStep | None:
    """The last step that counts; None when there is none, or when something that is no step of the walk came after it."""
    rows = standing_steps(row.id)
    return rows[-1] if rows else None


def refusal_to_take_back(row: Case, post: Post, *, moment: datetime, days: int) -> Sentence | None:
    """None when the post's officer may take the last step back at this moment, as far as the case itself can say."""
    step = last_step(row)
    last = None
    if step is not None and StepBefore.objects.filter(step=step).exists():
        ended = row.state in ("refused", "withdrawn", "ended")
        last = rules.Last(step.step, day_of(step.at), step.officer, ended)
    why = rules.refusal_to_take_back(last, officer=post.officer, today=day_of(moment), days=days)
    if (
        why is None
        and step is not None
        and RecheckPlan.objects.filter(case=row, set_at__gte=step.at).exists()
    ):
        return sentence(
            "该步骤已排定下次复核，不能撤销",
            "The next re-check was set by this step: it cannot be taken back",
        )
    return why
