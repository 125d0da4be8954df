"""Dated standards: the value of the day with its source, and a plain refusal where it is not known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import NotFound
from jishiyu.law.rules import Dated, DatedText, UnknownValue
from jishiyu.law.rules.parameters import whole
from tests.fixtures import the_pack

DIBAO = "bj.dibao.urban"


@pytest.mark.parametrize(
    ("id", "day", "value", "confidence"),
    [
        (DIBAO, "2013-11-28", 580_00, "verified"),
        (DIBAO, "2013-12-31", 580_00, "verified"),
        (DIBAO, "2014-01-01", 650_00, "verified"),
        (DIBAO, "2023-06-30", 1320_00, "verified"),
        (DIBAO, "2023-07-01", 1395_00, "verified"),
        (DIBAO, "2024-07-01", 1450_00, "recalled"),
        ("bj.low_income", "2013-11-28", 740_00, "verified"),
        ("bj.low_income", "2018-08-31", 2000_00, "verified"),
        ("bj.low_income", "2018-09-01", 2120_00, "verified"),
        ("bj.tekun.basic", "2023-07-01", 2092_50, "uncertain"),
        ("bj.medical_aid.inpatient.ratio", "2017-04-01", 8_000, "verified"),
        ("bj.medical_aid.inpatient.cap", "2021-12-31", 60_000_00, "verified"),
        ("bj.medical_aid.inpatient.cap", "2022-01-01", 60_000_00, "uncertain"),
        ("bj.temporary_relief.tier_3", "2020-01-01", 30_000, "verified"),
        ("bj.dibao.coefficient.three_without", "2013-11-28", 11_500, "verified"),
        ("bj.low_income.serious_illness_allowance", "2021-02-01", 3_500, "verified"),
        ("xicheng.charity.spring_rain.ratio", "2020-01-01", 5_000, "illustrative"),
    ],
)
def test_the_value_of_the_day_with_its_confidence(id: str, day: str, value: int, confidence: str) -> None:
    found = the_pack().parameter(id, date.fromisoformat(day))
    assert (found.value, found.confidence) == (value, confidence)
    assert found.real == (confidence == "verified")
    assert found.illustrative == (confidence == "illustrative")
    assert found.first <= date.fromisoformat(day)


def test_a_value_carries_its_days_and_its_document() -> None:
    found = the_pack().parameter(DIBAO, date(2023, 8, 1))
    assert (found.first, found.last) == (date(2023, 7, 1), date(2024, 6, 30))
    assert found.citation.doc_no == "京民社救发〔2023〕240号"
    assert "最低生活保障标准" in str(found.citation)
    assert (found.unit, found.per) == ("yuan", "person-month")
    assert found.note is not None
    assert "retroactive" in found.note.en


@pytest.mark.parametrize(
    ("id", "day", "said"),
    [
        (DIBAO, "2025-07-01", "no value was found"),  # null
        (DIBAO, "2026-11-24", "no value was found"),  # null, open
        (DIBAO, "2007-06-30", "earliest value begins on 2007-07-01"),
        ("bj.unemployment.one", "2020-01-01", "gap"),
        ("bj.medical_aid.inpatient.ratio", "2013-11-28", "first day is not known"),  # recorded, never dated
        ("bj.dibao.uplift.single_parent", "2020-01-01", "no value was found"),
        ("bj.property_limit.money.small_household", "2015-01-01", "no value was found"),
    ],
)
def test_what_is_not_known_is_refused_and_never_filled_from_another_day(id: str, day: str, said: str) -> None:
    with pytest.raises(UnknownValue) as unknown:
        the_pack().parameter(id, date.fromisoformat(day))
    reason = unknown.value.reason
    assert unknown.value.code == "law.unknown_value"
    assert id in reason.say("en")
    assert day in reason.say("en")
    assert said in reason.say("en")
    assert id in reason.say("zh")
    assert "不能计算" in reason.say("zh")


def test_an_uncertain_value_may_be_shown_but_not_computed_with() -> None:
    shown = the_pack().parameter("bj.low_income", date(2026, 1, 1))
    assert shown.value == 2540_00
    with pytest.raises(UnknownValue, match="uncertain"):
        shown.insist()
    assert the_pack().parameter(DIBAO, date(2023, 8, 1)).insist() == 1395_00


def test_a_standard_in_words_is_no_number() -> None:
    pack = the_pack()
    words = pack.wording("bj.temporary_relief.rule", date(2013, 11, 28))
    assert isinstance(words, DatedText)
    assert words.text.zh == "金额由区县自定"
    with pytest.raises(UnknownValue, match="words"):
        pack.parameter("bj.temporary_relief.rule", date(2013, 11, 28))
    with pytest.raises(UnknownValue, match="number"):
        pack.wording(DIBAO, date(2013, 11, 28))


def test_an_unknown_name_is_not_found() -> None:
    with pytest.raises(NotFound):
        the_pack().parameter("bj.no_such", date(2020, 1, 1))


@given(
    place=st.integers(0, len(the_pack().parameters) - 1),
    day=st.dates(date(1999, 1, 1), date(2030, 12, 31)),
)
def test_every_standard_on_every_day_is_a_dated_whole_number_or_a_refusal(place: int, day: date) -> None:
    parameter = the_pack().parameters[place]
    try:
        found = the_pack().dated(parameter.id, day)
    except UnknownValue:
        return
    assert found.first <= day
    assert found.last is None or day <= found.last
    if isinstance(found, Dated):
        assert type(found.value) is int
    if found.confidence == "verified":
        assert found.citation.seen


@given(st.integers(-(10**12), 10**12))
def test_money_in_yuan_becomes_fen_exactly(fen: int) -> None:
    assert whole(Decimal(fen) / 100, "yuan") == fen


def test_finer_than_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="no whole number"):
        whole(Decimal("0.005"), "yuan")
    assert whole(Decimal("0.1755"), "ratio") == 1_755


def test_snapshots_stand_for_their_own_days_only() -> None:
    pack = the_pack()
    assert pack.parameter("xicheng.stats.temporary_relief.amount", date(2022, 11, 15)).value == 600_668_85
    with pytest.raises(UnknownValue):
        pack.parameter("xicheng.stats.temporary_relief.amount", date(2022, 11, 30) + timedelta(days=1))


def test_the_version_names_the_content() -> None:
    pack = the_pack()
    assert pack.version == f"2026.1+{pack.content_hash[:12]}"
    assert len(pack.content_hash) == 64
