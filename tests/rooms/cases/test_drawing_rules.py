"""The draw of spot checks: the list and the seed alone decide, the share is never fallen short of, nobody is favoured."""

import hashlib
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.cases.rules.drawing import Stratum, digest_of, draw, faults_in_draw, plain_seed, strata_from

MARKS = st.lists(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), unique=True, max_size=40)
STRATA = st.lists(
    st.builds(
        Stratum,
        st.from_regex(r"1101020[0-9]{2}/E[1-3]", fullmatch=True),
        st.integers(0, 10_000),
        MARKS.map(tuple),
    ),
    unique_by=lambda one: one.name,
    max_size=4,
)
SEEDS = st.text(min_size=1, max_size=30).map(plain_seed)


def as_published(strata: list[Stratum], seed: str) -> dict[str, Any]:
    frame = [one.as_data() for one in strata]
    drawn = {name: list(marks) for name, marks in draw(strata, seed).items()}
    return {"frame": frame, "digest": digest_of(strata), "seed": seed, "drawn": drawn if seed else None}


@settings(max_examples=40, deadline=None)
@given(STRATA, SEEDS, st.randoms())
def test_the_order_of_the_list_is_no_matter(strata: list[Stratum], seed: str, random: Any) -> None:
    shuffled = [
        Stratum(one.name, one.share, tuple(random.sample(one.marks, len(one.marks)))) for one in strata
    ]
    random.shuffle(shuffled)
    assert draw(shuffled, seed) == draw(strata, seed)
    assert digest_of(shuffled) == digest_of(strata)


@settings(max_examples=40, deadline=None)
@given(STRATA, SEEDS)
def test_the_share_is_reached_and_not_gone_beyond(strata: list[Stratum], seed: str) -> None:
    for one in strata:
        drawn = draw(strata, seed)[one.name]
        assert len(set(drawn)) == len(drawn) == one.needed
        assert set(drawn) <= set(one.marks)
        assert len(drawn) * 10_000 >= len(one.marks) * one.share
        assert (len(drawn) - 1) * 10_000 < len(one.marks) * one.share or not drawn


@settings(max_examples=40, deadline=None)
@given(STRATA, SEEDS)
def test_what_is_published_is_verified_from_itself(strata: list[Stratum], seed: str) -> None:
    told = as_published(strata, seed)
    assert strata_from(told["frame"]) == tuple(
        Stratum(one.name, one.share, tuple(sorted(one.marks))) for one in strata
    )
    assert faults_in_draw(told) == []


def test_each_kind_of_tampering_is_found() -> None:
    one = Stratum("110102010/E3/3000", 3_000, tuple(f"{place:016x}" for place in range(20)))
    told = as_published([one], "3 9 12 21 27 33 5")
    other_list = {
        **told,
        "frame": [Stratum(one.name, one.share, (*one.marks[1:], "f" * 16)).as_data()],
    }
    other_seed = {**told, "seed": "3 9 12 21 27 33 6"}
    swapped = {**told, "drawn": {one.name: list(one.marks[:6])}}
    fewer = {**told, "drawn": {one.name: told["drawn"][one.name][:5]}}
    more = {**told, "drawn": {**told["drawn"], "110102012/E3/3000": ["0" * 16]}}
    lower_share = {**told, "frame": [Stratum(one.name, 1_000, one.marks).as_data()]}
    for wrong in (other_list, other_seed, swapped, fewer, more, lower_share):
        assert faults_in_draw(wrong)
    assert faults_in_draw(told) == []


def test_every_case_is_drawn_as_often_as_any_other() -> None:
    marks = tuple(f"{place:016x}" for place in range(20))
    counts = Counter(
        mark for seed in range(2_000) for mark in draw([Stratum("x", 3_000, marks)], str(seed))["x"]
    )
    # 600 each; chi-square with 19 degrees of freedom (of a draw without replacement) below its 99.9% point.
    assert sum((counts[mark] - 600) ** 2 / 600 for mark in marks) < 43.8


def test_the_rank_is_what_the_page_says() -> None:
    marks = ("00000000000000aa", "00000000000000bb")
    by_hand = sorted(marks, key=lambda mark: hashlib.sha256(f"seed\n{mark}".encode()).hexdigest())
    assert draw([Stratum("x", 10_000, marks)], "seed")["x"] == tuple(by_hand)
    assert plain_seed(" ０３ 12\u3000 33 ") == "03 12 33"
