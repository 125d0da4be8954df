"""Pictures of the main pages of the demo, at a desk and on a phone: ``make screenshots``. They go to docs/screenshots/, uncommitted.

Nothing is listed here: each log-in's navigation is followed, and the first entry of each list, so that new pages show up.
"""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tools.set_up_browser import find_chromium
from tools.workshop import ROOT

TARGET = ROOT / "docs" / "screenshots"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
LOG_INS = (
    "",
    "desheng.jingban",
    "desheng.shenhe",
    "minzheng.shenpi",
    "caizheng",
    "bangongshi",
    "zhuanjia1",
    "shenji",
)
_ENTRY = re.compile(r"^/(?:desk/)?[a-z-]+/(?:[0-9a-f-]{36}|[A-Z0-9][\w-]*\d)/$")
_PAGES_OF_A_LOG_IN = 20


def main() -> int:
    """Serve the demo on a free port, take the pictures, stop it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    served = subprocess.Popen(  # noqa: S603 - our own command
        [str(ROOT / ".venv" / "bin" / "jishiyu"), "demo", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base, served)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            taken = sum(_pictures(browser, base, name) for name in LOG_INS)
            browser.close()
    finally:
        served.terminate()
        served.wait(timeout=30)
    print(f"{taken} pictures in {TARGET.relative_to(ROOT)}/")
    return 0


def _pictures(browser: Browser, base: str, user: str) -> int:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    if user:
        _log_in(page, base, user)
    waiting, seen, taken = ["/desk/" if user else "/"], set[str](), 0
    while waiting and len(seen) < _PAGES_OF_A_LOG_IN:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}|[A-Z0-9][\w-]*\d", "one", path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(base + path)
        if answer is None or not answer.ok or "html" not in (answer.header_value("content-type") or ""):
            continue
        waiting += _leads(page, path)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_load_state("networkidle")
            page.screenshot(
                path=TARGET / f"{user or 'public'}{kind.replace('/', '-').rstrip('-')}-{size}.png",
                full_page=True,
            )
            taken += 1
    context.close()
    return taken


def _log_in(page: Page, base: str, user: str) -> None:
    from config.settings import DEMO_PASSWORD

    page.goto(f"{base}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{base}/desk/**")


def _leads(page: Page, path: str) -> list[str]:
    """The addresses of the navigation, and the first entry of a list."""
    found = page.eval_on_selector_all(
        "a[href^='/']",
        "links => links.map(link => [link.getAttribute('href'), !!link.closest('nav, aside, header')])",
    )
    plain = [
        (urlsplit(href).path, chrome)
        for href, chrome in found
        if not re.search(r"/(?:language|logout|export|static)/", href)
    ]
    entries = [href for href, chrome in plain if not chrome and _ENTRY.match(href)]
    return [*(href for href, chrome in plain if chrome and href != path), *entries[:1]]


def _wait_for(base: str, served: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if served.poll() is not None:
            sys.exit("the demo did not start: run make demo to see why")
        try:
            urlopen(f"{base}/login/", timeout=5).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("the demo took too long to start")


def _free_port() -> int:
    told = os.environ.get("PORT")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(told) if told else 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
