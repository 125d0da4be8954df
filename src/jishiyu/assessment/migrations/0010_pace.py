"""When a worker took a run up, so that its end can be told; and a score's run for every post that sees the score."""

from django.db import migrations, models

# With the migrating role's sight: a sub-district post sees no run, since its counts are the district's. It gives number and moment only.
RUNS = """
create function assessment_runs(asked uuid[]) returns table (id uuid, number integer, evidence_until timestamptz)
language sql stable security definer set search_path = public as
$$ select r.id, r.number, r.evidence_until from assessment_screeningrun r where r.id = any (asked) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0009_ranks_by_look_ups")]

    operations = [
        migrations.AddField("screeningrun", "taken_up_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("screeningrun", "taken_up_done", models.PositiveIntegerField(default=0)),
        migrations.RunSQL(RUNS, "drop function assessment_runs(uuid[])"),
    ]
