"""What the public is told about a case, masked by rule, and what somebody holds against it."""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models import Case
from jishiyu.foundations.fields import SealedTextField
from jishiyu.offices.models import SubDistrict


class PublicNotice(models.Model):
    """A public notice (公示) of one case. ``content`` holds only what may be shown; it never changes.

    ``first_day`` and ``ends_on`` are the counted days, both included. ``withdrawn_on`` takes it off the public page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    published_on = models.DateField()
    first_day = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField()
    published_by = models.CharField(max_length=60)
    withdrawn_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-published_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="notices_round_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_on=None), name="notices_one_open_each"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("first_day")), name="notices_in_order"),
        ]
        indexes = [models.Index(fields=["sub_district", "ends_on"])]


class Objection(models.Model):
    """An objection (异议) to a notice, named or not; ``answer`` is given before the notice may close."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    named = models.BooleanField(default=False)
    objector = SealedTextField()
    contact = SealedTextField()
    text = SealedTextField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    upheld = models.BooleanField(null=True)
    answer = SealedTextField()

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None)
                | Q(answered_at__isnull=False, upheld__isnull=False),
                name="notices_answer_whole",
            )
        ]


class Removal(models.Model):
    """When and why a notice left the public page (撤下记录): its term was over, it was closed, upheld against, or withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.OneToOneField(PublicNotice, on_delete=models.PROTECT, related_name="removal")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    removed_on = models.DateField()
    how = models.CharField(max_length=12)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-removed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["term_over", "clear", "upheld", "withdrawn"]),
                name="notices_removal_known",
            )
        ]
