"""Remove all that a checkout has made: ``python -m tools.clean``. The database of this checkout, packages, keys, caches."""

from __future__ import annotations

import shutil
import sys

from tools.workshop import ROOT

_MADE = (
    ".venv",
    "node_modules",
    "var",
    "dist",
    "build",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
)


def main() -> int:
    """Stop the servers first: their data lies outside the checkout when root runs them."""
    for place in _database():
        shutil.rmtree(place, ignore_errors=True)
    for name in (*_MADE, ".import_linter_cache", "docs/screenshots"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for compiled in ROOT.glob("src/**/locale/*/LC_MESSAGES/*.mo"):
        compiled.unlink()
    for cache in [
        *ROOT.glob("src/**/__pycache__"),
        *ROOT.glob("config/**/__pycache__"),
        *ROOT.glob("tests/**/__pycache__"),
    ]:
        shutil.rmtree(cache, ignore_errors=True)
    print("clean: the next `make demo` begins from nothing")
    return 0


def _database() -> list[str]:
    try:
        from config import postgres
    except ImportError:  # nothing was installed, so nothing was started
        return []
    return [str(place) for place in postgres.stop_all()]


if __name__ == "__main__":
    sys.exit(main())
