"""Services and goods delivered after a decision."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_seen_where_the_household_lives")]

    operations = []  # type: ignore[var-annotated]
