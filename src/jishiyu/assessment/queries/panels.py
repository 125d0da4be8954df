"""Panels: their questions and terms, who sits on them, who judged what, and what it amounts to by branch of the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from jishiyu.assessment.models import ExpertJudgement, Panel, PanelPlace
from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.group import Group, group_of
from jishiyu.assessment.rules.tree import ROOT, Branch, branch_of, branches
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.law.queries import pack


@dataclass(frozen=True, slots=True)
class Panelist:
    """One expert's judgements of one branch with what they amount to.

    ``weights`` are None until the judgements connect everything; ``wanted`` is then a pair that would. ``ratio`` and
    ``doubts`` (the two judgements that spoil it most) are of what is judged so far; they say nothing unless ``checkable``.
    """

    expert: str
    officer: str
    upper: Mapping[tuple[int, int], Fraction]
    given: int
    weights: ahp.Weights | None
    ratio: float
    checkable: bool
    doubts: tuple[ahp.Doubt, ...]
    wanted: tuple[int, int] | None
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class BranchOfPanel:
    """One branch as the panel judged it. ``group`` is None when nobody did."""

    branch: Branch
    panelists: tuple[Panelist, ...]
    group: Group | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an expert is over all branches; ``share`` and ``reminded_at`` for a place on a panel."""

    expert: str
    officer: str
    given: int
    pairs: int
    last_at: datetime | None
    share: int = 1
    reminded_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether every pair is judged."""
        return self.given >= self.pairs


def all_panels() -> list[Panel]:
    """All panels, newest first."""
    return list(Panel.objects.all())


def panel_row(panel_id: UUID) -> Panel:
    """One panel. Raises NotFound."""
    row = Panel.objects.filter(pk=panel_id).first()
    if row is None:
        raise NotFound("assessment.no_panel", sentence("没有这个专家组", "There is no such panel"))
    return row


def panels_of(expert: str) -> list[Panel]:
    """The panels on which an expert sits, newest first."""
    return list(Panel.objects.filter(places__expert=expert))


def places(panel_id: UUID) -> list[PanelPlace]:
    """Who sits on a panel, as far as the transaction's post may see."""
    return list(PanelPlace.objects.filter(panel_id=panel_id))


def panel(panel_id: UUID | None = None, branch: str = ROOT) -> list[Panelist]:
    """The experts who judged a branch of the pack's present tree, on a panel or on the standing one."""
    return list(branch_of_panel(_branch(branch), panel_id).panelists)


def branches_of_panel(panel_id: UUID | None = None) -> list[BranchOfPanel]:
    """Every branch as the panel judged it, the dimensions first."""
    shares, rows = _shares(panel_id), list(_judgements(panel_id).order_by("expert"))
    return [
        _as_judged(one, [row for row in rows if row.branch == one.key], shares)
        for one in branches(pack().indicators)
    ]


def branch_of_panel(branch: Branch, panel_id: UUID | None = None) -> BranchOfPanel:
    """One branch as the panel judged it: each expert, and the group."""
    rows = list(_judgements(panel_id).filter(branch=branch.key).order_by("expert"))
    return _as_judged(branch, rows, _shares(panel_id))


def _shares(panel_id: UUID | None) -> dict[str, int]:
    return {one.expert: one.share for one in places(panel_id)} if panel_id else {}


def _as_judged(branch: Branch, rows: Sequence[ExpertJudgement], shares: Mapping[str, int]) -> BranchOfPanel:
    by_expert: dict[str, list[ExpertJudgement]] = {}
    for row in rows:
        by_expert.setdefault(row.expert, []).append(row)
    found = tuple(_panelist(expert, branch, rows) for expert, rows in by_expert.items())
    told = [one for one in found if one.given]
    if not told:
        return BranchOfPanel(branch, (), None)
    counted = [float(shares.get(one.expert, 1)) for one in told]
    group = group_of([one.upper for one in told], branch.order, random_index(), counted)
    return BranchOfPanel(branch, tuple(told), group)


def own_judgements(expert: str, panel_id: UUID | None = None, branch: str = ROOT) -> Panelist | None:
    """What one expert judged of a branch so far, if anything."""
    rows = list(_judgements(panel_id).filter(expert=expert, branch=branch))
    return _panelist(expert, _branch(branch), rows) if rows else None


def judged_pairs(expert: str, panel_id: UUID | None = None, branch: str = ROOT) -> dict[tuple[int, int], str]:
    """What one expert judged of a branch so far, by the places of the two: ``{(0, 1): "3"}``."""
    places_of = {key: place for place, key in enumerate(_branch(branch).keys)}
    rows = _judgements(panel_id).filter(expert=expert, branch=branch)
    return {(places_of[row.row], places_of[row.column]): row.value for row in rows}


def given_by_branch(expert: str, panel_id: UUID | None = None) -> dict[str, int]:
    """How many pairs of each branch an expert judged."""
    counts = dict.fromkeys((one.key for one in branches(pack().indicators)), 0)
    for key in _judgements(panel_id).filter(expert=expert).values_list("branch", flat=True):
        if key in counts:
            counts[key] += 1
    return counts


def progress(panel_id: UUID | None = None) -> list[Progress]:
    """How far each expert is: everybody who sits on the panel; on the standing one, everybody who judged anything."""
    if panel_id is not None:
        return progress_of_panels([panel_id])[panel_id]
    pairs = pairs_in_all()
    found: dict[str, list[ExpertJudgement]] = {}
    for row in _judgements(None).order_by("expert"):
        found.setdefault(row.expert, []).append(row)
    return [
        Progress(expert, rows[0].officer, len(rows), pairs, max(row.given_at for row in rows))
        for expert, rows in found.items()
    ]


def progress_of_panels(panel_ids: Sequence[UUID]) -> dict[UUID, list[Progress]]:
    """How far everybody is who sits on each of the panels, as far as the transaction's post may see."""
    pairs = pairs_in_all()
    judged = {
        (row["panel_id"], row["expert"]): (row["given"], row["last_at"])
        for row in _of_present_tree(panel_id__in=panel_ids)
        .values("panel_id", "expert")
        .annotate(given=Count("id"), last_at=Max("given_at"))
    }
    found: dict[UUID, list[Progress]] = {one: [] for one in panel_ids}
    for one in PanelPlace.objects.filter(panel_id__in=panel_ids):
        given, last_at = judged.get((one.panel_id, one.expert), (0, None))
        found[one.panel_id].append(
            Progress(one.expert, one.officer, given, pairs, last_at, one.share, one.reminded_at)
        )
    return found


def open_panels_of(expert: str, day: date) -> list[tuple[Panel, int]]:
    """The panels that wait for an expert on a day, each with how many pairs are not judged yet."""
    rows, keys = panels_of(expert), [one.key for one in branches(pack().indicators)]
    judged = _of_present_tree(panel_id__in=[row.pk for row in rows], expert=expert, branch__in=keys)
    given = dict(judged.values_list("panel_id").annotate(given=Count("id")))
    found = []
    for row in rows:
        left = pairs_in_all() - given.get(row.pk, 0)
        if row.state_on(day) == "open" and row.content == pack().indicators.version and left > 0:
            found.append((row, left))
    return found


def pairs_in_all() -> int:
    """How many pairs the whole tree has."""
    return sum(len(one.pairs) for one in branches(pack().indicators))


def random_index() -> tuple[float, ...]:
    """The pack's table of random indices."""
    return tuple(float(value) for value in pack().indicators.random_index)


def _judgements(panel_id: UUID | None) -> QuerySet[ExpertJudgement]:
    return _of_present_tree(panel=panel_id)


def _of_present_tree(**which: Any) -> QuerySet[ExpertJudgement]:
    return ExpertJudgement.objects.filter(content=pack().indicators.version, **which)


def _branch(key: str) -> Branch:
    found = branch_of(pack().indicators, key)
    if found is None:
        raise NotFound("assessment.no_branch", sentence("没有这个分支", "There is no such branch"))
    return found


def _panelist(expert: str, branch: Branch, rows: Sequence[ExpertJudgement]) -> Panelist:
    at = {key: place for place, key in enumerate(branch.keys)}
    known = [row for row in rows if row.row in at and row.column in at]
    upper = {(at[row.row], at[row.column]): Fraction(row.value) for row in known}
    wanted = ahp.bridge(branch.order, upper)
    ratio, checkable, doubts = ahp.worst_piece(branch.order, upper, random_index())
    return Panelist(
        expert=expert,
        officer=rows[0].officer,
        upper=upper,
        given=len(known),
        weights=ahp.weigh(ahp.incomplete(branch.order, upper), random_index()) if wanted is None else None,
        ratio=ratio,
        checkable=checkable,
        doubts=tuple(doubts),
        wanted=wanted,
        given_at=max((row.given_at for row in known), default=None),
    )
