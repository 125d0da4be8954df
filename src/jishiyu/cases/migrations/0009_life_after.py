"""Life after an award: re-checks, changes, suspensions, appeals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_visits")]

    operations = []  # type: ignore[var-annotated]
