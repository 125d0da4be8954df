"""Making and approving a version of the weights."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.assessment import queries
from jishiyu.assessment.models import IndicatorSet
from jishiyu.assessment.rules.ahp import Weights
from jishiyu.assessment.rules.tree import ROOT, whole_parts
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require

WAYS = ("judgements", "priorities")


def propose_weights(
    label: str,
    *,
    first_day: date,
    actor: Post,
    moment: datetime,
    panel_id: UUID | None = None,
    way: str = "judgements",
    minutes: str = "",
) -> IndicatorSet:
    """Make a version of the weights from a panel's judgements; another person has to approve it.

    ``way``: the geometric mean of the ``judgements``, or of the experts' own ``priorities``. Branches that nobody judged keep
    the pack's weights; the dimensions have to be judged. Refused while the panel is open, when judgements are not connected,
    and when a branch's contradict one another beyond the pack's limit.
    """
    require(actor, "assessment.approve_indicators")
    content = pack().indicators
    _require_closed(panel_id, day_of(moment))
    found = {one.branch.key: one for one in queries.branches_of_panel(panel_id)}
    weights = {key: _weights_of(one, way) for key, one in found.items() if one.group or key == ROOT}
    root = found[ROOT].group
    row = IndicatorSet.objects.create(
        label=label,
        first_day=first_day,
        pack_version=pack().version,
        content={
            "version": content.version,
            "dims": list(found[ROOT].branch.keys),
            "matrix": root.matrix if root else [],
            "branches": {key: _kept(found[key]) for key in weights},
        },
        weights=weights.pop(ROOT),
        within=weights,
        panel_id=panel_id,
        way=way,
        minutes=minutes,
        consistency=round(_judged(found[ROOT]).ratio * 10_000),
        experts=len({one.expert for each in found.values() for one in each.panelists}),
        made_by=actor.code,
        made_by_officer=actor.officer,
        made_at=moment,
    )
    record(act="assessment.propose_weights", about=("indicator set", row.id), detail={"label": label})
    return row


def _require_closed(panel_id: UUID | None, today: date) -> None:
    if panel_id is not None and queries.panel_row(panel_id).state_on(today) != "closed":
        raise CannotBecause(
            "assessment.panel_open",
            sentence(
                "专家组尚未结束，不能形成版本", "The panel is not closed yet: no version can be made of it"
            ),
            sentence("可提前结束，或等到截止日之后", "Close it, or wait until its last day is over"),
        )


def _judged(one: queries.BranchOfPanel) -> Weights:
    """The group's weights by judgements, which also tell the group's consistency."""
    if one.group is None:
        raise CannotBecause(
            "assessment.no_judgements", sentence("没有专家判断", "There are no expert judgements")
        )
    if one.group.judgements is None:
        row, column = one.group.wanted or (0, 1)
        raise CannotBecause(
            "assessment.not_connected",
            sentence(
                "“{n}”的判断尚未连成一体，还需比较“{a}”与“{b}”",
                "{n}: the judgements are not connected yet, {a} and {b} have to be compared",
                n=one.branch.name,
                a=one.branch.names[row],
                b=one.branch.names[column],
            ),
        )
    return one.group.judgements


def _weights_of(one: queries.BranchOfPanel, way: str) -> list[int]:
    result = _judged(one)
    if result.ratio > float(pack().indicators.consistency_limit):
        raise CannotBecause(
            "assessment.inconsistent",
            sentence(
                "“{n}”的一致性比率{r}超过{l}，请专家复核判断",
                "{n}: the consistency ratio {r} is above {l}, the experts have to look again",
                n=one.branch.name,
                r=f"{result.ratio:.3f}",
                l=pack().indicators.consistency_limit,
            ),
        )
    if way == "priorities":
        own = one.group.priorities if one.group else None
        if own is None:
            raise CannotBecause(
                "assessment.no_priorities",
                sentence(
                    "“{n}”没有一位专家的判断足以单独得出权重",
                    "{n}: no expert's own judgements are enough for weights",
                    n=one.branch.name,
                ),
            )
        return whole_parts(own)
    return whole_parts(result.weights)


def _kept(one: queries.BranchOfPanel) -> dict[str, Any]:
    result = _judged(one)
    return {
        "keys": list(one.branch.keys),
        "matrix": one.group.matrix if one.group else [],
        "ratio": round(result.ratio * 10_000),
        "missing": result.missing,
        "experts": len(one.panelists),
    }


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
