"""How an application goes, for whoever applies: the papers, the steps in plain words, how long each takes, how sure that is."""

from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.queries import procedure_for
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.procedures import Limit, StepPaper

# What the applicant does not wait for, or only in some cases.
_NOT_TOLD = frozenset({"advance", "recheck", "end"})


@dataclass(frozen=True, slots=True)
class Way:
    """What the applicant brings, the steps with their limits, and the limit of the whole where the law sets one.

    ``stopped``: the item is not given any more, or not yet.
    """

    papers: tuple[StepPaper, ...]
    steps: tuple[tuple[Sentence, Limit | None], ...]
    total: Limit | None
    published: bool
    stopped: bool = False


def way_of(item: BenefitItem, day: date) -> Way:
    """How an application for an item made that day goes."""
    try:
        procedure = procedure_for(item.id, day)
    except CannotBecause:
        papers = tuple(StepPaper(key=one.key, name=one.name, required=one.required) for one in item.documents)
        return Way(papers, (), None, published=False, stopped=True)
    steps = [step for step in procedure.steps if step.key not in _NOT_TOLD]
    return Way(
        procedure.first.papers,
        tuple((step.name, procedure.limit_of(step.key)) for step in steps if step.key != "apply"),
        procedure.total,
        published=procedure.publicity is not None and procedure.publicity.published,
    )
