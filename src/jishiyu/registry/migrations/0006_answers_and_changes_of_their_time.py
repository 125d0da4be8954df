"""A household that was handed over: its old sub-district reads the answers, changes and members of its time, and adds no change.

A membership knows its days only, so it is of the time when it began by the day on which the household was handed over: whoever a
snapshot of the old sub-district tells of is still to be read there.
"""

from django.db import migrations

from jishiyu.registry.row_security import only_where_it_lives, seen_in_its_time

DAY_IT_LEFT = "max((s.left_at at time zone 'Asia/Shanghai')::date)"


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_members_stay_where_they_live")]

    operations = [
        seen_in_its_time("registry_answer", "recorded_at"),
        seen_in_its_time("registry_change", "recorded_at"),
        # Who came later is no longer found through it either: the policy of registry_person asks the memberships.
        seen_in_its_time("registry_membership", "first_day", until=DAY_IT_LEFT),
        only_where_it_lives("registry_change"),
    ]
