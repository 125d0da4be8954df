"""Cases, the steps taken in them, home visits, and awards with their chain of aid.

Steps, awards' amounts and chains are never changed: the database refuses. An award without its closed chain is refused by a
deferred constraint trigger (``0002_row_security``). What may tell of health is sealed.
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.offices.models import Agency, SubDistrict
from jishiyu.registry.models import Household, Person, Snapshot


class Case(models.Model):
    """One household's case for one benefit item. ``turn`` is the role whose turn it is, by the procedure of its era."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    programme = models.CharField(max_length=4)
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
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


class Award(models.Model):
    """The decision to help (救助决定): how much, in which form, for which months, on which evidence and policy.

    ``amount`` is what government and charity give each time; ``need`` what the chain covers. Both are fen. Months are first days.
    ``evidence_digest`` and ``basis_digest`` (SM3) are of the facts and of what the rules said of them; empty on awards of before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="awards")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    need = FenField()
    amount = FenField()
    form = models.CharField(max_length=12)
    frequency = models.CharField(max_length=12)
    first_month = models.DateField()
    last_month = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=60)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=60, blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)
    basis_digest = models.CharField(max_length=64, blank=True)
    computed_amount = FenField(null=True)
    reasons = SealedJSONField(default=list)

    class Meta:
        ordering = ["decided_on"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, need__gte=0), name="cases_award_not_negative"),
            models.CheckConstraint(
                condition=Q(last_month=None)
                | Q(last_month__gte=models.F("first_month"))
                | Q(frequency="monthly"),
                name="cases_award_in_order",
            ),
        ]
        indexes = [models.Index(fields=["first_month", "last_month"]), models.Index(fields=["household"])]


class ChainLine(models.Model):
    """One line of an award's chain: the need, who bears how much of it, what stays with the household."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="chain")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    label = models.JSONField()
    amount = FenField()
    citation = models.CharField(max_length=400, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    note = models.JSONField(null=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="cases_chain_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_chain_not_negative"),
        ]


class BillChain(models.Model):
    """One medical bill of an award with its own closed chain. ``number`` 0 is as decided, then as revised.

    ``bill`` is the same for the same bill in whatever evidence: of all awards on one bill, aid and insurance never exceed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="bills")
    number = models.PositiveSmallIntegerField(default=0)
    bill = models.CharField(max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField()
    need = FenField()

    class Meta:
        ordering = ["award", "number", "settled_on", "bill"]
        constraints = [models.UniqueConstraint(fields=["award", "number", "bill"], name="cases_bill_once")]
        indexes = [models.Index(fields=["bill"]), models.Index(fields=["person", "settled_on"])]


class BillLine(models.Model):
    """One line of a bill's chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(BillChain, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    label = models.JSONField()
    amount = FenField()
    citation = models.CharField(max_length=400, blank=True)
    note = models.JSONField(null=True)

    class Meta:
        ordering = ["chain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="cases_bill_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_bill_not_negative"),
        ]


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
