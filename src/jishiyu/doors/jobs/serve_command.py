"""``jishiyu serve``, ``jishiyu migrate``, ``jishiyu worker``."""

import argparse
import sys
from typing import cast

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from jishiyu.doors.jobs.serving import PortTrouble, claim_port, serve
from jishiyu.foundations.clock import moment_now
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.queries import opens_with_our_keys

OTHER_KEYS = (
    "数据库由另一套密钥封存，请恢复原来的密钥（JISHIYU_SM4_KEY、JISHIYU_INDEX_KEY） · "
    "the database was sealed with other keys: bring back the keys that it was made with (JISHIYU_SM4_KEY, JISHIYU_INDEX_KEY)"
)


def serve_command(words: list[str]) -> int:
    """Serve the system and its worker on loopback until told to end."""
    parser = argparse.ArgumentParser(prog="jishiyu serve", description="Serve the system and its worker.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=3, help="web processes")
    parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")
    given = parser.parse_args(words)
    try:
        claimed = claim_port(given.port, mend=f"jishiyu serve --port {given.port + 1}")
    except PortTrouble as trouble:
        print(f"jishiyu: {trouble}", file=sys.stderr)
        return 1
    if migrations_wait():
        print("jishiyu: 数据库表需要更新 · the tables are out of date: jishiyu migrate", file=sys.stderr)
        return 1
    if not keys_fit():
        print(f"jishiyu: {OTHER_KEYS}", file=sys.stderr)
        return 1
    before_serving()
    print(f"及时雨 · Jishiyu: http://{claimed.getsockname()[0]}:{given.port}/  (Ctrl-C)", flush=True)
    return serve(claimed, processes=given.processes, worker=not given.no_worker)


def migrate_command(words: list[str]) -> int:
    """Bring the tables up to date, as the owning role."""
    argparse.ArgumentParser(prog="jishiyu migrate", description="Bring the tables up to date.").parse_args(
        words
    )
    migrate()
    return 0


def worker_command(words: list[str]) -> int:
    """Run waiting jobs until told to end."""
    argparse.ArgumentParser(prog="jishiyu worker", description="Run waiting jobs.").parse_args(words)
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(concurrency=1)
    return 0


def migrations_wait() -> bool:
    """Whether some migration was not applied yet."""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(*, verbosity: int = 1) -> None:
    """Apply what was not applied yet; quick when there is nothing."""
    if migrations_wait():
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)


def keys_fit() -> bool:
    """Whether what is sealed in the database opens with the keys that this process was given."""
    with acting(SYSTEM, moment=moment_now(), source="serve"):
        return opens_with_our_keys()


def before_serving() -> None:
    """Leave no connection open in a process that from now on only watches others; make the folder that files are served from."""
    connections.close_all()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
