"""Figures about so few that somebody could be known by them are not shown, nor what would let them be worked out."""

from collections.abc import Sequence

# A habit of official statistics, not a rule of law: fewer than this are not told.
LEAST = 5


def hidden(counts: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """The places of the counts that are not shown, in a line whose sum is.

    Counts of 1 to ``least`` - 1; and when those hidden could be worked out of the sum (one alone, or fewer than ``least``
    together), the next smallest above nothing with them.
    """
    found = {place for place, count in enumerate(counts) if 0 < count < least}
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= least)
    while found and rest and (len(found) < 2 or sum(counts[place] for place in found) < least):
        found.add(rest.pop(0)[1])
    return frozenset(found)
