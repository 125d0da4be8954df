"""Versions of the indicator set, the panel's judgements, and each household's scores with their reasons.

A reason may tell of illness or disability, so what explains a score is sealed; the figure and its band are not.
"""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from jishiyu.foundations.fields import SealedJSONField, SealedTextField
from jishiyu.registry.models import Household, Snapshot


class Panel(models.Model):
    """A question put to experts: whom (its places), and from when to when they judge. It may be closed before its last day.

    ``content`` names the version of the pack's indicators that they compare.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80, unique=True)
    question = models.TextField(max_length=1000)
    content = models.CharField(max_length=60)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_by_officer = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-opens_on", "-made_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="assessment_panel_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> str:
        """``coming``, ``open`` or ``closed``."""
        if self.closed_at is not None or day > self.closes_on:
            return "closed"
        return "coming" if day < self.opens_on else "open"


class PanelPlace(models.Model):
    """An expert's place on a panel. ``share``: how much the expert counts beside the others; one as much as another by default."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, db_index=False, related_name="places")
    expert = models.CharField(max_length=60)
    officer = models.CharField(max_length=60)
    share = models.PositiveSmallIntegerField(default=1)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("expert",)
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="assessment_one_place_each"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=9), name="assessment_share_of_panel"),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.expert}"


class IndicatorSet(models.Model):
    """A version of the weights over the pack's indicators. Once approved by a second person it is never changed.

    ``weights`` are millionths, one for each dimension of ``content``; ``within`` those of a dimension's indicators where the
    panel judged them (else the pack's hold). ``consistency`` is the dimensions' ratio in basis points. ``minutes`` cites what the
    version rests on (a meeting, a document). ``content`` holds the group's matrices as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=60, unique=True)
    status = models.CharField(max_length=12, default="draft")  # draft | approved
    first_day = models.DateField()
    pack_version = models.CharField(max_length=60)
    content = models.JSONField()
    weights = models.JSONField()
    within = models.JSONField(default=dict)
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    way = models.CharField(max_length=12, default="judgements")  # judgements | priorities
    minutes = models.CharField(max_length=200, blank=True)
    consistency = models.PositiveIntegerField()
    experts = models.PositiveSmallIntegerField()
    made_by = models.CharField(max_length=60)
    made_by_officer = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_by_officer = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-first_day", "-made_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", approved_by="", approved_at=None)
                | (
                    Q(status="approved", approved_at__isnull=False)
                    & ~Q(approved_by="")
                    & ~Q(approved_by_officer=F("made_by_officer"))
                ),
                name="assessment_approved_by_another",
                violation_error_message="指标体系须由另一人批准 / Another person has to approve the set",
            )
        ]

    def __str__(self) -> str:
        return self.label


class ExpertJudgement(models.Model):
    """How many times one dimension or indicator matters as much as another, by one expert post: ``value`` is "3" or "1/3".

    ``content`` names the version of the pack's indicators that they are of; ``row`` and ``column`` are their keys, ``branch``
    the dimension whose indicators they are ("": the dimensions themselves). Without a ``panel`` it is of the standing one, on
    which every expert sits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    panel = models.ForeignKey(
        Panel, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    branch = models.CharField(max_length=40, blank=True, default="")
    expert = models.CharField(max_length=60)
    officer = models.CharField(max_length=60)
    content = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=3)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "content", "branch", "row", "column"],
                condition=Q(panel=None),
                name="assessment_judged_once",
            ),
            models.UniqueConstraint(
                fields=["panel", "expert", "content", "branch", "row", "column"],
                condition=Q(panel__isnull=False),
                name="assessment_judged_once_in_panel",
            ),
            models.CheckConstraint(condition=~Q(row=F("column")), name="assessment_judges_two"),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.row} / {self.column} = {self.value}"


class ScreeningRun(models.Model):
    """One run over the district (全区筛查) on a legal date: every household scored and every item computed, part by part.

    It judges by the evidence that was there at ``evidence_until``, so that a run that was interrupted goes on as it began.
    ``last_household`` is the one after which to go on. Only one is open at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=8, default="open")  # open | done | failed
    day = models.DateField()
    evidence_until = models.DateTimeField()
    pack_version = models.CharField(max_length=60)
    set_version = models.CharField(max_length=60)
    rules_version = models.CharField(max_length=20)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_household = models.UUIDField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    advanced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When a worker took it up last, and how far it was then: its pace since tells when it ends.
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_done = models.PositiveIntegerField(default=0)
    failure = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="open"), name="assessment_one_open_screening"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "failed"]), name="assessment_screening_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.day} {self.state}"

    @property
    def percent(self) -> int:
        """How far it is, in whole percent."""
        return 100 if not self.total else min(100, self.done * 100 // self.total)

    @property
    def expected_end(self) -> datetime | None:
        """When it will be done at the pace since it was taken up; None where that cannot be told."""
        since = self.done - self.taken_up_done
        if self.state != "open" or not self.taken_up_at or not self.advanced_at or since <= 0:
            return None
        return self.advanced_at + (self.advanced_at - self.taken_up_at) * (
            max(self.total - self.done, 0) / since
        )


class HardshipScore(models.Model):
    """A household's hardship score on one snapshot and day, 0 to 10 000 (hundredths of a point). Never changed.

    ``highest`` is how far the score could reach if all that is not known were worst. ``digest`` is taken over the
    ``numbers``, which have no day in them: the same evidence, pack and weights give the same. A score that somebody asked
    for keeps its words too; of one from a run over the district they are made anew when somebody looks (they are null).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The indexes and the constraint below begin with these already.
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_index=False, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, db_index=False, related_name="+")
    indicator_set = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    set_version = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=60)
    rules_version = models.CharField(max_length=20)
    screening = models.ForeignKey(
        ScreeningRun, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    day = models.DateField()
    score = models.PositiveIntegerField()
    highest = models.PositiveIntegerField()
    band = models.CharField(max_length=10)
    highest_band = models.CharField(max_length=10)
    override = models.CharField(max_length=40, blank=True)
    numbers = SealedJSONField(null=True)
    dimensions = SealedJSONField(null=True)
    reasons = SealedJSONField(null=True)
    missing = SealedJSONField(null=True)
    changes = SealedJSONField(null=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    # Not stored: why words that were made anew are lacking, or do not fit the numbers (in both languages).
    doubt: dict[str, str] | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "day", "digest"], name="assessment_scored_once"),
            models.CheckConstraint(
                condition=Q(score__lte=F("highest"), highest__lte=10_000), name="assessment_score_in_range"
            ),
        ]
        indexes = [models.Index(fields=["household", "-day", "-made_at"]), models.Index(fields=["-score"])]

    def __str__(self) -> str:
        return f"{self.score / 100:.2f} {self.band}"

    @property
    def certain(self) -> bool:
        """Whether the band would be the same whatever the missing facts are."""
        return self.band == self.highest_band


class DistrictReading(models.Model):
    """The newest scores of the district at one moment, alike households together: what other weights and cut-offs are tried on.

    ``lines`` hold no household's number, but few may be alike: they are sealed, and only figures made of them are shown.
    ``left_out`` are households scored by other indicators, ``overridden`` those whose band a person set. Never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=60)
    households = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    overridden = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    lines = SealedTextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.households}"
