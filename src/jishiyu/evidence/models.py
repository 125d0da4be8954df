"""What came in: workbooks (batches) row by row, applications on line, and documents. What was handed in is never dropped.

Cells hold names, identity numbers and health: they are sealed. What is wrong with a row may quote them and is sealed too; only
its stable codes stand open, for filters.
"""

import uuid

from django.db import models

from jishiyu.foundations.fields import SealedJSONField
from jishiyu.offices.models import SubDistrict


class Batch(models.Model):
    """A workbook as it was handed in by a post, and how far it has been taken in.

    ``content_sm3`` is the SM3 digest of its bytes; the file itself lies sealed outside the web's reach. ``done`` of ``total``
    households have been dealt with. ``report`` says how the workbook was read: sheets, headings, what was passed over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField()
    content_sm3 = models.BinaryField(max_length=32)
    origin = models.UUIDField(null=True, blank=True)  # the batch whose bad rows this workbook brings back
    post = models.CharField(max_length=60)
    officer = models.UUIDField(null=True, blank=True)
    received_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    advanced_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, default="received")  # received | reading | done | failed
    failure = models.JSONField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sub_district", "content_sm3"],
                name="evidence_same_file_once",
                violation_error_message="同一文件已上传过 / This very file has been uploaded before",
            )
        ]
        indexes = [models.Index(fields=["sub_district", "-received_at"])]

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return 100 if self.state == "done" else self.done * 100 // self.total if self.total else 0


class Row(models.Model):
    """One row of a batch: its cells as written, what is wrong with them, and the household that it became part of.

    States: ``bad`` (has problems), ``waiting`` (good itself; its household is not), ``duplicate`` (repeats another row),
    ``taken`` (registered), ``updated`` (known, new facts recorded), ``unchanged`` (known, nothing new), ``mended`` (came back in
    another workbook and was taken there), ``dropped`` (put aside by a caseworker, with a reason).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    household_key = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    codes = models.JSONField(default=list)
    cells = SealedJSONField()
    problems = SealedJSONField(null=True)
    household = models.UUIDField(null=True, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "number"], name="evidence_row_once")]
        indexes = [models.Index(fields=["batch", "state", "household_key"])]


class PublicApplication(models.Model):
    """What somebody applied for on line, without an account: a draft first, then with a sub-district, then settled there.

    All that was told is sealed. While it is a draft it has no ``sub_district`` and no post reads it; a draft that is left is
    deleted after ``expires_on``. Its number opens it together with a code that is nowhere stored. ``id_index`` is the keyed index
    of the applicant's identity number. ``household`` and ``case`` are what it became.

    States: ``draft``, ``submitted``, ``asked`` (papers were asked for, once), ``taken`` (a case was opened), ``refused``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, default="draft")
    item = models.CharField(max_length=20, blank=True)
    sub_district = models.ForeignKey(SubDistrict, null=True, on_delete=models.PROTECT, related_name="+")
    told = SealedJSONField()
    id_index = models.BinaryField(max_length=32, null=True)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    asked = SealedJSONField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reasons = SealedJSONField(null=True)
    settled_at = models.DateTimeField(null=True)
    post = models.CharField(max_length=60, blank=True)
    officer = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    case = models.UUIDField(null=True)

    class Meta:
        ordering = ["submitted_at", "number"]
        indexes = [
            models.Index(fields=["sub_district", "state", "due_on"], name="evidence_application_inbox"),
            models.Index(fields=["id_index", "item"], name="evidence_application_person"),
            models.Index(fields=["case"], name="evidence_application_case"),
        ]


class Document(models.Model):
    """A paper or file on which something rests: what it is, from whom, when it came. ``batch`` when it is a workbook.

    Any other has its bytes sealed in the vault under its own id, checked before (``rules.uploads``); ``content_sm3`` is their
    SM3 digest. It belongs to a household, or to an application that came on line; one of a draft has no sub-district yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sub_district = models.ForeignKey(SubDistrict, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    source_agency = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.UUIDField(null=True)
    application = models.ForeignKey(
        PublicApplication, null=True, on_delete=models.PROTECT, related_name="documents"
    )
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    content_sm3 = models.BinaryField(max_length=32, null=True)
    post = models.CharField(max_length=60, blank=True)
    officer = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_on", "-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "content_sm3"],
                condition=models.Q(household__isnull=False),
                name="evidence_paper_once_for_household",
                violation_error_message="该户已有同一份材料 / The household has this very paper already",
            ),
            models.UniqueConstraint(
                fields=["application", "content_sm3"],
                condition=models.Q(application__isnull=False),
                name="evidence_paper_once_for_application",
                violation_error_message="这份申请已有同一份材料 / The application has this very paper already",
            ),
        ]
