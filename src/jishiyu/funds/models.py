"""The money: where it came from, what it paid, and which deposit bore each fen. Rows are added, never changed.

A correction is a row of its own that reverses another. ``Balance`` is kept by triggers alone (``0002_ledger``): what a deposit
still holds can be neither written by hand nor driven below zero, whoever tries and however many at once.
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models import Award
from jishiyu.foundations.fields import FenField
from jishiyu.offices.models import SubDistrict
from jishiyu.registry.models import Household


class Source(models.Model):
    """A named source of money (资金来源) of one of the three kinds. A donor's restriction stands with each deposit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160)

    class Meta:
        ordering = ["kind", "name_zh"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name_zh"], name="funds_source_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["upper_level", "government", "donation"]), name="funds_source_kind"
            ),
        ]


class Deposit(models.Model):
    """Money that came in from a source on a day, by a document; for one programme (``purpose``) or free (empty).

    A row with ``reverses`` takes a whole earlier deposit back, with the same amount below zero.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="deposits")
    amount = FenField()
    received_on = models.DateField()
    document_no = models.CharField(max_length=80)
    purpose = models.CharField(max_length=4, blank=True)
    year = models.PositiveSmallIntegerField()
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["received_on", "document_no"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="funds_deposit_sign",
            ),
            models.UniqueConstraint(
                fields=["source", "document_no"],
                condition=Q(reverses=None),
                name="funds_document_once",
                violation_error_message="该来源的这份文件已登记 / This document of the source is recorded already",
            ),
        ]


class Balance(models.Model):
    """What a deposit still holds, in fen. Written by the ledger's triggers only."""

    deposit = models.OneToOneField(
        Deposit, primary_key=True, on_delete=models.PROTECT, related_name="balance"
    )
    left = FenField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0),
                name="funds_never_overdrawn",
                violation_error_message="资金余额不足 / The deposit does not hold enough",
            )
        ]


class PaymentRun(models.Model):
    """A payment run (发放批次): one sitting in which the awards of a month are paid. A month may need several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    month = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    officer_name = models.CharField(max_length=80)
    pack_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="funds_run_of_a_month"),
        ]


class Payment(models.Model):
    """Money paid under an award for a month, from one fund: government lines and charity lines are paid apart.

    ``attempt`` grows only after the payment before it was reversed, so that a month of an award is never paid twice.
    ``payee`` is masked: the whole name stands in the register alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    programme = models.CharField(max_length=4)
    fund = models.CharField(max_length=12)
    month = models.DateField()
    attempt = models.PositiveSmallIntegerField(default=1)
    amount = FenField()
    paid_on = models.DateField()
    payee = models.CharField(max_length=60)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-paid_on", "award"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fund__in=["government", "charity"]), name="funds_payment_fund"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, attempt__gte=1), name="funds_payment_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="funds_payment_sign",
            ),
            models.UniqueConstraint(
                fields=["award", "month", "fund", "attempt"],
                condition=Q(reverses=None),
                name="funds_paid_once",
                violation_error_message="该救助本月已发放 / This award is paid for this month already",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "paid_on"]),
            models.Index(fields=["paid_on", "programme"]),
            models.Index(fields=["sub_district", "paid_on"]),
        ]


class Allocation(models.Model):
    """Which deposit bore which part of a payment, in fen. The parts of a payment sum to it, or the commit is refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="allocations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    amount = FenField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="funds_allocation_not_nothing"),
            models.UniqueConstraint(fields=["payment", "deposit"], name="funds_allocation_once"),
        ]


class BackPay(models.Model):
    """One month of an award that a standard raised afterwards: what was had and is due (fen), and the award that pays the rest.

    A month of an award is made good once for a standard, however often the notice is worked through.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    supplement = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    parameter = models.CharField(max_length=80)
    month = models.DateField()
    had = FenField()
    due = FenField()
    old_value = FenField()
    new_value = FenField()
    citation = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["month", "award"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1, due__gt=models.F("had")), name="funds_back_pay_of_a_month"
            ),
            models.UniqueConstraint(
                fields=["award", "parameter", "month"],
                name="funds_back_pay_once",
                violation_error_message="该救助本月已补发 / This month of the award was made good already",
            ),
        ]
