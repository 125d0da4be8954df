"""Tests run on a real PostgreSQL, connected as the application's role; each worker has its own database."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("JISHIYU_POSTGRES_FAST", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["JISHIYU_FAST_HASH"] = "1"
os.environ["JISHIYU_DEMO"] = "1"
os.environ["JISHIYU_SM4_KEY"] = "0123456789abcdeffedcba9876543210"
os.environ["JISHIYU_INDEX_KEY"] = "00112233445566778899aabbccddeeff"
os.environ["DJANGO_SECRET_KEY"] = "for-tests-only-for-tests-only-for-tests-only-1234567890"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the test's thread

from config.postgres import ensure

# One database for each test process, so that several runs do not meet.
TEST_DATABASE = f"jishiyu_test_{os.getpid()}"
SERVER = ensure()
os.environ["DATABASE_URL"] = SERVER.url(TEST_DATABASE, "app")
os.environ["DATABASE_OWNER_URL"] = SERVER.url(TEST_DATABASE, "owner")

import django

django.setup()

from jishiyu.foundations.clock import SHANGHAI

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit this process's environment; each must find its own database, not ours, before Django reads it."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A fresh database, cloned from one that the owner migrated; tests then use the application's role."""
    from django.db import connections

    template = migrated_template(django_db_blocker)
    SERVER.drop_database(TEST_DATABASE)
    SERVER.create_database(TEST_DATABASE, template=template)
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    SERVER.drop_database(TEST_DATABASE)


def migrated_template(django_db_blocker: Any) -> str:
    """The name of a migrated, empty database; made once for each state of the migrations, whichever process comes first."""
    import fcntl
    import hashlib
    import tempfile

    from django.core.management import call_command
    from django.db import connections

    pages = [*sorted(ROOT.glob("src/jishiyu/**/migrations/*.py")), ROOT / "requirements" / "run.txt"]
    name = f"jishiyu_made_{hashlib.sha256(b''.join(page.read_bytes() for page in pages)).hexdigest()[:16]}"
    with open(os.path.join(tempfile.gettempdir(), f"{name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not SERVER.has_database(name):
            making = f"{name}_new"
            SERVER.drop_database(making)
            SERVER.create_database(making)
            owner = connections["owner"]
            owner.close()
            owner.settings_dict["NAME"] = making
            with django_db_blocker.unblock():
                call_command("migrate", database="owner", verbosity=0)
            owner.close()
            owner.settings_dict["NAME"] = TEST_DATABASE
            SERVER.rename_database(making, name)
    return name
