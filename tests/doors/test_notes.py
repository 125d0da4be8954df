"""Notes among colleagues: who is called on, who may be, how they are read and withdrawn, and what stays."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from jishiyu.cases.models import Mention, Note
from jishiyu.cases.rules.work_desk import Called, calls
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.doors.work_street import FIRST, SECOND, Office, open_street
from tests.fixtures import DESHENG, SHICHAHAI

REVIEWER, WORK = f"reviewer.{DESHENG}", "/desk/work/"


@pytest.fixture
def office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return open_street(tmp_path, monkeypatch, cases=1)


def write(office: Office, username: str, text: str) -> str:
    client = office.browser(username)
    return client.post(f"/desk/notes/cases/{office.cases[0]}/", {"text": text}, follow=True).content.decode()


def work_of(office: Office, username: str) -> str:
    return office.browser(username).get(WORK).content.decode()


def the_note() -> Note:
    with acting(SYSTEM, moment=NOON):
        return Note.objects.get()


class TestCalls:
    KNOWN = (
        Called("德胜街道审核", "r"), Called("德胜街道审核岗", "r"), Called("德胜街道审核二岗", "r2"), Called("张三", "a", "1"),
        Called("张三", "b", "2"), Called("Reviewer, Desheng", "r"),
    )  # fmt: skip

    def test_the_longest_words_win_and_nobody_is_called_twice(self) -> None:
        found = calls("请＠德胜街道审核二岗看，再@德胜街道审核岗 @德胜街道审核", self.KNOWN)
        assert [one.post for one in found.found] == ["r2", "r"]
        assert (found.unknown, found.several) == ((), ())

    def test_what_names_nobody_or_several_is_said(self) -> None:
        found = calls("@李四，@张三 @reviewer, desheng", self.KNOWN)
        assert found.unknown == ("李四",)
        assert found.several == ("张三",)
        assert [one.post for one in found.found] == ["r"]


def test_a_mention_stands_in_the_tasks_until_somebody_has_read_it(office: Office) -> None:
    assert "备忘已保存" in write(office, FIRST, f"@街道审核{DESHENG} 请留意住房面积")
    assert "在备忘中提到您" in work_of(office, REVIEWER)
    assert "在备忘中提到您" not in work_of(office, SECOND)
    page = office.browser(REVIEWER).get(f"/desk/cases/{office.cases[0]}/").content.decode()
    assert "请留意住房面积" in page
    assert "提到您" in page
    office.browser(REVIEWER).post(f"/desk/notes/{the_note().id}/read/")
    assert "在备忘中提到您" not in work_of(office, REVIEWER)
    with acting(SYSTEM, moment=NOON):
        assert Mention.objects.get().read_by == office.reviewer.officer_name


def test_who_may_not_see_the_case_cannot_be_called_on_and_nothing_typed_is_lost(office: Office) -> None:
    text = f"@街道审核{SHICHAHAI} 请看"
    answer = write(office, FIRST, text)
    assert "无权查看，不能提及" in answer
    assert f"街道审核{SHICHAHAI}" in answer
    assert text in answer.split("<textarea", 1)[1]
    assert "没有或不能确定" in write(office, FIRST, "@没有这个岗位 请看")
    with acting(SYSTEM, moment=NOON):
        assert not Note.objects.exists()
    # The lead agency's decider sees the case, so may be called on; an officer by name as well.
    assert "备忘已保存" in write(office, FIRST, f"@审批MZ 和@{office.second.officer_name} 请看")
    assert "在备忘中提到您" in work_of(office, "decider.MZ")
    assert "在备忘中提到您" in work_of(office, SECOND)


def test_a_note_is_withdrawn_by_its_writer_only_and_kept(office: Office) -> None:
    write(office, FIRST, f"@街道审核{DESHENG} 写错户了")
    address = f"/desk/notes/{the_note().id}/withdraw/"
    assert office.browser(SECOND).post(address, {"reason": "试试"}).status_code == 409
    assert office.browser(FIRST).post(address, {"reason": "写错户了，作废"}).status_code == 302
    page = office.browser(SECOND).get(f"/desk/cases/{office.cases[0]}/").content.decode()
    assert "已撤回" in page
    assert "<s>" in page
    assert "在备忘中提到您" not in work_of(office, REVIEWER)
    with acting(SYSTEM, moment=NOON):
        kept = list(Note.objects.values()), list(Mention.objects.values())
    for change in ("delete from cases_note", "update cases_note set at = now()", "delete from cases_mention"):
        with (
            suppress(Error),
            acting(SYSTEM, moment=NOON),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    with acting(SYSTEM, moment=NOON):
        assert kept == (list(Note.objects.values()), list(Mention.objects.values()))


def test_it_is_sealed_and_another_street_sees_nothing_of_it(office: Office) -> None:
    write(office, FIRST, "身体情况另谈")
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute("select text from cases_note")
        assert "身体情况".encode() not in bytes(cursor.fetchone()[0])
    elsewhere = office.browser(f"caseworker.{SHICHAHAI}")
    assert elsewhere.post(f"/desk/notes/cases/{office.cases[0]}/", {"text": "看看"}).status_code == 404
    assert elsewhere.post(f"/desk/notes/{the_note().id}/read/").status_code == 404
    auditor = office.browser("auditor").get(f"/desk/cases/{office.cases[0]}/").content.decode()
    assert "身体情况另谈" in auditor
    assert 'name="text"' not in auditor


def test_a_note_on_the_household_is_read_with_those_of_its_cases(office: Office) -> None:
    write(office, FIRST, "案件上的备忘")
    with acting(SYSTEM, moment=NOON):
        household: UUID = the_note().household_id
    client = office.browser(FIRST)
    page = client.post(
        f"/desk/notes/households/{household}/", {"text": "家里的备忘"}, follow=True
    ).content.decode()
    assert "案件上的备忘" in page
    assert "家里的备忘" in page
