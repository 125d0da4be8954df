"""Who may try changes of policy: the leading group's office and deciders of the agency where it sits; and how two trials compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jishiyu.assessment.rules.small_cells import hidden
from jishiyu.foundations.outcomes import NotYours, Sentence, sentence
from jishiyu.law.rules.district import District
from jishiyu.offices.rules import Post, refusal

SEE, TRY = "oversight.see_trials", "oversight.try_changes"
_ELSEWHERE = sentence(
    "政策试算只向领导小组办公室所在单位开放",
    "Trials of policy are for the agency where the leading group's office sits",
)


def host_of_office(district: District) -> str:
    """The agency whose head leads the leading group's office."""
    return next((seat.unit for seat in district.leading_group.seats if seat.role == "office_head"), "")


def trial_refusal(post: Post, act: str, district: District) -> Sentence | None:
    """None when the post may do the act, else why not."""
    why = refusal(post, act)
    if why is None and post.scope == "agency" and post.agency != host_of_office(district):
        return _ELSEWHERE
    return why


def require_trial(post: Post, act: str, district: District) -> None:
    """Raise NotYours unless the post may do the act."""
    why = trial_refusal(post, act, district)
    if why is not None:
        raise NotYours("not_your_act", why)


# A count with the amounts that would tell it.
_TOGETHER = {"gaining": ("gain",), "losing": ("loss",), "newly": (), "no_longer": ()}


def without_small(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a table with small counts, and the amounts beside them, as None: for a post that reaches some households only.

    Where one hidden count could be worked out of the sum, another one is hidden as well.
    """
    found = [dict(one) for one in lines]
    for name, amounts in _TOGETHER.items():
        if not all(isinstance(one.get(name), int) for one in found):
            continue
        for place in hidden([one[name] for one in found]):
            for each in (name, *amounts, "before", "after"):
                if each in found[place]:
                    found[place][each] = None
    return found


def figures_for(figures: Mapping[str, Any], *, partial: bool) -> dict[str, Any]:
    """A trial's figures as a post may see them. ``partial``: it does not reach all the households."""
    found = dict(figures)
    if partial:
        for part in ("programmes", "areas", "bands", "kinds"):
            found[part] = without_small(found[part])
        found["items"] = without_small(found["items"])
        moves = hidden([one["households"] for one in found["band_moves"]])
        found["band_moves"] = [
            one | {"households": None} if place in moves else one
            for place, one in enumerate(found["band_moves"])
        ]
    return found


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure of two trials side by side. ``kind``: number, money (fen), share (millionths)."""

    name: Sentence
    kind: str
    values: tuple[int | None, ...]


def headlines(*trials: Mapping[str, Any]) -> list[Headline]:
    """The figures by which trials are compared, one column a trial."""
    return [
        Headline(name, kind, tuple(_reach(one, path) for one in trials)) for name, kind, path in _HEADLINES
    ]


def _reach(figures: Any, path: tuple[Any, ...]) -> int | None:
    for step in path:
        if figures is None:
            return None
        figures = figures[step]
    return figures if isinstance(figures, int) else None


_HEADLINES: tuple[tuple[Sentence, str, tuple[Any, ...]], ...] = (
    (sentence("户数", "Households"), "number", ("households",)),
    (sentence("增加的家庭", "Households that gain"), "number", ("whole", "gaining")),
    (sentence("减少的家庭", "Households that lose"), "number", ("whole", "losing")),
    (sentence("全年增加额（元）", "Gains in a year (yuan)"), "money", ("whole", "gain")),
    (sentence("全年减少额（元）", "Losses in a year (yuan)"), "money", ("whole", "loss")),
    (sentence("改动前全年救助（元）", "A year's aid before (yuan)"), "money", ("whole", "before")),
    (sentence("改动后全年救助（元）", "A year's aid after (yuan)"), "money", ("whole", "after")),
    (sentence("线下家庭", "Households below the line"), "number", ("targeting", "poor")),
    (sentence("其中得到救助（前）", "Of them helped, before"), "number", ("targeting", "covered", 0)),
    (sentence("其中得到救助（后）", "Of them helped, after"), "number", ("targeting", "covered", 1)),
    (
        sentence("流向线上家庭（前，元）", "Going above the line, before (yuan)"),
        "money",
        ("targeting", "leaking", 0),
    ),
    (
        sentence("流向线上家庭（后，元）", "Going above the line, after (yuan)"),
        "money",
        ("targeting", "leaking", 1),
    ),
    (sentence("基尼系数（救助前）", "Gini without aid"), "share", ("inequality", "without", "gini")),
    (sentence("基尼系数（改动前）", "Gini before"), "share", ("inequality", "before", "gini")),
    (sentence("基尼系数（改动后）", "Gini after"), "share", ("inequality", "after", "gini")),
    (sentence("贫困发生率（改动前）", "Share of poor, before"), "share", ("poverty", "before", "headcount")),
    (sentence("贫困发生率（改动后）", "Share of poor, after"), "share", ("poverty", "after", "headcount")),
    (sentence("贫困缺口率（改动前）", "Poverty gap, before"), "share", ("poverty", "before", "gap")),
    (sentence("贫困缺口率（改动后）", "Poverty gap, after"), "share", ("poverty", "after", "gap")),
    (
        sentence("收入悬崖家庭（改动前）", "Households at a cliff, before"),
        "number",
        ("cliffs", "before", "households"),
    ),
    (
        sentence("收入悬崖家庭（改动后）", "Households at a cliff, after"),
        "number",
        ("cliffs", "after", "households"),
    ),
)
