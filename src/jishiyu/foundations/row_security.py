"""The second lock: PostgreSQL row-level security, written by hand into migrations.

Each transaction says for which post it acts (``jishiyu.*`` settings, set by ``offices.operations.acting``). With nothing
said, no policy is true and every protected table is empty. The application's role can neither bypass nor alter a policy.
"""

from collections.abc import Sequence

from django.db import migrations

# Plain current_setting calls keep indexes usable; a sub-select of an array does not (measured 11 ms against 2 ms).
SCOPE = "current_setting('jishiyu.scope', true)"
AREA = "current_setting('jishiyu.area', true)"
AGENCY = "current_setting('jishiyu.agency', true)"
POST = "current_setting('jishiyu.post', true)"

SEES_ALL = f"{SCOPE} in ('district', 'audit', 'system')"
WRITES_ALL = f"{SCOPE} in ('district', 'system')"


def seen_through(parent_table: str, column: str, parent_key: str = "id") -> str:
    """A row is seen exactly when the parent row that it belongs to is seen (the parent's own policy decides)."""
    return f"exists (select 1 from {parent_table} parent where parent.{parent_key} = {column})"  # noqa: S608 - names of our own migrations


def protect(
    table: str, *, see: str, write: str, change: bool = True, remove: bool = False
) -> migrations.RunSQL:
    """Turn on and force row security for a table.

    ``see`` and ``write`` are SQL conditions for reading and for the new state of written rows. ``change`` and ``remove`` say
    whether rows may be updated and deleted at all. The migrating role keeps full sight for its SECURITY DEFINER functions.
    """
    sql = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {table}_owner on {table} to current_user using (true) with check (true)",
        f"create policy {table}_see on {table} for select using ({see})",
        f"create policy {table}_add on {table} for insert with check ({write})",
    ]
    if change:
        sql.append(f"create policy {table}_change on {table} for update using ({see}) with check ({write})")
    if remove:
        sql.append(f"create policy {table}_remove on {table} for delete using ({write})")
    undo = [
        f"alter table {table} no force row level security",
        f"alter table {table} disable row level security",
    ]
    undo += [
        f"drop policy if exists {table}_{name} on {table}"
        for name in ("owner", "see", "add", "change", "remove")
    ]
    return migrations.RunSQL(";\n".join(sql), ";\n".join(undo))


def append_only(table: str) -> migrations.RunSQL:
    """Refuse update, delete and truncate on a table for every role, its owner included."""
    return migrations.RunSQL(
        f"""
        create or replace function {table}_stays() returns trigger language plpgsql as $$
        begin
          raise exception '{table} is append-only: % refused', tg_op using errcode = 'restrict_violation';
        end $$;
        create trigger {table}_no_change before update or delete on {table} for each row execute function {table}_stays();
        create trigger {table}_no_truncate before truncate on {table} for each statement execute function {table}_stays();
        """,
        f"drop trigger {table}_no_change on {table}; drop trigger {table}_no_truncate on {table}; drop function {table}_stays()",
    )


def grant(tables: Sequence[str], rights: str, role: str) -> migrations.RunSQL:
    """Grant exactly these rights on these tables."""
    return migrations.RunSQL(f"grant {rights} on {', '.join(tables)} to {role}", migrations.RunSQL.noop)
