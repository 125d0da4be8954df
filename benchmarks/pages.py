"""The main pages of a demo district: ``python benchmarks/pages.py [--households N] [--times N]``.

Each page is asked for by the post that uses it, through the whole of the system (log-in, row security, journal, templates) but
the network. The baseline is ``/api/v1/health`` in the same run: what a page costs that does nothing.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PAGES = (
    ("", "/", "the public's home"),
    ("", "/notices/", "public notices"),
    ("desheng.jingban", "/desk/", "a caseworker's desk"),
    ("desheng.jingban", "/desk/households/", "households of a sub-district"),
    ("desheng.jingban", "SEARCH", "finding by pinyin"),
    ("desheng.jingban", "HOUSEHOLD", "a household's page"),
    ("desheng.jingban", "CASE", "a case's page"),
    ("bangongshi", "/desk/households/", "households of the district"),
    ("bangongshi", "/desk/oversight/", "the quarter's figures"),
    ("caizheng", "/desk/funds/", "the funds"),
)


def main(argv: Sequence[str]) -> int:
    """Build a district, print the table of medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1000)
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"JISHIYU_DEMO": "1", "JISHIYU_CLOCK_FILE": f"{home}/clock", "JISHIYU_VAR": home}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        from config.postgres import ensure

        server, name = ensure(), f"jishiyu_pages_{os.getpid()}"
        server.drop_database(name)
        server.create_database(name)
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = (
            server.url(name, "app"),
            server.url(name, "owner"),
        )
        try:
            _measure(asked.households, asked.times)
        finally:
            from django.db import connections

            connections.close_all()
            server.drop_database(name)
    return 0


def _measure(households: int, times: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from jishiyu.doors.jobs.demo_command import DEMO_DAY
    from jishiyu.doors.jobs.demo_district import build_demo
    from jishiyu.foundations.clock import SHANGHAI, wind_to

    day = date.fromisoformat(DEMO_DAY)
    wind_to(datetime.combine(day, time(9), tzinfo=SHANGHAI))
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    build_demo(households=households, say=lambda _: None, today=day)
    empty = _median("", "/api/v1/health", times)
    print(f"{households:,} households, median of {times}; a page that does nothing: {empty * 1000:.1f} ms")
    print(f"{'page':<32}{'ms':>8}{'ratio':>8}")
    for username, path, what in PAGES:
        taken = _median(username, path, times)
        print(f"{what:<32}{taken * 1000:>8.1f}{taken / empty:>8.1f}", flush=True)


def _median(username: str, path: str, times: int) -> float:
    client = _client(username)
    found = {"HOUSEHOLD": "/desk/households/", "CASE": "/desk/cases/"}.get(path)
    if found:
        path = _first_link(client.get(found).content.decode(), found)
    taken = []
    for _ in range(times + 1):
        began = perf_counter()
        if path == "SEARCH":  # the words of a search stand in no address
            answer = client.post("/desk/find/", {"q": "wang"})
        else:
            answer = client.get(path)
        taken.append(perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} gave {answer.status_code}")
    return median(taken[1:])  # the first one compiles templates


def _client(username: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if username:
        officer = get_user_model().objects.get(username=username)
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _first_link(page: str, start: str) -> str:
    import re

    found = re.search(rf'href="({start}[0-9a-f-]{{36}}/)"', page)
    if found is None:
        raise RuntimeError(f"{start} shows nothing")
    return found.group(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
