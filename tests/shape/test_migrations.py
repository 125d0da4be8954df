"""Models and migrations say the same, and every table with household data has forced row security."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

# Tables that hold no household's data: what binds us, who may act, and how often something was tried.
OPEN_ROOMS = {"law", "offices"}


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_change_of_a_model_waits_for_its_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=1)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.django_db(databases=["default", "owner"])
def test_tables_with_household_data_are_locked_for_everyone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relrowsecurity and relforcerowsecurity"
        )
        locked = {name for (name,) in cursor.fetchall()}
    rooms = [
        config
        for config in apps.get_app_configs()
        if config.name.startswith("jishiyu.") and config.label not in OPEN_ROOMS
    ]
    about_households = {
        model._meta.db_table
        for config in rooms
        for model in config.get_models(include_auto_created=True)
        if any(_leads_to_a_household(field) for field in model._meta.get_fields())
    }
    assert about_households
    assert sorted(about_households - locked) == []


def _leads_to_a_household(field: object) -> bool:
    other = getattr(field, "related_model", None)
    name = getattr(field, "name", "")
    return name in ("household", "household_id") or getattr(
        getattr(other, "_meta", None), "db_table", ""
    ) in (
        "registry_household",
        "registry_person",
    )
