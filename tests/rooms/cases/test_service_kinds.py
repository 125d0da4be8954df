"""Each kind of delivery has a form of its own, and what it needs is asked for; which agency leads an item on a day."""

from datetime import date

import pytest

from jishiyu.cases.rules.leading import lead_of, leads_on, taken_in_at_the_agency
from jishiyu.cases.rules.service_kinds import KINDS, form_delivered, kinds_for
from jishiyu.cases.rules.services import (
    Finished,
    answers_told,
    kind_of,
    require_answers,
    require_days_in_order,
    require_finished,
)
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from tests.fixtures import the_pack

DAY = date(2024, 6, 12)
DAYS = (date(2012, 6, 1), date(2013, 12, 2), date(2016, 1, 1), date(2020, 6, 1), DAY, date(2026, 11, 24))


def test_every_item_that_is_not_money_has_a_kind_to_be_delivered_as() -> None:
    for item in the_pack().items:
        for form in item.forms:
            kinds = kinds_for(
                item.programme, form_delivered(item.forms) if form == "cash" else form, item.frequency
            )
            assert kinds, item.id
            assert set(kinds) <= KINDS.keys(), item.id


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_asks_for_what_it_needs_and_for_nothing_twice(key: str) -> None:
    kind = kind_of(key)
    keys = [one.key for one in (*kind.arrange, *kind.finish)]
    assert len(keys) == len(set(keys))
    assert kind.arrange
    assert kind.finish
    with pytest.raises(CannotBecause) as refused:
        require_answers(kind.arrange, {})
    assert all(one.words.zh in refused.value.reason.say("zh") for one in kind.arrange if one.required)
    assert len(kind.measures) == len(set(kind.measures))


def test_an_answer_that_the_question_does_not_offer_is_refused() -> None:
    with pytest.raises(CannotBecause, match="service_no_such_answer"):
        require_answers(KINDS["visit"].arrange, {"visitors": "甲、乙", "occasion": "whim"})


def test_answers_are_kept_as_told_and_said_in_words() -> None:
    kept = require_answers(
        KINDS["waiver"].arrange,
        {"by": " 房管所 ", "fee": "rent", "from_day": DAY, "to_day": date(2025, 6, 11)},
    )
    assert kept == {"by": "房管所", "fee": "rent", "from_day": "2024-06-12", "to_day": "2025-06-11"}
    told = {words.zh: answer for words, answer in answers_told(KINDS["waiver"].arrange, kept)}
    assert str(told["减免自"]) == "2024-06-12"
    assert told["减免费用"].say("en") == "Rent"
    with pytest.raises(CannotBecause, match="service_days_order"):
        require_days_in_order(kept | {"to_day": "2024-06-11"})


DONE = Finished(DAY, "已经办妥", minutes=60, quantity=1, amount=100, document_no="1号")


@pytest.mark.parametrize(
    ("kind", "told", "kept", "code"),
    [
        ("visit", DONE, (), "nobody_came"),
        ("visit", Finished(date(2024, 6, 13), "已经办妥"), (DAY,), "delivered_when"),
        ("visit", Finished(date(2024, 6, 1), "已经办妥"), (DAY,), "delivered_when"),
        ("visit", Finished(DAY, " "), (DAY,), "delivered_what"),
        ("goods", Finished(DAY, "已经办妥", amount=100), (), "delivered_unmeasured"),
        ("waiver", Finished(DAY, "已经办妥", amount=100), (), "delivered_unmeasured"),
    ],
)
def test_what_was_not_done_is_not_recorded_as_done(
    kind: str, told: Finished, kept: tuple[date, ...], code: str
) -> None:
    with pytest.raises(CannotBecause, match=code):
        require_finished(KINDS[kind], told, arranged_on=date(2024, 6, 10), today=DAY, kept=kept)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_done_and_measured_is_accepted(kind: str) -> None:
    require_finished(KINDS[kind], DONE, arranged_on=date(2024, 6, 10), today=DAY, kept=(DAY,))


@pytest.mark.clause("C5", "C18")
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_lead_of_every_item_is_an_agency_of_the_pack_with_posts(day: date) -> None:
    pack = the_pack()
    kinds = {one.code: one.kind for one in pack.agencies}
    for item in pack.items:
        for code in leads_on(pack, item.id, day):
            assert kinds[code] in ("member", "later"), (item.id, code)


def test_what_a_sub_district_a_court_or_a_notary_has_is_led_by_a_unit_of_the_group() -> None:
    pack = the_pack()
    assert leads_on(pack, "ZL06", DAY) == ("MZ",)
    assert leads_on(pack, "FL05", DAY) == ("SF",)
    assert leads_on(pack, "FL06", DAY) == ("SF",)
    assert leads_on(pack, "ZF04", DAY) == ("FD", "XF")


def test_an_agency_leads_what_it_opens_and_nothing_of_others() -> None:
    pack = the_pack()
    assert lead_of(pack, "ZF04", DAY) == "FD"
    assert lead_of(pack, "ZF04", DAY, asked="XF") == "XF"
    assert lead_of(pack, "ZF04", DAY, own="XF") == "XF"
    with pytest.raises(NotYours):
        lead_of(pack, "ZF04", DAY, own="GH")
    with pytest.raises(CannotBecause, match="no_such_lead"):
        lead_of(pack, "ZF04", DAY, asked="GH")


def test_at_an_agencys_window_its_officer_enquires_and_another_still_reviews() -> None:
    for procedure in the_pack().procedures:
        for before, after in zip(procedure.steps, taken_in_at_the_agency(procedure).steps, strict=True):
            if before.key in ("apply", "accept", "check", "visit", "advance"):
                assert after.role != "caseworker", procedure.items
            else:
                assert after == before
