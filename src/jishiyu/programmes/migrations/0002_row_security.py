"""What was computed goes with its household and never changes."""

from django.db import migrations

from jishiyu.foundations.row_security import SCOPE, append_only, protect, seen_through

THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
WRITES = f"{THROUGH_HOUSEHOLD} and {SCOPE} <> 'audit'"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("registry", "0002_row_security")]

    operations = [
        protect("programmes_entitlementrun", see=THROUGH_HOUSEHOLD, write=WRITES, change=False),
        protect("programmes_storedentitlement", see=THROUGH_HOUSEHOLD, write=WRITES, change=False),
        append_only("programmes_entitlementrun"),
        append_only("programmes_storedentitlement"),
    ]
