"""When each notice left the public page: written once, never changed, never shown to the public."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from jishiyu.foundations.row_security import SCOPE, append_only, protect, seen_through

THROUGH_CASE = seen_through("cases_case", "case_id")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_row_security"), ("cases", "0009_life_after")]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("removed_on", models.DateField()),
                ("how", models.CharField(max_length=12)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removal",
                        to="notices.publicnotice",
                    ),
                ),
            ],
            options={"ordering": ["-removed_on"]},
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["term_over", "clear", "upheld", "withdrawn"])),
                name="notices_removal_known",
            ),
        ),
        protect(
            "notices_removal",
            see=THROUGH_CASE,
            write=f"({THROUGH_CASE} and {SCOPE} not in ('audit', 'public'))",
            change=False,
        ),
        append_only("notices_removal"),
    ]
