"""What came after an award: late insurance, the chain as revised, aid to come back, need that waits for charity."""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models.award import Award
from jishiyu.foundations.fields import FenField, SealedTextField
from jishiyu.registry.models import Household


class LatePayment(models.Model):
    """Insurance that paid after aid was given (后到账的保险理赔): which insurer, of which kind, how much, by which document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="late_payments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    bill = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=24)
    amount = FenField()
    insurer = models.CharField(max_length=80)
    paid_on = models.DateField()
    document_no = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cases_late_more_than_nothing"),
            models.UniqueConstraint(
                fields=["household", "insurer", "document_no"],
                name="cases_late_document_once",
                violation_error_message="这份理赔单据已登记 / This document of the insurer is recorded already",
            ),
        ]


class ChainRevision(models.Model):
    """The chain of an award as it stands after a late payment. The chain decided stays; ``amount`` is the aid due since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="revisions")
    late = models.ForeignKey(LatePayment, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    need = FenField()
    amount = FenField()
    rules_version = models.CharField(max_length=60, blank=True)
    by_rules = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="cases_revision_once"),
            models.CheckConstraint(condition=Q(number__gte=1, amount__gte=0), name="cases_revision_numbered"),
        ]


class RevisedLine(models.Model):
    """One line of a revised chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(ChainRevision, on_delete=models.PROTECT, related_name="chain")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    label = models.JSONField()
    amount = FenField()
    citation = models.CharField(max_length=400, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    note = models.JSONField(null=True)

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="cases_revised_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_revised_not_negative"),
        ]


class Recovery(models.Model):
    """Aid that has to come back to the fund that gave it. A person confirms it; it is then paid, or waived with a reason.

    Its amount never changes, and its state only goes forward: the database refuses anything else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(ChainRevision, on_delete=models.PROTECT, related_name="recoveries")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="recoveries")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    fund = models.CharField(max_length=12)
    amount = FenField()
    state = models.CharField(max_length=10, default="proposed")
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_officer = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)
    document_no = models.CharField(max_length=80, blank=True)
    because = SealedTextField()

    class Meta:
        ordering = ["proposed_at", "fund"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "fund"], name="cases_recovery_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & Q(fund__in=["government", "charity"])
                & Q(state__in=["proposed", "open", "paid", "waived"]),
                name="cases_recovery_sound",
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"]), models.Index(fields=["household"])]


class WaitingNeed(models.Model):
    """What charity would have given and could not, for want of money: listed until it is met or given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="waiting")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=4)
    amount = FenField()
    since = models.DateField()
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cases_waiting_more_than_nothing")
        ]
