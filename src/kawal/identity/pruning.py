"""What is thrown away by age: accesses, submissions, sessions, failures, the shared cache."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from kawal.identity import rules
from kawal.identity.models import AccessLog, Session, SignInFailure, Submission

SUBMISSIONS_KEPT = timedelta(days=7)
AT_ONCE = 10_000


def prune(*, at: datetime) -> dict[str, int]:
    """Drop all that is old at that instant; return how many rows of each went."""
    return {
        "accesses": _prune_accesses(at - timedelta(days=settings.ACCESS_LOG_DAYS)),
        "submissions": _count(Submission.objects.filter(created_at__lt=at - SUBMISSIONS_KEPT)),
        "sessions": _count(Session.objects.filter(expire_date__lt=at)),
        "failures": _count(SignInFailure.objects.filter(last_at__lt=at - rules.FORGOTTEN_AFTER)),
        "cached": _prune_cache(at),
    }


def _count(rows: object) -> int:
    dropped: int = rows.delete()[0]  # type: ignore[attr-defined]
    return dropped


def _prune_accesses(before: datetime) -> int:
    """Drop old lines some thousands at a time, so that no lock lasts."""
    dropped = 0
    while True:
        ids = AccessLog.objects.filter(at__lt=before).order_by("at").values("pk")[:AT_ONCE]
        gone = _count(AccessLog.objects.filter(pk__in=ids))
        dropped += gone
        if gone < AT_ONCE:
            return dropped


def _prune_cache(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_cache WHERE expires < %s", [at])
        return int(cursor.rowcount)
