"""The district's kernel against one household at a time: the same numbers for every household, item, condition and rival."""

import json
from datetime import date

import pytest

from jishiyu.assessment.rules.explanation import assess
from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import changed_numbers, written_scores
from jishiyu.assessment.rules.numbers import numbers_of as score_numbers
from jishiyu.assessment.rules.score import model_of
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.foundations.canonical import canonical_text, digest
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.numbers import eligible_items, numbers_of, written_answers
from jishiyu.programmes.rules.screening import Screening
from jishiyu.registry.rules.arrow_form import situations_of
from tests.fixtures import PACK_DIR, the_pack

# One day in each era of law.
DAYS = [date(2008, 3, 1), date(2014, 3, 1), date(2020, 3, 1), date(2024, 3, 1)]
HOUSEHOLDS = 40


@pytest.mark.parametrize("kind", ["general", "known"])
@pytest.mark.parametrize("day", DAYS)
def test_a_chunk_gives_each_household_what_it_is_given_alone(day: date, kind: str) -> None:
    pack, census = the_pack(), read_census(PACK_DIR / "population.csv")
    made = table(census, households=HOUSEHOLDS, kind=kind, seed=7, as_of=day)  # type: ignore[arg-type]
    screening = Screening(pack, day, model_of(pack.indicators))
    found = screening.screen(population_from(made, day))
    scores = written_scores(found.scores, pack, screening.model)
    answers = written_answers(found.answers, pack)
    columns = zip(scores.score, scores.highest, scores.band, scores.highest_band, strict=True)
    rows = zip(situations_of(made), columns, scores.texts, answers.texts, answers.eligible, strict=True)
    for one, (score, highest, band, highest_band), own_score, own, eligible in rows:
        alone, each = (
            assess(one, day, pack, screening.model),
            numbers_of(entitlements_of(one, day, pack), pack),
        )
        assert own_score == canonical_text(score_numbers(alone))
        assert (score, highest) == (alone.score, alone.highest)
        assert (band, highest_band) == (alone.band.key, alone.highest_band.key)
        assert own == canonical_text(each)
        assert eligible == canonical_text(eligible_items(each, pack))
    assert any(text != "[]" for text in answers.eligible)


def test_the_numbers_can_be_written_down_and_compared() -> None:
    pack, day = the_pack(), date(2024, 3, 1)
    census = read_census(PACK_DIR / "population.csv")
    made = table(census, households=3, kind="known", seed=7, as_of=day)
    screening = Screening(pack, day, model_of(pack.indicators))
    written = written_answers(screening.screen(population_from(made, day)).answers, pack)
    one, other, _ = (json.loads(text) for text in written.texts)
    assert len(digest(one)) == 64
    assert digest(one) == digest(written.texts[0])
    assert len(one["outcomes"]) == len(one["conditions"].split(" ")) == len(pack.items)
    assert set(one["amounts"]) <= set(eligible_items(one, pack))
    assert changed_numbers(one, one) == []
    assert changed_numbers(one, {**other, "outcomes": "E" * len(pack.items)}) != []
