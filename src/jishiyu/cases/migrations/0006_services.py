"""Services and goods delivered after a decision: their tables, who sees them, and that what is recorded stays."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jishiyu.foundations.fields
from jishiyu.foundations.row_security import (
    AGENCY,
    AREA,
    SCOPE,
    SEES_ALL,
    WRITES_ALL,
    append_only,
    protect,
    seen_through,
)

THROUGH_CASE = seen_through("cases_case", "case_id")
THROUGH_DELIVERY = seen_through("cases_delivery", "delivery_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"

STAYS = """
create function cases_delivery_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.state <> 'arranged'
     or (to_jsonb(new) -> 'case_id', to_jsonb(new) -> 'award_id', to_jsonb(new) -> 'arranged_at', to_jsonb(new) -> 'arranged_by')
        is distinct from
        (to_jsonb(old) -> 'case_id', to_jsonb(old) -> 'award_id', to_jsonb(old) -> 'arranged_at', to_jsonb(old) -> 'arranged_by') then
    raise exception 'a delivery stays as it was closed; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_delivery_no_change before update or delete on cases_delivery
  for each row execute function cases_delivery_stays();
create trigger cases_delivery_no_truncate before truncate on cases_delivery
  for each statement execute function cases_delivery_stays();

create function cases_appointment_stays() returns trigger language plpgsql as $$
declare marks text[] := array['state', 'what_happened', 'minutes', 'marked_at', 'marked_by', 'officer_name'];
begin
  if tg_op <> 'UPDATE' or old.state <> 'planned' or to_jsonb(new) - marks is distinct from to_jsonb(old) - marks then
    raise exception 'an appointment is marked once and stays; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_appointment_no_change before update or delete on cases_appointment
  for each row execute function cases_appointment_stays();
create trigger cases_appointment_no_truncate before truncate on cases_appointment
  for each statement execute function cases_appointment_stays();
"""
UNDO = """
drop trigger cases_appointment_no_truncate on cases_appointment; drop trigger cases_appointment_no_change on cases_appointment;
drop function cases_appointment_stays();
drop trigger cases_delivery_no_truncate on cases_delivery; drop trigger cases_delivery_no_change on cases_delivery;
drop function cases_delivery_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_seen_where_the_household_lives"), ("offices", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="taken_in_by",
            field=models.CharField(default="sub_district", max_length=12),
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                ("outside", models.BooleanField()),
                ("services", models.JSONField(default=list)),
                ("contact_name", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("since", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=60)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.agency",
                    ),
                ),
                (
                    "sub_district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.subdistrict",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=16)),
                ("state", models.CharField(default="arranged", max_length=16)),
                ("arranged", jishiyu.foundations.fields.SealedJSONField()),
                ("arranged_at", models.DateTimeField()),
                ("arranged_by", models.CharField(max_length=60)),
                ("arranged_officer", models.CharField(max_length=80)),
                ("done_on", models.DateField(null=True)),
                ("done", jishiyu.foundations.fields.SealedJSONField()),
                ("what_was_done", jishiyu.foundations.fields.SealedTextField()),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("quantity", models.PositiveIntegerField(null=True)),
                ("amount", jishiyu.foundations.fields.FenField(null=True)),
                ("document_no", models.CharField(blank=True, max_length=80)),
                ("why_not", jishiyu.foundations.fields.SealedTextField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=60)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.agency",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.award",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="cases.case",
                    ),
                ),
                (
                    "sub_district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.subdistrict",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.provider",
                    ),
                ),
            ],
            options={
                "ordering": ["arranged_at"],
            },
        ),
        migrations.CreateModel(
            name="Satisfaction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("words", jishiyu.foundations.fields.SealedTextField()),
                ("told_by", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=60)),
                ("officer_name", models.CharField(max_length=80)),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="satisfaction",
                        to="cases.delivery",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("planned_on", models.DateField()),
                ("at_time", models.TimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("who_goes", models.CharField(max_length=80)),
                ("state", models.CharField(default="planned", max_length=8)),
                ("what_happened", jishiyu.foundations.fields.SealedTextField()),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("marked_at", models.DateTimeField(null=True)),
                ("marked_by", models.CharField(blank=True, max_length=60)),
                ("officer_name", models.CharField(blank=True, max_length=80)),
                (
                    "moved_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="cases.appointment",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="cases.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ["delivery", "planned_on", "position"],
                "indexes": [
                    models.Index(models.F("planned_on"), models.F("state"), name="cases_appointment_days")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "position"), name="cases_appointment_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("marked_at", None), ("state", "planned")),
                            models.Q(
                                ("marked_at__isnull", False), ("state__in", ["kept", "missed", "moved"])
                            ),
                            _connector="OR",
                        ),
                        name="cases_appointment_sound",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", None), ("sub_district__isnull", False)),
                    models.Q(("agency__isnull", False), ("sub_district", None)),
                    _connector="OR",
                ),
                name="cases_provider_of_one_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.UniqueConstraint(
                fields=("agency", "sub_district", "name"),
                name="cases_provider_once",
                nulls_distinct=False,
                violation_error_message="本单位已登记同名服务方 / Your office has a provider of this name already",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "arranged")),
                fields=("case",),
                name="cases_one_delivery_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state", "arranged")),
                    models.Q(
                        ("closed_at__isnull", False), ("done_on__isnull", False), ("state", "delivered")
                    ),
                    models.Q(("closed_at__isnull", False), ("state", "not_delivered")),
                    _connector="OR",
                ),
                name="cases_delivery_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                name="cases_delivery_worth",
            ),
        ),
        migrations.AddConstraint(
            model_name="satisfaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="cases_satisfaction_1_to_5"
            ),
        ),
        protect(
            "cases_provider",
            see=f"{SCOPE} in ('sub_district', 'agency') or {SEES_ALL}",
            write=f"{WRITES_ALL} or ({SCOPE} = 'agency' and agency_id = {AGENCY}) or ({SCOPE} = 'sub_district' and sub_district_id = {AREA})",
        ),
        protect("cases_delivery", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}"),
        protect("cases_appointment", see=THROUGH_DELIVERY, write=f"{THROUGH_DELIVERY} and {NOT_AUDIT}"),
        protect(
            "cases_satisfaction",
            see=THROUGH_DELIVERY,
            write=f"{THROUGH_DELIVERY} and {NOT_AUDIT}",
            change=False,
        ),
        append_only("cases_satisfaction"),
        migrations.RunSQL(STAYS, UNDO),
    ]
