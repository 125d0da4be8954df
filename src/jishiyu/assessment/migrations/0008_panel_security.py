"""A panel and its question are seen by the district and by experts; an expert sees the own place only. A reading stays as it is."""

from django.db import migrations

from jishiyu.foundations.row_security import POST, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect

SEES_FIGURES = f"{SCOPE} in ('district', 'audit', 'expert', 'system')"
OWN_PLACE = f"({SCOPE} = 'expert' and expert = {POST})"


class Migration(migrations.Migration):
    dependencies = [("assessment", "0007_panels")]

    operations = [
        protect("assessment_panel", see=SEES_FIGURES, write=WRITES_ALL),
        protect("assessment_panelplace", see=f"{SEES_ALL} or {OWN_PLACE}", write=WRITES_ALL),
        protect("assessment_districtreading", see=SEES_FIGURES, write=WRITES_ALL, change=False),
        append_only("assessment_districtreading"),
    ]
