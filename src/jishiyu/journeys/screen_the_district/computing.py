"""A part of the register computed: pure, so that the next part is computed while this one is stored."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import WrittenScores, written_scores
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.numbers import WrittenAnswers, written_answers
from jishiyu.programmes.rules.screening import CANNOT, ELIGIBLE, Answer, Screened, Screening
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.registry.queries.district import Part


@dataclass(frozen=True, slots=True)
class Stretch:
    """Households of a part that were computed together, with what is stored of each."""

    household_ids: list[str]
    snapshot_ids: list[str]
    told: list[Told | None]
    aid_had: list[AidHad | None]
    scores: WrittenScores
    answers: WrittenAnswers


@dataclass(frozen=True, slots=True)
class Computed:
    """What a part came to. ``refused``: households that no rule takes, with why. ``last``: nothing comes after it."""

    part: Part
    last: bool
    stretches: list[Stretch] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def households(self) -> int:
        """How far it takes a run, in households."""
        return len(self.part.household_ids) + self.part.without_members


def computed(
    part: Part, told: Mapping[str, Told], had: Mapping[str, AidHad], screening: Screening, *, last: bool
) -> Computed:
    """Score and all items for a part, and what is to be stored of them.

    ``told``: what people told, and ``had``: the aid that was had already, by household.
    """
    found = Computed(part, last)
    found.counts["without_members"] = part.without_members
    for start, stop, result in _screened(part, told, had, screening, found.refused):
        scores = written_scores(result.scores, screening.pack, screening.model)
        answers = written_answers(result.answers, screening.pack)
        homes, snapshots = part.household_ids[start:stop], part.snapshot_ids[start:stop]
        found.stretches.append(
            Stretch(
                homes, snapshots, [told.get(one) for one in homes], [had.get(one) for one in homes], scores, answers
            )
        )  # fmt: skip
        found.counts["households"] += len(homes)
        found.counts.update(f"band.{band}" for band in scores.band)
        for one in result.answers:
            found.counts.update(_count(one))
    found.counts["refused"] += len(found.refused)
    return found


def _screened(
    part: Part, told: Mapping[str, Told], had: Mapping[str, AidHad], screening: Screening,
    refused: list[tuple[str, str]],
) -> Iterator[tuple[int, int, Screened]]:  # fmt: skip
    """The part computed: usually at once, else in halves until what no rule can take stands alone, is told, and left out."""
    waiting = [(0, len(part.household_ids))] if part.household_ids else []
    while waiting:
        start, stop = waiting.pop()
        try:
            people = population_from(part.facts.slice(start, stop - start), screening.day)
            homes = part.household_ids[start:stop]
            own = {row: told[one] for row, one in enumerate(homes) if one in told}
            aided = {
                row: (
                    had[one],
                    [member["person_id"] for member in part.facts["members"][start + row].as_py()],
                )
                for row, one in enumerate(homes)
                if one in had
            }
            yield start, stop, screening.screen(people, own, aided)
        except (OverflowError, ValueError, CannotBecause) as fault:
            if stop - start > 1:
                middle = (start + stop) // 2
                waiting += [(middle, stop), (start, middle)]
                continue
            refused.append((part.household_ids[start], str(fault)))


def _count(one: Answer) -> dict[str, Any]:
    eligible = one.outcome == ELIGIBLE
    money = int(one.amount.values[eligible].sum()) if one.amount is not None else 0
    return {
        f"eligible.{one.item}": int(eligible.sum()),
        f"cannot.{one.item}": int((one.outcome == CANNOT).sum()),
        f"amount.{one.item}": money,
    }
