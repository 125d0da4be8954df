"""The second pair of eyes: near relatives of staff, first signatures that await a second, spot checks and what they found.

What a draw rests on is frozen before its seed is known; findings and follow-ups are never changed: the database refuses.
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models.case import Case
from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.offices.models import SubDistrict
from jishiyu.registry.models import Household


class NearRelative(models.Model):
    """That a case is a near relative's of somebody who works here or sits on a committee (近亲属备案).

    ``officer`` is the log-in's id, empty for a committee member without one. ``source``: told by somebody, or found in what
    officers declared. A record is never removed; one made by mistake is lifted by the district, with the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="near_relatives")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    officer = models.CharField(max_length=40, blank=True)
    whose = models.CharField(max_length=80)
    post = models.CharField(max_length=120)
    relation = models.CharField(max_length=16)
    source = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    officer_name = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=60, blank=True)
    lifted_because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "whose", "post"], condition=Q(lifted_at=None), name="cases_relative_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["told", "declared"]), name="cases_relative_source_known"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_because="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_because="")),
                name="cases_relative_lifted_whole",
            ),
        ]


class FirstSignature(models.Model):
    """A grant above what one hand may give: the first signature, until a second person signs or declines. Amounts in fen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    outcome = models.CharField(max_length=40)
    amount = FenField()
    need = FenField(null=True)
    awaits = models.CharField(max_length=20)
    why = models.JSONField()
    papers = models.JSONField(default=list)
    remarks = SealedTextField()
    reasons = SealedJSONField(default=list)
    post = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)
    signed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=10, blank=True)
    second_post = models.CharField(max_length=60, blank=True)
    second_officer = models.CharField(max_length=40, blank=True)
    second_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="cases_signature_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_as="")
                | Q(closed_at__isnull=False, closed_as__in=["granted", "declined", "taken_back"]),
                name="cases_signature_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(closed_as="granted")
                | Q(officer="", second_officer="")
                | ~Q(second_officer=models.F("officer")),
                name="cases_signatures_of_two",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_signature_not_negative"),
        ]


class SpotDraw(models.Model):
    """One draw of spot checks (抽查) over a period. ``frame`` and its digest are published before ``seed`` can be known.

    ``frame``: strata, each with its share and the opaque marks of its cases, in order; ``drawn``: the marks drawn of each.
    ``seed_source`` names, before the day, which public figures will be the seed (a lottery's numbers); ``seed`` is them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    first_day = models.DateField()
    last_day = models.DateField()
    frame = models.JSONField()
    frame_digest = models.CharField(max_length=64)
    seed_source = models.CharField(max_length=160)
    seed_day = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=60)
    frozen_name = models.CharField(max_length=80)
    seed = models.CharField(max_length=200, blank=True)
    drawn = models.JSONField(null=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=60, blank=True)
    pack_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["-frozen_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="cases_draw_in_order"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
                name="cases_draw_whole",
            ),
        ]


class FrameCase(models.Model):
    """Which case a mark of a draw's list stands for; only who sees the case sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(SpotDraw, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=16)
    stratum = models.CharField(max_length=40)

    class Meta:
        ordering = ["draw", "stratum", "mark"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "case"], name="cases_frame_case_once"),
            models.UniqueConstraint(fields=["draw", "mark"], name="cases_frame_mark_once"),
        ]


class Check(models.Model):
    """A case to be looked at again from above: drawn, a near relative's, complained of, or after a check that differed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12)
    draw = models.ForeignKey(SpotDraw, null=True, on_delete=models.PROTECT, related_name="checks")
    wanted_at = models.DateTimeField()
    wanted_by = models.CharField(max_length=60)
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "wanted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["drawn", "relative", "complaint", "follow_up"]),
                name="cases_check_why_known",
            ),
            models.CheckConstraint(
                condition=Q(why="drawn", draw__isnull=False) | (~Q(why="drawn") & Q(draw=None)),
                name="cases_check_drawn_by_a_draw",
            ),
            models.UniqueConstraint(fields=["draw", "case"], name="cases_check_once_of_a_draw"),
        ]
        indexes = [models.Index(fields=["sub_district", "due_on"]), models.Index(fields=["case"])]


class CheckFinding(models.Model):
    """What a check found: two visitors, when, whether it agrees with the case, and what differs. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_of = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="finding")
    visited_on = models.DateField()
    first_visitor = models.CharField(max_length=60)
    second_visitor = models.CharField(max_length=60)
    agrees = models.BooleanField()
    differences = SealedTextField()
    findings = SealedTextField()
    found_at = models.DateTimeField()
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["found_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_visitor=models.F("second_visitor")), name="cases_finding_by_two"
            )
        ]


class CheckFollowUp(models.Model):
    """What became of a case whose check differed: sent back, or its award kept, changed or ended; with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.OneToOneField(CheckFinding, on_delete=models.PROTECT, related_name="follow_up")
    what = models.CharField(max_length=16)
    because = SealedTextField()
    done_at = models.DateTimeField()
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["done_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["sent_back", "award_kept", "award_changed", "award_ended", "refused"]),
                name="cases_follow_up_known",
            )
        ]
