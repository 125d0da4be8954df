"""Visits written without a network: what was taken along, each version that came back, what was chosen, and the pictures.

Every version of a case's visit record has a number. Who sends one knows the number that it was begun from, so a second visitor
sees what the first one sent and chooses; nothing that was sent is changed or dropped. All of it is append-only.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from jishiyu.cases.models.case import Case, HomeVisit
from jishiyu.evidence.models import Document
from jishiyu.foundations.fields import SealedJSONField
from jishiyu.registry.models import Household


class VisitTaken(models.Model):
    """A household's data put on an officer's device for a visit (带走), until when, and from which version of the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits_taken")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("taken_at")), name="cases_taken_for_a_while")
        ]


class VisitSent(models.Model):
    """One version of a case's visit record (入户调查记录). Its id is made on the device, so that sending it twice is one act.

    ``how`` it stands to the version ``against`` which it was sent: ``alone`` (there was none), ``merged`` (chosen field by field,
    replaces it), ``beside`` (both are visits of their own), ``desk`` (written or corrected at the desk, replaces it).
    ``digest`` (SM3) is of what was sent. ``pictures``: SHA-256 of those that belong to it; one that was taken out again is not shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits_sent")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    taken = models.ForeignKey(VisitTaken, null=True, on_delete=models.PROTECT, related_name="sent")
    version = models.PositiveIntegerField()
    how = models.CharField(max_length=8)
    against = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    content = SealedJSONField()
    position = SealedJSONField(null=True)
    pictures = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="cases_visit_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1)
                & (
                    Q(how="alone", against=None)
                    | Q(how__in=["merged", "beside"], against__isnull=False)
                    | Q(how="desk")
                ),
                name="cases_visit_version_sound",
            ),
        ]


class VisitChoice(models.Model):
    """Where two versions differed in a field: both values and which one was chosen. What was not chosen stays readable here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent = models.ForeignKey(VisitSent, on_delete=models.PROTECT, related_name="choices")
    field = models.CharField(max_length=40)
    chosen = models.CharField(max_length=6)
    values = SealedJSONField()

    class Meta:
        ordering = ["sent", "field"]
        constraints = [
            models.UniqueConstraint(fields=["sent", "field"], name="cases_visit_choice_once"),
            models.CheckConstraint(
                condition=Q(chosen__in=["mine", "theirs"]), name="cases_visit_choice_known"
            ),
        ]


class VisitAttachment(models.Model):
    """A photograph or the signature of a visit. It comes before the record that it belongs to, so ``record`` is that one's id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visit_attachments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    record = models.UUIDField()
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "digest"], name="cases_visit_picture_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["photo", "signature"]), name="cases_visit_picture_known"
            ),
        ]
        indexes = [models.Index(fields=["record"])]


class VisitFiled(models.Model):
    """Which version of the record became a home visit of the case, when the step was taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField(HomeVisit, on_delete=models.PROTECT, related_name="filed")
    sent = models.OneToOneField(VisitSent, on_delete=models.PROTECT, related_name="filed")
