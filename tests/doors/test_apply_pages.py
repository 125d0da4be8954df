"""The public's application pages by their addresses: what is kept, what is never shown, what is stopped; and the desk's answers."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jishiyu.doors.jobs import tasks
from jishiyu.doors.threshold import uploads
from jishiyu.evidence.models import PublicApplication
from jishiyu.foundations.clock import moment_now
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.fixtures import DESHENG, a_newcomer, engage_all, open_offices
from tests.papers import a_jpeg

pytestmark = pytest.mark.django_db
HEAD, CHILD = a_newcomer(31, names=("冯小雪", "冯小满")).members
WHO = {
    "name": HEAD.name, "id_number": HEAD.id_number.text, "phone": "19900000031", "address": "甲一胡同31号（虚构）",
    "sub_district": DESHENG, "filled_by": "self", "helper": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _district(db: None, settings: Any, tmp_path: Any) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    with acting(SYSTEM, moment=moment_now()):
        open_offices()
        engage_all()


def begun(client: Client) -> PublicApplication:
    client.post(reverse("portal:apply_begin"), {"item": "ZK01"})
    with acting(SYSTEM, moment=moment_now()):
        return PublicApplication.objects.latest("opened_at")


def handed_in(client: Client) -> PublicApplication:
    row = begun(client)
    client.post(reverse("portal:apply_who"), WHO)
    child = {"m0-name": CHILD.name, "m0-id_number": CHILD.id_number.text, "m0-relation": "20", "people": "1"}
    client.post(reverse("portal:apply_family"), child)
    client.post(reverse("portal:apply_situation"), {"words": "打零工，收入不够生活"})
    answer = client.post(reverse("portal:apply_check"), {"agree": "1", "signed": HEAD.name})
    assert answer.url == reverse("portal:apply_state")  # type: ignore[attr-defined]
    with acting(SYSTEM, moment=moment_now()):
        return PublicApplication.objects.get(pk=row.pk)


def _log_in(client: Client, username: str) -> None:
    sent = {"username": username, "password": "only-for-tests-1"}
    assert client.post(reverse("desk:login"), sent).status_code == 302


def test_no_page_shows_an_identity_number_whole_and_none_is_cached() -> None:
    client = Client()
    begun(client)
    partly = client.post(reverse("portal:apply_who"), {**WHO, "phone": "", "sub_district": ""})
    assert partly.status_code == 422
    assert HEAD.id_number.text not in partly.content.decode()
    handed_in(client)
    begun(client)
    client.post(reverse("portal:apply_who"), WHO)
    for name in ("code", "who", "family", "situation", "papers", "check"):
        answer = client.get(reverse(f"portal:apply_{name}"))
        assert answer.status_code == 200, name
        assert HEAD.id_number.text not in answer.content.decode(), name
        assert "no-store" in answer.headers["Cache-Control"], name


def test_another_browser_sees_nothing_of_it() -> None:
    handed_in(Client())
    stranger = Client()
    for name in ("code", "who", "family", "situation", "papers", "check", "state"):
        answer = stranger.get(reverse(f"portal:apply_{name}"))
        assert answer.headers["Location"] == reverse("portal:apply_continue"), name
    for address in ("/", "/apply/", "/notices/", "/progress/"):
        words = stranger.get(address).content.decode()
        assert not any(told in words for told in (HEAD.name, HEAD.id_number.text, "甲一胡同31号")), address


def test_nobody_takes_a_file_off_anothers_draft() -> None:
    client, stranger = Client(), Client()
    row = begun(client)
    photograph = SimpleUploadedFile("a.jpg", a_jpeg(), "image/jpeg")
    client.post(reverse("portal:apply_papers"), {"key": "id_and_hukou", "file": photograph})
    begun(stranger)
    with acting(SYSTEM, moment=moment_now()):
        (paper,) = row.documents.all()
    for browser in (stranger, Client()):
        browser.post(reverse("portal:apply_remove", args=[paper.pk]))
        with acting(SYSTEM, moment=moment_now()):
            assert row.documents.count() == 1
    client.post(reverse("portal:apply_remove", args=[paper.pk]))
    with acting(SYSTEM, moment=moment_now()):
        assert row.documents.count() == 0


def test_a_bent_cookie_opens_nothing() -> None:
    client = Client()
    row = begun(client)
    client.cookies["application"] = str(row.pk)
    assert client.get(reverse("portal:apply_who")).status_code == 302


def test_too_much_is_stopped_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 50_000)
    client = Client()
    begun(client)
    large = SimpleUploadedFile("a.jpg", a_jpeg() + b"\0" * 60_000, "image/jpeg")
    answer = client.post(reverse("portal:apply_papers"), {"key": "id_and_hukou", "file": large})
    assert answer.status_code == 400


def test_registering_from_an_application_is_filled_in_and_comes_back_to_it() -> None:
    row = handed_in(Client())
    desk = Client()
    _log_in(desk, "caseworker.110102010")
    page = desk.get(reverse("desk:applications_page", args=[row.pk])).content.decode()
    assert HEAD.name in page
    assert HEAD.id_number.text not in page
    register = f"{reverse('desk:households_register')}?application={row.pk}"
    form = desk.get(register)
    assert [one.initial.get("name") for one in form.context["members"]][:2] == [HEAD.name, CHILD.name]
    sent = {"community": "110102010001", "address": WHO["address"], "phone": WHO["phone"]}
    sent |= {"member-TOTAL_FORMS": "2", "member-INITIAL_FORMS": "0"}
    for place, (one, relation) in enumerate(((HEAD, "02"), (CHILD, "20"))):
        sent |= {f"member-{place}-name": one.name, f"member-{place}-id_number": one.id_number.text}
        sent |= {f"member-{place}-relation": relation}
    answer = desk.post(register, sent)
    assert answer.headers["Location"] == reverse("desk:applications_page", args=[row.pk])
    again = desk.get(answer.headers["Location"]).content.decode()
    assert "按身份证号找到" in again
    refused = desk.post(reverse("desk:applications_take", args=[row.pk]))
    assert refused.status_code == 422  # no economic facts are on file yet, and the page says so
    assert "请先登记经济状况快照" in refused.content.decode()
    theirs = Client()
    _log_in(theirs, "caseworker.110102012")
    assert theirs.get(reverse("desk:applications_page", args=[row.pk])).status_code == 404
    assert theirs.get(register).status_code == 404


def test_the_nightly_task_deletes_what_was_left(settings: Any) -> None:
    settings.JISHIYU_DRAFT_DAYS = -1
    row = begun(Client())
    tasks.drop_expired_drafts(0)
    with acting(SYSTEM, moment=moment_now()):
        assert not PublicApplication.objects.filter(pk=row.pk).exists()


def test_each_programme_says_who_how_much_where_with_what_and_how_long() -> None:
    from tests.fixtures import the_pack

    for programme in the_pack().programmes:
        words = Client().get(reverse("portal:programme", args=[programme.code])).content.decode()
        items = the_pack().items_of(programme.code)
        for heading in ("谁可以申请", "给什么、给多少", "带什么材料", "到哪里办", "怎么办、要多久"):
            assert words.count(heading) == len(items), (programme.code, heading)
        assert "尚未查到" in words or "示例" in words or "已核对原文" in words or "以文件为准" in words
