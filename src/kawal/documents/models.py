"""Tables of documents: kept files, number series, issued documents and their signatures."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kawal.documents.facts import MediaType
from kawal.kernel.append_only import append_only


class Document(models.Model):
    """A file that was kept: what, by whom, when. The content stands below ``KAWAL_HOME/files``."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80, choices=[(m.value, m.value) for m in MediaType])
    name = models.CharField(max_length=120)
    kept_by = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kept_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_document_sha256"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_document_size"),
        ]


class Series(models.Model):
    """The last number drawn in a series and year; a failed transaction gives its number back."""

    name = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "year"], name="documents_series_once")
        ]


class VoidNumber(models.Model):
    """A number that was drawn and is not used: it stays, with its reason."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="documents_void_once")
        ]


class Issued(models.Model):
    """A document that anybody can check by its code."""

    code = models.CharField(max_length=14, primary_key=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    issued_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Withdrawal(models.Model):
    """That an issued document no longer counts, and why; the document itself stays."""

    issued = models.OneToOneField(
        Issued, on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Signature(models.Model):
    """A signature over a document's hash, with the key that can check it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=40)
    key_id = models.CharField(max_length=64)
    signer = models.CharField(max_length=200)
    signature = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
