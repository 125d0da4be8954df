"""The real system in Chromium: a web server of its own on a database of its own, whose clock a test may wind ahead.

The database is cloned from this run's migrated one. Nothing in it can be emptied (the journal is append-only), so each test brings
its own household and leaves it there; the whole database goes at the end.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from jishiyu.doors.jobs.demo_command import DEMO_DAY
from jishiyu.foundations.clock import SHANGHAI, wind_to
from tests.conftest import SERVER, TEST_DATABASE
from tools.set_up_browser import find_chromium

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "only-for-tests-1"
# A working day on which the pack knows the dibao standard for sure.
START = datetime(2024, 6, 12, 9, 0, tzinfo=SHANGHAI)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass(frozen=True, slots=True)
class Site:
    """The served system: its address, and the file of its clock."""

    url: str
    clock: Path

    def wind_to(self, moment: datetime) -> None:
        """Let the site's clock show a moment and run on."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JISHIYU_CLOCK_FILE", str(self.clock))
            wind_to(moment)


@pytest.fixture(scope="session")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server on a clone of the migrated database, with the offices and log-ins of tests/fixtures.py."""
    with served(django_db_blocker, tmp_path_factory.mktemp("site"), "tests.browser.seed", START) as one:
        yield one


@pytest.fixture(scope="session")
def demo_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server of the demo district, small, on the demo's own day."""
    day = datetime.combine(date.fromisoformat(DEMO_DAY), datetime.min.time(), tzinfo=SHANGHAI)
    home = tmp_path_factory.mktemp("demo_site")
    with served(django_db_blocker, home, "tests.browser.demo_seed", day.replace(hour=9)) as one:
        yield one


@contextmanager
def served(blocker: Any, home: Path, seed: str, moment: datetime) -> Iterator[Site]:
    """Clone the migrated database, fill it by the module ``seed``, serve it, and drop it at the end."""
    from django.db import connections

    database = TEST_DATABASE.replace("_test_", f"_{home.name.rstrip('0123456789')}_")
    with blocker.unblock():
        connections.close_all()  # nobody may be connected to what is cloned
        SERVER.drop_database(database)
        SERVER.create_database(database, template=TEST_DATABASE)
    one = Site(f"http://127.0.0.1:{_free_port()}", home / "clock")
    one.wind_to(moment)
    environment = os.environ | {
        "DATABASE_URL": SERVER.url(database, "app"),
        "DATABASE_OWNER_URL": SERVER.url(database, "owner"),
        "JISHIYU_CLOCK_FILE": str(one.clock),
        "JISHIYU_VAR": str(home),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    subprocess.run([sys.executable, "-m", seed], cwd=ROOT, env=environment, check=True)
    with (home / "server.log").open("wb") as log:
        command = ["gunicorn", "config.wsgi", "--bind", one.url.removeprefix("http://"), "--workers", "2"]
        command = [sys.executable, "-m", *command, "--no-control-socket"]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_served(one.url, running, home / "server.log")
            yield one
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(20)
            SERVER.drop_database(database)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_until_served(url: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(150):
        if running.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the site was not served: {log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Opens windows of the site, for the public or logged in, and gathers what goes wrong in them."""

    site: Site
    chromium: Browser
    troubles: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def window(self, *, phone: bool = False, english: bool = False, bypass_csp: bool = False) -> Page:
        """A window without log-in. Console errors, failed requests and requests elsewhere are troubles."""
        size: Any = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 900}
        context = self.chromium.new_context(
            viewport=size, base_url=self.site.url, bypass_csp=bypass_csp, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        if english:
            context.add_cookies([{"name": "language", "value": "en", "url": self.site.url}])
        self.contexts.append(context)
        page: Page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", self._asked)
        return page

    def log_in(self, username: str, **how: bool) -> Page:
        """A window in which somebody has logged in by the form."""
        page = self.window(**how)
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("form[action='/login/'] button.btn-primary")
        page.wait_for_url("**/desk/")
        return page

    def _heard(self, message: Any) -> None:
        # A refused form comes back with 4xx on purpose; Chromium calls that an error of loading.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.troubles.append(f"asked elsewhere: {request.url}")


@pytest.fixture
def desk(site: Site, chromium: Browser) -> Iterator[Desk]:
    """Windows of the site; the test fails when anything went wrong in one of them."""
    site.wind_to(START)
    opened = Desk(site, chromium)
    yield opened
    for context in opened.contexts:
        try:
            context.close()
        except Error:
            opened.troubles.append("a window was gone before its end")
    assert opened.troubles == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Serious and critical findings of axe-core on a page opened with ``bypass_csp=True``, in words."""
    script = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
        return [
            f"{page.url}: {one['id']} ({one['impact']}) {[node['target'] for node in one['nodes']][:3]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    return look
