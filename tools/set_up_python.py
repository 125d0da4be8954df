"""The virtual environment and its packages, from the lock files, each with its hash."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from tools.workshop import LOG, ROOT, VENV, VENV_PYTHON, Stamp, Trouble, fingerprint, run, say

_PIP = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
_NO_NETWORK = (
    "NewConnectionError",
    "Temporary failure in name resolution",
    "ConnectTimeoutError",
    "Name or service not known",
    "Network is unreachable",
    "Connection refused",
    "Could not fetch URL",
    "nodename nor servname",
)
_NO_COMPILER = (
    "No such file or directory: 'gcc'",
    "No such file or directory: 'cc'",
    "Unable to find a compiler",
    "unable to execute 'gcc'",
    "command 'gcc' failed",
    "command 'cc' failed",
    "Failed building wheel",
    "failed-wheel-build",
    "Unknown compiler",
    "is Rust installed",
)


def environment() -> None:
    """A virtual environment in .venv, made anew when its Python has gone."""
    if (
        VENV_PYTHON.exists()
        and run([VENV_PYTHON, "-c", "import sys; assert sys.version_info >= (3, 11)"])[0] == 0
    ):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(_no_venv())
    say("making a virtual environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    code, words = run([sys.executable, "-m", "venv", VENV])
    if code:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(
            _no_venv() if "ensurepip" in words else f"the virtual environment could not be made; see {LOG}."
        )


def packages(which: str) -> None:
    """Install requirements/<which>.txt. The test set holds the demo set, so going back to the demo installs nothing."""
    for name in dict.fromkeys((which, "dev")):
        if _stamp(name).fits():
            return
    say(f"installing Python packages from requirements/{which}.txt (a minute or two the first time)")
    stamp = _stamp(which)
    stamp.clear()
    install_locked(which)
    stamp.set()


def cluster() -> None:
    """What `jishiyu screen --engine spark` needs beside the rest. Built from its source, as there is no wheel of it."""
    stamp = _stamp("cluster")
    if stamp.fits():
        return
    say("installing pyspark from requirements/cluster.txt (434 MB, some minutes the first time)")
    stamp.clear()
    install_locked("cluster")
    stamp.set()


def require_java() -> None:
    """Java 17 or newer, for Spark."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    code, words = run([java, "-version"]) if java else (1, "")
    found = re.search(r'version "(\d+)', words)
    if code or not found or int(found[1]) < 17:
        raise Trouble(
            "Spark needs Java 17 and this machine has "
            + (f"Java {found[1]}" if found else "none")
            + " (Debian/Ubuntu: apt install openjdk-17-jre-headless, macOS: brew install openjdk@17; or set JAVA_HOME)."
        )


def install_locked(which: str) -> None:
    """Install a lock file with the hashes required, from wherever this machine's pip is told to look."""
    command: list[str | Path] = [
        VENV_PYTHON,
        *_PIP,
        "--require-hashes",
        "-r",
        ROOT / "requirements" / f"{which}.txt",
    ]
    code, words = run(command)
    if code:
        raise Trouble(explain(words))


def project() -> None:
    """The project itself, as an editable install that asks for nothing else."""
    inputs = fingerprint([ROOT / "pyproject.toml"], str(ROOT), sys.version)
    stamp = Stamp(VENV, "project", inputs)
    if stamp.fits():
        return
    code, words = run([VENV_PYTHON, *_PIP, "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])
    if code:
        raise Trouble(explain(words))
    stamp.set()


def _stamp(which: str) -> Stamp:
    return Stamp(VENV, f"packages-{which}", fingerprint([ROOT / "requirements" / f"{which}.txt"]))


def _no_venv() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"this Python {version} cannot make virtual environments; install the missing part "
        f"(Debian/Ubuntu: apt install python{version}-venv) or call make PYTHON=/path/to/another/python3."
    )


def explain(words: str) -> str:
    """What pip's many words mean, in one line."""
    if any(sign in words for sign in _NO_COMPILER):
        return (
            "a package has no ready-made wheel for this machine and there is no compiler to build it "
            "(Debian/Ubuntu: apt install build-essential python3-dev, Fedora: dnf install gcc python3-devel, "
            f"macOS: xcode-select --install); see {LOG}."
        )
    if "DO NOT MATCH THE HASHES" in words:
        return f"a downloaded package is not the one that was locked (its hash differs); see {LOG}."
    if any(sign in words for sign in _NO_NETWORK):
        return "the package index cannot be reached: check the network, or pip's own configuration (pip config list)."
    if "No matching distribution" in words:
        return f"the package index that pip is configured for lacks a locked version; see {LOG}."
    if "No space left" in words:
        return "the disk is full (about 1 GB is needed)."
    return f"pip could not install the packages; see {LOG}."
