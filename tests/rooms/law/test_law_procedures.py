"""Procedures by era: the day of acceptance decides; the full tables have no dead end and a post for each step."""

from datetime import date, timedelta

import pytest

from jishiyu.foundations.outcomes import NotFound
from jishiyu.law.rules import UnknownValue
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.procedures import Era, Limit, Procedure
from jishiyu.law.rules.walk import reached_from
from jishiyu.offices.rules import ROLE_NAMES
from tests.fixtures import the_pack
from tools import procedures

FULL = [one for one in the_pack().procedures if one.status == "full"]
# Steps in which the household is enquired into: nobody who took one reviews or decides.
ENQUIRY = {"apply", "accept", "check", "visit", "advance", "appraisal"}


def name_of(procedure: Procedure) -> str:
    return f"{procedure.items[0]}-{procedure.era}-{procedure.from_ or ''}"


@pytest.mark.parametrize(
    ("day", "era"),
    [
        ("2012-12-11", "E1"),
        ("2012-12-12", "E2"),
        ("2013-11-28", "E2"),
        ("2021-06-30", "E2"),
        ("2021-07-01", "E3"),
        ("2026-11-24", "E3"),
    ],
)
def test_the_day_decides_the_era(day: str, era: str) -> None:
    assert the_pack().era_on(date.fromisoformat(day)).key == era
    assert the_pack().procedure_for("ZK01", date.fromisoformat(day)).era == era


def test_before_the_first_era_and_for_unknown_items_it_is_said_so() -> None:
    with pytest.raises(UnknownValue):
        the_pack().era_on(date(1990, 1, 1))
    with pytest.raises(NotFound):
        the_pack().procedure_for("ZZ01", date(2020, 1, 1))


def in_force(item: BenefitItem, era: Era) -> tuple[date, date] | None:
    """The days of an era on which an item can be in force."""
    assert era.from_ is not None
    first = max(era.from_, item.effective_from or era.from_)
    last = min(era.to or date(2026, 12, 31), item.effective_to or date(2026, 12, 31))
    return (first, last) if first <= last else None


def test_every_item_has_one_full_table_on_every_day_of_every_era_in_which_it_is_in_force() -> None:
    pack, lacking = the_pack(), []
    for item in pack.items:
        for era in (one for one in pack.eras if one.from_ is not None):
            days = in_force(item, era)
            tables = [one for one in pack.procedures if one.era == era.key and item.id in one.items]
            if days is None:
                if tables:
                    lacking.append(f"{item.id} {era.key}: not in force, and has a table")
                continue
            edges = {day for one in tables for day in (one.from_, one.to) if day is not None}
            edges |= {day + timedelta(days=1) for day in edges} | {day - timedelta(days=1) for day in edges}
            for day in sorted({*days, *(day for day in edges if days[0] <= day <= days[1])}):
                found = [one for one in tables if one.status == "full" and one.holds(day)]
                if len(found) != 1:
                    lacking.append(f"{item.id} {era.key} {day}: {len(found)} tables")
    assert lacking == []


def test_an_item_is_not_walked_before_it_began_or_after_it_ended() -> None:
    for item, day in (("ZC02", date(2014, 6, 1)), ("ZK04", date(2022, 1, 1)), ("ZY06", date(2020, 1, 1))):
        with pytest.raises(UnknownValue, match="not in force"):
            the_pack().procedure_for(item, day)


def test_every_table_can_be_walked_from_the_application_to_the_end() -> None:
    for procedure in FULL:
        keys = {step.key for step in procedure.steps}
        assert procedure.first.key == "apply", name_of(procedure)
        assert reached_from(procedure, "apply") == keys, name_of(procedure)
        for step in procedure.steps:
            where = f"{name_of(procedure)} {step.key}"
            assert step.role in ROLE_NAMES, where
            assert "end" in reached_from(procedure, step.key), where
            assert (procedure.limit_of(step.key) is None) == (step.key == "end"), where
            assert len({outcome.key for outcome in step.outcomes}) == len(step.outcomes), where


def test_whoever_enquired_neither_reviews_nor_decides_and_the_lead_agency_decides() -> None:
    for procedure in FULL:
        keys: set[str] = {step.key for step in procedure.steps}
        where = name_of(procedure)
        assert (keys & ENQUIRY) | (keys & {"review"}) <= set(procedure.step("decide").not_by), where
        if "review" in keys:
            assert (keys & ENQUIRY) <= set(procedure.step("review").not_by), where
            assert procedure.step("review").role == "reviewer", where
        decide = procedure.step("decide")
        assert (decide.role, decide.office) in {
            ("decider", "lead_agency"),
            ("sub_district_head", "sub_district"),
        }, where
        if "visit" in keys:
            assert procedure.step("visit").people == 2, where


def test_nothing_is_granted_before_the_notice_is_over_where_one_is_published() -> None:
    for procedure in FULL:
        where = name_of(procedure)
        assert procedure.publicity is not None, where
        grants = [
            one for one in procedure.step("decide").outcomes if one.next in ("pay", "deliver", "announce")
        ]
        assert grants, where
        if not procedure.publicity.published:
            assert "notice" not in {step.key for step in procedure.steps}, where
            continue
        assert (procedure.publicity.days, procedure.publicity.unit) == (7, "calendar"), where
        for grant in grants:
            assert grant.lacks(["apply", "accept", "check", "visit", "appraisal", "review"]) == ("notice",)
            # A notice before the case went back is no notice.
            assert grant.lacks(["accept", "appraisal", "review", "notice", "appraisal", "review"]) == (
                "notice",
            )
            assert grant.lacks(["accept", "appraisal", "review", "notice"]) == ()
        for way in procedure.step("decide").outcomes:
            if way not in grants:
                assert way.lacks(["review"]) == ()  # a refusal needs no notice


def test_each_form_of_aid_has_its_own_last_step() -> None:
    for procedure in FULL:
        forms = the_pack().item(procedure.items[0]).forms
        last = {key for key in ("pay", "deliver") if _has(procedure, key)}
        assert ("pay" if forms[0] == "cash" else "deliver") in last, name_of(procedure)
        assert last <= {"pay" if form == "cash" else "deliver" for form in forms}, name_of(procedure)
    for procedure in FULL:
        if _has(procedure, "deliver"):
            keys = [one.key for one in procedure.step("deliver").outcomes]
            assert keys == ["delivered", "not_delivered"], name_of(procedure)
            assert procedure.step("deliver").outcomes[1].reasons


def _has(procedure: Procedure, key: str) -> bool:
    return any(step.key == key for step in procedure.steps)


def test_help_in_money_or_in_kind_is_for_the_decider_to_choose() -> None:
    for item in ("ZK05", "ZK11", "ZK12", "ZK13", "ZX07", "ZC03", "ZC08", "CS07"):
        for era in ("E1", "E2", "E3"):
            for table in (one for one in FULL if item in one.items and one.era == era):
                ways = {one.key: one.next for one in table.step("decide").outcomes}
                assert (ways["grant"], ways["grant_in_kind"]) == ("pay", "deliver"), name_of(table)


def test_a_disaster_is_published_before_the_sub_district_reviews() -> None:
    table = the_pack().procedure_for("JZ02", date(2026, 11, 24))
    keys = [step.key for step in table.steps]
    assert keys.index("appraisal") < keys.index("notice") < keys.index("review") < keys.index("decide")


def test_recognition_alone_is_not_published_since_may_2024() -> None:
    before, after = (the_pack().procedure_for("ZK03", day) for day in (date(2024, 4, 30), date(2024, 5, 1)))
    assert before.publicity is not None
    assert after.publicity is not None
    assert (before.publicity.published, after.publicity.published) == (True, False)
    assert (_has(before, "notice"), _has(after, "notice")) == (True, False)
    assert _has(after, "deliver")


def test_the_papers_of_an_application_are_the_tables_own_and_the_items() -> None:
    for procedure in FULL:
        asked = {paper.key for paper in procedure.first.papers}
        assert {one.key for one in the_pack().item(procedure.items[0]).documents} <= asked, name_of(procedure)
    dibao = the_pack().procedure_for("ZK01", date(2026, 11, 24)).first
    assert [paper.key for paper in dibao.papers if paper.required] == [
        "application",
        "id_and_hukou",
        "means_statement",
    ]


def test_limits_that_nobody_saw_are_marked_and_explained_in_the_table() -> None:
    allowance = the_pack().procedure_for("ZC01", date(2026, 11, 24))
    review, decide = allowance.limit_of("review"), allowance.limit_of("decide")
    assert review is not None
    assert decide is not None
    assert (review.n, review.unit, review.confidence) == (10, "working", "verified")
    assert (decide.n, decide.unit, decide.confidence) == (7, "working", "verified")
    made_up = the_pack().procedure_for("ZC05", date(2026, 11, 24)).limit_of("review")
    assert made_up is not None
    assert made_up.confidence == "illustrative"


def test_legal_aid_goes_by_the_national_law_since_2022() -> None:
    before, after = (the_pack().procedure_for("FL02", day) for day in (date(2021, 12, 31), date(2022, 1, 1)))
    assert before.total is not None
    assert after.total is not None
    assert (before.total.n, before.total.unit) == (5, "working")
    assert (after.total.n, after.total.unit, after.total.words.say("en")) == (
        7,
        "calendar",
        "7 calendar days",
    )
    assign = after.limit_of("deliver")
    assert assign is not None
    assert (assign.n, assign.unit) == (3, "calendar")
    assert _has(after, "advance")


def test_a_recheck_has_the_cycle_of_the_households_class_or_the_shortest() -> None:
    trial = the_pack().procedure_for("ZK01", date(2013, 11, 28))
    assert [trial.limit_of("recheck", key) for key in ("three_without", "steady", "unsteady")] == [
        Limit(n=one.months, unit="months", confidence=one.confidence, note=one.name) for one in trial.rechecks
    ]
    assert trial.limit_of("recheck") == trial.limit_of("recheck", "unsteady")
    assert [one.months for one in trial.rechecks] == [12, 6, 1]


def test_what_the_eras_differ_in() -> None:
    first = the_pack().procedure_for("ZK01", date(2012, 12, 11))
    assert first.total is not None
    assert (first.total.n, first.total.unit, first.total_from) == (30, "calendar", "applied")
    assert not _has(first, "appraisal")
    assert not _has(first, "announce")
    before, after = (the_pack().procedure_for("ZK01", day) for day in (date(2013, 11, 28), date(2021, 7, 1)))
    assert before.step("visit").outcomes[0].next == "appraisal"
    assert after.step("visit").outcomes[0].next == "review"
    assert [one.next for one in after.step("notice").outcomes if one.key == "objection"] == ["appraisal"]
    assert before.spot_check is not None
    assert (before.spot_check.basis_points, before.spot_check.confidence) == (3_000, "verified")
    assert before.publicity is not None
    assert before.publicity.second_days == 7
    assert after.total is not None
    assert (after.total.n, after.total.unit, after.total.confidence) == (30, "working", "recalled")
    assert after.total_longest is not None
    assert (after.total_longest.n, after.total_longest.unit) == (45, "working")
    assert after.clock_stops_how is not None
    assert (after.clock_stops, after.clock_stops_how.confidence) == (("apply", "notice"), "uncertain")
    assert [one.months for one in after.rechecks] == [12, 6]


def test_the_page_of_procedures_is_up_to_date() -> None:
    assert procedures.PAGE.read_text(encoding="utf-8") == procedures.page(), "run: python -m tools.procedures"


def test_an_exclusion_holds_from_both_sides() -> None:
    pack = the_pack()
    assert "ZK02" in pack.exclusions_of("ZK01")
    assert "ZK01" in pack.exclusions_of("ZK02")
