"""The work desk in use: the list and its filters, taking on and handing over, batches with their preview and undo."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jishiyu.cases import operations, queries
from jishiyu.cases.models import Batch, Case, CaseStep, SavedFilter
from jishiyu.foundations.clock import wind_to
from jishiyu.foundations.outcomes import sentence
from jishiyu.journal.models import Entry
from jishiyu.notices.operations import publish
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON, TODAY
from tests.doors.work_street import FIRST, SECOND, Office, open_street
from tests.fixtures import DESHENG, SHICHAHAI

pytestmark = pytest.mark.django_db
LIST = "/desk/work/"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return open_street(tmp_path, monkeypatch)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def row_of(case_id: UUID) -> Case:
    with acting(SYSTEM, moment=NOON):
        return Case.objects.get(pk=case_id)


class TestList:
    def test_it_is_grouped_counted_and_narrowed(self, office: Office) -> None:
        office.accept(office.cases[0])
        client = office.browser(FIRST)
        whole = text(client, LIST)
        assert whole.count('class="row-link"') == 3
        assert "?step=accept" in whole
        assert "?step=check" in whole
        assert text(client, f"{LIST}?step=check").count('class="row-link"') == 1
        assert "没有符合条件的待办" in text(client, f"{LIST}?when=late")
        assert text(client, f"{LIST}?kind=rubbish").count('class="row-link"') == 3
        assert text(client, "/desk/").count('class="row-link"') == 3

    def test_it_asks_the_same_questions_however_long_it_is(self, office: Office) -> None:
        client = office.browser(FIRST)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(LIST)
        for running in range(20, 24):
            office.street.apply(running)
        with CaptureQueriesContext(connection) as many:
            assert text(client, LIST).count('class="row-link"') == 7
        assert len(many) == len(few)

    def test_the_words_of_a_filter_stand_in_no_address(self, office: Office) -> None:
        client = office.browser(FIRST)
        answer = client.post("/desk/cases/narrow/", {"q": "单春雨", "step": "accept"})
        assert answer.status_code == 302
        assert "step=accept" in answer["Location"]
        assert "%E5%8D%95" not in answer["Location"]
        narrowed = text(client, answer["Location"])
        assert narrowed.count('class="row-link') == 1
        assert 'value="单春雨"' in narrowed
        # Nobody else's session knows the mark, and a word in the address counts for nothing.
        assert text(office.browser(SECOND), answer["Location"]).count('class="row-link') == 3
        assert text(client, "/desk/cases/?q=没有此人").count('class="row-link') == 3


class TestFilters:
    def test_a_filter_is_kept_under_a_name_and_shared_with_colleagues_of_the_desk(
        self, office: Office
    ) -> None:
        first, second = office.browser(FIRST), office.browser(SECOND)
        first.post("/desk/work/filters/cases/", {"name": "春雨家", "q": "单春雨", "shared": "on"})
        first.post("/desk/work/filters/work/", {"name": "只给自己", "when": "late"})
        assert "春雨家" in text(first, "/desk/cases/")
        assert "春雨家" in text(second, "/desk/cases/")
        assert "只给自己" not in text(second, LIST)
        elsewhere = office.browser(f"caseworker.{SHICHAHAI}")
        assert "春雨家" not in text(elsewhere, "/desk/cases/")
        assert "春雨家" not in text(office.browser(f"reviewer.{DESHENG}"), "/desk/cases/")
        with acting(SYSTEM, moment=NOON):
            kept = SavedFilter.objects.get(name="春雨家")
        answer = second.post(f"/desk/work/filter/{kept.id}/use/")
        assert text(second, answer["Location"]).count('class="row-link') == 1
        assert second.post(f"/desk/work/filter/{kept.id}/remove/").status_code == 409
        assert elsewhere.post(f"/desk/work/filter/{kept.id}/use/").status_code == 404
        assert first.post(f"/desk/work/filter/{kept.id}/remove/").status_code == 302

    def test_its_words_are_sealed(self, office: Office) -> None:
        office.browser(FIRST).post("/desk/work/filters/cases/", {"name": "甲", "q": "单春雨"})
        with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
            cursor.execute("select asked from cases_savedfilter")
            assert "单春雨".encode() not in bytes(cursor.fetchone()[0])
            cursor.execute("select session_data from django_session")
            assert all("单春雨" not in row[0] for row in cursor.fetchall())


class TestBatch:
    def papers(self, office: Office) -> list[str]:
        return list(office.street.papers(office.cases[0]))

    def test_each_case_is_tried_first_and_nothing_of_the_trial_stays(self, office: Office) -> None:
        office.accept(office.cases[2])
        client = office.browser(FIRST)
        with acting(SYSTEM, moment=NOON):
            before = Entry.objects.count(), CaseStep.objects.count()
        shown = client.post(
            f"{LIST}batches/preview/",
            {"case": office.cases, "act": "accept.accepted", "papers": self.papers(office)},
        ).content.decode()
        assert "可办 2 件" in shown
        assert "不能办 1 件" in shown
        assert "现处于“经济状况核对”" in shown
        with acting(SYSTEM, moment=NOON):
            assert (Entry.objects.count(), CaseStep.objects.count()) == before

    def test_it_is_done_case_by_case_and_taken_back(self, office: Office) -> None:
        client = office.browser(FIRST)
        before = [row_of(pk) for pk in office.cases]
        told = {"going": office.cases, "act": "accept.accepted", "papers": self.papers(office)}
        page = client.post(f"{LIST}batches/", told)["Location"]
        assert "已办 3 件" in text(client, page)
        assert {office.step(pk) for pk in office.cases} == {"check"}
        with acting(SYSTEM, moment=NOON):
            assert Entry.objects.filter(act="cases.accept").count() == 3
        # A case that went on since stays; the others stand where they stood, with their clocks.
        with acting(office.first, moment=NOON):
            operations.check(
                office.cases[0], outcome="within", authorised_by="户主", papers=office.street.papers(office.cases[0]),
                actor=office.first, moment=NOON,
            )  # fmt: skip
        assert client.post(f"{page}back/", {"reason": ""}).status_code == 409
        answer = client.post(f"{page}back/", {"reason": "选错了"}).content.decode()
        assert "已撤销 2 件" in answer
        assert "案件之后已有新的进展" in answer
        assert [office.step(pk) for pk in office.cases] == ["visit", "accept", "accept"]
        again = row_of(office.cases[1])
        names = ("era", "step", "turn", "state", "accepted_on", "step_began", "due_on", "whole_due_on")
        assert [getattr(again, name) for name in names] == [getattr(before[1], name) for name in names]
        with acting(SYSTEM, moment=NOON):
            assert [one.outcome for one in queries.steps_of(office.cases[1])][-2:] == [
                "accepted",
                "take_back",
            ]
            assert [one.step for one in queries.standing_steps(office.cases[1])] == ["apply"]

    def test_it_goes_on_in_pieces_and_only_by_who_began_it(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jishiyu.doors.desk.work.batches._SECONDS", -1)
        client = office.browser(FIRST)
        told = {"going": office.cases, "act": "accept.accepted", "papers": self.papers(office)}
        page = client.post(f"{LIST}batches/", told)["Location"]
        assert "已处理 0 / 3 件" in text(client, page)
        assert office.browser(SECOND).post(f"{page}go-on/").status_code == 409
        monkeypatch.setattr("jishiyu.doors.desk.work.batches._SECONDS", 30)
        client.post(f"{page}go-on/")
        assert "已办 3 件" in text(client, page)
        assert office.browser(f"caseworker.{SHICHAHAI}").get(page).status_code == 404

    def test_what_needs_judgement_is_not_offered(self, office: Office) -> None:
        for pk in office.cases:
            office.accept(pk)
        client = office.browser(FIRST)
        answer = client.post(f"{LIST}batches/preview/", {"case": office.cases}, follow=True)
        assert "须逐案办理" in answer.content.decode()
        assert (
            client.post(f"{LIST}batches/", {"going": office.cases, "act": "check.within"}).status_code == 302
        )
        with acting(SYSTEM, moment=NOON):
            assert not Batch.objects.exists()


class TestTakingBack:
    def test_only_on_the_same_day_by_the_same_officer_while_nobody_went_on(self, office: Office) -> None:
        case = office.cases[0]
        address = f"{LIST}cases/{case}/take-back/"
        office.accept(case)
        first = office.browser(FIRST)
        assert "撤销上一步" in text(first, f"/desk/cases/{case}/")
        second = office.browser(SECOND).post(address, {"reason": "看错了"})
        assert second.status_code == 409
        assert "只有办理该步骤的人可以撤销" in second.content.decode()
        wind_to(NOON + timedelta(days=1))
        assert "已过可撤销的期限" in first.post(address, {"reason": "看错了"}).content.decode()
        assert "已过可撤销的期限" in text(first, f"/desk/cases/{case}/")
        wind_to(NOON)
        assert first.post(address, {"reason": "看错了"}).status_code == 302
        assert office.step(case) == "accept"
        assert "撤销上一步，案件恢复原状" in text(first, f"/desk/cases/{case}/")

    def test_a_visit_a_notice_and_a_decision_stay(self, office: Office) -> None:
        case, street = office.cases[0], office.street
        street.to_review(case)
        address = f"{LIST}cases/{case}/take-back/"
        assert (
            "入户调查已成记录" in office.browser(FIRST).post(address, {"reason": "误操作"}).content.decode()
        )
        papers = street.papers(case)
        with acting(office.reviewer, moment=NOON):
            operations.review(
                case, outcome="propose_grant", papers=papers, actor=office.reviewer, moment=NOON
            )

        with acting(office.first, moment=NOON):
            publish(case, actor=office.first, moment=NOON)
        answer = office.browser(f"reviewer.{DESHENG}").post(address, {"reason": "误操作"})
        assert "已发布公示" in answer.content.decode()


class TestHandover:
    def test_what_one_has_taken_on_goes_to_a_colleague_and_comes_back(self, office: Office) -> None:
        first, second = office.browser(FIRST), office.browser(SECOND)
        for pk in office.cases[:2]:
            assert first.post(f"{LIST}cases/{pk}/take-on/").status_code == 302
        assert second.post(f"{LIST}cases/{office.cases[0]}/take-on/").status_code == 409
        assert text(first, f"{LIST}?whose=mine").count('class="row-link"') == 2
        assert f"{office.first.officer_name} 承办" in text(second, LIST)
        told = {"to": office.second.officer, "reason": "年休假", "until": "2026-11-30"}
        preview = first.post(f"{LIST}handover/", told).content.decode()
        assert "确定移交 2 件" in preview
        assert text(second, f"{LIST}?whose=mine").count('class="row-link"') == 0
        assert first.post(f"{LIST}handover/", {**told, "do": "yes"}).status_code == 302
        assert text(second, f"{LIST}?whose=mine").count('class="row-link"') == 2
        assert "交给您2个案件" in text(second, LIST)
        wind_to(NOON + timedelta(days=6))
        assert "收回交出的2个案件" in text(first, LIST)
        with acting(office.first, moment=NOON):
            ((made, _),) = queries.given(office.first)
        stranger = office.browser(f"caseworker.{SHICHAHAI}")
        assert stranger.post(f"{LIST}handover/{made.id}/back/").status_code == 404
        assert first.post(f"{LIST}handover/{made.id}/back/").status_code == 302
        assert text(first, f"{LIST}?whose=mine").count('class="row-link"') == 2

    def test_second_eyes_keep_a_case_from_who_enquired(self, office: Office) -> None:
        case = office.cases[0]
        office.street.to_review(case)
        with acting(SYSTEM, moment=NOON):
            establish_post(
                code="shenhe2", role="reviewer", title=sentence("德胜审核二岗", "Second"), area=DESHENG
            )
            engage(username="shenhe2", name="测试丙", password=None, post_code="shenhe2", first_day=TODAY)
            other = post_by_code("shenhe2", TODAY)
        with acting(office.reviewer, moment=NOON):
            operations.take_on(case, actor=office.reviewer, moment=NOON)
        # The other reviewer once enquired into this very case, in a post held before.
        with acting(SYSTEM, moment=NOON):
            last = CaseStep.objects.filter(case_id=case, step="visit").get()
            CaseStep.objects.create(
                case_id=case, position=last.position + 1, step="visit", outcome="visited", next="review", post="x",
                role="caseworker", officer=other.officer, officer_name="测试丙", began=NOON, at=NOON,
            )  # fmt: skip
        with acting(office.reviewer, moment=NOON):
            (line,) = queries.handover_preview(office.reviewer, other)
        assert line.why is not None
        assert "须由不同人员办理" in line.why.zh

    def test_unread_mentions_go_with_the_work(self, office: Office) -> None:
        note = {"text": f"@{office.first.officer_name} 请回电"}
        office.browser(f"reviewer.{DESHENG}").post(f"/desk/notes/cases/{office.cases[0]}/", note)
        first, second = office.browser(FIRST), office.browser(SECOND)
        assert "在备忘中提到您" in text(first, LIST)
        told = {"to": office.second.officer, "reason": "调离本岗位", "do": "yes"}
        assert first.post(f"{LIST}handover/", told).status_code == 302
        assert "在备忘中提到您" not in text(first, LIST)
        assert "在备忘中提到您" in text(second, LIST)
