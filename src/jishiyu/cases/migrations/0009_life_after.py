"""Life after an award: re-checks, changes of circumstances, what is done then, suspended months, appeals.

A plan is only followed by the next one, a measure is settled once, a suspension ends once, an appeal is answered once. The
running cases of a household that moves are handed over by one function of the owner, because that crosses areas.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import AREA, SCOPE, WRITES_ALL, append_only, protect, seen_through
from jishiyu.registry.row_security import THROUGH_HOUSEHOLD, only_where_it_lives, seen_in_its_time

THROUGH_AWARD = seen_through("cases_award", "award_id")
THROUGH_CASE = seen_through("cases_case", "case_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"  # audit reads all and writes nothing


def _goes_forward(table: str, when: str, *fields: str) -> str:
    """A row of the table stays but for some fields, which change once: while ``when`` is true of the old row."""
    free = ", ".join(f"'{name}'" for name in fields)
    return f"""
create function {table}_forward() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or not (old.{when})
     or (to_jsonb(new) - array[{free}]) is distinct from (to_jsonb(old) - array[{free}]) then
    raise exception '{table} stays as written and is settled once; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger {table}_no_change before update or delete on {table} for each row execute function {table}_forward();
create trigger {table}_no_truncate before truncate on {table} for each statement execute function {table}_forward();
"""


def _forward(table: str, when: str, *fields: str) -> migrations.RunSQL:
    undo = f"drop trigger {table}_no_truncate on {table}; drop trigger {table}_no_change on {table}; drop function {table}_forward();"
    return migrations.RunSQL(_goes_forward(table, when, *fields), undo)


SUSPENDED = """
create function cases_suspended(asked uuid, of_month date) returns boolean
language sql stable security definer set search_path = public as
$$ select exists (select 1 from cases_suspension s where s.award_id = asked and s.first_month <= of_month
   and (s.last_month is null or s.last_month >= of_month)) $$;

create function cases_suspension_apart() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('cases suspension ' || new.award_id, 0));
  if exists (select 1 from cases_suspension s where s.award_id = new.award_id and s.id <> new.id
             and s.first_month <= coalesce(new.last_month, date '9999-12-01')
             and coalesce(s.last_month, date '9999-12-01') >= new.first_month) then
    raise exception 'award % is suspended for some of these months already', new.award_id
      using errcode = 'check_violation', constraint = 'cases_suspensions_apart';
  end if;
  return new;
end $$;
create trigger cases_suspension_apart before insert on cases_suspension for each row execute function cases_suspension_apart();
"""
UNDO_SUSPENDED = """
drop trigger cases_suspension_apart on cases_suspension; drop function cases_suspension_apart(); drop function cases_suspended(uuid, date);
"""
HAND_OVER = f"""
create function cases_hand_over(asked uuid, area varchar) returns integer
language plpgsql security definer set search_path = public as $$
declare home varchar; moved integer;
begin
  select sub_district_id into home from registry_household where id = asked for update;
  if home is null or not ({WRITES_ALL} or ({SCOPE} = 'sub_district' and home = {AREA})) then
    raise exception 'cases are handed over by the sub-district where the household lives' using errcode = 'insufficient_privilege';
  end if;
  update cases_case set sub_district_id = area
    where household_id = asked and (state = 'open' or (state = 'granted' and step <> 'end'));
  get diagnostics moved = row_count;
  return moved;
end $$;
"""  # noqa: S608 - our own names


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_visits"), ("registry", "0006_answers_and_changes_of_their_time")]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=16)),
                ("against_day", models.DateField()),
                ("received_on", models.DateField()),
                ("body", models.JSONField()),
                ("in_time", models.BooleanField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("confidence", models.CharField(max_length=12)),
                ("appellant", jishiyu.foundations.fields.SealedTextField()),
                ("grounds", jishiyu.foundations.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("decided_on", models.DateField(null=True)),
                ("document_no", models.CharField(blank=True, max_length=80)),
                ("answer", jishiyu.foundations.fields.SealedTextField()),
                ("effect", models.CharField(blank=True, max_length=12)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Circumstance",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=24)),
                ("day", models.DateField()),
                ("said", jishiyu.foundations.fields.SealedJSONField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("officer_name", models.CharField(max_length=80)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="RecheckPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("ground", models.CharField(max_length=12)),
                ("class_key", models.CharField(max_length=24)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("era", models.CharField(max_length=4)),
                ("confidence", models.CharField(max_length=12)),
                ("because", jishiyu.foundations.fields.SealedJSONField()),
                ("due_on", models.DateField()),
                ("newest", models.BooleanField(default=True)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=60)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="cases.award"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["award", "number"],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=12)),
                ("source", models.CharField(max_length=12)),
                ("basis", jishiyu.foundations.fields.SealedJSONField(null=True)),
                ("amount_before", jishiyu.foundations.fields.FenField()),
                ("amount", jishiyu.foundations.fields.FenField(null=True)),
                ("first_month", models.DateField()),
                ("back_pay", models.BooleanField(default=False)),
                ("overpaid", jishiyu.foundations.fields.FenField(default=0)),
                ("reasons", jishiyu.foundations.fields.SealedJSONField(default=list)),
                ("citation", models.CharField(blank=True, max_length=400)),
                ("confidence", models.CharField(max_length=12)),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.CharField(max_length=60)),
                ("proposer", models.CharField(blank=True, max_length=40)),
                ("proposer_name", models.CharField(max_length=80)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=60)),
                ("settler_name", models.CharField(blank=True, max_length=80)),
                ("because", jishiyu.foundations.fields.SealedTextField()),
                (
                    "appeal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="cases.appeal",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="cases.award"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "circumstance",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.circumstance",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.snapshot",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.recheckplan",
                    ),
                ),
            ],
            options={
                "ordering": ["proposed_at"],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("first_month", models.DateField()),
                ("last_month", models.DateField(null=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="cases.award",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.measure"
                    ),
                ),
            ],
            options={
                "ordering": ["award", "first_month"],
            },
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["outcome", "due_on"], name="cases_appea_outcome_4d22e9_idx"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("reconsideration", "lawsuit", "petition")),
                    ("outcome__in", ("", "upheld", "changed", "revoked", "withdrawn")),
                ),
                name="cases_appeal_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at", None)),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_appeal_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="circumstance",
            index=models.Index(fields=["household", "recorded_at"], name="cases_circu_househo_377798_idx"),
        ),
        migrations.AddIndex(
            model_name="recheckplan",
            index=models.Index(
                condition=models.Q(("newest", True)), fields=["due_on"], name="cases_plan_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="recheckplan",
            constraint=models.UniqueConstraint(fields=("award", "number"), name="cases_plan_once"),
        ),
        migrations.AddConstraint(
            model_name="recheckplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("newest", True)), fields=("award",), name="cases_one_newest_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="recheckplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["decision", "recheck", "moved", "circumstance"])),
                name="cases_plan_ground",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["state", "proposed_at"], name="cases_measu_state_9eff3c_idx"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("continue", "raise", "lower", "suspend", "resume", "grace", "stop")),
                    ("source__in", ("recheck", "circumstance", "appeal", "hand")),
                    ("state__in", ["proposed", "confirmed", "declined"]),
                    ("first_month__day", 1),
                ),
                name="cases_measure_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("award",),
                name="cases_one_measure_waits",
                violation_error_message="该救助已有一项处理待确认 / A measure for this award waits to be confirmed already",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("last_month", None)), fields=("award",), name="cases_one_open_suspension"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_month__day", 1),
                    models.Q(
                        ("last_month", None), ("last_month__gte", models.F("first_month")), _connector="OR"
                    ),
                ),
                name="cases_suspension_of_months",
            ),
        ),
        *(
            protect(table, see=through, write=f"{through} and {NOT_AUDIT}")
            for table, through in (
                ("cases_recheckplan", THROUGH_AWARD),
                ("cases_measure", THROUGH_AWARD),
                ("cases_suspension", THROUGH_AWARD),
                ("cases_appeal", THROUGH_CASE),
            )
        ),
        protect(
            "cases_circumstance",
            see=THROUGH_HOUSEHOLD,
            write=f"{THROUGH_HOUSEHOLD} and {NOT_AUDIT}",
            change=False,
        ),
        append_only("cases_circumstance"),
        seen_in_its_time("cases_circumstance", "recorded_at"),
        only_where_it_lives("cases_circumstance"),
        _forward("cases_recheckplan", "newest", "newest"),
        _forward(
            "cases_measure",
            "state = 'proposed'",
            "state",
            "settled_at",
            "settled_by",
            "settler_name",
            "because",
        ),
        _forward("cases_suspension", "last_month is null", "last_month"),
        _forward(
            "cases_appeal",
            "outcome = ''",
            "outcome",
            "decided_on",
            "document_no",
            "answer",
            "effect",
            "settled_at",
            "settled_by",
        ),
        migrations.RunSQL(SUSPENDED, UNDO_SUSPENDED),
        migrations.RunSQL(HAND_OVER, "drop function cases_hand_over(uuid, varchar)"),
    ]
