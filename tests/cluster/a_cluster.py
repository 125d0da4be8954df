"""A real Spark cluster on loopback: a master and workers as processes of our own, gone when the test is."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
INSTALL = (
    "this test needs the extra `cluster` and Java 17: `make cluster-test` installs the extra "
    "(.venv/bin/python -m pip install --require-hashes -r requirements/cluster.txt); Java: apt install openjdk-17-jre-headless"
)


@dataclass
class Cluster:
    """A master's address, and the processes by name."""

    folder: Path
    master: str
    watch: str
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def alive_workers(self) -> int:
        """How many workers the master counts."""
        without_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with without_proxy.open(self.watch, timeout=5) as answer:
            told: dict[str, Any] = json.load(answer)
        return int(told["aliveworkers"])

    def has_executor(self, worker: str) -> bool:
        """Whether a worker runs an executor for somebody."""
        return any((self.folder / worker).glob("app-*/*/stderr"))

    def kill(self, name: str) -> None:
        """End a process and what it started at once, as when a machine falls over."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


@contextmanager
def a_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a master and workers of one core each; all are ended at the end."""
    home = _spark_home()
    port, watch_port = _free_port(), _free_port()
    cluster = Cluster(folder, f"spark://{HOST}:{port}", f"http://{HOST}:{watch_port}/json/")
    try:
        _start(cluster, home, "master", "master.Master", "--port", str(port), "--webui-port", str(watch_port))
        wait_until(lambda: _answers(cluster), "the master answers")
        for number in range(workers):
            name = f"worker{number}"
            more = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / name), "--webui-port", "0")
            _start(cluster, home, name, "worker.Worker", *more, cluster.master)
        wait_until(lambda: cluster.alive_workers() == workers, "the workers have come")
        yield cluster
    finally:
        for name in list(cluster.running):
            cluster.kill(name)


def wait_until(true: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait for something to be so; AssertionError when it is not in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain until {what}"
        time.sleep(0.05)


def _spark_home() -> Path:
    assert shutil.which("java"), INSTALL
    try:
        import pyspark
    except ImportError as lacking:
        raise AssertionError(INSTALL) from lacking
    return Path(pyspark.__file__).parent


def _start(cluster: Cluster, home: Path, name: str, what: str, *words: str) -> None:
    (cluster.folder / name).mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    with (cluster.folder / f"{name}.log").open("wb") as log:
        cluster.running[name] = subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", "--host", HOST, *words],
            env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip


def _answers(cluster: Cluster) -> bool:
    assert cluster.running["master"].poll() is None, (cluster.folder / "master.log").read_text()
    try:
        return cluster.alive_workers() >= 0
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
