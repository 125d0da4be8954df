"""What is committed names no package registry and no machine, and contains nothing that others made."""

import json
import re
from pathlib import Path

import pytest

from tests.shape.the_tree import ROOT, files, texts

# Written in pieces, so that this page does not name them either.
REGISTRIES = re.compile(
    "|".join(
        re.escape("".join(parts))
        for parts in [
            ("py", "pi.org"),
            ("files.python", "hosted.org"),
            ("registry.npm", "js.org"),
            ("registry.yarn", "pkg.com"),
            ("npm", "mirror.com"),
            ("pypi.tuna.", "tsinghua.edu.cn"),
            ("mirrors.", "aliyun.com"),
            ("cdn.js", "delivr.net"),
            ("un", "pkg.com"),
            ("cdn", "js.cloudflare.com"),
        ]
    )
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.$}-])/(?:"
    + "|".join(["home/[a-z]", "Users/[A-Za-z]", "ro" + "ot/", "wo" + "rk/", "opt/py" + "pi"])
    + ")"
)
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/node.txt", "requirements/cluster.txt")


def test_no_file_names_a_registry() -> None:
    found = [f"{path}: {match[0]}" for path, text in texts() if (match := REGISTRIES.search(text))]
    assert found == []


def test_no_file_names_a_place_on_one_machine() -> None:
    found = [f"{path}: {match[0]}" for path, text in texts() if (match := MACHINE_PATHS.search(text))]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_python_locks_hold_versions_and_hashes_only(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if "==" in line]
    hashed = "\n".join(lines)
    assert pinned
    assert not re.search(r"https?:|file:|^-|@ ", hashed, re.MULTILINE)
    assert all(re.match(r"^[a-z0-9._\-\[\]]+==\S+( ; .+)? \\$", line) for line in pinned), (
        "every package is pinned and hashed"
    )
    assert hashed.count("--hash=sha256:") >= len(pinned)


def test_demo_and_test_locks_agree() -> None:
    run, dev = (
        set(re.findall(r"^\S+==\S+.*(?= \\)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in LOCKS[:2]
    )
    assert run <= dev


def test_npm_lock_has_integrity_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    assert "http" not in json.dumps(lock)


def test_no_third_party_asset_is_committed() -> None:
    foreign = {
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".eot",
        ".map",
        ".whl",
        ".gz",
        ".zip",
        ".exe",
        ".so",
        ".dylib",
        ".jar",
    }
    assert [str(path) for path in files() if path.suffix in foreign or ".min." in path.name] == []
    assert [str(path) for path in files() if path.stat().st_size > 400_000] == [], (
        "large files are made or installed"
    )
    assert [str(path) for path, text in texts(".js", ".css") if text.lstrip().startswith("/*!")] == [], (
        "a banner of others"
    )


def test_scripts_and_styles_of_our_own_live_with_their_door() -> None:
    strays = [path for path, _text in texts(".js", ".css") if path.parts[:3] != ("src", "jishiyu", "doors")]
    assert strays == [], [Path(path) for path in strays]
