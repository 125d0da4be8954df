"""The sub-district where a household lives now reads its earlier cases and awards; the one that did the work keeps them."""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE

LIVES_HERE = f"({SCOPE} = 'sub_district' and exists (select 1 from registry_household h where h.id = household_id and h.sub_district_id = {AREA}))"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_coordination_security"), ("registry", "0004_answers_security")]

    operations = [
        migrations.RunSQL(
            f"create policy cases_case_lives_here on cases_case for select using ({LIVES_HERE})",
            "drop policy cases_case_lives_here on cases_case",
        ),
    ]
