"""The database server of a checkout: found, started, reused, stopped. ``python -m config.postgres start|stop|status``.

Order: ``DATABASE_URL`` with ``DATABASE_OWNER_URL`` (a server of your own; nothing is started) → the system's PostgreSQL → the
wheel's. ``JISHIYU_POSTGRES=system|wheel`` forces a choice. ``JISHIYU_POSTGRES_FAST=1`` means a second cluster without
durability, for tests only, so that the demo's data never lies on a server that may lose it.

The server listens on a Unix socket only, in a folder that nobody but its own account (and root) can enter. That folder is the
lock on the door, which is why connections inside it are trusted. Several processes may call :func:`ensure` at once.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import psycopg

from config.postgres_programs import Kind, Programs, RunAs, ServerTrouble, find, reachable
from config.postgres_server import APP, INSIDE, OWNER, ROLES, SUPERUSER, TEMPLATE, Server

__all__ = ["OWNER", "APP", "TEMPLATE", "Server", "ServerTrouble", "ensure", "status", "stop", "where"]  # noqa: RUF022

CHECKOUT = Path(__file__).resolve().parents[1]
_PORT = 5432  # only part of the socket's file name: nothing listens on the network
_WAIT = 60

_SETUP_MARK = hashlib.sha256((ROLES + INSIDE).encode()).hexdigest()


def where() -> Server:
    """The server that :func:`ensure` would give, without starting or asking anything."""
    app_url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if bool(app_url) != bool(owner_url):
        raise ServerTrouble(
            "Set both DATABASE_URL (the application's role) and DATABASE_OWNER_URL (the migrating role), or none."
        )
    if app_url:
        return Server("", 0, app_url, owner_url)
    return Server(str(_Cluster.of_checkout().socket_dir), _PORT)


def ensure() -> Server:
    """A running server with roles and template. Starts it if need be. Raises :class:`ServerTrouble` with one clear line."""
    server = where()
    if server.external:
        return server
    cluster = _Cluster.of_checkout()
    if cluster.ready():
        return server
    try:
        with cluster.locked():
            if not cluster.ready():
                cluster.start()
                cluster.set_up_roles()
    except PermissionError as error:
        raise ServerTrouble(
            f"Cannot write to {error.filename or cluster.home}: the database needs a folder that it may write to."
        ) from error
    except OSError as error:
        raise ServerTrouble(f"The database could not be started: {error}.") from error
    return server


def stop() -> bool:
    """Stop this checkout's server. True when it was running; an external server is left alone."""
    if where().external:
        return False
    cluster = _Cluster.of_checkout()
    if not cluster.home.exists():
        return False
    with cluster.locked():
        return cluster.stop()


def stop_all() -> list[Path]:
    """Stop every server that this checkout ever started, at once; gives the folders that are now to be removed."""
    cluster = _Cluster.of_checkout()
    if not cluster.home.exists():
        return []
    for data in [folder for folder in cluster.home.iterdir() if (folder / "PG_VERSION").exists()]:
        if pid := _postmaster(data):
            os.kill(pid, signal.SIGQUIT)  # at once: what would be written now is removed next
            deadline = time.monotonic() + _WAIT
            while _postmaster(data) and time.monotonic() < deadline:
                time.sleep(0.1)
    sockets = cluster.socket_dir.parent.glob(cluster.socket_dir.name.removesuffix(cluster.name) + "*")
    return [cluster.home, *sockets]


def status() -> str:
    """One line: where the server is and whether it answers."""
    server = where()
    if server.external:
        return "external server, from DATABASE_URL"
    cluster = _Cluster.of_checkout()
    version = _ask_version(server) if cluster.answers() else ""
    return f"running: PostgreSQL {version}, socket in {cluster.socket_dir}" if version else "not running"


def _ask_version(server: Server) -> str:
    with psycopg.connect(server.local("postgres", SUPERUSER)) as connection:
        return str(connection.info.parameter_status("server_version"))


@dataclass(frozen=True, slots=True)
class _Cluster:
    """The cluster of a checkout: its data, its socket, the account it runs under."""

    home: Path
    socket_dir: Path
    name: str
    wanted: Kind | None
    fast: bool
    account: RunAs

    @classmethod
    def of_checkout(cls) -> "_Cluster":
        wanted = os.environ.get("JISHIYU_POSTGRES") or None
        if wanted not in (None, "system", "wheel"):
            raise ServerTrouble("JISHIYU_POSTGRES must be `system`, `wheel` or unset.")
        fast = os.environ.get("JISHIYU_POSTGRES_FAST") == "1"
        mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
        account = _server_account()
        home = Path(f"/var/lib/jishiyu-{mark}") if account.changed else CHECKOUT / "var" / "postgres"
        name = "-".join(filter(None, [wanted or "cluster", "fast" if fast else ""]))
        # Short and outside the checkout: a socket's path may have 104 bytes on macOS.
        socket_dir = Path(f"/tmp/jishiyu-{mark}-{account.uid}-{name}")  # noqa: S108 - made 0700 and checked
        return cls(home, socket_dir, name, cast("Kind | None", wanted), fast, account)

    def answers(self) -> bool:
        """Whether a server answers on the socket now."""
        if not (self.socket_dir / f".s.PGSQL.{_PORT}").exists():
            return False
        try:
            psycopg.connect(self._superuser_url(), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def ready(self) -> bool:
        """Whether the server answers and roles and template are as this version of the page wants them."""
        mark = self.home / f"{self.name}.ready"
        return mark.exists() and mark.read_text() == _SETUP_MARK and self.answers()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time may start, stop or set up."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.account.changed:
            self.home.chmod(0o711)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        """Start the server, making the cluster first if there is none and clearing what a killed server left."""
        if self.answers():
            return
        programs = reachable(self._choose(), self.account, self.home)
        data = self._data(programs)
        if not data.exists():
            self._initialise(programs, data)
        self._make_socket_dir()
        deadline = time.monotonic() + _WAIT
        while True:
            self._clear_remains(programs, data)
            told = self.account.call(
                [str(programs.folder / "pg_ctl"), *self._start_arguments(data)], _WAIT + 10
            )
            if told.returncode == 0 and self.answers():
                return
            reason = self._log_end(data)
            if time.monotonic() > deadline or "still in use" not in reason:
                raise ServerTrouble(
                    f"PostgreSQL did not start: {reason or _last_line(told.stderr)} (log: {data}/server.log)"
                )
            time.sleep(0.5)  # children of a killed server let go of its memory within seconds

    def stop(self) -> bool:
        """Stop whichever of our servers runs on this socket."""
        running = [data for data in self._data_folders() if _postmaster(data)]
        for data in running:
            programs = reachable(self._choose(), self.account, self.home)
            self.account.call(
                [str(programs.folder / "pg_ctl"), "stop", "-D", str(data), "-m", "fast", "-w"], _WAIT
            )
        return bool(running)

    def set_up_roles(self) -> None:
        """Roles, and the template database with extensions and default rights. Can be run again at any time."""
        with psycopg.connect(self._superuser_url(), autocommit=True) as connection:
            connection.execute(ROLES.encode())
            known = connection.execute("select 1 from pg_database where datname = %s", [TEMPLATE]).fetchone()
            if not known:
                connection.execute(f"create database {TEMPLATE} owner {OWNER} template template0".encode())
            connection.execute(
                f"alter database {TEMPLATE} with allow_connections true is_template true".encode()
            )
            with psycopg.connect(self._superuser_url(TEMPLATE), autocommit=True) as inside:
                inside.execute(INSIDE.encode())
            # A clone fails while somebody is connected to its template: so nobody can be.
            connection.execute(f"alter database {TEMPLATE} with allow_connections false".encode())
        (self.home / f"{self.name}.ready").write_text(_SETUP_MARK)

    def _superuser_url(self, database: str = "postgres") -> str:
        return Server(str(self.socket_dir), _PORT).local(database, SUPERUSER)

    def _data_folders(self) -> list[Path]:
        return [
            self.home / f"{self.name}-{major}"
            for major in range(15, 40)
            if (self.home / f"{self.name}-{major}").is_dir()
        ]

    def _data(self, programs: Programs) -> Path:
        return self.home / f"{self.name}-{programs.major}"

    def _choose(self) -> Programs:
        """The best programs, but those that made the existing cluster before any other."""
        found = find(self.wanted)
        fitting = [programs for programs in found if self._data(programs) in self._data_folders()]
        return (fitting or found)[0]

    def _initialise(self, programs: Programs, data: Path) -> None:
        making = data.with_suffix(".making")
        for character_type in ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "C"):
            # Trigrams of Chinese text need a character type that knows letters beyond ASCII; sorting stays plain.
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir(mode=0o700)
            self._give(making)
            command = [
                str(programs.folder / "initdb"),
                "-D",
                str(making),
                "-U",
                SUPERUSER,
                "-A",
                "trust",
                "-E",
                "UTF8",
            ]
            command += ["--locale=C", f"--lc-ctype={character_type}", *(["--no-sync"] if self.fast else [])]
            told = self.account.call(command)
            if told.returncode == 0:
                making.rename(data)
                return
        shutil.rmtree(making, ignore_errors=True)
        raise ServerTrouble(f"A new database cluster could not be made in {data}: {_last_line(told.stderr)}")

    def _make_socket_dir(self) -> None:
        try:
            self.socket_dir.mkdir(mode=0o700)
            self._give(self.socket_dir)
        except FileExistsError:
            found = self.socket_dir.lstat()
            mine = (
                stat.S_ISDIR(found.st_mode) and found.st_uid == self.account.uid and not found.st_mode & 0o077
            )
            if not mine:
                raise ServerTrouble(
                    f"{self.socket_dir} belongs to someone else or is open to others: remove it and try again."
                ) from None

    def _give(self, folder: Path) -> None:
        if self.account.changed:
            os.chown(folder, self.account.uid, self.account.gid)

    def _start_arguments(self, data: Path) -> list[str]:
        settings = {
            "listen_addresses": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "150",
            "jit": "off",
        }
        if self.fast:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "max_wal_size": "2GB",
            }
        options = ["-k", str(self.socket_dir), "-p", str(_PORT)]
        options += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        log = str(data / "server.log")
        return ["start", "-D", str(data), "-l", log, "-w", "-t", str(_WAIT), "-s", "-o", shlex.join(options)]

    def _clear_remains(self, programs: Programs, data: Path) -> None:
        """What a killed server left behind; its process number may since belong to somebody else."""
        if _postmaster(data):  # it runs, but its socket is gone (a cleaner of /tmp) or it hangs
            self.account.call(
                [str(programs.folder / "pg_ctl"), "stop", "-D", str(data), "-m", "fast", "-w"], _WAIT
            )
        (data / "postmaster.pid").unlink(missing_ok=True)
        for name in (f".s.PGSQL.{_PORT}", f".s.PGSQL.{_PORT}.lock"):
            (self.socket_dir / name).unlink(missing_ok=True)

    def _log_end(self, data: Path) -> str:
        log = data / "server.log"
        if not log.exists():
            return ""
        lines = [
            line
            for line in log.read_text(errors="replace").splitlines()[-15:]
            if "FATAL" in line or "could not" in line
        ]
        return _last_line("\n".join(lines))


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _postmaster(data: Path) -> int | None:
    """The process number of the server that runs on this folder; None when the file is stale."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid if _works_in(pid, data) else None


def _works_in(pid: int, data: Path) -> bool:
    """Whether the process is a server of this folder. Where this cannot be asked (no /proc), a living process is believed."""
    if not Path("/proc/self/cwd").exists():
        return True
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except OSError:
        return False


def _server_account() -> RunAs:
    if os.geteuid() != 0:
        return RunAs(os.geteuid(), os.getegid(), changed=False)
    for name in ("postgres", "_postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return RunAs(entry.pw_uid, entry.pw_gid, changed=True)
    raise ServerTrouble(
        "PostgreSQL refuses to run as root and this machine has neither a `postgres` nor a `nobody` account."
    )


def main(arguments: list[str]) -> int:
    """Command line: ``start``, ``stop`` or ``status``."""
    act = arguments[0] if len(arguments) == 1 else ""
    try:
        if act == "start":
            ensure()
            print(status())
        elif act == "stop":
            print("stopped" if stop() else "was not running")
        elif act == "status":
            print(status())
        else:
            print("usage: python -m config.postgres start|stop|status", file=sys.stderr)
            return 2
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
