"""Failed sign-ins, counted by name and by address; neither is kept in plain."""

from django.db import models


class SignInFailure(models.Model):
    """How often one name, or one address, failed.

    A digest, because people type passwords into the name.
    """

    subject = models.BinaryField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)
