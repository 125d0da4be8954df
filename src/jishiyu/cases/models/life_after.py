"""What comes after an award: when it is looked at again, what changes in the household, what is done then, and appeals."""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models.award import Award
from jishiyu.cases.models.case import Case
from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.registry.models import Household, Person, Snapshot

MEASURES = ("continue", "raise", "lower", "suspend", "resume", "grace", "stop")
SOURCES = ("recheck", "circumstance", "appeal", "hand")
APPEAL_KINDS = ("reconsideration", "lawsuit", "petition")
APPEAL_OUTCOMES = ("", "upheld", "changed", "revoked", "withdrawn")


class RecheckPlan(models.Model):
    """When an award is looked at again (动态复核): the class that the facts make it, and the day. The newest row holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="rechecks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=12)
    class_key = models.CharField(max_length=24)
    months = models.PositiveSmallIntegerField(null=True)
    era = models.CharField(max_length=4)
    confidence = models.CharField(max_length=12)
    because = SealedJSONField()
    due_on = models.DateField()
    newest = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="cases_plan_once"),
            models.UniqueConstraint(fields=["award"], condition=Q(newest=True), name="cases_one_newest_plan"),
            models.CheckConstraint(
                condition=Q(ground__in=["decision", "recheck", "moved", "circumstance"]),
                name="cases_plan_ground",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(newest=True), name="cases_plan_due")]


class Circumstance(models.Model):
    """A change of circumstances (情况变化) as it was told: what, whom, since when, on which paper. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=24)
    day = models.DateField()
    said = SealedJSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    officer_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["household", "recorded_at"])]


class Appeal(models.Model):
    """An appeal (复议、诉讼、信访) against what was decided in a case: before whom, until when, and how it came out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    kind = models.CharField(max_length=16)
    against_day = models.DateField()
    received_on = models.DateField()
    body = models.JSONField()
    in_time = models.BooleanField(null=True)
    due_on = models.DateField(null=True)
    confidence = models.CharField(max_length=12)
    appellant = SealedTextField()
    grounds = SealedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12, blank=True)
    decided_on = models.DateField(null=True)
    document_no = models.CharField(max_length=80, blank=True)
    answer = SealedTextField()
    effect = models.CharField(max_length=12, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["received_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=APPEAL_KINDS) & Q(outcome__in=APPEAL_OUTCOMES), name="cases_appeal_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="cases_appeal_whole",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "due_on"])]


class Measure(models.Model):
    """What is done to a running award (继续、增发、减发、停发、恢复、渐退、终止): proposed by one person, confirmed by another.

    ``amount`` is what is paid each month from ``first_month`` on, in fen. ``overpaid`` is what was paid already for months
    in which less or nothing was due. Nothing happens to the award until a person confirms.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="measures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=12)
    plan = models.ForeignKey(RecheckPlan, on_delete=models.PROTECT, related_name="+", null=True)
    circumstance = models.ForeignKey(Circumstance, on_delete=models.PROTECT, related_name="+", null=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="measures", null=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True)
    basis = SealedJSONField(null=True)
    amount_before = FenField()
    amount = FenField(null=True)
    first_month = models.DateField()
    back_pay = models.BooleanField(default=False)
    overpaid = FenField(default=0)
    reasons = SealedJSONField(default=list)
    citation = models.CharField(max_length=400, blank=True)
    confidence = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default="proposed")
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=60)
    proposer = models.CharField(max_length=40, blank=True)
    proposer_name = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)
    settler_name = models.CharField(max_length=80, blank=True)
    because = SealedTextField()

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MEASURES)
                & Q(source__in=SOURCES)
                & Q(state__in=["proposed", "confirmed", "declined"])
                & Q(first_month__day=1),
                name="cases_measure_known",
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state="proposed"),
                name="cases_one_measure_waits",
                violation_error_message="该救助已有一项处理待确认 / A measure for this award waits to be confirmed already",
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"])]


class Suspension(models.Model):
    """Months for which nothing of an award is paid (停发); ``last_month`` None: until it is resumed or ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="suspensions")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    first_month = models.DateField()
    last_month = models.DateField(null=True)

    class Meta:
        ordering = ["award", "first_month"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(last_month=None), name="cases_one_open_suspension"
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1)
                & (Q(last_month=None) | Q(last_month__gte=models.F("first_month"))),
                name="cases_suspension_of_months",
            ),
        ]
