"""Trials of policy and the households they touch; seen by the district and by the agency that ran them; never changed."""

import django.db.models.deletion
import django.db.models.expressions
import jishiyu.foundations.fields
import uuid
from django.db import migrations, models

from jishiyu.foundations.row_security import AGENCY, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through


SEEN = f"{SEES_ALL} or ({SCOPE} = 'agency' and (agency = '' or agency = {AGENCY}))"
WRITTEN = f"{WRITES_ALL} or ({SCOPE} = 'agency' and agency <> '' and agency = {AGENCY})"
THROUGH_BOTH = f"{seen_through('registry_household', 'household_id')} and {seen_through('oversight_whatif', 'what_if_id')}"


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0002_row_security'),
        ('registry', '0002_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='WhatIf',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('changes', models.JSONField()),
                ('said', models.JSONField()),
                ('figures', models.JSONField()),
                ('households', models.PositiveIntegerField()),
                ('agency', models.CharField(blank=True, max_length=9)),
                ('pack_version', models.CharField(max_length=60)),
                ('set_version', models.CharField(max_length=60)),
                ('rules_version', models.CharField(max_length=20)),
                ('seal', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=60)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='WhatIfHousehold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=16)),
                ('before', jishiyu.foundations.fields.FenField()),
                ('after', jishiyu.foundations.fields.FenField()),
                ('more', jishiyu.foundations.fields.FenField()),
                ('band_before', models.CharField(max_length=10)),
                ('band_after', models.CharField(max_length=10)),
                ('score_before', models.PositiveIntegerField()),
                ('score_after', models.PositiveIntegerField()),
                ('parts', jishiyu.foundations.fields.SealedJSONField()),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('what_if', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='touched', to='oversight.whatif')),
            ],
            options={
                'ordering': ['-more'],
                'indexes': [models.Index(fields=['what_if', 'more'], name='oversight_w_what_if_eb9e7c_idx')],
                'constraints': [models.UniqueConstraint(fields=('what_if', 'household'), name='oversight_touched_once'), models.CheckConstraint(condition=models.Q(('more', django.db.models.expressions.CombinedExpression(models.F('after'), '-', models.F('before')))), name='oversight_touched_difference')],
            },
        ),
        protect("oversight_whatif", see=SEEN, write=WRITTEN, change=False),
        append_only("oversight_whatif"),
        protect("oversight_whatifhousehold", see=THROUGH_BOTH, write=f"{THROUGH_BOTH} and {SCOPE} <> 'audit'", change=False),
        append_only("oversight_whatifhousehold"),
    ]
