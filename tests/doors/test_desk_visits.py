"""What the server does with visits that were written without a network: once each, never over another one, and only by who may."""

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from jishiyu.cases import queries
from jishiyu.cases.models import HomeVisit, VisitAttachment, VisitSent, VisitTaken
from jishiyu.foundations.clock import wind_to
from jishiyu.journal.models import Entry
from jishiyu.journeys.move_household import move_household
from jishiyu.offices.operations import acting, engage
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.rules.moves import Ground, NewHome
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_post
from tests.rooms.cases.a_case import Street as Cases

Open = Callable[[str], Client]
PNG = b"\x89PNG\r\n\x1a\n"
SOUND = {
    "visited_on": TODAY.isoformat(), "first_visitor": "测试甲", "second_visitor": "测试乙", "met_whom": "户主",
    "living_home": "worn", "living_furnishing": "bare", "living_present": "as_told", "living_income": "as_told",
    "living_neighbours": "agree", "findings": "情况属实", "agrees": "yes", "differences": "", "signed_by_household": "户主",
    "not_signed_because": "已在纸上签名", "papers": [], "outcome": "visited", "reasons": "",
}  # fmt: skip


@dataclass
class Visitor:
    """Somebody with a device, and the case that was taken along."""

    client: Client
    case: UUID
    told: dict[str, Any]

    def send(self, record: str, content: dict[str, Any], **more: Any) -> Any:
        body = {
            "id": record, "taken": self.told["taken"], "base": self.told["base"], "content": content, "position": None,
            "pictures": [], "choice": None,
        }  # fmt: skip
        return self.client.post(
            reverse("desk:visits_send", kwargs={"case_id": self.case}),
            json.dumps(body | more),
            content_type="application/json",
        )

    def attach(self, record: str, content: bytes, *, kind: str = "photo", digest: str = "") -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self.client.post(
            reverse("desk:visits_attach", kwargs={"case_id": self.case}),
            {
                "id": str(uuid4()), "record": record, "taken": self.told["taken"], "kind": kind,
                "digest": digest or sha256(content).hexdigest(), "file": SimpleUploadedFile("photo.jpg", content),
            },
        )  # fmt: skip


def a_picture(shade: int = 120) -> bytes:
    """A small true PNG."""
    rows = b"".join(b"\x00" + bytes([shade]) * 24 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def case(street: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> UUID:
    """A case of Desheng that waits for its visit, on the tests' day."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    settings.UPLOAD_DIR = tmp_path / "uploads"
    wind_to(NOON)
    cases = Cases()
    waiting = cases.apply(7)
    cases.to_visit(waiting)
    with acting(SYSTEM, moment=NOON):
        engage(
            username="colleague", name="测试同事", password="only-for-tests-1",
            post_code=f"caseworker.{DESHENG}", first_day=TODAY,
        )  # fmt: skip
    return waiting


@pytest.fixture
def visitor(case: UUID, log_in: Open) -> Callable[[str], Visitor]:
    """Somebody who takes the case along."""

    def taken(username: str) -> Visitor:
        client = log_in(username)
        answer = client.post(reverse("desk:visits_take", kwargs={"case_id": case}))
        assert answer.status_code == 200, answer.content
        return Visitor(client, case, answer.json())

    return taken


CASEWORKER = f"caseworker.{DESHENG}"


def test_taking_along_hands_out_what_the_visit_needs_and_is_journalled(
    case: UUID, visitor: Callable[[str], Visitor]
) -> None:
    told = visitor(CASEWORKER).told
    assert told["applicant"] == "单春雨"
    assert told["address"].startswith("甲一胡同")
    assert [one["name"] for one in told["members"]] == ["单春雨", "王小满"]
    assert all("*" in one["id"] for one in told["members"]), "numbers leave the house masked"
    assert told["seconds"] == 7 * 24 * 3600
    assert told["base"] == 0
    with acting(SYSTEM, moment=NOON):
        row = VisitTaken.objects.get()
        assert (row.expires_at - row.taken_at).days == 7
        assert Entry.objects.filter(act="cases.take_along", household=row.household_id).count() == 1


def test_nobody_else_takes_it_along(case: UUID, log_in: Open) -> None:
    address = reverse("desk:visits_take", kwargs={"case_id": case})
    for username, status in (
        (f"caseworker.{SHICHAHAI}", 404),
        (f"reviewer.{DESHENG}", 403),
        ("finance", 403),
        ("auditor", 403),
    ):
        answer = log_in(username).post(address)
        assert answer.status_code == status, username
        assert "单春雨" not in answer.content.decode()
    with acting(SYSTEM, moment=NOON):
        assert not VisitTaken.objects.exists()


def test_the_same_record_sent_twice_is_one(case: UUID, visitor: Callable[[str], Visitor]) -> None:
    one, record, picture = visitor(CASEWORKER), str(uuid4()), a_picture()
    first, again = one.attach(record, picture), one.attach(record, picture)
    assert first.status_code == again.status_code == 200, first.content
    assert first.json() == again.json()
    digest = sha256(picture).hexdigest()
    answers = [one.send(record, SOUND, pictures=[digest]) for _ in range(2)]
    assert [answer.json()["version"] for answer in answers] == [1, 1]
    other = one.send(record, SOUND | {"findings": "另一份内容"}, pictures=[digest])
    assert other.status_code == 409, "a number stands for one content"
    with acting(SYSTEM, moment=NOON):
        assert VisitSent.objects.count() == VisitAttachment.objects.count() == 1
        assert VisitSent.objects.get().content["findings"] == "情况属实"


def test_a_record_waits_for_its_pictures_and_a_broken_one_is_refused(
    case: UUID, visitor: Callable[[str], Visitor]
) -> None:
    one, record, picture = visitor(CASEWORKER), str(uuid4()), a_picture()
    assert one.send(record, SOUND, pictures=["0" * 64]).json()["code"] == "cases.pictures_lacking"
    assert one.attach(record, picture, digest="0" * 64).json()["code"] == "cases.picture_broken"
    assert one.attach(record, b"<svg onload=alert(1)>").status_code == 409
    with acting(SYSTEM, moment=NOON):
        assert not VisitAttachment.objects.exists()


WRONG = (
    ({"second_visitor": "测试甲"}, "second_visitor"),
    ({"visited_on": "2026-11-25"}, "visited_on"),
    ({"visited_on": "昨天"}, "visited_on"),
    ({"agrees": "no"}, "differences"),
    ({"living_home": "palace"}, "living_home"),
    ({"outcome": "grant"}, "outcome"),
    ({"not_signed_because": ""}, "not_signed_because"),
    ({"met_whom": ""}, "met_whom"),
)


def test_what_is_wrong_is_said_at_its_field(case: UUID, visitor: Callable[[str], Visitor]) -> None:
    one = visitor(CASEWORKER)
    for change, field in WRONG:
        answer = one.send(str(uuid4()), SOUND | change)
        assert answer.status_code == 422, (change, answer.content)
        told = answer.json()
        assert field in told.get("errors", {}) or told.get("field") == field
    with acting(SYSTEM, moment=NOON):
        assert not VisitSent.objects.exists()


def test_what_is_no_record_is_refused(case: UUID, visitor: Callable[[str], Visitor]) -> None:
    one = visitor(CASEWORKER)
    answer = one.client.post(
        reverse("desk:visits_send", kwargs={"case_id": case}), b"[]", content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "visits.unreadable")
    far = {"north": 95_000_000, "east": 0, "metres": 3}
    assert one.send(str(uuid4()), SOUND, position=far).json()["code"] == "visits.unreadable"


def test_only_who_took_it_along_sends_and_only_in_its_term(
    case: UUID, visitor: Callable[[str], Visitor], log_in: Open
) -> None:
    one = visitor(CASEWORKER)
    stranger = replace(one, client=log_in("colleague"))
    assert stranger.send(str(uuid4()), SOUND).json()["code"] == "cases.not_taken_along"
    foreign = replace(one, client=log_in(f"caseworker.{SHICHAHAI}"))
    assert foreign.send(str(uuid4()), SOUND).status_code == 404
    wind_to(NOON.replace(day=NOON.day + 6) + (NOON - NOON.replace(day=NOON.day - 2)))
    assert one.send(str(uuid4()), SOUND).json()["code"] == "cases.taken_too_long"


def test_the_second_visitor_sees_both_and_chooses(case: UUID, visitor: Callable[[str], Visitor]) -> None:
    first, second = visitor(CASEWORKER), visitor("colleague")
    assert first.send(str(uuid4()), SOUND | {"findings": "第一份"}).status_code == 200
    mine, record = SOUND | {"findings": "第二份", "living_home": "unsafe"}, str(uuid4())
    answer = second.send(record, mine)
    assert answer.status_code == 409
    found = answer.json()["conflict"]
    assert found["version"] == 1
    assert {one["field"]: (one["mine"], one["theirs"]) for one in found["fields"]} == {
        "findings": ("第二份", "第一份"),
        "living_home": ("危险", "简陋"),
    }
    half = {"against": 1, "how": "merged", "fields": {"findings": "theirs"}}
    assert second.send(record, mine, choice=half).json()["code"] == "cases.visit_not_chosen"
    whole = half | {"fields": {"findings": "theirs", "living_home": "mine"}}
    assert second.send(record, mine, choice=whole).json()["version"] == 2
    with acting(SYSTEM, moment=NOON):
        kept = VisitSent.objects.get(version=2)
        assert (kept.content["findings"], kept.content["living_home"]) == ("第一份", "unsafe")
        left = {
            one.field: (one.chosen, one.values["mine"], one.values["theirs"]) for one in kept.choices.all()
        }
        assert left == {
            "findings": ("theirs", "第二份", "第一份"),
            "living_home": ("mine", "unsafe", "worn"),
        }
        assert VisitSent.objects.get(version=1).content["findings"] == "第一份", "the first stays as it came"


def test_a_third_one_that_came_meanwhile_is_seen_too(case: UUID, visitor: Callable[[str], Visitor]) -> None:
    first, second = visitor(CASEWORKER), visitor("colleague")
    third = visitor(CASEWORKER)
    assert first.send(str(uuid4()), SOUND).status_code == 200
    beside = {"against": 1, "how": "beside", "fields": {}}
    assert second.send(str(uuid4()), SOUND | {"findings": "第二份"}, choice=beside).json()["version"] == 2
    late = third.send(str(uuid4()), SOUND | {"findings": "第三份"}, choice=beside)
    assert late.status_code == 409, "the choice was about an older version"
    assert late.json()["conflict"]["version"] == 2


def test_both_kept_are_two_visits_when_the_desk_takes_the_step(
    case: UUID, visitor: Callable[[str], Visitor], log_in: Open
) -> None:
    first, second = visitor(CASEWORKER), visitor("colleague")
    place = {"north": 39_912_340, "east": 116_366_000, "metres": 12}
    picture, record = a_picture(), str(uuid4())
    first.attach(record, picture)
    first.send(record, SOUND | {"findings": "第一份"}, position=place, pictures=[sha256(picture).hexdigest()])
    beside = {"against": 1, "how": "beside", "fields": {}}
    second.send(str(uuid4()), SOUND | {"findings": "第二份"}, choice=beside)
    page = reverse("desk:cases_visit", kwargs={"case_id": case})
    shown = first.client.get(page).content.decode()
    assert "第二份" in shown
    assert 'name="seen" value="2"' in shown
    papers = Cases().papers(case)
    form = SOUND | {"findings": "第二份", "papers": papers}
    stale = first.client.post(page, form | {"seen": "1"})
    assert "有人刚提交了本户新的调查记录" in stale.content.decode()
    done = first.client.post(page, form | {"seen": "2"})
    assert done.status_code == 302, done.content.decode()[-3000:]
    with acting(SYSTEM, moment=NOON):
        assert [one.findings for one in HomeVisit.objects.order_by("filed__sent__version")] == [
            "第一份",
            "第二份",
        ]
        assert queries.standing_visits(case) == []
    told = first.client.get(reverse("desk:cases_page", kwargs={"case_id": case})).content.decode()
    assert "39.91234, 116.36600 ±12 m" in told
    paper = first.client.get(
        reverse("desk:cases_paper", kwargs={"case_id": case, "kind": "visit", "form": "docx"})
    )
    assert paper.status_code == 200


def test_pictures_are_for_who_may_see_them_and_each_look_is_written_down(
    case: UUID, visitor: Callable[[str], Visitor], log_in: Open
) -> None:
    one, record, picture = visitor(CASEWORKER), str(uuid4()), a_picture()
    kept = one.attach(record, picture).json()["kept"]
    one.send(record, SOUND, pictures=[sha256(picture).hexdigest()])
    address = reverse("desk:visits_picture", kwargs={"attachment_id": kept})
    shown = one.client.get(address)
    assert shown["Content-Type"] == "image/png"
    assert "no-store" in shown["Cache-Control"]
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown.content.startswith(PNG)
    statuses = {name: log_in(name).get(address).status_code for name in (f"caseworker.{SHICHAHAI}", "finance", "auditor")}  # fmt: skip
    assert statuses == {f"caseworker.{SHICHAHAI}": 404, "finance": 403, "auditor": 200}
    with acting(SYSTEM, moment=NOON):
        assert Entry.objects.filter(act="cases.see_picture").count() == 2
    assert (
        "您的岗位"
        in log_in("finance").get(reverse("desk:cases_page", kwargs={"case_id": case})).content.decode()
    )


def test_the_database_itself_keeps_visits_where_they_belong_and_as_they_came(
    case: UUID, visitor: Callable[[str], Visitor]
) -> None:
    one, record, picture = visitor(CASEWORKER), str(uuid4()), a_picture()
    one.attach(record, picture)
    one.send(record, SOUND, pictures=[sha256(picture).hexdigest()])
    tables = (VisitTaken, VisitSent, VisitAttachment)
    for post, seen in (
        (a_post("caseworker", area=SHICHAHAI), 0),
        (a_post("caseworker"), 1),
        (a_post("expert"), 0),
    ):
        with acting(post, moment=NOON):
            assert [model.objects.count() for model in tables] == [seen] * 3, post.code
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        for table in (model._meta.db_table for model in tables):
            for words in (f"update {table} set post = 'somebody'", f"delete from {table}"):  # noqa: S608 - our own names
                cursor.execute(words)
                assert cursor.rowcount == 0, words
    elsewhere = a_post("caseworker", area=SHICHAHAI)
    with acting(SYSTEM, moment=NOON):
        kept = VisitTaken.objects.get()
    with acting(elsewhere, moment=NOON), pytest.raises(Error), transaction.atomic():
        VisitTaken.objects.create(
            case_id=kept.case_id, household_id=kept.household_id, version=0, post=elsewhere.code,
            officer_name="测试", taken_at=NOON, expires_at=NOON.replace(day=30),
        )  # fmt: skip


def test_a_household_that_moved_takes_its_visits_along(
    case: UUID, visitor: Callable[[str], Visitor], log_in: Open
) -> None:
    old = visitor(CASEWORKER)
    assert old.send(str(uuid4()), SOUND).status_code == 200
    actor, later = a_post("caseworker"), NOON.replace(hour=15)
    with acting(actor, moment=later):
        household = queries.case(case, actor).household_id
        home, ground = NewHome("某社区", "某胡同1号", ""), Ground(TODAY, "搬家", "房产证")
        move_household(household, SHICHAHAI, home, ground, actor=actor, moment=later)
    wind_to(later)
    assert old.send(str(uuid4()), SOUND).status_code == 404, "the case is another sub-district's now"
    new = log_in(f"caseworker.{SHICHAHAI}").post(reverse("desk:visits_take", kwargs={"case_id": case}))
    assert new.json()["base"] == 1, "the record came along"
    sent = Visitor(log_in(f"caseworker.{SHICHAHAI}"), case, new.json()).send(str(uuid4()), SOUND)
    assert sent.json()["version"] == 2
    with acting(actor, moment=later):
        assert [row.version for row in VisitSent.objects.all()] in ([], [1]), "nothing of after it left"


def test_pages_of_the_device_hold_nobody(case: UUID, log_in: Open) -> None:
    client = log_in(CASEWORKER)
    listed = client.get(reverse("desk:visits_list")).content.decode()
    assert "单春雨" in listed
    page = client.get(reverse("desk:visits_device"))
    text = page.content.decode()
    assert not {"单春雨", "测试", "csrf"} & {
        word for word in ("单春雨", "测试", "csrf") if word in text.lower()
    }
    worker = client.get(reverse("desk:visits_worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    files = json.loads(worker.content.decode().split("const SHELL = ")[1].split(";\n")[0])["files"]
    assert all(client.get(file).status_code == 200 for file in files)
    english = log_in(CASEWORKER)
    english.cookies["language"] = "en"
    assert english.get(reverse("desk:visits_worker")).content != worker.content, "each language is kept anew"
    manifest = client.get(reverse("desk:visits_manifest")).json()
    assert manifest["scope"] == "/desk/visits/"
    assert {client.get(icon["src"]).status_code for icon in manifest["icons"]} == {200}
    assert Client().get(reverse("desk:visits_token")).status_code == 302
