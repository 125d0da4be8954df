"""On line without an account: a draft under a code, papers, handing in, the sub-district's answer, and nothing for anybody else."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from jishiyu.cases.queries import case
from jishiyu.evidence import operations, queries
from jishiyu.evidence.models import Document, PublicApplication
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journeys import apply_on_line
from jishiyu.journeys.take_in_application import take_in_application, who_applies
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import register_household
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, open_offices
from tests.papers import a_jpeg, a_pdf

pytestmark = pytest.mark.django_db
OURS, THEIRS = a_post("caseworker"), a_post("caseworker", area=SHICHAHAI)
NEWCOMER = a_newcomer(1)


@pytest.fixture(autouse=True)
def _district(db: None, settings: Any, tmp_path: Any) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    with acting(SYSTEM, moment=NOON):
        open_offices()


def a_draft(running: int = 1, item: str = "ZK01", area: str = DESHENG) -> UUID:
    """A draft of a household's head in which everything is filled in."""
    head, *others = a_newcomer(running).members
    row = apply_on_line.begin(item, moment=NOON, source="10.0.0.1").row
    who = {
        "name": head.name, "id_number": head.id_number.text, "phone": "19900000001", "address": "甲一胡同1号（虚构）",
        "sub_district": area, "filled_by": "self", "helper": "",
    }  # fmt: skip
    apply_on_line.write(row.pk, "applicant", who, moment=NOON)
    family = [{"name": one.name, "id_number": one.id_number.text, "relation": one.relation} for one in others]
    apply_on_line.write(row.pk, "members", family, moment=NOON)
    apply_on_line.write(
        row.pk, "situation", {"happened": "income", "words": "打零工，收入不够生活"}, moment=NOON
    )
    return row.pk


def handed_in(running: int = 1) -> UUID:
    draft = a_draft(running)
    apply_on_line.put_paper(draft, key="id_and_hukou", content=a_jpeg(), name="户口簿.jpg", moment=NOON)
    apply_on_line.hand_in(draft, signed="单春雨", moment=NOON)
    return draft


def test_from_a_draft_to_a_case() -> None:
    application = handed_in()
    held = apply_on_line.held(application, moment=NOON)
    assert held is not None
    assert (held.row.state, held.row.sub_district_id) == ("submitted", DESHENG)
    assert [one.key for one in held.lacking] == []
    with acting(OURS, moment=NOON):
        (waiting,) = queries.inbox(OURS)
        assert waiting.pk == application
        with pytest.raises(CannotBecause, match=r"application\.not_registered"):
            take_in_application(application, actor=OURS, moment=NOON)
        register_household(NEWCOMER, actor=OURS, moment=NOON)
        assert who_applies(waiting).household_id == UUID(NEWCOMER.household_id)
        papers = ("application", "id_and_hukou", "means_statement")
        made = case(take_in_application(application, papers=papers, actor=OURS, moment=NOON), OURS)
        assert (made.item, made.household_id) == ("ZK01", UUID(NEWCOMER.household_id))
        (paper,) = queries.documents_of_household(made.household_id, OURS)
        assert paper.kind == "id_and_hukou"
        assert list(queries.inbox(OURS)) == []
        with pytest.raises(CannotBecause):
            take_in_application(application, actor=OURS, moment=NOON)
    after = apply_on_line.held(application, moment=NOON)
    assert after is not None
    assert (after.row.state, after.row.case) == ("taken", made.id)


def test_a_draft_is_its_writers_alone_and_what_is_handed_in_its_sub_districts() -> None:
    draft = a_draft()
    apply_on_line.put_paper(draft, key="id_and_hukou", content=a_jpeg(), name="a.jpg", moment=NOON)
    for post in (OURS, a_post("office"), a_post("auditor")):
        with acting(post, moment=NOON):
            assert PublicApplication.objects.count() == Document.objects.count() == 0
    apply_on_line.hand_in(draft, signed="单春雨", moment=NOON)
    with acting(OURS, moment=NOON):
        assert (PublicApplication.objects.count(), Document.objects.count()) == (1, 1)
    for post in (THEIRS, a_post("agency_officer"), a_post("expert"), a_post("finance")):
        with acting(post, moment=NOON):
            seen = PublicApplication.objects.count() + Document.objects.count()
            assert seen == (2 if post.scope == "district" else 0)
    with acting(THEIRS, moment=NOON):
        with pytest.raises(NotFound):
            operations.refuse_application(draft, reasons="不是我们的", actor=THEIRS, moment=NOON)
        with pytest.raises(NotFound):
            take_in_application(draft, actor=THEIRS, moment=NOON)
    with acting(a_post("reviewer"), moment=NOON), pytest.raises(NotYours):
        operations.refuse_application(draft, reasons="无权办理", actor=a_post("reviewer"), moment=NOON)


def test_only_number_and_code_together_open_it_and_guessing_stops() -> None:
    held = apply_on_line.held(a_draft(), moment=NOON)
    assert held is not None
    number = held.row.number

    def opened(number: str, code: str, source: str = "10.0.0.9", minutes: int = 0) -> bool:
        moment = NOON + timedelta(minutes=minutes)
        with suppress(NotFound):
            return apply_on_line.open_by_code(number, code, moment=moment, source=source).row.number == number
        return False

    assert opened(number, held.code.lower().replace("-", ""))
    assert not opened("WS2026-999999", held.code)
    assert not any(opened(number, f"AAAAA-{place:05d}") for place in range(9))
    assert not opened(
        number, held.code
    )  # ten wrong tries: nothing is looked up any more, not even the right one
    assert opened(number, held.code, source="10.0.0.8")
    assert opened(number, held.code, minutes=11)


def test_papers_are_asked_for_once_and_the_clock_runs_anew() -> None:
    application = handed_in()
    with acting(OURS, moment=NOON):
        operations.ask_for_papers(
            application, papers=[{"key": "circumstances", "zh": "收入证明", "en": "Proof"}], words="近三个月", actor=OURS, moment=NOON
        )  # fmt: skip
        assert queries.application(application, OURS).due_on is None
    apply_on_line.put_paper(application, key="circumstances", content=a_pdf(), name="收入.pdf", moment=NOON)
    later = NOON + timedelta(days=1)
    apply_on_line.answer(application, moment=later)
    with pytest.raises(CannotBecause, match="handed_in"):
        apply_on_line.put_paper(
            application, key="other", content=a_pdf(words="x"), name="b.pdf", moment=later
        )
    with acting(OURS, moment=later):
        row = queries.application(application, OURS)
        assert (row.state, len(queries.documents_of_application(application))) == ("submitted", 2)
        with pytest.raises(CannotBecause, match="asked_before"):
            operations.ask_for_papers(application, papers=[], words="再来一次", actor=OURS, moment=later)
        operations.refuse_application(
            application, reasons="户籍不在本区，请向户籍地申请", actor=OURS, moment=later
        )
        assert queries.application(application, OURS).reasons == {"words": "户籍不在本区，请向户籍地申请"}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda one: apply_on_line.hand_in(one, signed="别人", moment=NOON), "application.not_signed"),
        (
            lambda one: apply_on_line.put_paper(one, key="x", content=b"MZ", name="a.jpg", moment=NOON),
            "upload.program",
        ),
    ],
)
def test_what_is_refused_changes_nothing(act: Callable[[UUID], None], code: str) -> None:
    draft = a_draft()
    with pytest.raises(CannotBecause) as refused:
        act(draft)
    assert refused.value.code == code
    held = apply_on_line.held(draft, moment=NOON)
    assert held is not None
    assert (held.row.state, list(held.documents)) == ("draft", [])


def test_an_unfinished_draft_is_not_handed_in() -> None:
    row = apply_on_line.begin("ZK01", moment=NOON).row
    apply_on_line.write(row.pk, "applicant", {"name": "单春雨"}, moment=NOON)
    with pytest.raises(CannotBecause, match="incomplete") as refused:
        apply_on_line.hand_in(row.pk, signed="单春雨", moment=NOON)
    assert "身份证号" in refused.value.reason.say("zh")


def test_the_same_person_does_not_apply_for_the_same_item_twice() -> None:
    handed_in()
    again = a_draft()
    with pytest.raises(CannotBecause, match=r"application\.twice") as refused:
        apply_on_line.hand_in(again, signed="单春雨", moment=NOON)
    assert not any(told in str(refused.value.reason) for told in ("WS2026", "德胜", "单春雨"))
    other = a_draft(item="ZK05")
    apply_on_line.hand_in(other, signed="单春雨", moment=NOON)


def test_items_that_nobody_applies_for_are_not_on_line() -> None:
    assert apply_on_line.procedure_on_line("ZK08", TODAY) is None  # the agencies' own list
    for item in ("ZK08", "XX99", ""):
        with pytest.raises(NotFound, match="not_on_line"):
            apply_on_line.begin(item, moment=NOON)


def test_a_draft_that_is_left_is_deleted_with_its_files(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    draft = a_draft()
    apply_on_line.put_paper(draft, key="id_and_hukou", content=a_jpeg(), name="a.jpg", moment=NOON)
    kept = handed_in(3)
    assert len(list(settings.UPLOAD_DIR.iterdir())) == 2
    for days, gone in ((settings.JISHIYU_DRAFT_DAYS, 0), (settings.JISHIYU_DRAFT_DAYS + 1, 1)):
        moment = NOON + timedelta(days=days)
        with acting(SYSTEM, moment=moment), django_capture_on_commit_callbacks(execute=True):
            assert operations.drop_expired_drafts(today=moment.date(), actor=SYSTEM) == gone
    assert apply_on_line.held(draft, moment=NOON) is None
    assert apply_on_line.held(kept, moment=NOON) is not None
    assert len(list(settings.UPLOAD_DIR.iterdir())) == 1


def test_machines_begin_no_more_than_a_family_would() -> None:
    for _ in range(20):
        apply_on_line.begin("ZK01", moment=NOON, source="10.0.0.1")
    with pytest.raises(CannotBecause, match="too_often"):
        apply_on_line.begin("ZK01", moment=NOON, source="10.0.0.1")
    apply_on_line.begin("ZK01", moment=NOON, source="10.0.0.2")
    apply_on_line.begin("ZK01", moment=NOON + timedelta(hours=2), source="10.0.0.1")
