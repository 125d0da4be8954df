"""What is delivered and not paid: who provides it, when people come, what was done, and what the household says of it."""

import uuid

from django.db import models
from django.db.models import F, Q

from jishiyu.cases.models.award import Award
from jishiyu.cases.models.case import Case
from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.offices.models import Agency, SubDistrict


class Provider(models.Model):
    """Who does the work for an agency or a sub-district: a part of its own, or an outside body. Nobody private."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sub_district = models.ForeignKey(
        SubDistrict, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(max_length=80)
    outside = models.BooleanField()
    services = models.JSONField(default=list)
    contact_name = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None, sub_district__isnull=False)
                | Q(agency__isnull=False, sub_district=None),
                name="cases_provider_of_one_office",
            ),
            models.UniqueConstraint(
                fields=["agency", "sub_district", "name"],
                name="cases_provider_once",
                nulls_distinct=False,
                violation_error_message="本单位已登记同名服务方 / Your office has a provider of this name already",
            ),
        ]


class Delivery(models.Model):
    """An award's service, goods, waiver or status on its way: arranged, then delivered or not, with what its kind asks for.

    ``amount`` (fen) is the worth of goods or what was waived, None where it is not money; ``minutes`` the time given.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=16)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True)
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+", null=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=16, default="arranged")
    arranged = SealedJSONField()
    arranged_at = models.DateTimeField()
    arranged_by = models.CharField(max_length=60)
    arranged_officer = models.CharField(max_length=80)
    done_on = models.DateField(null=True)
    done = SealedJSONField()
    what_was_done = SealedTextField()
    minutes = models.PositiveIntegerField(null=True)
    quantity = models.PositiveIntegerField(null=True)
    amount = FenField(null=True)
    document_no = models.CharField(max_length=80, blank=True)
    why_not = SealedTextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["arranged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="arranged"), name="cases_one_delivery_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state="arranged", closed_at=None)
                | Q(state="delivered", closed_at__isnull=False, done_on__isnull=False)
                | Q(state="not_delivered", closed_at__isnull=False),
                name="cases_delivery_sound",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="cases_delivery_worth"),
        ]


class Appointment(models.Model):
    """A day on which somebody comes or is seen: planned, then kept, missed, or moved to another (``moved_from``)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="appointments")
    position = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    at_time = models.TimeField(null=True)
    place = models.CharField(max_length=80, blank=True)
    who_goes = models.CharField(max_length=80)
    state = models.CharField(max_length=8, default="planned")
    moved_from = models.OneToOneField("self", on_delete=models.PROTECT, related_name="moved_to", null=True)
    what_happened = SealedTextField()
    minutes = models.PositiveIntegerField(null=True)
    marked_at = models.DateTimeField(null=True)
    marked_by = models.CharField(max_length=60, blank=True)
    officer_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["delivery", "planned_on", "position"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "position"], name="cases_appointment_once"),
            models.CheckConstraint(
                condition=Q(state="planned", marked_at=None)
                | Q(state__in=["kept", "missed", "moved"], marked_at__isnull=False),
                name="cases_appointment_sound",
            ),
        ]
        indexes = [models.Index(F("planned_on"), F("state"), name="cases_appointment_days")]


class Satisfaction(models.Model):
    """What the household says of a delivery: one to five, in its words, told by whom and to whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="satisfaction")
    score = models.PositiveSmallIntegerField()
    words = SealedTextField()
    told_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    officer_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="cases_satisfaction_1_to_5")
        ]
