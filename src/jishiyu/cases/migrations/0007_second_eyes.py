"""Near relatives of staff, and spot checks."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_services")]

    operations = []  # type: ignore[var-annotated]
