"""Make a fresh checkout ready: ``python3 -m tools.set_up --for demo|test|cluster``. A second call takes less than a second.

This page and its neighbours use nothing but the standard library, and words that an older Python understands too, so that it
can say which Python is needed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def main() -> int:
    """Run the steps in order; at trouble print one line and stop."""
    parser = argparse.ArgumentParser(
        prog="tools.set_up", description="Make this checkout ready to run or to test."
    )
    parser.add_argument("--for", dest="purpose", choices=("demo", "test", "cluster"), default="demo")
    arguments = parser.parse_args()
    if sys.version_info < OLDEST:
        return _with_newer_python()

    from tools import set_up_assets, set_up_browser, set_up_python, set_up_secrets
    from tools.workshop import Trouble

    testing = arguments.purpose in ("test", "cluster")
    try:
        if arguments.purpose == "cluster":
            set_up_python.require_java()
        set_up_secrets.make_var()
        set_up_python.environment()
        set_up_python.packages("dev" if testing else "run")
        set_up_python.project()
        if arguments.purpose == "cluster":
            set_up_python.cluster()
            return 0
        set_up_assets.install()
        set_up_assets.compile_messages()
        set_up_secrets.make_keys()
        if testing:
            set_up_browser.require()
        else:
            set_up_browser.look_for_chinese_font()
    except Trouble as trouble:
        print(f"Cannot go on: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _is(python: str, minor: int) -> bool:
    # A version manager's shim bears the name of a Python that it may not have.
    command = [python, "-c", "import sys; print(sys.version_info[1])"]
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    return told.returncode == 0 and told.stdout.decode().strip() == str(minor)


def _with_newer_python() -> int:
    """Start again with a newer Python of this machine, or say that there is none."""
    for minor in (13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found and _is(found, minor):
            os.execv(found, [found, "-m", "tools.set_up", *sys.argv[1:]])  # noqa: S606 - our own page
    have = ".".join(str(part) for part in sys.version_info[:2])
    print(
        f"Cannot go on: Python 3.11 or newer is needed and this is {have}; install one "
        "(Debian/Ubuntu: apt install python3 python3-venv, macOS: brew install python@3.12) "
        "or call make PYTHON=/path/to/python3.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
