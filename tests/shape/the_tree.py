"""What the tests of this folder read: the files of the checkout, as git sees them, and the story's order."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jishiyu"
CHINESE = re.compile("[\u3400-\u9fff]")

# Later rooms stand further down; rooms on one line are siblings that do not know each other.
STORY = (
    ("journal",),
    ("law", "offices"),
    ("partners",),
    ("evidence",),
    ("registry",),
    ("assessment",),
    ("programmes",),
    ("cases",),
    ("notices",),
    ("funds",),
    ("oversight",),
    ("threshold", "desk", "portal", "exchange", "jobs"),
)
RANK = {room: rank for rank, rooms in enumerate(STORY) for room in rooms}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(path for name in told.split("\0") if name and (path := ROOT / name).is_file())


def texts(*suffixes: str, under: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Path (relative to the checkout) and content of every text file with one of these endings; without endings, all."""
    for path in files():
        if path.is_relative_to(under) and (not suffixes or path.suffix in suffixes):
            try:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def modules(under: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    """Path and syntax tree of every Python file, migrations excepted."""
    for path, text in texts(".py", under=under):
        if "migrations" not in path.parts:
            yield path, ast.parse(text)
