"""Submissions already answered: the same one again gets the same answer, and nothing twice."""

from django.db import models
from django.db.models import Q

from kawal.identity.models.logins import Login


class Submission(models.Model):
    """One unsafe request by its key; the row and what the request did commit together."""

    login = models.ForeignKey(Login, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.BinaryField(max_length=32)
    created_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["login", "key"],
                name="identity_submission_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="identity_submission_key_form", condition=Q(key__regex=r"^[!-~]{16,64}$")
            ),
        ]
