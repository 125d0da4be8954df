"""``jishiyu demo``: everything from a bare checkout to a served demo district; a second call takes seconds."""

import argparse
import os
import shutil
import socket
import sys
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic

from config.environment import CHECKOUT, prepare
from config.postgres_server import Server
from jishiyu.doors.jobs.serving import HOST, PortTrouble, claim_port, serve

DATABASE = "jishiyu"
DEFAULT_HOUSEHOLDS = 2000
# A working day on which the pack knows every standard that the demo shows: later medical standards are uncertain and dibao is
# not known from mid-2025, and the program would say so
# on every page instead of showing how the work goes.
DEMO_DAY = "2021-12-15"
_NOT_OURS = (
    "--reset 不会清空外部数据库，请自行删除并重建 · "
    "--reset never empties a server of your own; drop and create its database yourself"
)


def demo_command(words: list[str]) -> int:
    """Set up, build and serve the demo district. Each trouble is one line; the exit code tells."""
    given = _arguments(words)
    os.environ["JISHIYU_DEMO"] = "1"
    os.environ.setdefault("JISHIYU_CLOCK_FILE", str(_var() / "demo-clock"))
    try:
        claimed = None if given.no_serve else claim_port(given.port, mend=f"PORT={given.port + 1} make demo")
    except PortTrouble as trouble:
        print(f"jishiyu: {trouble}", file=sys.stderr)
        return 1
    if not _start_database(reset=given.reset):
        return 1
    _set_clock(given.day)
    if not _build(given.households):
        return 1
    if claimed is None:
        return 0
    return _serve(claimed, given.port)


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="jishiyu demo", description="Set up and serve the demo district.")
    parser.add_argument("--reset", action="store_true", help="drop the demo's database and begin again")
    parser.add_argument("--households", type=_household_count, default=None, metavar="N", help="default 2000")
    parser.add_argument("--day", default=None, metavar="YYYY-MM-DD", help=f"the demo's day ({DEMO_DAY})")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="only build")
    return parser.parse_args(words)


def _household_count(text: str) -> int:
    count = int(text)
    if not 100 <= count <= 500_000:
        raise argparse.ArgumentTypeError("100 to 500000")
    return count


def _start_database(*, reset: bool) -> bool:
    """Server, database, Django, tables. False when it may not be done, with the reason said."""
    from config.postgres import ensure

    if reset:
        server = ensure()
        if server.external:
            print(f"jishiyu: {_NOT_OURS}", file=sys.stderr)
            return False
        _say("清空演示数据 · dropping the demo's database")
        _empty(server)
    server = prepare(DATABASE)
    import django

    django.setup()
    from jishiyu.doors.jobs.serve_command import OTHER_KEYS, keys_fit

    _make_tables()
    if keys_fit():
        return True
    if server.external:
        print(f"jishiyu: {OTHER_KEYS}", file=sys.stderr)
        return False
    # The checkout that made it was deleted with its keys, and nobody can read it any more; its people are invented.
    _say(
        "原演示数据的密钥已不在，重新开始 · the demo that was here cannot be read without its keys: beginning again"
    )
    _empty(server)
    server.ensure_database(DATABASE)
    _make_tables()
    return True


def _empty(server: Server) -> None:
    if "django" in sys.modules:
        from django.db import connections

        connections.close_all()
    server.drop_database(DATABASE)
    shutil.rmtree(_var() / "uploads", ignore_errors=True)
    (_var() / "demo-clock").unlink(missing_ok=True)


def _make_tables() -> None:
    from jishiyu.doors.jobs.serve_command import migrate, migrations_wait

    if migrations_wait():
        _say("建立数据库表 · making the tables")
        migrate(verbosity=0)


def _var() -> Path:
    return Path(os.environ.get("JISHIYU_VAR", CHECKOUT / "var"))


def _set_clock(day: str | None) -> None:
    """Begin the demo's day at nine in the morning, once; a later start goes on from where its clock stands."""
    from jishiyu.foundations.clock import SHANGHAI, wind_to

    if day is None and Path(os.environ["JISHIYU_CLOCK_FILE"]).is_file():
        return
    wind_to(datetime.combine(date.fromisoformat(day or DEMO_DAY), time(9), tzinfo=SHANGHAI))


def _build(households: int | None) -> bool:
    """The demo district, unless it is there. False when it is refused, with the reason said."""
    from jishiyu.doors.jobs.demo_district import build_demo
    from jishiyu.foundations.outcomes import CannotBecause

    started = monotonic()
    try:
        build_demo(households=households or DEFAULT_HOUSEHOLDS, say=_say)
    except CannotBecause as refusal:
        print(f"jishiyu: {refusal.reason.say('zh')} · {refusal.reason.say('en')}", file=sys.stderr)
        return False
    _say(f"演示区就绪 · the demo district is ready ({monotonic() - started:.0f} s)")
    return True


def _serve(claimed: socket.socket, port: int) -> int:
    from jishiyu.doors.jobs.serve_command import before_serving

    before_serving()
    print(f"\n  及时雨 · Jishiyu    http://{HOST}:{port}/        (Ctrl-C 停止 · to stop)", flush=True)
    _print_log_ins(port)
    return serve(claimed)


def _print_log_ins(port: int) -> None:
    from jishiyu.doors.jobs.demo_district import log_ins

    print(f"  工作台 · staff desk  http://{HOST}:{port}/desk/\n", flush=True)
    for line in log_ins():
        print(f"  {line}", flush=True)


def _say(line: str) -> None:
    print(f"· {line}", flush=True)
