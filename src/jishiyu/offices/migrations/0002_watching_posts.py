"""Posts that watch one another are never one person's on the same day; and relatives whom officers declare."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import SCOPE, protect

OFFICER = "current_setting('jishiyu.officer', true)"
OWN = f"officer_id::text = {OFFICER} or {SCOPE} = 'system'"

# The table of ``offices.rules.watching`` once more, for the database; a test holds the two together.
WATCHING = """
create function offices_watch(one varchar, other varchar, one_area varchar, other_area varchar, one_agency varchar, other_agency varchar)
returns boolean language sql immutable as $$
  select case
    when one in ('auditor', 'admin') or other in ('auditor', 'admin') then one <> other
    when (least(one, other), greatest(one, other)) in (
      ('caseworker', 'reviewer'), ('caseworker', 'sub_district_head'), ('reviewer', 'sub_district_head'))
      then one_area is not distinct from other_area
    when (least(one, other), greatest(one, other)) in (
      ('agency_head', 'agency_officer'), ('agency_head', 'decider'), ('agency_officer', 'decider'))
      then one_agency is not distinct from other_agency
    else (least(one, other), greatest(one, other)) in (
      ('agency_head', 'caseworker'), ('agency_head', 'finance'), ('agency_head', 'reviewer'),
      ('agency_head', 'sub_district_head'), ('agency_officer', 'finance'), ('caseworker', 'decider'), ('caseworker', 'finance'),
      ('caseworker', 'office'), ('decider', 'finance'), ('decider', 'office'), ('decider', 'reviewer'),
      ('decider', 'sub_district_head'), ('finance', 'office'), ('finance', 'reviewer'), ('finance', 'sub_district_head'),
      ('office', 'reviewer'), ('office', 'sub_district_head'), ('agency_head', 'office'))
    end $$;

create function offices_refuse_watching(asked uuid) returns void language plpgsql as $$
declare found record;
begin
  -- Of two posts given to one person at once the second waits here until the first is there to be seen.
  perform pg_advisory_xact_lock(hashtextextended('posts of ' || asked, 0));
  select a.code as one, b.code as other into found
    from offices_holding h join offices_post a on a.id = h.post_id
    join offices_holding g on g.officer_id = h.officer_id and g.id <> h.id join offices_post b on b.id = g.post_id
   where h.officer_id = asked
     and daterange(h.first_day, h.last_day, '[]') && daterange(g.first_day, g.last_day, '[]')
     and offices_watch(a.role, b.role, a.area_id, b.area_id, a.agency_id, b.agency_id)
   limit 1;
  if found.one is not null then
    raise exception 'posts % and % watch one another: not for one person', found.one, found.other
      using errcode = 'check_violation', constraint = 'offices_posts_apart';
  end if;
end $$;

create function offices_holding_apart() returns trigger language plpgsql as $$
begin perform offices_refuse_watching(new.officer_id); return new; end $$;
create trigger offices_holding_apart after insert or update on offices_holding
  for each row execute function offices_holding_apart();

create function offices_post_apart() returns trigger language plpgsql as $$
declare held record;
begin
  for held in select distinct officer_id from offices_holding where post_id = new.id loop
    perform offices_refuse_watching(held.officer_id);
  end loop;
  return new;
end $$;
create trigger offices_post_apart after update of role, area_id, agency_id on offices_post
  for each row execute function offices_post_apart();

-- Whose declared relatives are among these people: asked when somebody applies, whoever asks. Says nothing of others.
create function offices_relatives_among(asked bytea[]) returns table (officer uuid, name varchar, relation varchar)
language sql stable security definer set search_path = public as $$
  select d.officer_id, o.name, d.relation from offices_declaredrelative d join offices_officer o on o.id = d.officer_id
   where d.withdrawn_at is null and d.id_index = any(asked) order by d.declared_at $$;

create function offices_relative_withdrawn() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.withdrawn_at is not null
     or (to_jsonb(new) - 'withdrawn_at') is distinct from (to_jsonb(old) - 'withdrawn_at') then
    raise exception 'a declaration stays and is withdrawn once; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger offices_relative_no_change before update or delete on offices_declaredrelative
  for each row execute function offices_relative_withdrawn();
create trigger offices_relative_no_truncate before truncate on offices_declaredrelative
  for each statement execute function offices_relative_withdrawn();
"""
UNDO = """
drop trigger offices_relative_no_truncate on offices_declaredrelative; drop trigger offices_relative_no_change on offices_declaredrelative;
drop function offices_relative_withdrawn(); drop function offices_relatives_among(bytea[]);
drop trigger offices_post_apart on offices_post; drop function offices_post_apart();
drop trigger offices_holding_apart on offices_holding; drop function offices_holding_apart();
drop function offices_refuse_watching(uuid);
drop function offices_watch(varchar, varchar, varchar, varchar, varchar, varchar);
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DeclaredRelative",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("id_index", models.BinaryField()),
                ("id_number", jishiyu.foundations.fields.SealedTextField()),
                ("name", jishiyu.foundations.fields.SealedTextField()),
                ("relation", models.CharField(max_length=16)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["declared_at"],
                "indexes": [models.Index(fields=["id_index"], name="offices_dec_id_inde_1cc940_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("officer", "id_index"),
                        name="offices_relative_once",
                    )
                ],
            },
        ),
        protect("offices_declaredrelative", see=OWN, write=OWN),
        migrations.RunSQL(WATCHING, UNDO),
    ]
