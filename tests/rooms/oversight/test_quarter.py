"""A quarter counted from events, stored, issued, kept from change, and seen by each post as far as it may."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.foundations.periods import Quarter
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM
from jishiyu.oversight.models import Bulletin, QuarterlyReport, ReportLine
from jishiyu.oversight.operations import (
    draft_report,
    issue_bulletin,
    issue_report,
    rewrite_bulletin,
    write_bulletin,
)
from jishiyu.oversight.queries import bulletins, changed_since, figures_of, quarterly
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_post, open_offices
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
FOURTH = Quarter(2026, 4)
NEW_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def office():
    """Two awards in two sub-districts, paid in November from upper-level money and a gift."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        an_award(1, government=30_000, charity=5_000)
        an_award(2, item="ZY01", government=40_000, area=SHICHAHAI, frequency="per_case")
    finance = a_post("finance")
    with acting(finance, moment=NOON):
        for kind, amount in (("upper_level", 100_000), ("donation", 20_000)):
            source = name_source(kind=kind, name=sentence(kind, kind), actor=finance)
            receive_deposit(
                source_id=source.id,
                amount=amount,
                received_on=NOVEMBER,
                document_no="1",
                actor=finance,
                moment=NOON,
            )
        pay_the_month(NOVEMBER, actor=finance, moment=NOON)
    return a_post("office")


def test_the_quarter_is_counted_from_what_happened(office):
    with acting(office, moment=NOON):
        found = quarterly(FOURTH, office)
    total = found.total
    assert {m: total.value(m) for m in ("applications", "granted", "helped", "payments", "paid", "households")} == {
        "applications": 2, "granted": 2, "helped": 2, "payments": 3, "paid": 75_000, "households": 2,
    }  # fmt: skip
    assert found.line("programme", "ZY").value("paid") == 40_000
    assert found.line("programme", "ZK").value("paid") == 35_000
    assert found.line("sub_district", DESHENG).value("paid") == 35_000
    assert found.line("sub_district", SHICHAHAI).value("helped") == 1
    money = {line.value("paid"): (line.value("received"), line.value("left")) for line in found.of("source")}
    assert money == {70_000: (100_000, 30_000), 5_000: (20_000, 15_000)}
    assert sum(line.value("paid") for line in found.of("source")) == total.value("paid")
    assert len(found.of("programme")) == 11
    assert len(found.of("sub_district")) == 15


def test_the_quarter_before_is_empty_and_a_past_day_counts_what_was_then(office):
    with acting(office, moment=NOON):
        assert quarterly(FOURTH.before(), office).total.value("paid") == 0
        early = quarterly(FOURTH, office, until=date(2026, 11, 2))
        assert (early.total.value("applications"), early.total.value("paid")) == (2, 0)


def test_a_sub_district_counts_its_own_and_an_agency_its_own(office):
    street = a_post("reviewer")
    with acting(street, moment=NOON):
        found = quarterly(FOURTH, street)
        assert (found.total.value("applications"), found.total.value("paid")) == (1, 35_000)
        assert [line.key for line in found.of("sub_district")] == [DESHENG]
        assert {line.value("received") for line in found.of("source")} == {0}
    agency = a_post("decider", agency="CS")
    with acting(agency, moment=NOON):
        assert quarterly(FOURTH, agency).total.value("applications") == 0


def test_a_report_is_stored_sealed_and_comes_out_the_same_again(office):
    with acting(office, moment=NOON):
        row = draft_report(FOURTH, actor=office, moment=NOON)
        assert (row.version, row.status, row.until) == (1, "draft", NOON.date())
        assert changed_since(row, office) == []
        assert len(row.analysis) >= 3
        assert draft_report(FOURTH, actor=office, moment=NOON).version == 2
    with acting(SYSTEM, moment=NOON):
        an_award(9, government=1_000)
    with acting(office, moment=NOON):
        changed = {(d.part, d.measure) for d in changed_since(row, office)}
        assert ("total", "applications") in changed


def test_a_report_is_issued_once_after_the_quarter_and_stays(office):
    with acting(office, moment=NOON):
        early = draft_report(FOURTH, actor=office, moment=NOON)
        with pytest.raises(CannotBecause, match="quarter_not_over"):
            issue_report(early.id, plan="下一阶段", actor=office, moment=NOON)
    with acting(office, moment=NEW_YEAR):
        row = draft_report(FOURTH, actor=office, moment=NEW_YEAR)
        with pytest.raises(CannotBecause, match="no_plan"):
            issue_report(row.id, plan=" ", actor=office, moment=NEW_YEAR)
        issue_report(row.id, plan="一、加快办理。", actor=office, moment=NEW_YEAR)
        other = draft_report(FOURTH, actor=office, moment=NEW_YEAR)
        with pytest.raises(CannotBecause, match="issued_already"):
            issue_report(other.id, plan="x", actor=office, moment=NEW_YEAR)
        with pytest.raises(DatabaseError, match="what was issued stays"), transaction.atomic():
            QuarterlyReport.objects.filter(pk=row.id).update(plan="改")
        assert ReportLine.objects.filter(report=row).update(values={}) == 0


def test_a_sub_district_sees_totals_and_its_own_line_of_a_stored_report(office):
    with acting(office, moment=NOON):
        row = draft_report(FOURTH, actor=office, moment=NOON)
    street = a_post("caseworker")
    with acting(street, moment=NOON):
        found = figures_of(row, street)
        assert found.total.value("paid") == 75_000
        assert [line.key for line in found.of("sub_district")] == [DESHENG]
        # A forgotten filter shows no more: the database keeps the other lines.
        assert {line.key for line in ReportLine.objects.filter(part="sub_district")} == {DESHENG}
    with acting(PUBLIC, moment=NOON):
        assert ReportLine.objects.count() == 0
        assert QuarterlyReport.objects.count() == 0


def test_only_the_office_reports(office):
    for role in ("finance", "auditor", "caseworker", "decider"):
        post = a_post(role)
        with acting(post, moment=NOON), pytest.raises(NotYours):
            draft_report(FOURTH, actor=post, moment=NOON)


def test_bulletins_are_numbered_by_year_and_stay(office):
    with acting(office, moment=NOON):
        report = draft_report(FOURTH, actor=office, moment=NOON)
        first = write_bulletin(
            title="关于第四季度的通报",
            body="",
            prefix="西社救",
            report_id=report.id,
            actor=office,
            moment=NOON,
        )
        assert "本季度受理申请2件" in first.body
        second = write_bulletin(title="通报二", body="正文", prefix="西社救", actor=office, moment=NOON)
        rewrite_bulletin(second.id, title="通报二（改）", body="正文", actor=office)
        assert [issue_bulletin(one.id, actor=office, moment=NOON).number for one in (first, second)] == [1, 2]
        with pytest.raises(CannotBecause, match="issued"):
            rewrite_bulletin(first.id, title="x", body="y", actor=office)
        with pytest.raises(DatabaseError, match="what was issued stays"), transaction.atomic():
            Bulletin.objects.filter(pk=first.id).update(body="改")
        draft = write_bulletin(title="草稿", body="正文", prefix="西社救", actor=office, moment=NOON)
    with acting(a_post("caseworker"), moment=NOON):
        assert draft.id not in {row.id for row in bulletins()}
        assert bulletins().count() == 2


def test_the_application_cannot_write_figures_for_a_post_that_only_reads(office):
    with acting(office, moment=NOON):
        row = draft_report(FOURTH, actor=office, moment=NOON)
    insert = (
        'insert into oversight_reportline (id, report_id, position, part, key, "values") '
        "values (gen_random_uuid(), %s, 900, 'total', 'x', '{}')"
    )
    with (
        acting(a_post("auditor"), moment=NOON),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [row.id])
