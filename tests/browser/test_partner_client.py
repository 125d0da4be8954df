"""The first client of docs/exchange.md, run as it stands against the served demo district."""

import subprocess
import sys

from jishiyu.doors.jobs.demo.partners import CLIENT_ID
from tests.browser.conftest import ROOT, Site

CLIENT = ROOT / "docs" / "examples" / "dci_client.py"
PASSWORD = "jishiyu-demo-2026"


def test_the_first_client_finds_a_household(demo_site: Site) -> None:
    def run(secret: str) -> "subprocess.CompletedProcess[str]":
        words = [sys.executable, str(CLIENT), f"{demo_site.url}/dci/social", CLIENT_ID, secret]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)

    found = run(PASSWORD)
    assert found.returncode == 0, found.stderr
    number, members = found.stdout.split()
    assert number.startswith("XC")
    assert int(members) >= 2
    refused = run("wrong")
    assert refused.returncode == 1
    assert "invalid_client" in refused.stderr
