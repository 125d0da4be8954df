"""The papers of a case as PDF and Word: right words, no more than the post may see, the same file for the same facts."""

import io
from datetime import timedelta
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from jishiyu.cases import operations, queries
from jishiyu.doors.threshold.papers import (
    Facts,
    Grid,
    Paragraph,
    Picture,
    Sheet,
    Ticks,
    fonts,
    write_pdf,
    write_word,
)
from jishiyu.foundations.clock import wind_to
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.rules.coordination import Cover
from tests.fixtures import DESHENG, SHICHAHAI, engage_all, open_offices
from tests.journeys.logged_in import logged_in
from tests.rooms.cases.a_case import MORNING, Street

KINDS = ("application", "authorisation", "visit", "review", "decision")


def words(pdf: bytes) -> str:
    """The text of a PDF without its line breaks."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join("".join(pages).split())


def words_of_word(docx: bytes) -> str:
    file = Document(io.BytesIO(docx))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "".join(one.text for one in file.paragraphs) + "".join(cells)


SHEET = Sheet(
    "社会救助决定书",
    (
        Paragraph("#set text(red) *星* $x$ @here <b>&amp;</b> \\ `代码`"),
        Facts((("项目", "低保"), ("签收", ""))),
        Grid(("依据", "金额"), (("京民〔2023〕1号", "1,245.00"),), frozenset({1})),
        Ticks((("身份证", True), ("户口本", False))),
        Picture('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>', "扫码"),
    ),
    number="ZK01-1",
    signed=("区民政局", "2024年6月20日"),
)  # fmt: skip


def test_words_are_set_as_they_are_and_never_taken_as_markup() -> None:
    pdf = words(write_pdf(SHEET))
    for word in (
        "#settext(red)*星*$x$@here<b>&amp;</b>",
        "社会救助决定书",
        "京民〔2023〕1号",
        "1,245.00",
        "2024年6月20日",
    ):
        assert word in pdf
    assert "#set text(red) *星* $x$ @here <b>&amp;</b>" in words_of_word(write_word(SHEET))


def test_the_same_sheet_is_the_same_file_and_can_be_read_out() -> None:
    assert write_pdf(SHEET) == write_pdf(SHEET)
    reader = PdfReader(io.BytesIO(write_pdf(SHEET)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")
    assert reader.metadata is not None
    assert reader.metadata.title == "社会救助决定书"
    width, height = (round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    assert {one.date_time for one in ZipFile(io.BytesIO(write_word(SHEET))).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_without_a_chinese_font_a_pdf_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BODY", "TITLE", "HEADING"):
        monkeypatch.setattr(fonts, name, ("No Such Face",))
    with pytest.raises(CannotBecause) as refused:
        write_pdf(SHEET)
    assert "字体" in str(refused.value.reason)
    assert write_word(SHEET)


@pytest.fixture
def street(db: None) -> Street:
    """The posts of Desheng and of the civil affairs bureau, and everybody's log-in."""
    with acting(SYSTEM, moment=MORNING):
        open_offices()
        engage_all()
    return Street()


@pytest.fixture
def granted(street: Street, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> tuple[Street, UUID]:
    """A case that was noticed and granted, and a log-in for everybody."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", f"{tmp_path}/clock")
    case = street.apply(41)
    street.to_notice(case)
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case, actor=street.caseworker, moment=street.now)
    street.pass_days(9)
    with acting(street.caseworker, moment=street.now):
        notices.close(notice.id, actor=street.caseworker, moment=street.now)
    papers = street.papers(case)
    with acting(street.decider, moment=street.now):
        operations.decide(
            case, outcome="grant", amount=150_000, papers=papers, actor=street.decider, moment=street.now
        )
    wind_to(street.now + timedelta(hours=1))
    return street, case


@pytest.mark.django_db
def test_every_paper_of_a_granted_case(granted: tuple[Street, UUID]) -> None:
    _, case = granted
    client = logged_in(f"caseworker.{DESHENG}")
    page = client.get(f"/desk/cases/{case}/").content.decode()
    found: dict[str, str] = {}
    for kind in KINDS:
        assert f"/desk/cases/{case}/papers/{kind}.pdf" in page
        pdf = client.get(f"/desk/cases/{case}/papers/{kind}.pdf")
        docx = client.get(f"/desk/cases/{case}/papers/{kind}.docx")
        assert (pdf.status_code, docx.status_code) == (200, 200), kind
        assert pdf.headers["Content-Type"] == "application/pdf"
        assert "no-store" in pdf.headers["Cache-Control"]
        found[kind] = words(pdf.content)
        assert "单春雨" in found[kind]
        assert "单春雨" in words_of_word(docx.content)
    assert "生活困难" in found["application"]
    code, born = code_and_birth(case)
    assert code in found["application"]
    assert code in page
    for text in found.values():
        assert born not in text, "the day of birth would undo the mask of the number"
    assert "授权" in found["authorisation"]
    assert "情况属实" in found["visit"]
    assert "1,500.00" in found["review"]
    assert "决定给予救助" in found["decision"]
    assert "行政复议" in found["decision"]
    for text in found.values():
        assert "119900" not in text.replace("119900********", "")


def code_and_birth(case: UUID) -> tuple[str, str]:
    """The code to ask by, and the applicant's day of birth."""
    with acting(SYSTEM, moment=MORNING):
        row = queries.case(case, SYSTEM)
        return queries.progress_code(row), row.applicant.born.isoformat()


@pytest.mark.django_db
def test_the_code_is_shown_only_to_who_takes_applications(granted: tuple[Street, UUID]) -> None:
    _, case = granted
    code, _ = code_and_birth(case)
    for who in (f"reviewer.{DESHENG}", "auditor", "office"):
        client = logged_in(who)
        assert code not in client.get(f"/desk/cases/{case}/").content.decode(), who
        paper = words_of_word(client.get(f"/desk/cases/{case}/papers/application.docx").content)
        assert "生活困难" in paper
        assert code not in paper
        assert "查询码" not in paper


@pytest.mark.django_db
def test_the_letter_on_screen_says_what_its_file_says(granted: tuple[Street, UUID]) -> None:
    street, case = granted
    client = logged_in(f"caseworker.{DESHENG}")
    letter = client.get(f"/desk/cases/{case}/letter/")
    assert "no-store" in letter.headers["Cache-Control"]
    assert "决定给予救助" in letter.content.decode()
    with acting(SYSTEM, moment=street.now):
        award = queries.awards_of_case(case)[0]
        covers = [Cover("government", 7_700, "补发")]
        operations.supplement(
            award.id, covers, because=sentence("补发", "Back pay"), actor=SYSTEM, moment=street.now
        )
    paid_besides = client.get(f"/desk/cases/{case}/letter/").content.decode()
    assert "1,500.00" in paid_besides
    assert "77.00" not in paid_besides, "the decision was about its own award"
    with acting(street.decider, moment=street.now):
        month = street.now.date().replace(day=1)
        operations.end(case, reason="收入超过标准", last_month=month, actor=street.decider, moment=street.now)
    ended = client.get(f"/desk/cases/{case}/letter/").content.decode()
    assert "停止社会救助告知书" in ended
    assert "停止发放" in ended
    assert "决定给予救助" not in ended
    assert "收入超过标准" in ended
    assert "行政复议" in ended
    english = (
        logged_in(f"caseworker.{DESHENG}", english=True).get(f"/desk/cases/{case}/letter/").content.decode()
    )
    assert '<span lang="zh-Hans">收入超过标准</span>' in english


@pytest.mark.django_db
def test_a_paper_is_for_who_may_see_the_case_and_stands_in_the_journal(granted: tuple[Street, UUID]) -> None:
    from jishiyu.journal.models import Entry

    street, case = granted
    assert (
        logged_in(f"caseworker.{SHICHAHAI}").get(f"/desk/cases/{case}/papers/review.pdf").status_code == 404
    )
    client = logged_in(f"caseworker.{DESHENG}")
    assert client.get(f"/desk/cases/{case}/papers/nothing.pdf").status_code == 404
    assert client.get(f"/desk/cases/{case}/papers/review.exe").status_code == 404
    client.get(f"/desk/cases/{case}/papers/review.pdf")
    with acting(SYSTEM, moment=street.now):
        assert Entry.objects.filter(act="cases.paper").count() == 1


@pytest.mark.django_db
def test_before_there_is_something_to_say_a_paper_is_refused(
    street: Street, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", f"{tmp_path}/clock")
    case = street.apply(42)
    wind_to(MORNING)
    client = logged_in(f"caseworker.{DESHENG}")
    page = client.get(f"/desk/cases/{case}/").content.decode()
    for kind in ("visit", "decision"):
        assert f"papers/{kind}.pdf" not in page
        refused = client.get(f"/desk/cases/{case}/papers/{kind}.pdf")
        assert refused.status_code == 409


@pytest.mark.django_db
def test_in_english(granted: tuple[Street, UUID]) -> None:
    _, case = granted
    client = logged_in(f"caseworker.{DESHENG}", english=True)
    text = words(client.get(f"/desk/cases/{case}/papers/decision.pdf").content)
    assert "hasdecidedtograntassistance" in text
    assert "社会救助决定书" not in text


@pytest.mark.django_db
@pytest.mark.clause("C6", "C21")
def test_a_notice_is_hung_out_with_a_code_and_shows_no_more_than_its_page(
    street: Street, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", f"{tmp_path}/clock")
    case = street.apply(43)
    street.to_notice(case)
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case, actor=street.caseworker, moment=street.now)
    wind_to(street.now + timedelta(hours=1))
    answer = Client().get(f"/notices/{notice.id}/poster.pdf")
    assert answer.status_code == 200
    text = words(answer.content)
    assert "社会救助公示" in text
    assert "单**" in text
    for private in ("单春雨", "王小满", "119900"):
        assert private not in text
