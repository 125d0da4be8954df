"""Papers of a household: kept once, sealed, seen by whom the household is seen, and never changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from jishiyu.evidence import operations, queries
from jishiyu.evidence.models import Document
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import hand_over, open_to_agency, register_household
from jishiyu.registry.rules.moves import Ground, NewHome
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, open_offices
from tests.papers import a_jpeg, a_pdf, an_exif

pytestmark = pytest.mark.django_db
OURS, THEIRS, BUREAU = a_post("caseworker"), a_post("caseworker", area=SHICHAHAI), a_post("agency_officer")


@pytest.fixture
def household(db: None) -> UUID:
    newcomer = a_newcomer(1)
    with acting(SYSTEM, moment=NOON):
        open_offices()
        register_household(newcomer, actor=SYSTEM, moment=NOON)
    return UUID(newcomer.household_id)


def put(household: UUID, content: bytes, post: Post = OURS, area: str = DESHENG, **other: Any) -> Document:
    return operations.put_document(
        kind="id_card", title="身份证", content=content, name="a.jpg", sub_district=area, household_id=household,
        received_on=TODAY, actor=post, moment=other.get("moment", NOON),
    )  # fmt: skip


def test_a_paper_is_kept_once_and_sealed(household: UUID, settings: Any) -> None:
    raw = a_jpeg(before=an_exif(6))
    with acting(OURS, moment=NOON):
        first, again = put(household, raw), put(household, raw)
        assert first.pk == again.pk
        assert (first.media_type, first.file_name) == ("image/jpeg", "a.jpg")
        found = queries.document(first.pk, OURS)
        assert queries.content_of(found) == queries.content_of(again)
        assert len(queries.content_of(found)) == found.size
        assert b"GPS" not in queries.content_of(found)
        assert queries.documents_of_household(household, OURS) == [first]
    (sealed,) = settings.UPLOAD_DIR.iterdir()
    assert raw[-40:] not in sealed.read_bytes()


def test_another_sub_district_sees_and_puts_nothing(household: UUID) -> None:
    with acting(OURS, moment=NOON):
        row = put(household, a_jpeg())
    with acting(THEIRS, moment=NOON):
        assert Document.objects.count() == 0
        with pytest.raises(NotFound):
            queries.document(row.pk, THEIRS)
        with pytest.raises(NotYours):
            put(household, a_pdf(), THEIRS)
    with acting(BUREAU, moment=NOON):
        assert Document.objects.count() == 0
    with acting(a_post("auditor"), moment=NOON):
        assert queries.documents_of_household(household, a_post("auditor")) == [row]


def test_an_agency_sees_and_puts_papers_of_a_household_that_is_opened_to_it(household: UUID) -> None:
    with acting(OURS, moment=NOON):
        row = put(household, a_jpeg())
        open_to_agency(household, sub_district=DESHENG, agency="MZ", because="低保", day=TODAY)
    with acting(BUREAU, moment=NOON):
        added = put(household, a_pdf(), BUREAU)
        assert {one.pk for one in queries.documents_of_household(household, BUREAU)} == {row.pk, added.pk}


def test_papers_go_with_the_household_and_its_old_sub_district_keeps_those_of_its_time(
    household: UUID,
) -> None:
    with acting(OURS, moment=NOON):
        before = put(household, a_jpeg())
        home = NewHome("某社区", "某胡同1号", "")
        hand_over(household, SHICHAHAI, home, Ground(TODAY, "搬家", "房产证"), actor=OURS, moment=NOON)
    with acting(THEIRS, moment=NOON + timedelta(days=1)):
        after = put(household, a_pdf(), THEIRS, SHICHAHAI)
        assert set(queries.documents_of_household(household, THEIRS)) == {before, after}
    with acting(OURS, moment=NOON + timedelta(days=1)):
        assert queries.documents_of_household(household, OURS) == [before]


def test_a_paper_stays_as_it_was_handed_in(household: UUID) -> None:
    with acting(OURS, moment=NOON):
        row = put(household, a_jpeg())
    for change in ({"title": "别的"}, {"content_sm3": b"x"}, {"household": None}):
        with acting(SYSTEM, moment=NOON), pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=row.pk).update(**change)
    with acting(SYSTEM, moment=NOON):
        assert (
            Document.objects.filter(pk=row.pk).delete()[0] == 0
        )  # row security: only a draft's is ever removed


def test_a_hostile_file_leaves_nothing(household: UUID, settings: Any) -> None:
    with acting(OURS, moment=NOON), pytest.raises(CannotBecause, match=r"upload\.program"):
        put(household, b"MZ\x90\x00")
    with acting(OURS, moment=NOON):
        assert queries.documents_of_household(household, OURS) == []
    assert not settings.UPLOAD_DIR.exists()
