"""A sub-district ends no membership in a household that lives elsewhere by now."""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE

LIVES_HERE = f"{SCOPE} <> 'sub_district' or exists (select 1 from registry_household h where h.id = household_id and h.sub_district_id = {AREA})"


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_answers_security")]

    operations = [
        migrations.RunSQL(
            f"create policy registry_membership_ends_here on registry_membership as restrictive for update using ({LIVES_HERE})",
            "drop policy registry_membership_ends_here on registry_membership",
        ),
    ]
