"""A household that was handed over: its old sub-district reads what was computed in its time, and computes nothing new."""

from django.db import migrations

from jishiyu.registry.row_security import only_where_it_lives, seen_in_its_time, seen_with


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_words_security"), ("registry", "0006_answers_and_changes_of_their_time")]

    operations = [
        seen_in_its_time("programmes_entitlementrun", "made_at"),
        seen_with("programmes_runinwords", "programmes_entitlementrun", "run_id"),
        seen_with("programmes_storedentitlement", "programmes_entitlementrun", "run_id"),
        only_where_it_lives("programmes_entitlementrun"),
        only_where_it_lives("programmes_runinwords"),
    ]
