"""Setting up, tried in folders of its own where something is missing: each trouble is one clear line."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import set_up_python
from tools.workshop import Trouble

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout that has only the tools and a lock file with a package that nobody has."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text(
        f"no-such-package-of-ours==1 --hash=sha256:{'0' * 64}\n"
    )
    return tmp_path


def set_up(folder: Path, before: str = "", **environment: str) -> tuple[int, list[str]]:
    """Run it there, after ``before`` has taken something away; exit code and what it complains of."""
    program = f"import sys; sys.argv = ['tools.set_up', '--for', 'demo']\n{before}\nfrom tools import set_up; sys.exit(set_up.main())"
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return result.returncode, result.stderr.strip().splitlines()


def test_an_old_python_is_told_which_one_is_needed(folder: Path) -> None:
    code, lines = set_up(folder, "sys.version_info = (3, 9, 18)", PATH=str(folder))
    assert code == 1
    assert [line[:69] for line in lines] == [
        "Cannot go on: Python 3.11 or newer is needed and this is 3.9; install"
    ]


def test_a_python_without_venv_is_told_what_to_install(folder: Path) -> None:
    code, lines = set_up(folder, "sys.modules['ensurepip'] = None")
    assert code == 1
    assert len(lines) == 1
    assert re.search(r"cannot make virtual environments; .*apt install python3\.\d+-venv", lines[0])


def test_a_machine_without_java_is_told_which_one_spark_needs(folder: Path) -> None:
    code, lines = set_up(folder, "sys.argv[2] = 'cluster'", PATH=str(folder), JAVA_HOME="")
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("Cannot go on: Spark needs Java 17 and this machine has none (Debian/Ubuntu:")


def test_a_folder_that_cannot_be_written_to(folder: Path) -> None:
    (folder / "var").write_text("a file in the way")
    code, lines = set_up(folder)
    assert code == 1
    assert len(lines) == 1
    assert "cannot be written to" in lines[0]


def test_no_network_is_one_line(folder: Path) -> None:
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "0",
        "PIP_FIND_LINKS": "",
    }
    code, lines = set_up(folder, **nowhere)
    assert code == 1
    assert len(lines) == 1
    assert "package index" in lines[0]
    assert set_up(folder, **nowhere) == (code, lines), "a second try starts where the first stopped"


def test_keys_are_made_once_for_this_account_only(folder: Path) -> None:
    make = [sys.executable, "-c", "from tools import set_up_secrets as s; s.make_var(); s.make_keys()"]
    subprocess.run(make, cwd=folder, check=True)
    path = folder / "var" / "secrets.env"
    keys = dict(line.split("=") for line in path.read_text().splitlines())
    assert path.stat().st_mode & 0o777 == 0o600
    assert {name: len(value) for name, value in keys.items()} == {
        "JISHIYU_SM4_KEY": 32,
        "JISHIYU_INDEX_KEY": 32,
        "DJANGO_SECRET_KEY": 64,
    }
    path.write_text(f"JISHIYU_SM4_KEY={keys['JISHIYU_SM4_KEY']}\n")
    subprocess.run(make, cwd=folder, check=True)
    again = dict(line.split("=") for line in path.read_text().splitlines())
    assert again.keys() == keys.keys()
    assert again["JISHIYU_SM4_KEY"] == keys["JISHIYU_SM4_KEY"]


@pytest.mark.parametrize(
    ("pip_says", "we_say"),
    [
        ("error: command 'gcc' failed: No such file or directory", "no compiler"),
        ("ERROR: Failed building wheel for argon2-cffi-bindings", "no compiler"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash differs"),
        ("NewConnectionError('...: Failed to establish a new connection')", "cannot be reached"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "lacks a locked version"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("something new", "set_up.log"),
    ],
)
def test_what_pip_says_becomes_one_line(pip_says: str, we_say: str) -> None:
    line = str(Trouble(set_up_python.explain(pip_says)))
    assert we_say in line
    assert "\n" not in line


def test_make_passes_its_options_on() -> None:
    told = subprocess.run(
        ["make", "-n", "demo", "RESET=1", "HOUSEHOLDS=50", "PORT=8123"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "jishiyu demo --reset --households 50 --port 8123" in told.stdout


def test_make_help_names_every_target() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "lint", "bench", "types", "lock", "screenshots", "messages", "clean"):
        assert re.search(rf"make {target}\s+\S", told)


def test_continuous_integration_runs_the_same_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("make test")
