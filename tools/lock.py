"""Lock files made anew: ``python -m tools.lock``. They hold versions and hashes and no address of any package index.

Whoever installs from them uses the index that their own pip and npm are configured for. Resolved for Python 3.11 and newer,
Linux and macOS, every processor ("universal"): lines that only some of these need carry a marker.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
UV = ROOT / ".venv" / "bin" / "uv"
_ADDRESS = re.compile(r"https?://|file:/|^\s*-[-a-z]", re.MULTILINE)
_HEADER = "# Made by `make lock`; do not edit. Versions and hashes only: the index is the one of this machine's pip.\n"


def lock() -> None:
    """All lock files, each checked to name no host. Raises SystemExit with one line at trouble."""
    if not UV.exists():
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    build = str(REQUIREMENTS / "build.in")
    _compile("run", ["pyproject.toml", build])
    # The test set contains the very versions of the demo set.
    _compile(
        "dev", ["pyproject.toml", build, "--extra", "dev", "--constraint", str(REQUIREMENTS / "run.txt")]
    )
    _compile("node", [str(REQUIREMENTS / "node.in")])
    _compile("cluster", [str(REQUIREMENTS / "cluster.in")])
    _run(["npm", "install", "--package-lock-only", "--no-audit", "--no-fund", "--ignore-scripts"])
    _without_addresses(ROOT / "package-lock.json")


def _compile(name: str, inputs: list[str]) -> None:
    target = REQUIREMENTS / f"{name}.txt"
    options = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--quiet",
        "--no-annotate",
    ]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--output-file", str(target)]
    _run([str(UV), "pip", "compile", *inputs, *options, *sys.argv[1:]])
    text = target.read_text(encoding="utf-8")
    if _ADDRESS.search(text.replace("    --hash", "")):
        raise SystemExit(
            f"{target.relative_to(ROOT)} would name an address or an option: look into uv's configuration."
        )
    target.write_text(_HEADER + text, encoding="utf-8")


def _without_addresses(package_lock: Path) -> None:
    # npm copies the authors' donation pages; `omit-lockfile-registry-resolved` in .npmrc keeps the registry out.
    content = json.loads(package_lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        if "resolved" in package:
            raise SystemExit("package-lock.json would name its registry: .npmrc must omit it.")
    package_lock.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _run(command: list[str]) -> None:
    result = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - named above
    if result.returncode:
        raise SystemExit(f"`{' '.join(command[:3])} …` failed")


if __name__ == "__main__":
    lock()
