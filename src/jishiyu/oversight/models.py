"""What watches over the work: quarterly reports, bulletins, meetings with their decisions, training.

A report's figures are rows of their own, so that row security can keep another sub-district's line from a sub-district post. What
was issued is never changed (``0002_row_security``).
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.foundations.fields import FenField, SealedJSONField
from jishiyu.registry.models import Household


class QuarterlyReport(models.Model):
    """The figures of a quarter as they were on a day (``until``), sealed. A quarter has one issued report at most."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    until = models.DateField()
    pack_version = models.CharField(max_length=40)
    seal = models.CharField(max_length=64)
    analysis = models.JSONField(default=list)
    plan = models.TextField(blank=True)
    status = models.CharField(max_length=8, default="draft")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-year", "-quarter", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter", "version"], name="oversight_report_version"),
            models.UniqueConstraint(
                fields=["year", "quarter"], condition=Q(status="issued"), name="oversight_report_issued_once"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", issued_at=None) | Q(status="issued", issued_at__isnull=False),
                name="oversight_report_status",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="oversight_report_quarter"
            ),
        ]


class ReportLine(models.Model):
    """One line of a report's figures. ``key``: a code, a source's id, a step, a band; empty for the total."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(QuarterlyReport, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=12)
    key = models.CharField(max_length=40, blank=True)
    values = models.JSONField()

    class Meta:
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "part", "key"], name="oversight_line_once")]


class Bulletin(models.Model):
    """A bulletin (通报). Its document number ``prefix〔year〕number号`` is given when it is issued."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    body = models.TextField()
    report = models.ForeignKey(
        QuarterlyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=8, default="draft")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=60)
    issued_on = models.DateField(null=True, blank=True)
    issued_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "number"], name="oversight_bulletin_number"),
            models.CheckConstraint(
                condition=Q(status="draft", number=None, issued_on=None)
                | Q(status="issued", number__isnull=False, year__isnull=False, issued_on__isnull=False),
                name="oversight_bulletin_status",
            ),
        ]


class Meeting(models.Model):
    """A meeting of the leading group or of the liaison officers: agenda beforehand, minutes after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)  # quarterly | liaison | other
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    place = models.CharField(max_length=80, blank=True)
    agenda = models.JSONField(default=list)
    minutes = models.TextField(blank=True)
    planned_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-held_on"]


class Attendance(models.Model):
    """Whether a unit was at a meeting, and who for it (a post or a name in office, never a client)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    unit = models.CharField(max_length=9)
    present = models.BooleanField()
    by_whom = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["meeting", "unit"]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="oversight_attendance_once")]


class Decision(models.Model):
    """What a meeting decided: who does what by when, and how it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    unit = models.CharField(max_length=9)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["due_on", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="oversight_decision_once")
        ]


class Training(models.Model):
    """A training session (业务培训): planned, then held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)  # regular | adhoc
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    teacher = models.CharField(max_length=60, blank=True)
    content = models.TextField(blank=True)
    planned_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-planned_on"]


class TrainingPlace(models.Model):
    """How many a unit sends to a session, how many came, how many passed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="places")
    unit = models.CharField(max_length=9)
    enrolled = models.PositiveSmallIntegerField(default=0)
    attended = models.PositiveSmallIntegerField(default=0)
    passed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["training", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["training", "unit"], name="oversight_training_unit_once"),
            models.CheckConstraint(
                condition=Q(passed__lte=models.F("attended"), attended__lte=models.F("enrolled")),
                name="oversight_training_counts",
                violation_error_message="合格人数不超过到场人数，到场人数不超过报名人数 / passed ≤ attended ≤ enrolled",
            ),
        ]


class WhatIf(models.Model):
    """A change of policy that was tried over the newest evidence: what was changed, and the figures. Never changed.

    ``agency`` is the agency within whose reach it was run, empty for the whole district. ``seal`` is taken over changes and figures.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    day = models.DateField()
    changes = models.JSONField()
    said = models.JSONField()
    figures = models.JSONField()
    households = models.PositiveIntegerField()
    agency = models.CharField(max_length=9, blank=True)
    pack_version = models.CharField(max_length=60)
    set_version = models.CharField(max_length=60)
    rules_version = models.CharField(max_length=20)
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    author = models.CharField(max_length=60, blank=True)
    evidence_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def net(self) -> int:
        """What a year costs more (less, if negative), in fen."""
        whole = self.figures["whole"]
        return int(whole["after"] - whole["before"])


class WhatIfHousehold(models.Model):
    """A household behind a trial's figures: a year's aid, score and band before and after; ``changed`` if anything does change.

    ``parts`` (item, fen a year before and after) may tell of illness or disability, so they are sealed; ``marks`` are keyed
    indexes of the figures that it stands behind, for the same reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what_if = models.ForeignKey(WhatIf, on_delete=models.PROTECT, related_name="touched")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    before = FenField()
    after = FenField()
    more = FenField()
    band_before = models.CharField(max_length=10)
    band_after = models.CharField(max_length=10)
    score_before = models.PositiveIntegerField()
    score_after = models.PositiveIntegerField()
    parts = SealedJSONField()
    marks = models.JSONField(default=list)
    changed = models.BooleanField(default=True)

    class Meta:
        ordering = ["-more"]
        constraints = [
            models.UniqueConstraint(fields=["what_if", "household"], name="oversight_touched_once"),
            models.CheckConstraint(
                condition=Q(more=models.F("after") - models.F("before")), name="oversight_touched_difference"
            ),
        ]
        indexes = [models.Index(fields=["what_if", "more"])]


class WhatIfRun(models.Model):
    """A trial on its way: asked for, run by the worker, and at its end a :class:`WhatIf`, or the reason why there is none.

    ``phase`` says what the worker is at: reading, computing, keeping; ``done`` and ``total`` count its households.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    day = models.DateField()
    changes = models.JSONField()
    said = models.JSONField()
    agency = models.CharField(max_length=9, blank=True)
    state = models.CharField(max_length=8, default="waiting")  # waiting | running | done | failed | stopped
    phase = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    evidence_until = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    author = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    advanced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.JSONField(null=True, blank=True)
    what_if = models.ForeignKey(WhatIf, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed", "stopped"]),
                name="oversight_trial_state",
            ),
            models.CheckConstraint(
                condition=Q(state="done", what_if__isnull=False)
                | (~Q(state="done") & Q(what_if__isnull=True)),
                name="oversight_trial_done_has_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def percent(self) -> int:
        """How far the phase is, in whole percent."""
        return min(100, self.done * 100 // self.total) if self.total else 0
