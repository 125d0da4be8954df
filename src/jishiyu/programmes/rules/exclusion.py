"""Items that are not given beside one another: which is given, which is given up for it, and what is lost by that.

The item that gives most goes first; of even amounts, the one with the later id. An item yields only to one that is really
given: where A excludes B and B excludes C, and B yields to C, then A stays. So no ring can come about, and what is given
never holds two items that exclude each other. Where both are paid by member, they clash only if one member would have both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.columns import Array, Column, Mask
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.entitlement import Entitlement

_NOBODY = -1
Pair = tuple[str, str]  # ids in order


@dataclass(frozen=True, slots=True)
class Clash:
    """Whether two items clash in one household, and what each member would have of either, in fen."""

    real: bool
    members: Mapping[str, tuple[int, ...]]

    def lost(self, item: str, rival: str, whole: int) -> int:
        """What of an item is given up for its rival: that of members who would have both, or the whole of it."""
        own, other = self.members.get(item), self.members.get(rival)
        if own is None or other is None:
            return whole
        return sum(mine for mine, theirs in zip(own, other, strict=True) if theirs > 0)


ALWAYS = Clash(True, {})


def pairs_of(pack: Pack) -> list[Pair]:
    """Every pair of items that exclude each other, whichever of them says so."""
    return sorted({(min(a.id, b), max(a.id, b)) for a in pack.items for b in a.exclusive_with})


def paid_both(first: Column, second: Column) -> Column:
    """Whether a member would have both; one that is known to be nothing settles it."""
    none = (first.mask() & (first.values == 0)) | (second.mask() & (second.values == 0))
    return Column((first.values > 0) & (second.values > 0) & ~none, none | (first.mask() & second.mask()))


def with_exclusions(
    answers: Sequence[Entitlement], pack: Pack, clashes: Mapping[Pair, Clash] | None = None
) -> list[Entitlement]:
    """The answers with ``yields_to`` and ``given_up`` set, and the reason said on both sides. The outcome stays."""
    found = {one.item: one for one in answers if one.outcome == "eligible" and pack.exclusions_of(one.item)}
    clashes = clashes or {}
    changed: dict[str, Entitlement] = {}
    for item, rival in yielding({id: one.amount or 0 for id, one in found.items()}, pack, clashes).items():
        one, better = found[item], found[rival]
        lost = clashes.get(_pair(item, rival), ALWAYS).lost(item, rival, one.amount or 0)
        changed[item] = _yielding(one, better, lost)
        changed[rival] = _preferred(changed.get(rival, better), one)
    return [changed.get(one.item, one) for one in answers]


def yielding(worth: Mapping[str, int], pack: Pack, clashes: Mapping[Pair, Clash]) -> dict[str, str]:
    """Of what one household is entitled to, by what each item gives: which item yields to which."""
    given: list[str] = []
    found: dict[str, str] = {}
    for item in sorted(worth, key=lambda id: (worth[id], id), reverse=True):
        rivals = pack.exclusions_of(item)
        better = next(
            (one for one in given if one in rivals and clashes.get(_pair(item, one), ALWAYS).real), None
        )
        if better is None:
            given.append(item)
        else:
            found[item] = better
    return found


def _pair(first: str, second: str) -> Pair:
    return (min(first, second), max(first, second))


def _yielding(one: Entitlement, better: Entitlement, lost: int) -> Entitlement:
    words = (
        "{r}；同一人不得与“{n}”同时享受，后者较高，本项放弃{l}元",
        "{r}; one person cannot have it beside “{n}”, which gives more: {l} yuan of this is given up",
    )
    reason = sentence(*words, r=one.reason, n=better.name, l=yuan_text(lost))
    return replace(one, yields_to=better.item, given_up=lost, reason=reason)


def _preferred(better: Entitlement, one: Entitlement) -> Entitlement:
    words = (
        "{r}；不得与“{n}”同时享受，本项较高，取本项",
        "{r}; not given beside “{n}”: this gives more and is taken",
    )
    return replace(better, reason=sentence(*words, r=better.reason, n=one.name))


def yields_of(
    ids: Sequence[str], money: Array, eligible: Mask, clashes: Mapping[tuple[int, int], Mask | None]
) -> Array:
    """The same for many households: by item (a row each) the row of the item it yields to, or -1.

    ``clashes`` has each pair of rows, the lower first, with the households in which they clash (None: in all).
    """
    found = np.full(money.shape, _NOBODY, np.int16)
    contested = np.flatnonzero(eligible.sum(axis=0) > 1)
    if len(contested) == 0:
        return found
    worth = np.where(eligible, money, -1)[:, contested]
    own = found[:, contested]
    backwards = np.array(sorted(range(len(ids)), key=lambda row: ids[row], reverse=True))
    open_ = worth >= 0
    while open_.any():
        best = backwards[np.argmax(np.where(open_, worth, -1)[backwards], axis=0)]
        some = open_.any(axis=0)
        for row in range(len(ids)):
            here = some & (best == row)
            open_[row] &= ~here
            for (low, high), where in clashes.items():
                if row in (low, high) and here.any():
                    rival = high if row == low else low
                    hit = here & open_[rival] & (True if where is None else where[contested])
                    own[rival] = np.where(hit, np.int16(row), own[rival])
                    open_[rival] &= ~hit
    found[:, contested] = own
    return found
