"""``jishiyu screen --district`` as processes of its own, with real commits: one is killed, one is refused, the next goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connections

from jishiyu.assessment.models import HardshipScore, ScreeningRun
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.models import EntitlementRun
from jishiyu.registry.operations import store_households
from tests.conftest import NOON, SERVER, TEST_DATABASE
from tests.fixtures import a_newcomer, open_offices

HOUSEHOLDS, PART = 120, 4
PROGRAM = "import sys; from jishiyu.doors.jobs.command_line import main; sys.exit(main())"


@pytest.fixture
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """A database of its own with a register, and the environment that names it; dropped afterwards."""
    name = f"{TEST_DATABASE}_killed"
    with django_db_blocker.unblock():
        connections.close_all()
        SERVER.create_database(name, template=TEST_DATABASE)
        told = connections["default"].settings_dict
        before, told["NAME"] = told["NAME"], name
        try:
            with acting(SYSTEM, moment=NOON):
                open_offices()
                homes = [a_newcomer(n, wage=n * 20_000) for n in range(HOUSEHOLDS)]
                store_households(homes, recorded_by="test", moment=NOON)
            yield {"DATABASE_URL": SERVER.url(name, "app"), "DATABASE_OWNER_URL": SERVER.url(name, "owner")}
        finally:
            connections.close_all()
            told["NAME"] = before
            SERVER.drop_database(name)


def screening(addresses: dict[str, str]) -> "subprocess.Popen[bytes]":
    words = ["screen", "--district", "--day", "2024-03-01", "--part", str(PART), "--processes", "1"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], env=os.environ | addresses, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def processes_of(pid: int) -> list[str]:
    """The processes that a process began."""
    rows = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True).stdout
    return [one.split()[1] for one in rows.splitlines() if one.split()[0] == str(pid)]


def runs(pid: str) -> bool:
    """Whether a process is there, and not only waits to be cleared away."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False
    ).stdout
    return bool(told.strip()) and not told.strip().startswith("Z")


def test_killed_refused_and_gone_on_with(addresses: dict[str, str]) -> None:
    first = screening(addresses)
    try:
        assert first.stdout is not None
        told = b""
        while b"8 /" not in told:  # two parts are stored
            more = first.stdout.read(1)
            assert more, told.decode()  # it ended before
            told += more
        first.send_signal(signal.SIGSTOP)
        beside = processes_of(first.pid)
        assert beside, "it computes in a process of its own"
        second = screening(addresses)
        words, why = second.communicate(timeout=120)
        assert second.returncode == 1, words
        assert "同时只能进行一次" in why.decode()
        assert "only one at a time" in why.decode()
    finally:
        first.kill()
        first.communicate(timeout=60)
    until = monotonic() + 30
    while any(runs(one) for one in beside) and monotonic() < until:
        sleep(0.05)
    assert not any(runs(one) for one in beside), "no process outlives the one that began it"
    with acting(SYSTEM, moment=NOON):
        run = ScreeningRun.objects.get()
        assert (run.state, run.done % PART) == ("open", 0)
        assert PART < run.done < HOUSEHOLDS
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == run.done
    third = screening(addresses)
    words, why = third.communicate(timeout=120)
    assert third.returncode == 0, why
    assert f"goes on after {run.done} households" in words.decode()
    with acting(SYSTEM, moment=NOON):
        run = ScreeningRun.objects.get()
        assert (run.state, run.done) == ("done", HOUSEHOLDS)
        assert HardshipScore.objects.values("household").distinct().count() == HOUSEHOLDS
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == HOUSEHOLDS
