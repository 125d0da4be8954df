"""Trials of policy on their way, when the worker runs them; what a kept trial rests on; which figures a household stands behind."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from jishiyu.foundations.row_security import AGENCY, SCOPE, SEES_ALL, WRITES_ALL, protect

SEEN = f"{SEES_ALL} or ({SCOPE} = 'agency' and (agency = '' or agency = {AGENCY}))"
WRITTEN = f"{WRITES_ALL} or ({SCOPE} = 'agency' and agency <> '' and agency = {AGENCY})"


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0003_what_if'),
    ]

    operations = [
        migrations.AddField(
            model_name='whatif',
            name='author',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='whatif',
            name='evidence_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='whatifhousehold',
            name='changed',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='whatifhousehold',
            name='marks',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='WhatIfRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('changes', models.JSONField()),
                ('said', models.JSONField()),
                ('agency', models.CharField(blank=True, max_length=9)),
                ('state', models.CharField(default='waiting', max_length=8)),
                ('phase', models.CharField(blank=True, max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('evidence_until', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=60)),
                ('author', models.CharField(blank=True, max_length=60)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('advanced_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.JSONField(blank=True, null=True)),
                ('what_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.whatif')),
            ],
            options={
                'ordering': ['-asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed', 'stopped'])), name='oversight_trial_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), ('what_if__isnull', False)), models.Q(models.Q(('state', 'done'), _negated=True), ('what_if__isnull', True)), _connector='OR'), name='oversight_trial_done_has_figures')],
            },
        ),
        migrations.RunSQL(
            "create index oversight_whatifhousehold_marks on oversight_whatifhousehold using gin (marks jsonb_path_ops)",
            "drop index oversight_whatifhousehold_marks",
        ),
        protect("oversight_whatifrun", see=SEEN, write=WRITTEN),
    ]
