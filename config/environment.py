"""Prepares the process before Django starts: secrets, the database server, and its addresses in the environment."""

import os
from pathlib import Path

from config.postgres import ensure
from config.postgres_server import Server

CHECKOUT = Path(__file__).resolve().parents[1]


def read_secrets(path: Path | None = None) -> None:
    """Put what ``var/secrets.env`` says into the environment, without overruling what is there already."""
    file = path or Path(os.environ.get("JISHIYU_VAR", CHECKOUT / "var")) / "secrets.env"
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        name, mark, value = line.partition("=")
        if mark and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def prepare(database: str = "jishiyu") -> Server:
    """Make sure that a server runs and that DATABASE_URL and DATABASE_OWNER_URL name a database on it."""
    read_secrets()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    server = ensure()
    if not server.external:
        server.ensure_database(database)
        os.environ["DATABASE_URL"] = server.url(database, "app")
        os.environ["DATABASE_OWNER_URL"] = server.url(database, "owner")
    return server
