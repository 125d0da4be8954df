"""The processes that serve: web server and worker under one roof that starts, watches and ends both."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

HOST = "127.0.0.1"
_PATIENCE = 20  # seconds that a process has to end by itself
_WORKER = "from jishiyu.doors.jobs.command_line import main; raise SystemExit(main(['worker']))"


class PortTrouble(Exception):
    """The port cannot be had; the message is one line that says what to do."""


def claim_port(port: int, *, mend: str) -> socket.socket:
    """Bind the port on loopback, not yet listening, so that nobody else takes it while we prepare.

    Raises :class:`PortTrouble` with ``mend``, the command that would use another port.
    """
    claimed = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind((HOST, port))
    except (OSError, OverflowError) as error:
        claimed.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise PortTrouble(_taken(port, mend)) from None
        raise PortTrouble(f"端口 {port} 不能使用 · port {port} cannot be used ({error}): {mend}") from None
    return claimed


def _taken(port: int, mend: str) -> str:
    return f"端口 {port} 已被占用 · port {port} is taken: {mend}"


def serve(claimed: socket.socket, *, processes: int = 3, worker: bool = True) -> int:
    """Serve on the claimed port until SIGINT, SIGTERM or SIGHUP; then end every process and return 0.

    A worker that ends is started again after a pause; when the web server ends, everything ends with its exit code.
    """
    claimed.listen(2048)  # the web server keeps a listening socket as it is, its backlog too
    ending = _Ending()
    # With a handler, and not SIG_IGN, so that the processes we start get their own way of ending.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ending)
    web = _start(_web_command(claimed, processes), claimed.fileno())
    claimed.close()
    jobs = _start([sys.executable, "-c", _WORKER]) if worker else None
    try:
        while not ending.asked:
            code = web.poll()
            if code is not None:
                print(f"网页服务已退出 · the web server ended ({code})", file=sys.stderr, flush=True)
                return code or 1
            if jobs is not None and jobs.poll() is not None:
                print(
                    "后台任务进程已退出，即将重启 · the worker ended, starting it again",
                    file=sys.stderr,
                    flush=True,
                )
                ending.wait(3)
                jobs = _start([sys.executable, "-c", _WORKER]) if not ending.asked else None
            ending.wait(0.3)
        return 0
    finally:
        _end([one for one in (web, jobs) if one is not None])


class _Ending:
    """Remembers that somebody asked us to end."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than until we are asked to end."""
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(0.1)


def _web_command(claimed: socket.socket, processes: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--worker-class", "sync"]
    command += ["--workers", str(processes), "--bind", f"fd://{claimed.fileno()}", "--timeout", "60"]
    command += ["--graceful-timeout", "10", "--log-level", "warning"]
    if os.path.isdir("/dev/shm"):  # noqa: S108 - heartbeat files need memory, not a disk that may stall
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return [*command, "config.wsgi:application"]


def _start(command: list[str], *inherited: int) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def end_with_parent() -> None:
        # Linux ends the child when its parent is killed outright; elsewhere only an orderly end reaches it.
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=inherited,
        preexec_fn=end_with_parent,
        start_new_session=True,  # Ctrl-C reaches us alone, and we end them in order
    )


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    until = time.monotonic() + _PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
