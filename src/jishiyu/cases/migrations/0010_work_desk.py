"""Work taken on and handed over, notes and mentions, saved filters, batches, steps taken back; who sees them, and what stays."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import AGENCY, AREA, POST, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through
from jishiyu.registry.row_security import in_its_time

OURS = f"({SCOPE} = 'sub_district' and area = {AREA}) or ({SCOPE} = 'agency' and agency = {AGENCY})"
THROUGH_CASE = seen_through("cases_case", "case_id")
THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
THROUGH_NOTE = seen_through("cases_note", "note_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"
# A note is read by who reads the case (or, without one, the household); a sub-district that the household left reads what is of its time.
NOTE_SEEN = (
    f"(case_id is null or {THROUGH_CASE}) and (({SCOPE} = 'sub_district' and {in_its_time('cases_note', 'at')})"
    f" or ({SCOPE} <> 'sub_district' and {THROUGH_HOUSEHOLD}))"
)
OWN_FILTER = f"{SCOPE} = 'system' or post = {POST}"
SHARED_FILTER = f"(shared and scope = {SCOPE} and area = coalesce({AREA}, '') and agency = coalesce({AGENCY}, ''))"


def filled_once(table: str, *columns: str) -> migrations.RunSQL:
    """Only these columns of a row may change, and only while the first of them is empty; nothing is deleted."""
    new = " ".join(f"- '{name}'" for name in columns)
    return migrations.RunSQL(
        f"""
        create function {table}_stays() returns trigger language plpgsql as $$
        begin
          if tg_op <> 'UPDATE' or old.{columns[0]} is not null or (to_jsonb(new) {new}) is distinct from (to_jsonb(old) {new}) then
            raise exception '{table} stays as written: % refused', tg_op using errcode = 'restrict_violation';
          end if;
          return new;
        end $$;
        create trigger {table}_no_change before update or delete on {table} for each row execute function {table}_stays();
        create trigger {table}_no_truncate before truncate on {table} for each statement execute function {table}_stays();
        """,
        f"drop trigger {table}_no_change on {table}; drop trigger {table}_no_truncate on {table}; drop function {table}_stays()",
    )


ITEM_STAYS = """
create function cases_batchitem_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.state <> 'waiting'
     or (to_jsonb(new) - 'state' - 'taken_id' - 'why') is distinct from (to_jsonb(old) - 'state' - 'taken_id' - 'why') then
    raise exception 'what a batch did stays as written: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_batchitem_no_change before update or delete on cases_batchitem for each row execute function cases_batchitem_stays();
create trigger cases_batchitem_no_truncate before truncate on cases_batchitem for each statement execute function cases_batchitem_stays();
"""
UNDO_ITEM_STAYS = (
    "drop trigger cases_batchitem_no_change on cases_batchitem; drop trigger cases_batchitem_no_truncate on cases_batchitem;"
    "drop function cases_batchitem_stays()"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_life_after"), ("registry", "0006_answers_and_changes_of_their_time")]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', jishiyu.foundations.fields.SealedTextField()),
                ('at', models.DateTimeField()),
                ('post', models.CharField(max_length=60)),
                ('post_title', models.JSONField()),
                ('officer', models.CharField(max_length=40)),
                ('officer_name', models.CharField(max_length=80)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(max_length=12)),
                ('outcome', models.CharField(max_length=40)),
                ('papers', models.JSONField(default=list)),
                ('remarks', jishiyu.foundations.fields.SealedTextField()),
                ('role', models.CharField(max_length=20)),
                ('area', models.CharField(blank=True, max_length=9)),
                ('agency', models.CharField(blank=True, max_length=8)),
                ('post', models.CharField(max_length=60)),
                ('officer', models.CharField(max_length=40)),
                ('officer_name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-made_at'],
                'indexes': [models.Index(fields=['officer', 'made_at'], name='cases_batch_officer_edcdbc_idx')],
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('why', models.JSONField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='cases.batch')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('taken', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casestep')),
            ],
            options={
                'ordering': ['batch', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=20)),
                ('area', models.CharField(blank=True, max_length=9)),
                ('agency', models.CharField(blank=True, max_length=8)),
                ('from_officer', models.CharField(max_length=40)),
                ('from_name', models.CharField(max_length=80)),
                ('to_officer', models.CharField(blank=True, max_length=40)),
                ('to_name', models.CharField(blank=True, max_length=80)),
                ('to_post', models.CharField(blank=True, max_length=60)),
                ('reason', models.CharField(max_length=200)),
                ('until', models.DateField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=60)),
                ('returned_at', models.DateTimeField(null=True)),
                ('returned_by', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['-made_at'],
                'indexes': [models.Index(fields=['to_officer', 'made_at'], name='cases_hando_to_offi_eebb0c_idx'), models.Index(fields=['from_officer'], name='cases_hando_from_of_9d4b3d_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_officer', models.F('to_officer')), _negated=True), name='cases_handover_to_another')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=20)),
                ('officer', models.CharField(max_length=40)),
                ('officer_name', models.CharField(max_length=80)),
                ('post', models.CharField(max_length=60)),
                ('began', models.DateTimeField()),
                ('by', models.CharField(max_length=60)),
                ('ended', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=60)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cases.case')),
                ('ended_through', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='cases.handover')),
                ('handover', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cases.handover')),
            ],
            options={
                'ordering': ['began'],
            },
        ),
        migrations.CreateModel(
            name='NoteWithdrawn',
            fields=[
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawn', serialize=False, to='cases.note')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=60)),
                ('reason', jishiyu.foundations.fields.SealedTextField()),
            ],
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('post', models.CharField(max_length=60)),
                ('officer', models.CharField(blank=True, max_length=40)),
                ('words', models.CharField(max_length=120)),
                ('read_at', models.DateTimeField(null=True)),
                ('read_by', models.CharField(blank=True, max_length=80)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='cases.note')),
            ],
            options={
                'ordering': ['note', 'words'],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('of', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=40)),
                ('asked', jishiyu.foundations.fields.SealedJSONField()),
                ('shared', models.BooleanField(default=False)),
                ('role', models.CharField(max_length=20)),
                ('scope', models.CharField(max_length=12)),
                ('area', models.CharField(blank=True, max_length=9)),
                ('agency', models.CharField(blank=True, max_length=8)),
                ('post', models.CharField(max_length=60)),
                ('officer_name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('post', 'of', 'name'), name='cases_filter_name_once', violation_error_message='已有同名的筛选 / A filter of this name is saved already')],
            },
        ),
        migrations.CreateModel(
            name='StepBefore',
            fields=[
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='before', serialize=False, to='cases.casestep')),
                ('stood', models.JSONField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('undone', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='taken_back', serialize=False, to='cases.casestep')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('counter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='takes_back', to='cases.casestep')),
            ],
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'case'), name='cases_batched_once'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), ('taken', None)), models.Q(('state', 'done'), ('taken__isnull', False)), models.Q(('state', 'refused'), ('taken', None), ('why__isnull', False)), _connector='OR'), name='cases_batch_item_sound'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('ended', None)), fields=['officer'], name='cases_assigned_now'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('case', 'role'), name='cases_assigned_to_one', violation_error_message='此案件已由他人承办 / Somebody else has taken this case on'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['household', 'at'], name='cases_note_househo_46fdea_idx'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['case', 'at'], name='cases_note_case_id_1953aa_idx'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['post'], name='cases_mentions_unread'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('note', 'post', 'officer'), name='cases_mentioned_once'),
        ),
        protect("cases_handover", see=f"{SEES_ALL} or {OURS}", write=f"{WRITES_ALL} or {OURS}"),
        protect("cases_assignment", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}"),
        protect("cases_stepbefore", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}", change=False),
        protect("cases_takenback", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}", change=False),
        protect("cases_batch", see=f"{SEES_ALL} or {OURS}", write=f"{WRITES_ALL} or {OURS}"),
        protect("cases_batchitem", see=seen_through("cases_batch", "batch_id"), write=f"{THROUGH_CASE} and {NOT_AUDIT}"),
        protect("cases_note", see=NOTE_SEEN, write=f"{NOTE_SEEN} and {NOT_AUDIT}", change=False),
        protect("cases_notewithdrawn", see=THROUGH_NOTE, write=f"{THROUGH_NOTE} and {NOT_AUDIT}", change=False),
        protect("cases_mention", see=THROUGH_NOTE, write=f"{THROUGH_NOTE} and {NOT_AUDIT}"),
        protect("cases_savedfilter", see=f"{OWN_FILTER} or {SHARED_FILTER}", write=OWN_FILTER, change=False, remove=True),
        filled_once("cases_handover", "returned_at", "returned_by"),
        filled_once("cases_assignment", "ended", "ended_by", "ended_through_id"),
        filled_once("cases_batch", "taken_back_at"),
        filled_once("cases_mention", "read_at", "read_by"),
        append_only("cases_stepbefore"),
        append_only("cases_takenback"),
        append_only("cases_note"),
        append_only("cases_notewithdrawn"),
        migrations.RunSQL(ITEM_STAYS, UNDO_ITEM_STAYS),
    ]
