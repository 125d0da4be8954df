"""A PostgreSQL server as the rest of the house knows it: addresses by role, and databases made and dropped."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER, APP, SUPERUSER = "jishiyu_owner", "jishiyu_app", "postgres"
TEMPLATE = "jishiyu_template"
Role = Literal["owner", "app"]

ROLES = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{OWNER}') then create role {OWNER}; end if;
  if not exists (select from pg_roles where rolname = '{APP}') then create role {APP}; end if;
end $$;
alter role {OWNER} login nosuperuser createdb nobypassrls nocreaterole;
alter role {APP} login nosuperuser nocreatedb nobypassrls nocreaterole;
grant pg_signal_backend to {OWNER};  -- it may drop a database that the application is still connected to
"""  # noqa: S608 - constants of this page
INSIDE = f"""
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
grant usage on schema public to {APP};
alter default privileges for role {OWNER} grant select, insert, update, delete on tables to {APP};
alter default privileges for role {OWNER} grant usage, select on sequences to {APP};
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server that answers, or would after :func:`ensure`."""

    socket_dir: str
    port: int
    app_url: str = ""
    owner_url: str = ""

    @property
    def external(self) -> bool:
        """Whether the server is somebody else's, named by ``DATABASE_URL``."""
        return bool(self.app_url)

    def url(self, database: str | None = None, role: Role = "app") -> str:
        """Connection URL for a database in a role. With an external server and no name: the URL exactly as given."""
        if self.external:
            given = self.app_url if role == "app" else self.owner_url
            return (
                given
                if database is None
                else urlunsplit(urlsplit(given)._replace(path="/" + quote(database)))
            )
        return self.local(database or "jishiyu", OWNER if role == "owner" else APP)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database owned by the owner role, with extensions and default rights. Raises if it exists."""
        source = template or (None if self.external else TEMPLATE)
        command = sql.SQL("create database {}").format(sql.Identifier(name))
        if source:
            command += sql.SQL(" template {}").format(sql.Identifier(source))
        with psycopg.connect(self._maintenance("owner"), autocommit=True) as connection:
            connection.execute(command)
        if self.external and template is None:
            with psycopg.connect(self.url(name, "owner"), autocommit=True) as connection:
                self._prepare_external(connection)

    def drop_database(self, name: str) -> None:
        """Drop a database if it exists, closing whatever is still connected to it."""
        command = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        with psycopg.connect(self._maintenance("superuser"), autocommit=True) as connection:
            connection.execute(command)

    def rename_database(self, old: str, new: str) -> None:
        """Give a database, to which nobody is connected, another name."""
        command = sql.SQL("alter database {} rename to {}").format(sql.Identifier(old), sql.Identifier(new))
        with psycopg.connect(self._maintenance("owner"), autocommit=True) as connection:
            connection.execute(command)

    def has_database(self, name: str) -> bool:
        """Whether a database of this name is there."""
        with psycopg.connect(self._maintenance("owner"), autocommit=True) as connection:
            return (
                connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
                is not None
            )

    def ensure_database(self, name: str) -> bool:
        """Create the database unless it is there. True when it was created now; safe when called twice at once."""
        if self.has_database(name):
            return False
        try:
            self.create_database(name)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
        return True

    def _prepare_external(self, connection: psycopg.Connection) -> None:
        app = urlsplit(self.app_url).username or APP
        owner = urlsplit(self.owner_url).username or OWNER
        statements = INSIDE.replace(OWNER, sql.Identifier(owner).as_string(connection))
        connection.execute(statements.replace(APP, sql.Identifier(app).as_string(connection)).encode())

    def _maintenance(self, role: Literal["owner", "superuser"]) -> str:
        if self.external:
            return self.url("postgres", "owner")
        return self.local("postgres", OWNER if role == "owner" else SUPERUSER)

    def local(self, database: str, user: str) -> str:
        """Connection URL through the socket for any role of the cluster."""
        return (
            f"postgresql://{user}@/{quote(database)}?host={quote(self.socket_dir, safe='')}&port={self.port}"
        )
