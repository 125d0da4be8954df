"""Items that are not given beside one another: where a household could have both, the one that gives more goes first."""

from collections.abc import Sequence
from dataclasses import replace

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.entitlement import Entitlement


def with_exclusions(answers: Sequence[Entitlement], pack: Pack) -> list[Entitlement]:
    """The answers with ``yields_to`` set where an item that excludes it gives more (at even amounts, the later listed).

    The outcome stays: an exclusion holds for one person, and different members may have one each. A person decides.
    """
    by_id = {one.item: one for one in answers if one.outcome == "eligible"}
    return [_marked(one, by_id, pack) if one.item in by_id else one for one in answers]


def _marked(one: Entitlement, eligible: dict[str, Entitlement], pack: Pack) -> Entitlement:
    rivals = [eligible[id] for id in pack.exclusions_of(one.item) if id in eligible]
    better = [rival for rival in rivals if (rival.amount or 0, rival.item) > (one.amount or 0, one.item)]
    if not better:
        return one
    best = max(better, key=lambda rival: (rival.amount or 0, rival.item))
    words = (
        "{r}；同一人不得与“{n}”同时享受，后者较高",
        "{r}; one person cannot have it beside “{n}”, which gives more",
    )
    return replace(one, yields_to=best.item, reason=sentence(*words, r=one.reason, n=best.name))
