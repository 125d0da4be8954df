"""Every item stands at its boundaries in every era in which its standard is known: one step below, at, and above."""

from datetime import date

from jishiyu.programmes.rules.boundaries import Asked, asked_of, places_of
from jishiyu.programmes.rules.coverage import ERAS, coverage_of
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.worked_examples import Example, answers_in, examples_in
from tests.fixtures import PACK_DIR, the_pack

DAY = date(2020, 8, 1)


def told_of(example: Example) -> set[str]:
    """The items that an example says something of."""
    return {*example.expect, *(item for items in example.outcomes.values() for item in items)}


def stood_at() -> set[Asked]:
    found: set[Asked] = set()
    for _, example in examples_in(PACK_DIR / "examples"):
        if example.day < ERAS[0]:
            continue
        era = max(place for place, first in enumerate(ERAS) if first <= example.day)
        items = told_of(example)
        for answer in answers_in(example, the_pack()):
            if answer.item in items:
                found |= {Asked(answer.item, rule, era, place) for rule, place in places_of(answer)}
    return found


def test_an_example_stands_at_every_boundary_of_every_item_and_era() -> None:
    rows = coverage_of(the_pack(), rules_of_pack(the_pack(), DAY), DAY)
    asked = asked_of(the_pack(), rows)
    assert len(asked) > 900
    lacking = asked - stood_at()
    assert sorted(f"{one.item} era {one.era + 1}: {one.rule} {one.place}" for one in lacking) == []
