"""A household that was handed over: its old sub-district reads the scores of its time, and makes no new one."""

from django.db import migrations

from jishiyu.registry.row_security import only_where_it_lives, seen_in_its_time


class Migration(migrations.Migration):
    dependencies = [("assessment", "0010_pace"), ("registry", "0006_answers_and_changes_of_their_time")]

    operations = [
        seen_in_its_time("assessment_hardshipscore", "made_at"),
        only_where_it_lives("assessment_hardshipscore"),
    ]
