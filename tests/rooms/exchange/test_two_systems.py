"""Two whole systems of ours, each with its own database and server, that ask and tell each other over loopback."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, START, Site, served
from tests.conftest import SERVER, TEST_DATABASE

SEED = "tests.rooms.exchange.a_system"


class System:
    """A served system, with a process beside it that acts in it."""

    def __init__(self, site: Site) -> None:
        self.address = f"{site.url}/dci/social"
        home = site.clock.parent
        database = TEST_DATABASE.replace("_test_", f"_{home.name.rstrip('0123456789')}_")
        environment = os.environ | {
            "DATABASE_URL": SERVER.url(database, "app"),
            "DATABASE_OWNER_URL": SERVER.url(database, "owner"),
            "JISHIYU_CLOCK_FILE": str(site.clock),
            "JISHIYU_VAR": str(home),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.driver = subprocess.Popen(
            [sys.executable, "-m", SEED, "drive"], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def act(self, *words: str | int) -> Any:
        """One act; its answer."""
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        print(json.dumps(words), file=self.driver.stdin, flush=True)
        return json.loads(self.driver.stdout.readline())

    def __enter__(self) -> "System":
        return self

    def __exit__(self, *_why: object) -> None:
        self.driver.communicate(timeout=20)


@pytest.mark.clause("C23")
def test_a_search_and_a_subscription_between_two_districts(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with ExitStack() as both:
        one, other = (
            both.enter_context(
                System(both.enter_context(served(django_db_blocker, _folder(tmp_path, name), SEED, START)))
            )
            for name in ("onesystem", "othersystem")
        )
        one.act("agree", "other", other.address)
        other.act("agree", "other", one.address)
        assert one.act("ask", "other", one.address) == ["pdng", "pdng"]
        assert other.act("work") == 2
        other.act("wind", 1)
        number = other.act("register", "3")
        assert other.act("work") == 0, "it may not be committed yet"
        other.act("wind", 2)
        assert other.act("work") == 1
        asked = [row for row in one.act("told") if row[0]]
        assert [row[1:3] for row in asked] == [["search", "succ"], ["subscribe", "succ"]]
        assert len(asked[0][3]) == 1, "the household of the person asked for"
        news = [row for row in one.act("told") if row[1] == "notify"]
        assert [row[3] for row in news] == [[number]]


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
