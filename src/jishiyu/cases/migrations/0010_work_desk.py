"""Notes, filters, and work handed over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_life_after")]

    operations = []  # type: ignore[var-annotated]
