"""The whole public site, every page that a link leads to and every poster, holds nothing private of any household."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from jishiyu.cases.queries import case
from jishiyu.foundations.clock import wind_to
from jishiyu.notices import operations as notices
from jishiyu.notices.queries import removal_of
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM
from jishiyu.registry import queries as registry
from tests.fixtures import SHICHAHAI, open_offices
from tests.rooms.cases.a_case import Street

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'(?:href|action|src)="([^"#][^"]*)"')
_NOT_PAGES = ("/static/", "/desk", "/login", "/logout", "/i18n")
OBJECTOR, CONTACT, SAID = "钱举报", "19911112222", "他家还有一处出租房屋在某某胡同"


@pytest.fixture
def streets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Street]:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    made = [Street(), Street(area=SHICHAHAI)]
    with acting(SYSTEM, moment=made[0].now):
        open_offices()
    wind_to(made[0].now)
    return made


def published(street: Street, running: int, names: tuple[str, ...]) -> UUID:
    """A case whose notice is up, with a named objection."""
    case_id = street.apply(running, names=names)
    street.to_notice(case_id)
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case_id, actor=street.caseworker, moment=street.now)
    with acting(PUBLIC, moment=street.now):
        notices.receive_objection(
            notice.id, text=SAID, objector=OBJECTOR, contact=CONTACT, actor=PUBLIC, moment=street.now
        )
    return notice.id


def private_words(street: Street, notice_ids: list[UUID]) -> set[str]:
    """Whatever the register and the objections know of these households and must not be told."""
    found = {OBJECTOR, CONTACT, SAID}
    with acting(SYSTEM, moment=street.now):
        for id in notice_ids:
            row = notices.queries.notice_for_desk(id, SYSTEM)
            home = registry.household(case(row.case_id, SYSTEM).household_id, SYSTEM)
            found |= {home.phone, home.address, home.number, row.case.number}
            for member in registry.members(home.id):
                person = member.person
                found |= {person.name, person.id_number, person.id_number[:14], f"{person.born:%Y-%m-%d}"}
    return found


def pages(client: Client, begin: tuple[str, ...] = ("/", "/notices/")) -> Iterator[tuple[str, str]]:
    """Every address that can be reached without a log-in, with its words."""
    waiting, seen = list(begin), set(begin)
    while waiting:
        here = waiting.pop()
        answer = client.get(here)
        if answer.status_code in (301, 302):
            content, onward = "", [answer["Location"]]
        elif answer["Content-Type"].startswith("application/pdf"):
            content = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
            onward = []
        else:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            content = body.decode(errors="replace")
            onward = _LINK.findall(content)
        yield here, content
        for link in onward:
            address = urldefrag(urljoin(here, link.replace("&amp;", "&")))[0]
            split = urlsplit(address)
            if split.netloc not in ("", "testserver") or split.path.startswith(_NOT_PAGES):
                continue
            plain = split.path + (f"?{split.query}" if split.query else "")
            if plain not in seen and not plain.startswith("/reading/"):
                seen.add(plain)
                waiting.append(plain)


def test_no_page_of_the_public_site_tells_anything_private(streets: list[Street]) -> None:
    one, other = streets
    ids = [published(one, 1, ("单春雨", "王小满")), published(other, 2, ("欧阳立秋", "欧阳小寒"))]
    private = private_words(one, ids)
    told = dict(pages(Client()))
    for id in ids:
        assert f"/notices/{id}/" in told
        assert f"/notices/{id}/poster.pdf" in told
    assert len(told) > 20
    wrong = [(address, word) for address, words in told.items() for word in private if word and word in words]
    assert wrong == []


def test_a_past_notice_is_nowhere_on_the_public_site_and_its_leaving_is_logged(streets: list[Street]) -> None:
    street = streets[0]
    id = published(street, 1, ("单春雨",))
    wind_to(street.now + timedelta(days=8))
    client = Client()
    for address in (f"/notices/{id}/", f"/notices/{id}/poster.pdf", f"/notices/{id}/thanks/"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "公示期已满" in answer.content.decode()
    assert client.post(f"/notices/{id}/", {"text": "迟到的异议内容", "website": ""}).status_code == 404
    for address in ("/", "/notices/", "/api/notices"):
        assert str(id) not in client.get(address).content.decode()
    later = street.now + timedelta(days=8)
    with acting(SYSTEM, moment=later):
        assert removal_of(id) is None
        assert notices.note_expired(actor=SYSTEM, moment=later) == 1
        assert notices.note_expired(actor=SYSTEM, moment=later) == 0
        row = removal_of(id)
        assert row is not None
        assert (row.how, row.removed_on) == ("term_over", street.now.date() + timedelta(days=8))
    with acting(PUBLIC, moment=later):
        assert removal_of(id) is None  # the log is for the offices
