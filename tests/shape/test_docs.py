"""Documents name only what exists: commands, targets, files, settings."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jishiyu.doors.jobs.command_line import COMMANDS
from tests.shape.the_tree import ROOT, files, texts

# The founding facts of a release are history: what a decision or an entry of the change log named may be gone since.
HISTORY = {Path("CHANGELOG.md")}
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
MADE = {"var", ".venv", "node_modules", "docs/screenshots"}
SUFFIXES = "py|md|yaml|yml|toml|json|txt|html|po|mo|js|css|in|env|cfg|ini"


def documents() -> list[tuple[Path, str]]:
    """Every document that must not drift."""
    return [(path, text) for path, text in texts(".md") if path not in HISTORY]


def code_of(text: str) -> Iterator[str]:
    """What a document sets as code."""
    return (match[0].strip("`") for match in CODE.finditer(text))


@pytest.fixture(scope="module")
def everything() -> str:
    """The whole of the code, to look words up in."""
    return "\n".join(text for _path, text in texts(".py", ".toml", ".js", "") if text)


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {
        (path, word)
        for path, text in documents()
        for code in code_of(text)
        for word in re.findall(r"\bmake ([a-z][a-z-]+)", code)
    }
    assert [(str(path), word) for path, word in named if word not in targets] == []


def test_every_option_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    options = {
        (str(path), option)
        for path, text in documents()
        for code in code_of(text)
        for line in re.findall(r"\bmake [^\n]*", code)
        for option in re.findall(r"\b([A-Z]+)=", line)
    }
    assert [(path, option) for path, option in options if option not in makefile] == []


def test_every_command_exists() -> None:
    named = {
        (path, word)
        for path, text in documents()
        for code in code_of(text)
        for word in re.findall(r"\bjishiyu ([a-z]+(?:-[a-z]+)*)", code)
    }
    assert [(str(path), word) for path, word in named if word not in COMMANDS and word != "help"] == []


def test_every_path_exists() -> None:
    committed = {str(path.relative_to(ROOT)) for path in files()}
    folders = {str(parent) for name in committed for parent in Path(name).parents}
    missing = []
    for path, text in documents():
        for code in code_of(text):
            for name in _paths_in(code):
                known = (
                    name in committed
                    or name in folders
                    or any(full.endswith("/" + name) for full in (*committed, *folders))
                )
                if not known and not any(name == made or name.startswith(made + "/") for made in MADE):
                    missing.append(f"{path}: {name}")
    assert missing == []


def test_every_link_leads_somewhere() -> None:
    broken = []
    for path, text in documents():
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if not re.match(r"[a-z]+:", target) and not (ROOT / path.parent / target).exists():
                broken.append(f"{path}: {target}")
    assert broken == []


def test_every_setting_exists(everything: str) -> None:
    named = {
        (str(path), word)
        for path, text in documents()
        for code in code_of(text)
        for word in re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", code)
    }
    assert [(path, word) for path, word in named if word not in everything] == []


def test_decisions_are_numbered_dated_and_weighed() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [
        f"{number:04d}" for number in range(1, len(decisions) + 1)
    ]
    assert len(decisions) >= 10
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^\d{4}-\d\d-\d\d · ", text, re.MULTILINE), f"{path.name} has no date"
        for part in ("## Options", "## Choice", "## Price"):
            assert part in text, f"{path.name} has no {part}"


def _paths_in(code: str) -> Iterator[str]:
    for word in re.findall(r"[\w./*<>{}-]+", code):
        name = word.strip(".,").rstrip("/") if not word.startswith(".") else word.rstrip(".,/")
        looks_like = ("/" in name.strip("/") and not name.startswith("/")) or re.fullmatch(
            rf"[\w.-]+\.(?:{SUFFIXES})", name
        )
        if looks_like and not re.search(r"[*<>{}]|\.\.|^\d|^[\d/.-]+$", name):
            yield name
