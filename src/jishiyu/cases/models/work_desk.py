"""What the work desk keeps: who has taken on a case, work handed over, notes, saved filters, batches, and steps taken back.

What is a record stays: the database lets only the named columns be filled once (``0010_work_desk``).
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models.case import Case, CaseStep
from jishiyu.foundations.fields import SealedJSONField, SealedTextField
from jishiyu.registry.models import Household


class Handover(models.Model):
    """That an officer handed assigned work to another one of the same role and place, or to all of them (``to_officer`` empty)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=20)
    area = models.CharField(max_length=9, blank=True)
    agency = models.CharField(max_length=8, blank=True)
    from_officer = models.CharField(max_length=40)
    from_name = models.CharField(max_length=80)
    to_officer = models.CharField(max_length=40, blank=True)
    to_name = models.CharField(max_length=80, blank=True)
    to_post = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
    until = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_officer=models.F("to_officer")), name="cases_handover_to_another"
            )
        ]
        indexes = [models.Index(fields=["to_officer", "made_at"]), models.Index(fields=["from_officer"])]


class Assignment(models.Model):
    """That one officer of a role has taken on a case, from a moment until it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20)
    officer = models.CharField(max_length=40)
    officer_name = models.CharField(max_length=80)
    post = models.CharField(max_length=60)
    began = models.DateTimeField()
    by = models.CharField(max_length=60)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, related_name="assignments")
    ended = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_through = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, related_name="given")

    class Meta:
        ordering = ["began"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "role"],
                condition=Q(ended=None),
                name="cases_assigned_to_one",
                violation_error_message="此案件已由他人承办 / Somebody else has taken this case on",
            )
        ]
        indexes = [models.Index(fields=["officer"], condition=Q(ended=None), name="cases_assigned_now")]


class StepBefore(models.Model):
    """How a case stood right before a step, so that the step can be taken back with the clocks as they were."""

    step = models.OneToOneField(CaseStep, on_delete=models.PROTECT, primary_key=True, related_name="before")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    stood = models.JSONField()


class TakenBack(models.Model):
    """That a step was taken back by a counter step. Both stay on record; neither counts any more."""

    undone = models.OneToOneField(
        CaseStep, on_delete=models.PROTECT, primary_key=True, related_name="taken_back"
    )
    counter = models.OneToOneField(CaseStep, on_delete=models.PROTECT, related_name="takes_back")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")


class Batch(models.Model):
    """One act done to several cases at the same step with the same outcome, each by its own step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField(max_length=12)
    outcome = models.CharField(max_length=40)
    papers = models.JSONField(default=list)
    remarks = SealedTextField()
    role = models.CharField(max_length=20)
    area = models.CharField(max_length=9, blank=True)
    agency = models.CharField(max_length=8, blank=True)
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40)
    officer_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["officer", "made_at"])]


class BatchItem(models.Model):
    """One case of a batch: waiting, done by a step, or refused with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    taken = models.ForeignKey(CaseStep, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.JSONField(null=True)

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "case"], name="cases_batched_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", taken=None)
                | Q(state="done", taken__isnull=False)
                | Q(state="refused", taken=None, why__isnull=False),
                name="cases_batch_item_sound",
            ),
        ]


class Note(models.Model):
    """A colleague's note on a household or on one of its cases. Never changed; withdrawing it keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="notes")
    text = SealedTextField()
    at = models.DateTimeField()
    post = models.CharField(max_length=60)
    post_title = models.JSONField()
    officer = models.CharField(max_length=40)
    officer_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["household", "at"]), models.Index(fields=["case", "at"])]


class NoteWithdrawn(models.Model):
    """That a note was withdrawn by who wrote it, and why. The note stays."""

    note = models.OneToOneField(Note, on_delete=models.PROTECT, primary_key=True, related_name="withdrawn")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = SealedTextField()


class Mention(models.Model):
    """A post, or one officer in it, whom a note calls on (@岗位); in their tasks until one of them has read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["note", "words"]
        constraints = [
            models.UniqueConstraint(fields=["note", "post", "officer"], name="cases_mentioned_once")
        ]
        indexes = [models.Index(fields=["post"], condition=Q(read_at=None), name="cases_mentions_unread")]


class SavedFilter(models.Model):
    """A filter of a list under a name, for a post; ``shared`` with the posts of the same role and place. Its words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    asked = SealedJSONField()
    shared = models.BooleanField(default=False)
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=12)
    area = models.CharField(max_length=9, blank=True)
    agency = models.CharField(max_length=8, blank=True)
    post = models.CharField(max_length=60)
    officer_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "of", "name"],
                name="cases_filter_name_once",
                violation_error_message="已有同名的筛选 / A filter of this name is saved already",
            )
        ]
