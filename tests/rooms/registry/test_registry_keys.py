"""A database that our keys do not open is noticed before anybody is served from it."""

from typing import Any

import pytest

from jishiyu.doors.jobs.serve_command import OTHER_KEYS, serve_command
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import opens_with_our_keys
from tests.conftest import NOON
from tests.fixtures import a_newcomer, open_offices

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def registered(db: None) -> None:
    """A household whose identity numbers are sealed."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households([a_newcomer(1)], recorded_by="system", moment=NOON)


def test_our_own_keys_open_it_and_an_empty_register_too() -> None:
    with acting(SYSTEM, moment=NOON):
        assert opens_with_our_keys()
        open_offices()
        store_households([a_newcomer(1)], recorded_by="system", moment=NOON)
        assert opens_with_our_keys()


def test_other_keys_do_not_and_nothing_is_served(
    registered: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.JISHIYU_SM4_KEY = bytes(reversed(settings.JISHIYU_SM4_KEY))
    with acting(SYSTEM, moment=NOON):
        assert not opens_with_our_keys()
    assert serve_command(["--port", "0"]) == 1
    assert OTHER_KEYS in capsys.readouterr().err
