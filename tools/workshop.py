"""What every set-up step needs: one clear line at trouble, programs run quietly, stamps that make the second call fast."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VAR = ROOT / "var"
LOG = VAR / "set_up.log"
VENV_PYTHON = VENV / "bin" / "python"


class Trouble(Exception):
    """Setting up cannot go on; the message is one line that says what to do."""


def say(line: str) -> None:
    """Tell the person at the keyboard what is being done."""
    print(f"· {line}", flush=True)


def warn(line: str) -> None:
    """Tell what is missing but does not stop us."""
    print(f"! {line}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path], *, extra: dict[str, str] | None = None, timeout: int = 1800
) -> tuple[int, str]:
    """Run a program, keep all that it says in var/set_up.log, and give its exit code and words."""
    try:
        result = subprocess.run(  # noqa: S603 - programs named in these files, no shell
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(extra or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
        code, words = result.returncode, result.stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        code, words = 127, str(error)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(str(part) for part in command)}\n{words}\n[{code}]\n")
    return code, words


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """A hash of these files' contents (a missing file counts as missing) and words."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() if path.exists() else b"missing")
    for word in words:
        digest.update(b"\0" + word.encode())
    return digest.hexdigest()


class Stamp:
    """Remembers that a step was done for exactly these inputs; lies beside its product, so that it goes when that goes."""

    def __init__(self, place: Path, name: str, inputs: str) -> None:
        self.path = place / f".jishiyu-{name}"
        self.inputs = inputs

    def fits(self) -> bool:
        """Whether the step is already done."""
        return self.path.exists() and self.path.read_text(encoding="utf-8") == self.inputs

    def set(self) -> None:
        """Remember it."""
        self.path.write_text(self.inputs, encoding="utf-8")

    def clear(self) -> None:
        """Forget it, before the step begins to change things."""
        self.path.unlink(missing_ok=True)
