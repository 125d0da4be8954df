"""Acting for a post: the database knows it for exactly as long as it lasts."""

import pytest
from django.db import connection

from jishiyu.journal import queries as journal
from jishiyu.journal.operations import record
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from tests.conftest import NOON
from tests.fixtures import DESHENG, a_post

CASEWORKER = a_post("caseworker")


def said() -> tuple[str, str, str, str]:
    """What the database has been told about who acts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(current_setting('jishiyu.scope', true), ''), coalesce(current_setting('jishiyu.area', true), ''),"
            " coalesce(current_setting('jishiyu.agency', true), ''), coalesce(current_setting('jishiyu.post', true), '')"
        )
        found: tuple[str, str, str, str] = cursor.fetchone()
        return found


@pytest.mark.django_db
def test_the_database_knows_the_post_inside_and_forgets_it_outside() -> None:
    assert said() == ("", "", "", "")
    with acting(CASEWORKER, moment=NOON):
        assert said() == ("sub_district", DESHENG, "", CASEWORKER.code)
    assert said() == ("", "", "", "")


@pytest.mark.django_db
def test_nested_acting_is_for_the_inner_post_and_gives_back() -> None:
    with acting(SYSTEM, moment=NOON):
        record(act="tests.outer")
        with acting(CASEWORKER, moment=NOON):
            assert said()[0] == "sub_district"
            record(act="tests.inner")
        assert said()[0] == "system"
        record(act="tests.outer_again")
    with acting(SYSTEM, moment=NOON):
        noted = [(entry.act, entry.post) for entry in journal.entries()]
    assert noted == [
        ("tests.outer_again", "system"),
        ("tests.outer", "system"),
        ("tests.inner", CASEWORKER.code),
    ]


@pytest.mark.django_db
def test_a_failure_inside_gives_back_the_outer_post() -> None:
    def fails() -> None:
        with acting(CASEWORKER, moment=NOON):
            raise ZeroDivisionError

    with acting(SYSTEM, moment=NOON):
        with pytest.raises(ZeroDivisionError):
            fails()
        assert said()[0] == "system"


@pytest.mark.parametrize("role", ["caseworker", "agency_officer", "finance", "auditor", "expert", "admin"])
@pytest.mark.django_db
def test_every_role_tells_its_scope(role: str) -> None:
    post: Post = a_post(role)  # type: ignore[arg-type]
    with acting(post, moment=NOON):
        assert said() == (post.scope, post.area, post.agency, post.code)
