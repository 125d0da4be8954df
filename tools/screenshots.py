"""Pictures of the main pages, desk and phone: ``python -m tools.screenshots [--base URL] [--only WORD] [--english]``.

Without ``--base`` the demo district is built if need be and served on a free port for as long as it takes. The pictures go to
``docs/screenshots/``, which git leaves alone: they are made, never kept.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tools.set_up_browser import find_chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "jishiyu-demo-2026"  # noqa: S105 - the demo's, printed by `make demo`
WIDTHS = {"desk": 1440, "phone": 390}


@dataclass(frozen=True)
class Shot:
    """A page to picture: who opens it, where it is, and perhaps a link on it that is followed first."""

    name: str
    who: str
    path: str
    follow: str = ""
    then: str = ""


SHOTS = (
    Shot("login", "", "/login/"),
    Shot("public", "", "/"),
    Shot("public-notices", "", "/notices/"),
    Shot("desk-caseworker", "desheng.jingban", "/desk/"),
    Shot("households", "desheng.jingban", "/desk/households/"),
    Shot("household", "desheng.jingban", "/desk/households/?case=any", "a.row-link"),
    Shot("snapshot-new", "desheng.jingban", "/desk/households/", "a.row-link", "snapshots/new/"),
    Shot("snapshots", "desheng.jingban", "/desk/households/", "a.row-link", "snapshots/"),
    Shot("register", "desheng.jingban", "/desk/households/register/"),
    Shot("search", "desheng.jingban", "/desk/households/search/?q=w"),
    Shot("cases", "desheng.jingban", "/desk/cases/"),
    Shot("case", "desheng.jingban", "/desk/cases/", "a.row-link"),
    Shot("imports", "desheng.jingban", "/desk/imports/"),
    Shot("desk-reviewer", "desheng.shenhe", "/desk/"),
    Shot("desk-decider", "minzheng.shenpi", "/desk/"),
    Shot("desk-finance", "caizheng", "/desk/"),
    Shot("funds", "caizheng", "/desk/funds/"),
    Shot("desk-office", "bangongshi", "/desk/"),
    Shot("oversight", "bangongshi", "/desk/oversight/"),
    Shot("offices", "bangongshi", "/desk/oversight/offices/"),
    Shot("policy", "bangongshi", "/desk/policy/"),
    Shot("desk-expert", "zhuanjia1", "/desk/"),
    Shot("experts", "zhuanjia1", "/desk/experts/"),
    Shot("desk-auditor", "shenji", "/desk/"),
    Shot("journal", "shenji", "/desk/oversight/journal/"),
    Shot("help", "desheng.jingban", "/desk/help/"),
)


def main() -> int:
    """Take the pictures; the exit code tells whether every page answered."""
    given = _arguments()
    chromium = find_chromium()
    if chromium is None:
        print("screenshots: there is no Chromium (make test says how to get one)", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in SHOTS if given.only in shot.name]
    with _served(given.base) as base:
        bad = _take(shots, base, chromium, english=given.english)
    print(f"screenshots: {len(shots) * len(WIDTHS)} in {FOLDER.relative_to(ROOT)}/")
    for line in bad:
        print(f"screenshots: {line}", file=sys.stderr)
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.screenshots", description="Pictures of the main pages.")
    parser.add_argument("--base", default="", help="a running demo, such as http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--english", action="store_true", help="the English screens")
    return parser.parse_args()


def _take(shots: list[Shot], base: str, chromium: str, *, english: bool) -> list[str]:
    from playwright.sync_api import sync_playwright

    bad: list[str] = []
    options = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        for who in dict.fromkeys(shot.who for shot in shots):
            for label, width in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": 900})
                if english:
                    context.add_cookies([{"name": "language", "value": "en", "url": base}])
                page = context.new_page()
                page.on("console", partial(_note_error, bad))
                if who:
                    _log_in(page, base, who)
                for shot in (one for one in shots if one.who == who):
                    bad += _shoot(page, base, shot, FOLDER / f"{shot.name}{'-en' * english}-{label}.png")
                context.close()
        browser.close()
    return bad


def _note_error(bad: list[str], said: Any) -> None:
    if said.type == "error":
        bad.append(f"{said.text} ({said.location.get('url')})")


def _log_in(page: Any, base: str, who: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button.btn-primary").click()
    page.wait_for_load_state("networkidle")


def _shoot(page: Any, base: str, shot: Shot, target: Path) -> list[str]:
    answer = page.goto(base + shot.path)
    if shot.follow and page.locator(shot.follow).count():
        page.locator(shot.follow).first.click()
        page.wait_for_load_state("networkidle")
        if shot.then:
            answer = page.goto(page.url + shot.then)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target, full_page=True)
    return (
        []
        if answer is None or answer.status < 400
        else [f"{shot.name}: {shot.path} answered {answer.status}"]
    )


@contextmanager
def _served(base: str) -> Iterator[str]:
    if base:
        yield base.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("jishiyu")), "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT) as server:  # noqa: S603 - our own command
        try:
            _wait(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(base: str, server: subprocess.Popen[bytes], seconds: int = 600) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("screenshots: the demo did not start; see what it said above")
        try:
            urllib.request.urlopen(f"{base}/login/", timeout=5).close()  # noqa: S310 - our own address
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("screenshots: the demo did not answer in time")


if __name__ == "__main__":
    sys.exit(main())
