"""Acts around a panel: put a question to experts, remind those who have not answered, close it; and the experts' judgements."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from jishiyu.assessment import queries
from jishiyu.assessment.models import ExpertJudgement, Panel, PanelPlace
from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.tree import ROOT, Branch, branch_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.queries import posts_of_role
from jishiyu.offices.rules import Post, require


def open_panel(
    title: str,
    question: str,
    *,
    experts: Mapping[str, int],
    opens_on: date,
    closes_on: date,
    actor: Post,
    moment: datetime,
) -> Panel:
    """Put a question to experts (codes of their posts, with how much each counts, 1 to 9) from one day to another.

    Refused without experts, for a post that is no expert's or that nobody holds, and for days in the wrong order or gone by.
    """
    require(actor, "assessment.approve_indicators")
    today = day_of(moment)
    held = {one.code: one for one in posts_of_role("expert", today)}
    if not experts or not experts.keys() <= held.keys():
        raise CannotBecause(
            "assessment.no_experts", sentence("请选择在任的评估专家", "Choose experts whose posts are held")
        )
    if closes_on < max(opens_on, today):
        raise CannotBecause(
            "assessment.panel_days",
            sentence(
                "截止日不能早于开始日或今天", "The last day cannot be before the first, or before today"
            ),
        )
    row = Panel.objects.create(
        title=title,
        question=question,
        content=pack().indicators.version,
        opens_on=opens_on,
        closes_on=closes_on,
        made_by=actor.code,
        made_by_officer=actor.officer,
        made_at=moment,
    )
    for code, share in experts.items():
        PanelPlace.objects.create(
            panel=row, expert=code, officer=held[code].officer_name, share=share, invited_at=moment
        )
    record(act="assessment.open_panel", about=("panel", row.pk), detail={"experts": len(experts)})
    return row


def close_panel(panel_id: UUID, *, actor: Post, moment: datetime) -> Panel:
    """Close a panel before its last day. Refused when it is closed already."""
    require(actor, "assessment.approve_indicators")
    row = queries.panel_row(panel_id)
    if row.state_on(day_of(moment)) == "closed":
        raise CannotBecause("assessment.panel_closed", sentence("专家组已结束", "The panel is closed"))
    row.closed_at = moment
    row.save()
    record(act="assessment.close_panel", about=("panel", row.pk))
    return row


def remind(panel_id: UUID, *, actor: Post, moment: datetime) -> int:
    """Note that those who have pairs left were reminded; it stands on their work desk. Returns how many they are."""
    require(actor, "assessment.approve_indicators")
    _require_open(queries.panel_row(panel_id), day_of(moment))
    late = [one.expert for one in queries.progress(panel_id) if not one.complete]
    PanelPlace.objects.filter(panel_id=panel_id, expert__in=late).update(reminded_at=moment)
    record(act="assessment.remind", about=("panel", panel_id), detail={"experts": len(late)})
    return len(late)


def judge(
    judgements: Mapping[tuple[str, str], str],
    *,
    actor: Post,
    moment: datetime,
    panel_id: UUID | None = None,
    branch: str = ROOT,
) -> queries.Panelist | None:
    """An expert compares dimensions, or the indicators of one (``branch``): ``{(row, column): "3" or "1/3"}``.

    A pair judged before is judged anew, "" takes it back. Without a panel the judgement is of the standing one. Returns what the
    expert's judgements of the branch amount to now; None when none is left.

    Raises CannotBecause for an unknown dimension or indicator, a value off the scale of 1 to 9 and its inverses, a panel that is
    not open or on which the expert does not sit.
    """
    require(actor, "assessment.judge")
    content = pack().indicators
    found = branch_of(content, branch)
    if panel_id is not None:
        _require_place(panel_id, actor, day_of(moment))
    for (row, column), value in judgements.items():
        pair = _upper(row, column, value or "1", found)
        own: dict[str, Any] = {
            "expert": actor.code,
            "content": content.version,
            "branch": branch,
            "panel_id": panel_id,
        }
        if value:
            ExpertJudgement.objects.update_or_create(
                **own,
                row=pair[0],
                column=pair[1],
                defaults={"value": pair[2], "officer": actor.officer_name, "given_at": moment},
            )
        else:
            ExpertJudgement.objects.filter(**own, row=pair[0], column=pair[1]).delete()
    detail = {"pairs": len(judgements), "branch": branch, "panel": str(panel_id or "")}
    record(act="assessment.judge", about=("indicators", content.version), detail=detail)
    return queries.own_judgements(actor.code, panel_id, branch)


def _require_open(row: Panel, today: date) -> None:
    if row.state_on(today) != "open":
        raise CannotBecause(
            "assessment.panel_not_open",
            sentence(
                "专家组自{a}至{b}开放，现在不能判断",
                "The panel is open from {a} to {b}: it cannot be judged now",
                a=row.opens_on.isoformat(),
                b=row.closes_on.isoformat(),
            ),
        )


def _require_place(panel_id: UUID, actor: Post, today: date) -> None:
    row = queries.panel_row(panel_id)
    if row.pk not in {one.pk for one in queries.panels_of(actor.code)}:
        raise CannotBecause(
            "assessment.not_on_panel", sentence("您不在该专家组", "You do not sit on this panel")
        )
    _require_open(row, today)
    if row.content != pack().indicators.version:
        raise CannotBecause(
            "assessment.other_indicators",
            sentence("该专家组针对另一版指标", "The panel is about another version of the indicators"),
        )


def _upper(row: str, column: str, value: str, branch: Branch | None) -> tuple[str, str, str]:
    keys = branch.keys if branch else ()
    try:
        exact = Fraction(value)
    except (ValueError, ZeroDivisionError):
        exact = Fraction(0)
    if row not in keys or column not in keys or row == column or exact not in ahp.SCALE:
        raise CannotBecause(
            "assessment.bad_judgement",
            sentence(
                "判断值须为1至9或其倒数，且比较同一分支中的两项",
                "A judgement is 1 to 9 or an inverse, of two things of one branch",
            ),
        )
    if keys.index(row) > keys.index(column):
        row, column, exact = column, row, 1 / exact
    return row, column, str(exact)
