"""Acts of the expert panel: give judgements, and make and approve a version of the weights."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from jishiyu.assessment import queries
from jishiyu.assessment.models import ExpertJudgement, IndicatorSet
from jishiyu.assessment.rules import ahp
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require


def judge(
    judgements: Mapping[tuple[str, str], str], *, actor: Post, moment: datetime
) -> queries.Panelist | None:
    """An expert compares dimensions: ``{(row, column): "3" or "1/3"}``; a pair judged before is judged anew, "" takes it back.

    Returns what the expert's judgements amount to now; None when none is left.

    Raises CannotBecause for an unknown dimension or a value off the scale of 1 to 9 and its inverses.
    """
    require(actor, "assessment.judge")
    content = pack().indicators
    places = {dim.key: place for place, dim in enumerate(content.dims)}
    for (row, column), value in judgements.items():
        if value:
            _keep(*_upper(row, column, value, places), content.version, actor, moment)
        else:
            own = ExpertJudgement.objects.filter(expert=actor.code, content=content.version)
            own.filter(row__in=(row, column), column__in=(row, column)).delete()
    record(act="assessment.judge", about=("indicators", content.version), detail={"pairs": len(judgements)})
    return queries.own_judgements(actor.code)


def _keep(row: str, column: str, value: str, content: str, actor: Post, moment: datetime) -> None:
    ExpertJudgement.objects.update_or_create(
        expert=actor.code,
        content=content,
        row=row,
        column=column,
        defaults={"value": value, "officer": actor.officer_name, "given_at": moment},
    )


def _upper(row: str, column: str, value: str, places: Mapping[str, int]) -> tuple[str, str, str]:
    try:
        exact = Fraction(value)
    except (ValueError, ZeroDivisionError):
        exact = Fraction(0)
    if row not in places or column not in places or row == column or exact not in ahp.SCALE:
        raise CannotBecause(
            "assessment.bad_judgement",
            sentence(
                "判断值须为1至9或其倒数，且比较两个不同维度",
                "A judgement is 1 to 9 or an inverse, of two dimensions",
            ),
        )
    if places[row] > places[column]:
        row, column, exact = column, row, 1 / exact
    return row, column, str(exact)


def propose_weights(label: str, *, first_day: date, actor: Post, moment: datetime) -> IndicatorSet:
    """Make a version of the weights from the panel's judgements (geometric mean); another person has to approve it.

    Refused without judgements, and when the group's judgements contradict one another beyond the pack's limit.
    """
    require(actor, "assessment.approve_indicators")
    content = pack().indicators
    experts = queries.panel()
    matrix = ahp.combine([one.matrix for one in experts])
    result = ahp.weigh(matrix, tuple(float(value) for value in content.random_index))
    if result.ratio > float(content.consistency_limit):
        raise CannotBecause(
            "assessment.inconsistent",
            sentence(
                "一致性比率{r}超过{l}，请专家复核判断",
                "The consistency ratio {r} is above {l}: the experts have to look again",
                r=f"{result.ratio:.3f}",
                l=content.consistency_limit,
            ),
        )
    row = IndicatorSet.objects.create(
        label=label,
        first_day=first_day,
        pack_version=pack().version,
        content={"version": content.version, "dims": [dim.key for dim in content.dims], "matrix": matrix},
        weights=list(ahp.in_parts(result.weights)),
        consistency=round(result.ratio * 10_000),
        experts=len(experts),
        made_by=actor.code,
        made_by_officer=actor.officer,
        made_at=moment,
    )
    record(act="assessment.propose_weights", about=("indicator set", row.id), detail={"label": label})
    return row


def approve_weights(set_id: UUID, *, actor: Post, moment: datetime) -> IndicatorSet:
    """Approve a version of the weights; it holds from its first day and is never changed. Not by who made it."""
    require(actor, "assessment.approve_indicators")
    row = queries.indicator_set(set_id)
    if row.made_by_officer == actor.officer:
        raise CannotBecause(
            "assessment.own_work", sentence("须由另一人批准", "Another person has to approve it")
        )
    if row.status != "draft":
        raise CannotBecause(
            "assessment.approved", sentence("该版本已批准", "This version is approved already")
        )
    if row.first_day < day_of(moment):
        raise CannotBecause(
            "assessment.in_the_past",
            sentence("生效日不能早于批准日", "A version cannot hold from before its approval"),
        )
    row.status, row.approved_by, row.approved_by_officer, row.approved_at = (
        "approved",
        actor.code,
        actor.officer,
        moment,
    )
    row.save()
    record(act="assessment.approve_indicators", about=("indicator set", row.id), detail={"label": row.label})
    return row
