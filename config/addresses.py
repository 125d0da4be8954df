"""Where the database is, for which role; and the rule that only the owner's connection migrates."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def database_settings(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: ``default`` is the application's role, ``owner`` the migrating role, both on one database."""
    app = environment.get("DATABASE_URL", "postgresql://jishiyu_app@/jishiyu")
    owner = environment.get("DATABASE_OWNER_URL", "postgresql://jishiyu_owner@/jishiyu")
    # Requests are atomic in our own middleware, which must set the post inside the same transaction.
    served = from_url(app) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {"default": served, "owner": from_url(owner) | {"TEST": {"MIRROR": "default"}}}


def from_url(url: str) -> dict[str, Any]:
    """A ``postgresql://user:password@host:port/name?host=/socket/dir`` address as Django settings."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "OPTIONS": query,
    }


class OwnerOnlyMigrates:
    """A router: everything is read and written by the application's role; only the owner's connection changes tables."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
