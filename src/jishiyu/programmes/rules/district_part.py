"""A part of the register computed, down to what is stored of it: pure, so that another process can do it.

Numbers are written, their digests taken, and what is new sealed here; what a household has already (the newest on the same
evidence says the same) is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import NewScores, new_scores, written_scores
from jishiyu.assessment.rules.score import Model
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.secrets import Sealer
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.numbers import NewAnswers, new_answers, written_answers
from jishiyu.programmes.rules.screening import CANNOT, ELIGIBLE, Answer, Screened, Screening
from jishiyu.programmes.rules.used_aid import AidHad

Newest = Mapping[
    str, tuple[str, str]
]  # by household: the snapshot that its newest result rests on, and the digest


@dataclass(frozen=True, slots=True)
class PartToDo:
    """Households with their facts in the register's Arrow form, what they told and had already, and their newest results."""

    household_ids: Sequence[str]
    snapshot_ids: Sequence[str]
    facts: pa.RecordBatch
    told: Mapping[str, Told]
    had: Mapping[str, AidHad]
    scored: Newest
    answered: Newest


@dataclass(frozen=True, slots=True)
class PartDone:
    """What a part came to. ``refused``: households that no rule takes, with why."""

    scores: list[NewScores] = field(default_factory=list)
    answers: list[NewAnswers] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Kernel:
    """Computes part after part for one run: its day, pack and weights, and what seals the numbers of a score and of answers."""

    pack: Pack
    day: date
    model: Model
    seal_score: Sealer
    seal_answers: Sealer

    def __post_init__(self) -> None:
        object.__setattr__(self, "_screening", Screening(self.pack, self.day, self.model))

    def __call__(self, part: PartToDo) -> PartDone:
        """Score and all items for a part: usually at once."""
        done = PartDone()
        screening: Screening = self._screening  # type: ignore[attr-defined]
        for start, stop, result in screened(part, screening, done.refused):
            homes, snapshots = part.household_ids[start:stop], part.snapshot_ids[start:stop]
            scores = written_scores(result.scores, self.pack, self.model)
            answers = written_answers(result.answers, self.pack)
            done.scores.append(new_scores(homes, snapshots, scores, part.scored, self.seal_score))
            given = [part.told.get(one) for one in homes], [part.had.get(one) for one in homes]
            done.answers.append(
                new_answers(homes, snapshots, answers, given, part.answered, self.seal_answers)
            )
            done.counts["households"] += len(homes)
            done.counts.update(f"band.{band}" for band in scores.band)
            for one in result.answers:
                done.counts.update(_count(one))
        done.counts["refused"] += len(done.refused)
        return done


def screened(
    part: PartToDo, screening: Screening, refused: list[tuple[str, str]]
) -> Iterator[tuple[int, int, Screened]]:
    """The part computed: usually at once, else in halves until what no rule can take stands alone, is told, and left out."""
    waiting = [(0, len(part.household_ids))] if part.household_ids else []
    while waiting:
        start, stop = waiting.pop()
        try:
            people = population_from(part.facts.slice(start, stop - start), screening.day)
            homes = part.household_ids[start:stop]
            own = {row: part.told[one] for row, one in enumerate(homes) if one in part.told}
            aided = {
                row: (
                    part.had[one],
                    [member["person_id"] for member in part.facts["members"][start + row].as_py()],
                )
                for row, one in enumerate(homes)
                if one in part.had
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
