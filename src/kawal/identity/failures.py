"""Counting failed sign-ins, before the password is looked at: many at once do not help."""

import hashlib
from datetime import datetime

from django.db import transaction

from kawal.identity import rules
from kawal.identity.models import SignInFailure
from kawal.identity.rules import Patience


def subject_of(patience: Patience, name: str) -> bytes:
    """Return the digest under which a name or address is counted."""
    return hashlib.sha256(f"{patience.kind}\0{name.strip().lower()}".encode()).digest()


@transaction.atomic
def attempt(patience: Patience, name: str, *, at: datetime) -> datetime | None:
    """Count an attempt as failed until it proves right; return until when the name must wait.

    A name that waits is not counted further, so nobody can lock another out for longer.
    """
    subject = subject_of(patience, name)
    SignInFailure.objects.bulk_create(
        [SignInFailure(subject=subject, failures=0, last_at=at)], ignore_conflicts=True
    )
    row = SignInFailure.objects.select_for_update().get(pk=subject)
    if rules.failures_left_behind(patience, last_at=row.last_at, at=at):
        row.failures = 0
    until = rules.locked_until(patience, failures=row.failures, last_at=row.last_at)
    if until is not None and until > at:
        return until
    row.failures, row.last_at = row.failures + 1, at
    row.save(update_fields=["failures", "last_at"])
    return None


def forgive(patience: Patience, name: str) -> None:
    """Forget the failures of a name or address."""
    SignInFailure.objects.filter(pk=subject_of(patience, name)).delete()
