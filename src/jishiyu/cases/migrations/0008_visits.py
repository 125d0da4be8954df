"""Visits written without a network, and what came with them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_second_eyes")]

    operations = []  # type: ignore[var-annotated]
