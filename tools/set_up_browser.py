"""Chromium and a Chinese font: needed by the browser tests, wished for by the demo."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.workshop import LOG, Trouble, run, say, warn

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
_FONT_SIGNS = ("cjk", "wqy", "sourcehan", "simsun", "simhei", "fandol", "droidsansfallback", "uming", "ukai")
_HOW = (
    "Debian: apt install chromium fonts-noto-cjk; Ubuntu: .venv/bin/playwright install --with-deps chromium && apt install "
    "fonts-noto-cjk; Fedora: dnf install chromium google-noto-sans-cjk-fonts; macOS: brew install --cask chromium"
)


def find_chromium() -> str | None:
    """A Chromium that starts: named by JISHIYU_CHROMIUM, the system's, or the one that Playwright keeps."""
    told = os.environ.get("JISHIYU_CHROMIUM")
    found = [told] if told else [path for name in _NAMES if (path := shutil.which(name))]
    candidates = [*found, *(str(place) for place in (*_PLACES, *_of_playwright()) if place.exists())]
    return next((path for path in candidates if _starts(path)), None)


def has_chinese_font() -> bool:
    """Whether anything on this machine can draw Chinese."""
    if sys.platform == "darwin":
        return True
    if shutil.which("fc-list"):
        code, words = run(["fc-list", ":lang=zh", "family"])
        if code == 0:
            return bool(words.strip())
    files = (path.name.lower() for folder in _FONT_FOLDERS if folder.is_dir() for path in folder.rglob("*.*"))
    return any(sign in name for name in files for sign in _FONT_SIGNS)


def require() -> None:
    """Both, for the tests: installed by the system's package manager when we may, else one line that says how."""
    if find_chromium() and has_chinese_font():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing Chromium and a Chinese font with apt-get")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], extra=quiet)
        run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
            extra=quiet,
        )
    missing = [
        name
        for name, there in (("Chromium", find_chromium() is not None), ("a Chinese font", has_chinese_font()))
        if not there
    ]
    if missing:
        raise Trouble(f"the browser tests need {' and '.join(missing)}. {_HOW}. (log: {LOG})")


def look_for_chinese_font() -> None:
    """For the demo only a word: the browser may well be on another machine."""
    if not has_chinese_font():
        warn(
            "no Chinese font on this machine, its browser will show boxes. Debian/Ubuntu: apt install fonts-noto-cjk"
        )


def _of_playwright() -> list[Path]:
    caches = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    return [
        path for cache in caches if cache.is_dir() for pattern in patterns for path in cache.glob(pattern)
    ]


def _starts(path: str) -> bool:
    return run([path, "--version"], timeout=30)[0] == 0
