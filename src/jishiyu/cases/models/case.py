"""A case, the steps taken in it, and its home visits."""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.offices.models import Agency, SubDistrict
from jishiyu.registry.models import Household, Person, Snapshot


class Case(models.Model):
    """One household's case for one benefit item. ``turn`` is the role whose turn it is, by the procedure of its era.

    ``taken_in_by``: the window that took the application, ``sub_district`` or ``lead_agency``; it makes the enquiry as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    programme = models.CharField(max_length=4)
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    taken_in_by = models.CharField(max_length=12, default="sub_district")
    era = models.CharField(max_length=4)
    step = models.CharField(max_length=12)
    turn = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, default="open")
    opened_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    step_began = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    whole_due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    basis = SealedJSONField()
    proposed_amount = FenField(null=True)
    pack_version = models.CharField(max_length=40)
    statement = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "item"],
                condition=Q(state="open"),
                name="cases_one_open_each",
                violation_error_message="该户此项目已有在办案件 / This household has an open case for this item already",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "granted", "refused", "withdrawn", "ended"]),
                name="cases_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["sub_district", "turn", "due_on"]),
            models.Index(fields=["lead_agency", "turn", "due_on"]),
            models.Index(fields=["household", "opened_on"]),
        ]


class CaseStep(models.Model):
    """One step taken: by whom, when, with which outcome, on which papers, and until when it was due. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12)
    outcome = models.CharField(max_length=40)
    next = models.CharField(max_length=12)
    post = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    officer = models.CharField(max_length=40, blank=True)
    officer_name = models.CharField(max_length=80)
    began = models.DateTimeField()
    at = models.DateTimeField()
    due_on = models.DateField(null=True)
    papers = models.JSONField(default=list)
    remarks = SealedTextField()
    reasons = SealedJSONField(default=list)

    class Meta:
        ordering = ["case", "position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="cases_step_once")]


class HomeVisit(models.Model):
    """A home visit (入户调查): two visitors at least, what they saw, who signed, and whether it agrees with the evidence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    first_visitor = models.CharField(max_length=60)
    second_visitor = models.CharField(max_length=60)
    met_whom = models.CharField(max_length=60)
    signed_by_household = models.CharField(max_length=60, blank=True)
    not_signed_because = models.CharField(max_length=200, blank=True)
    living = SealedJSONField()
    findings = SealedTextField()
    agrees = models.BooleanField()
    differences = SealedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_visitor=models.F("second_visitor")), name="cases_visit_by_two"
            )
        ]
