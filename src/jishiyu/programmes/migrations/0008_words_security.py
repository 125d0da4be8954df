"""Words go with their household and never change."""

from django.db import migrations

from jishiyu.foundations.row_security import SCOPE, append_only, protect, seen_through

THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
WRITES = f"{THROUGH_HOUSEHOLD} and {SCOPE} <> 'audit'"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_words")]

    operations = [
        protect("programmes_runinwords", see=THROUGH_HOUSEHOLD, write=WRITES, change=False),
        append_only("programmes_runinwords"),
    ]
