"""The real processes: web server and worker start, answer, and end together, however they are ended."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jishiyu.doors.jobs.serving import HOST, PortTrouble, claim_port
from tests.conftest import SERVER, TEST_DATABASE

_PATIENCE = 40
JISHIYU = (sys.executable, "-c", "from jishiyu.doors.jobs.command_line import main; raise SystemExit(main())")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.2)
    pytest.fail(f"not within {_PATIENCE} s: {what}")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/api/v1/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def children(parent: int) -> set[int]:
    """All descendants of a process, whichever process group they are in."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = {int(pid): int(ppid) for pid, ppid in (line.split() for line in told.stdout.splitlines())}
    found: set[int] = set()
    while new := {pid for pid, ppid in parents.items() if ppid in {parent, *found}} - found:
        found |= new
    return found


def alive(process: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


@pytest.fixture
def serving(db: None, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``jishiyu serve`` on the test's own database."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": SERVER.url(TEST_DATABASE, "app"),
        "DATABASE_OWNER_URL": SERVER.url(TEST_DATABASE, "owner"),
        "JISHIYU_VAR": str(tmp_path),
    }
    process = subprocess.Popen(
        [*JISHIYU, "serve", "--port", str(port), "--processes", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until(lambda: answers(port) or process.poll() is not None, "the server answers")
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        yield process, port
    finally:
        for one in [process.pid, *children(process.pid)]:
            if alive(one):
                os.kill(one, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_web_and_worker_end_together_and_leave_nothing(serving, how):
    process, port = serving
    started = children(process.pid)
    assert len(started) >= 3  # web master, web process, worker
    process.send_signal(how)
    assert process.wait(_PATIENCE) == 0
    until(lambda: not any(alive(one) for one in started), "every process has ended")
    assert not answers(port)


if sys.platform == "linux":  # elsewhere nobody tells a child that its parent was killed

    def test_a_killed_parent_leaves_no_orphans(serving):
        process, _port = serving
        started = children(process.pid)
        process.kill()
        process.wait()
        until(lambda: not any(alive(one) for one in started), "every process has ended")


def test_a_taken_port_gives_one_clear_line(serving):
    _process, port = serving
    with pytest.raises(PortTrouble) as trouble:
        claim_port(port, mend=f"PORT={port + 1} make demo")
    assert str(trouble.value).splitlines() == [
        f"端口 {port} 已被占用 · port {port} is taken: PORT={port + 1} make demo"
    ]
    for command in ("serve", "demo"):
        told = subprocess.run(
            [*JISHIYU, command, "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        assert told.returncode == 1
        assert told.stderr.count("\n") == 1
        assert str(port + 1) in told.stderr


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be(port):
    with pytest.raises(PortTrouble):
        claim_port(port, mend="make demo")
