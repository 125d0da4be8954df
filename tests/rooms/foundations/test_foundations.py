"""Money, days, identity numbers, secrets: what every room stands on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations import secrets
from jishiyu.foundations.identifiers import (
    BadIdNumber,
    check_character,
    masked_id,
    masked_name,
    read_id_number,
)
from jishiyu.foundations.money import fen_from_yuan, share, yuan_text
from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import Period, Quarter, add_months, age_on

KEY, OTHER = bytes(range(16)), bytes(range(1, 17))


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_yuan_text_reads_back(fen: int) -> None:
    assert fen_from_yuan(yuan_text(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("0", 0), ("1,200.50", 120050), ("1200.5", 120050), ("-3.07", -307)]
)
def test_amounts_as_written(text: str, fen: int) -> None:
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "12.345", "1,20", "12元", "1e3", "９"])
def test_amounts_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"yuan|fen"):
        fen_from_yuan(text)


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_a_share_is_within_half_a_fen(fen: int, points: int) -> None:
    assert abs(share(fen, points) * 10_000 - fen * points) <= 5_000


def test_share_rounds_as_told() -> None:
    assert [share(1, 5_000, rounding) for rounding in ("down", "half_up", "up")] == [0, 1, 1]


def test_the_standards_own_example_is_a_good_number() -> None:
    # GB 11643-1999, annex: 11010519491231002X
    number = read_id_number(" 11010519491231002x ")
    assert (number.text, number.born, number.sex) == ("11010519491231002X", date(1949, 12, 31), 2)


def test_fifteen_digits_become_eighteen() -> None:
    assert read_id_number("110105491231002").text == "11010519491231002X"


def test_synthetic_numbers_are_marked() -> None:
    first = "11990019800101001"
    assert read_id_number(first + check_character(first)).synthetic


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1101051949123100", "18"),
        ("110105194912310021", "X"),
        ("110105194913310028", "19491331"),
        ("990105194912310023", "990105"),
        ("11010519491231A02X", "数字"),
    ],
)
def test_bad_numbers_say_why(text: str, word: str) -> None:
    with pytest.raises(BadIdNumber) as caught:
        read_id_number(text)
    assert word in caught.value.sentence.say("zh")
    assert caught.value.sentence.say("en") != caught.value.sentence.say("zh")


def test_masks() -> None:
    assert masked_id("11010519491231002X") == "110105********002X"
    assert masked_name("欧阳春雨") == "欧***"
    assert masked_name("王") == "王*"


@given(st.text())
def test_sealed_text_opens_with_its_own_key_and_field_only(text: str) -> None:
    stored = secrets.seal(text.encode(), KEY, b"person.id")
    assert secrets.unseal(stored, KEY, b"person.id").decode() == text
    with pytest.raises(secrets.Unreadable):
        secrets.unseal(stored, OTHER, b"person.id")
    with pytest.raises(secrets.Unreadable):
        secrets.unseal(stored, KEY, b"person.phone")


def test_sm3_is_the_standards() -> None:
    # GB/T 32905-2016, annex A.1
    assert secrets.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_indexes_of_different_columns_differ() -> None:
    assert secrets.keyed_index("x", KEY, "a") != secrets.keyed_index("x", KEY, "b")


def test_days() -> None:
    assert Quarter.of(date(2026, 11, 24)).period == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter(2026, 1).before() == Quarter(2025, 4)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert [age_on(date(2000, 2, 29), day) for day in (date(2018, 2, 28), date(2018, 3, 1))] == [17, 18]
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


def test_a_sentence_says_itself_in_both_languages() -> None:
    inner = sentence("户主", "head")
    assert sentence("缺少{x}", "{x} is missing", x=inner).as_data() == {
        "zh": "缺少户主",
        "en": "head is missing",
    }
