"""Documents of households, and applications that came on line: what they hold, who sees them, and what of them may change.

A draft is its writer's: no post reads it, and it alone is ever deleted. What a household's papers are is asked of the register's
own tables, so that they go with the household: its present sub-district reads all, one that it left what came in there.
"""

import django.db.models.deletion
import jishiyu.foundations.fields
import uuid
from django.db import migrations, models

from jishiyu.foundations.row_security import AGENCY, AREA, SCOPE, SEES_ALL, WRITES_ALL, protect

OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
LIVES_HERE = f"({SCOPE} = 'sub_district' and exists (select 1 from registry_household h where h.id = household and h.sub_district_id = {AREA}))"
OPENED = f"({SCOPE} = 'agency' and exists (select 1 from registry_opening o where o.household_id = household and o.agency_id = {AGENCY}))"
SYSTEM = f"{SCOPE} = 'system'"
HANDED_IN = "sub_district_id is not null"
DRAFT = f"{SYSTEM} and sub_district_id is null"

APPLICATION_SEEN = f"{SYSTEM} or ({HANDED_IN} and ({SEES_ALL} or {OWN_AREA}))"
APPLICATION_WRITTEN = f"{SYSTEM} or ({HANDED_IN} and {OWN_AREA})"
DOCUMENT_SEEN = f"{SYSTEM} or ({HANDED_IN} and ({SEES_ALL} or {OWN_AREA} or {LIVES_HERE} or {OPENED}))"
DOCUMENT_WRITTEN = f"{SYSTEM} or ({HANDED_IN} and ({WRITES_ALL} or {OWN_AREA} or {OPENED}))"

DOCUMENT_POLICIES = f"""
drop policy evidence_document_see on evidence_document;
drop policy evidence_document_add on evidence_document;
create policy evidence_document_see on evidence_document for select using ({DOCUMENT_SEEN});
create policy evidence_document_add on evidence_document for insert with check ({DOCUMENT_WRITTEN});
create policy evidence_document_change on evidence_document for update using ({DOCUMENT_SEEN}) with check ({DOCUMENT_WRITTEN});
create policy evidence_document_remove on evidence_document for delete using ({DRAFT});
create policy evidence_publicapplication_remove on evidence_publicapplication for delete using ({DRAFT});
"""
UNDO_POLICIES = """
drop policy evidence_publicapplication_remove on evidence_publicapplication;
drop policy evidence_document_remove on evidence_document;
drop policy evidence_document_change on evidence_document;
"""

# A document's place and household are filled in once; nothing else of it, nor of a settled application's content, ever changes.
STAYS = """
create function evidence_document_stays() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'sub_district_id' - 'household') is distinct from (to_jsonb(old) - 'sub_district_id' - 'household')
     or (old.sub_district_id is not null and new.sub_district_id is distinct from old.sub_district_id)
     or (old.household is not null and new.household is distinct from old.household) then
    raise exception 'evidence_document stays as it was handed in' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger evidence_document_no_change before update on evidence_document for each row execute function evidence_document_stays();

create function evidence_application_stays() returns trigger language plpgsql as $$
begin
  if new.number <> old.number or (old.submitted_at is not null and (new.told <> old.told or new.item <> old.item
     or new.submitted_at is distinct from old.submitted_at or new.sub_district_id is distinct from old.sub_district_id))
     or (old.asked_at is not null and new.asked_at is distinct from old.asked_at)
     or old.settled_at is not null then
    raise exception 'an application stays as it was handed in and settled' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger evidence_application_no_change before update on evidence_publicapplication
  for each row execute function evidence_application_stays();
create sequence evidence_application_numbers;
"""
UNDO_STAYS = """
drop sequence evidence_application_numbers;
drop trigger evidence_application_no_change on evidence_publicapplication;
drop trigger evidence_document_no_change on evidence_document;
drop function evidence_application_stays(); drop function evidence_document_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0002_row_security"),
        ("registry", "0006_answers_and_changes_of_their_time"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='document',
            options={'ordering': ['-received_on', '-received_at']},
        ),
        migrations.AddField(
            model_name='document',
            name='content_sm3',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='file_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='document',
            name='household',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='media_type',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='document',
            name='officer',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='post',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='document',
            name='received_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='size',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='document',
            name='sub_district',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.subdistrict'),
        ),
        migrations.CreateModel(
            name='PublicApplication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('item', models.CharField(blank=True, max_length=20)),
                ('told', jishiyu.foundations.fields.SealedJSONField()),
                ('id_index', models.BinaryField(max_length=32, null=True)),
                ('opened_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField()),
                ('expires_on', models.DateField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('asked', jishiyu.foundations.fields.SealedJSONField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('reasons', jishiyu.foundations.fields.SealedJSONField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('post', models.CharField(blank=True, max_length=60)),
                ('officer', models.UUIDField(null=True)),
                ('household', models.UUIDField(null=True)),
                ('case', models.UUIDField(null=True)),
                ('sub_district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.subdistrict')),
            ],
            options={
                'ordering': ['submitted_at', 'number'],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='application',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='evidence.publicapplication'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('household__isnull', False)), fields=('household', 'content_sm3'), name='evidence_paper_once_for_household', violation_error_message='该户已有同一份材料 / The household has this very paper already'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('application__isnull', False)), fields=('application', 'content_sm3'), name='evidence_paper_once_for_application', violation_error_message='这份申请已有同一份材料 / The application has this very paper already'),
        ),
        migrations.AddIndex(
            model_name='publicapplication',
            index=models.Index(fields=['sub_district', 'state', 'due_on'], name='evidence_application_inbox'),
        ),
        migrations.AddIndex(
            model_name='publicapplication',
            index=models.Index(fields=['id_index', 'item'], name='evidence_application_person'),
        ),
        migrations.AddIndex(
            model_name='publicapplication',
            index=models.Index(fields=['case'], name='evidence_application_case'),
        ),
        protect("evidence_publicapplication", see=APPLICATION_SEEN, write=APPLICATION_WRITTEN),
        migrations.RunSQL(DOCUMENT_POLICIES, UNDO_POLICIES),
        migrations.RunSQL(STAYS, UNDO_STAYS),
    ]
