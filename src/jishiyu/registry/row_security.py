"""What a sub-district still reads, and no longer writes, of a household that was handed over to another one.

Conditions for the policies of every room that keeps something with a household. They stand in the reading policy itself, not in a
restrictive one beside it: that would bind the owner's counting functions as well. Migrations rest on these texts, which stay.
"""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE, seen_through

_HOME = f"registry_household h where h.id = household_id and h.sub_district_id = {AREA}"
LIVES_HERE = f"exists (select 1 from {_HOME})"  # noqa: S608 - our own names
THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")


def in_its_time(table: str, recorded: str, *, until: str = "max(s.left_at)") -> str:
    """True for a sub-district while the household lives there, and else for what was recorded until it left.

    ``recorded`` is compared with ``until``, taken over the household's stays there. The first look at the stays can be hashed, so
    that whole-table reads ask for the moment of the few households only that left.
    """
    left = f"from registry_stay s where s.household_id = {table}.household_id and s.sub_district_id = {AREA}"
    return f"({LIVES_HERE} or (exists (select 1 {left}) and {recorded} <= (select {until} {left})))"


def seen_in_its_time(table: str, recorded: str, *, until: str = "max(s.left_at)") -> migrations.RunSQL:
    """A sub-district reads what :func:`in_its_time` says; all others go on reading what they read of the household itself."""
    see = (
        f"({SCOPE} <> 'sub_district' and {THROUGH_HOUSEHOLD})"
        f" or ({SCOPE} = 'sub_district' and {in_its_time(table, recorded, until=until)})"
    )
    return read_by(table, see, before=THROUGH_HOUSEHOLD)


def seen_with(table: str, parent: str, column: str) -> migrations.RunSQL:
    """A sub-district reads a row exactly when it reads the row that it belongs to, which knows its moment."""
    see = (
        f"({SCOPE} <> 'sub_district' and {THROUGH_HOUSEHOLD})"
        f" or ({SCOPE} = 'sub_district' and {seen_through(parent, f'{table}.{column}')})"
    )
    return read_by(table, see, before=THROUGH_HOUSEHOLD)


def read_by(table: str, see: str, *, before: str) -> migrations.RunSQL:
    """Another condition for a table's reading policy."""
    return migrations.RunSQL(
        f"alter policy {table}_see on {table} using ({see})",
        f"alter policy {table}_see on {table} using ({before})",
    )


def only_where_it_lives(table: str) -> migrations.RunSQL:
    """Nothing new is written by a sub-district about a household that lives elsewhere."""
    return migrations.RunSQL(
        f"create policy {table}_lives_here on {table} as restrictive for insert with check ({SCOPE} <> 'sub_district' or {LIVES_HERE})",
        f"drop policy {table}_lives_here on {table}",
    )
