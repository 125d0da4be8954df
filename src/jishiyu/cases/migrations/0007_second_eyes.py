"""Second eyes: near relatives of staff, first signatures, draws and checks: who sees and writes them, and what stays.

And the last lock of the three pairs of eyes: who enquired neither reviews nor decides, nobody pays what he decided, and the
officer concerned takes no step in a relative's case.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import SCOPE, WRITES_ALL, append_only, protect, seen_through
from jishiyu.registry.row_security import in_its_time

THROUGH_CASE = seen_through("cases_case", "case_id")
THROUGH_CHECK = seen_through("cases_check", "check_of_id")
THROUGH_FINDING = seen_through("cases_checkfinding", "finding_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"
WRITE = f"{THROUGH_CASE} and {NOT_AUDIT}"


def of_its_time(table: str, recorded: str) -> str:
    """Seen with the case; by a sub-district that handed the household over, only what came while it lived there."""
    return f"{THROUGH_CASE} and ({SCOPE} <> 'sub_district' or {in_its_time(table, recorded)})"


RECOVERY = """
create or replace function cases_recovery_forward() returns trigger language plpgsql as $$
declare may text[] := array['state', 'confirmed_at', 'confirmed_by', 'confirmed_officer', 'settled_at', 'settled_by', 'document_no', 'because'];
begin
  if tg_op <> 'UPDATE' or (to_jsonb(new) - may) is distinct from (to_jsonb(old) - may)
     or (old.state, new.state) not in (('proposed', 'open'), ('proposed', 'waived'), ('open', 'paid'), ('open', 'waived')) then
    raise exception 'a recovery stays as computed and goes forward only; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
"""

LOCKS = """
create function cases_signature_closes() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.closed_at is not null
     or (to_jsonb(new) - array['closed_at', 'closed_as', 'second_post', 'second_officer', 'second_name'])
        is distinct from (to_jsonb(old) - array['closed_at', 'closed_as', 'second_post', 'second_officer', 'second_name']) then
    raise exception 'a first signature stays as signed and is closed once; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_signature_no_change before update or delete on cases_firstsignature
  for each row execute function cases_signature_closes();
create trigger cases_signature_no_truncate before truncate on cases_firstsignature
  for each statement execute function cases_signature_closes();

create function cases_relative_lifts() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.lifted_at is not null
     or (to_jsonb(new) - array['lifted_at', 'lifted_by', 'lifted_because'])
        is distinct from (to_jsonb(old) - array['lifted_at', 'lifted_by', 'lifted_because']) then
    raise exception 'a near relative stays on record and is lifted once; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_relative_no_change before update or delete on cases_nearrelative
  for each row execute function cases_relative_lifts();
create trigger cases_relative_no_truncate before truncate on cases_nearrelative
  for each statement execute function cases_relative_lifts();

-- The list is there before the seed can be: a draw is filled in once, on or after the day that its list named.
create function cases_draw_once() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.drawn_at is not null or new.seed <> '' or new.seed_day <= (new.frozen_at at time zone 'Asia/Shanghai')::date then
      raise exception 'a draw is frozen before its seed is known' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if tg_op <> 'UPDATE' or old.drawn_at is not null
     or (to_jsonb(new) - array['seed', 'drawn', 'drawn_at', 'drawn_by'])
        is distinct from (to_jsonb(old) - array['seed', 'drawn', 'drawn_at', 'drawn_by'])
     or (new.drawn_at at time zone 'Asia/Shanghai')::date < old.seed_day then
    raise exception 'a draw stays as frozen and is drawn once, not before its day; % refused', tg_op
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_draw_no_change before insert or update or delete on cases_spotdraw
  for each row execute function cases_draw_once();
create trigger cases_draw_no_truncate before truncate on cases_spotdraw
  for each statement execute function cases_draw_once();

-- What is written into a case beside its steps: ways out, and what is done to a running award. It takes no step.
create function cases_written_beside(outcome varchar) returns boolean language sql immutable as $$
  select outcome in ('withdraw', 'end', 'take_back', 'run_out', 'reopened',
    'continue', 'raise', 'lower', 'suspend', 'resume', 'grace', 'stop') $$;

-- Runs as the owner: it has to see every step and record of the case, whoever writes.
create function cases_step_by_other_eyes() returns trigger language plpgsql security definer set search_path = public as $$
declare apart text[];
begin
  if new.officer = '' then return new; end if;
  if exists (select 1 from cases_nearrelative r where r.case_id = new.case_id and r.officer = new.officer and r.lifted_at is null) then
    raise exception 'officer % is a near relative in case %', new.officer, new.case_id
      using errcode = 'check_violation', constraint = 'cases_not_by_a_relative';
  end if;
  if cases_written_beside(new.outcome) then return new; end if;
  apart := case new.step
    when 'review' then array['apply', 'accept', 'advance', 'check', 'visit']
    when 'decide' then array['apply', 'accept', 'advance', 'check', 'visit', 'appraisal', 'review']
    when 'announce' then array['review', 'decide']
    when 'pay' then array['apply', 'accept', 'advance', 'check', 'visit', 'appraisal', 'review', 'decide']
    else array[]::text[] end;
  if exists (select 1 from cases_casestep s where s.case_id = new.case_id and s.officer = new.officer and s.step = any(apart)
             and not cases_written_beside(s.outcome)
             and not exists (select 1 from cases_takenback b where b.undone_id = s.id)) then
    raise exception 'step % of case % is for other eyes than %', new.step, new.case_id, new.officer
      using errcode = 'check_violation', constraint = 'cases_other_eyes';
  end if;
  return new;
end $$;
create trigger cases_step_other_eyes before insert on cases_casestep
  for each row execute function cases_step_by_other_eyes();

-- A check is for somebody who took no step in the case, and no relative.
create function cases_finding_by_other_eyes() returns trigger language plpgsql security definer set search_path = public as $$
declare about uuid;
begin
  if new.officer = '' then return new; end if;
  select case_id into about from cases_check where id = new.check_of_id;
  if exists (select 1 from cases_casestep s where s.case_id = about and s.officer = new.officer)
     or exists (select 1 from cases_nearrelative r where r.case_id = about and r.officer = new.officer and r.lifted_at is null) then
    raise exception 'the check of case % is for other eyes than %', about, new.officer
      using errcode = 'check_violation', constraint = 'cases_check_other_eyes';
  end if;
  return new;
end $$;
create trigger cases_finding_other_eyes before insert on cases_checkfinding
  for each row execute function cases_finding_by_other_eyes();
"""
UNDO = """
drop trigger cases_finding_other_eyes on cases_checkfinding; drop function cases_finding_by_other_eyes();
drop trigger cases_step_other_eyes on cases_casestep; drop function cases_step_by_other_eyes(); drop function cases_written_beside(varchar);
drop trigger cases_draw_no_truncate on cases_spotdraw; drop trigger cases_draw_no_change on cases_spotdraw;
drop function cases_draw_once();
drop trigger cases_relative_no_truncate on cases_nearrelative; drop trigger cases_relative_no_change on cases_nearrelative;
drop function cases_relative_lifts();
drop trigger cases_signature_no_truncate on cases_firstsignature; drop trigger cases_signature_no_change on cases_firstsignature;
drop function cases_signature_closes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_services"),
        ("offices", "0002_watching_posts"),
        ("registry", "0006_answers_and_changes_of_their_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="latepayment",
            name="officer",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="recovery",
            name="confirmed_officer",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("why", models.CharField(max_length=12)),
                ("wanted_at", models.DateTimeField()),
                ("wanted_by", models.CharField(max_length=60)),
                ("due_on", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="cases.case"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.household"
                    ),
                ),
                (
                    "sub_district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.subdistrict",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "wanted_at"],
            },
        ),
        migrations.CreateModel(
            name="CheckFinding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("visited_on", models.DateField()),
                ("first_visitor", models.CharField(max_length=60)),
                ("second_visitor", models.CharField(max_length=60)),
                ("agrees", models.BooleanField()),
                ("differences", jishiyu.foundations.fields.SealedTextField()),
                ("findings", jishiyu.foundations.fields.SealedTextField()),
                ("found_at", models.DateTimeField()),
                ("post", models.CharField(max_length=60)),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("officer_name", models.CharField(max_length=80)),
                (
                    "check_of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="finding", to="cases.check"
                    ),
                ),
            ],
            options={
                "ordering": ["found_at"],
            },
        ),
        migrations.CreateModel(
            name="CheckFollowUp",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("what", models.CharField(max_length=16)),
                ("because", jishiyu.foundations.fields.SealedTextField()),
                ("done_at", models.DateTimeField()),
                ("post", models.CharField(max_length=60)),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("officer_name", models.CharField(max_length=80)),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up",
                        to="cases.checkfinding",
                    ),
                ),
            ],
            options={
                "ordering": ["done_at"],
            },
        ),
        migrations.CreateModel(
            name="FirstSignature",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("amount", jishiyu.foundations.fields.FenField()),
                ("need", jishiyu.foundations.fields.FenField(null=True)),
                ("awaits", models.CharField(max_length=20)),
                ("why", models.JSONField()),
                ("papers", models.JSONField(default=list)),
                ("remarks", jishiyu.foundations.fields.SealedTextField()),
                ("reasons", jishiyu.foundations.fields.SealedJSONField(default=list)),
                ("post", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("officer_name", models.CharField(max_length=80)),
                ("signed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_as", models.CharField(blank=True, max_length=10)),
                ("second_post", models.CharField(blank=True, max_length=60)),
                ("second_officer", models.CharField(blank=True, max_length=40)),
                ("second_name", models.CharField(blank=True, max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["signed_at"],
            },
        ),
        migrations.CreateModel(
            name="NearRelative",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("whose", models.CharField(max_length=80)),
                ("post", models.CharField(max_length=120)),
                ("relation", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=10)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("officer_name", models.CharField(max_length=80)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=60)),
                ("lifted_because", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="near_relatives",
                        to="cases.case",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.household"
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="SpotDraw",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=24, unique=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("frame", models.JSONField()),
                ("frame_digest", models.CharField(max_length=64)),
                ("seed_source", models.CharField(max_length=160)),
                ("seed_day", models.DateField()),
                ("frozen_at", models.DateTimeField()),
                ("frozen_by", models.CharField(max_length=60)),
                ("frozen_name", models.CharField(max_length=80)),
                ("seed", models.CharField(blank=True, max_length=200)),
                ("drawn", models.JSONField(null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("drawn_by", models.CharField(blank=True, max_length=60)),
                ("pack_version", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ["-frozen_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="cases_draw_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_at", None), ("seed", "")),
                            models.Q(("drawn_at__isnull", False), models.Q(("seed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="cases_draw_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameCase",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("mark", models.CharField(max_length=16)),
                ("stratum", models.CharField(max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="cases.spotdraw"
                    ),
                ),
            ],
            options={
                "ordering": ["draw", "stratum", "mark"],
            },
        ),
        migrations.AddField(
            model_name="check",
            name="draw",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="cases.spotdraw",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_visitor", models.F("second_visitor")), _negated=True),
                name="cases_finding_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkfollowup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["sent_back", "award_kept", "award_changed", "award_ended", "refused"])
                ),
                name="cases_follow_up_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstsignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("case",), name="cases_signature_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="firstsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_as", ""), ("closed_at", None)),
                    models.Q(
                        ("closed_as__in", ["granted", "declined", "taken_back"]), ("closed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="cases_signature_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_as", "granted"), _negated=True),
                    models.Q(("officer", ""), ("second_officer", "")),
                    models.Q(("second_officer", models.F("officer")), _negated=True),
                    _connector="OR",
                ),
                name="cases_signatures_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="cases_signature_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="nearrelative",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("case", "whose", "post"),
                name="cases_relative_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="nearrelative",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["told", "declared"])), name="cases_relative_source_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="nearrelative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_because", "")),
                    models.Q(("lifted_at__isnull", False), models.Q(("lifted_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="cases_relative_lifted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="framecase",
            constraint=models.UniqueConstraint(fields=("draw", "case"), name="cases_frame_case_once"),
        ),
        migrations.AddConstraint(
            model_name="framecase",
            constraint=models.UniqueConstraint(fields=("draw", "mark"), name="cases_frame_mark_once"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["sub_district", "due_on"], name="cases_check_sub_dis_a24e67_idx"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["case"], name="cases_check_case_id_0d82e9_idx"),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["drawn", "relative", "complaint", "follow_up"])),
                name="cases_check_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draw__isnull", False), ("why", "drawn")),
                    models.Q(models.Q(("why", "drawn"), _negated=True), ("draw", None)),
                    _connector="OR",
                ),
                name="cases_check_drawn_by_a_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(fields=("draw", "case"), name="cases_check_once_of_a_draw"),
        ),
        protect(
            "cases_nearrelative",
            see=of_its_time("cases_nearrelative", "cases_nearrelative.recorded_at"),
            write=WRITE,
        ),
        protect("cases_firstsignature", see=THROUGH_CASE, write=WRITE),
        # What is published names no case: opaque marks, shares, a digest, a seed.
        protect("cases_spotdraw", see="true", write=WRITES_ALL),
        protect("cases_framecase", see=THROUGH_CASE, write=WRITES_ALL, change=False),
        protect(
            "cases_check", see=of_its_time("cases_check", "cases_check.wanted_at"), write=WRITE, change=False
        ),
        protect(
            "cases_checkfinding", see=THROUGH_CHECK, write=f"{THROUGH_CHECK} and {NOT_AUDIT}", change=False
        ),
        protect(
            "cases_checkfollowup",
            see=THROUGH_FINDING,
            write=f"{THROUGH_FINDING} and {NOT_AUDIT}",
            change=False,
        ),
        append_only("cases_framecase"),
        append_only("cases_check"),
        append_only("cases_checkfinding"),
        append_only("cases_checkfollowup"),
        migrations.RunSQL(RECOVERY, migrations.RunSQL.noop),
        migrations.RunSQL(LOCKS, UNDO),
    ]
