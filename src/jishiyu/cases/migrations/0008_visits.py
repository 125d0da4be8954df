"""Visits written without a network, and what came with them: who sees and adds them, and that they stay as they came."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import SCOPE, append_only, protect, seen_through
from jishiyu.registry.row_security import in_its_time, only_where_it_lives

THROUGH_CASE = seen_through("cases_case", "case_id")
THROUGH_SENT = seen_through("cases_visitsent", "sent_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"  # audit reads all and writes nothing


def of_its_time(table: str, recorded: str) -> str:
    """Seen with the case; by a sub-district that handed the household over, only what came while it lived there."""
    return f"{THROUGH_CASE} and ({SCOPE} <> 'sub_district' or {in_its_time(table, recorded)})"


WRITE = f"{THROUGH_CASE} and {NOT_AUDIT}"
WITH_SENT = f"{THROUGH_SENT} and {NOT_AUDIT}"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_second_eyes"),
        ("evidence", "0001_initial"),
        ("registry", "0006_answers_and_changes_of_their_time"),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitTaken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits_taken', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('version', models.PositiveIntegerField()),
                ('post', models.CharField(max_length=60)),
                ('officer', models.CharField(blank=True, max_length=40)),
                ('officer_name', models.CharField(max_length=80)),
                ('taken_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['taken_at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('taken_at'))), name='cases_taken_for_a_while')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='VisitSent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits_sent', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('taken', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='cases.visittaken')),
                ('version', models.PositiveIntegerField()),
                ('how', models.CharField(max_length=8)),
                ('against', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                    related_name='followed_by', to='cases.visitsent')),
                ('content', jishiyu.foundations.fields.SealedJSONField()),
                ('position', jishiyu.foundations.fields.SealedJSONField(null=True)),
                ('pictures', models.JSONField(default=list)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('post', models.CharField(max_length=60)),
                ('officer', models.CharField(blank=True, max_length=40)),
                ('officer_name', models.CharField(max_length=80)),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['case', 'version'],
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'version'), name='cases_visit_version_once'),
                    models.CheckConstraint(condition=models.Q(
                        ('version__gte', 1), models.Q(models.Q(('against', None), ('how', 'alone')),
                        models.Q(('against__isnull', False), ('how__in', ['merged', 'beside'])), ('how', 'desk'), _connector='OR'),
                    ), name='cases_visit_version_sound'),
                ],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='VisitChoice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='cases.visitsent')),
                ('field', models.CharField(max_length=40)),
                ('chosen', models.CharField(max_length=6)),
                ('values', jishiyu.foundations.fields.SealedJSONField()),
            ],
            options={
                'ordering': ['sent', 'field'],
                'constraints': [
                    models.UniqueConstraint(fields=('sent', 'field'), name='cases_visit_choice_once'),
                    models.CheckConstraint(condition=models.Q(('chosen__in', ['mine', 'theirs'])), name='cases_visit_choice_known')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='VisitAttachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visit_attachments', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('record', models.UUIDField()),
                ('kind', models.CharField(max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.document')),
                ('post', models.CharField(max_length=60)),
                ('officer', models.CharField(blank=True, max_length=40)),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kind', 'received_at', 'id'],
                'indexes': [models.Index(fields=['record'], name='cases_visit_record_3aade1_idx')],
                'constraints': [
                    models.UniqueConstraint(fields=('record', 'digest'), name='cases_visit_picture_once'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'signature'])), name='cases_visit_picture_known')],
            },
        ),
        migrations.CreateModel(
            name='VisitFiled',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filed', to='cases.homevisit')),
                ('sent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filed', to='cases.visitsent')),
            ],
            options={
                'indexes': [],
                'constraints': [
                    ],
            },
        ),
        protect("cases_visittaken", see=of_its_time("cases_visittaken", "taken_at"), write=WRITE, change=False),
        protect("cases_visitsent", see=of_its_time("cases_visitsent", "received_at"), write=WRITE, change=False),
        protect("cases_visitattachment", see=of_its_time("cases_visitattachment", "received_at"), write=WRITE, change=False),
        protect("cases_visitchoice", see=THROUGH_SENT, write=WITH_SENT, change=False),
        protect("cases_visitfiled", see=THROUGH_SENT, write=WITH_SENT, change=False),
        only_where_it_lives("cases_visittaken"),
        only_where_it_lives("cases_visitsent"),
        only_where_it_lives("cases_visitattachment"),
        append_only("cases_visittaken"),
        append_only("cases_visitsent"),
        append_only("cases_visitattachment"),
        append_only("cases_visitchoice"),
        append_only("cases_visitfiled"),
    ]
