"""Runs over the district are the district's: they hold counts, no household."""

from django.db import migrations

from jishiyu.foundations.row_security import SEES_ALL, WRITES_ALL, protect


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_screening")]

    operations = [protect("assessment_screeningrun", see=SEES_ALL, write=WRITES_ALL)]
