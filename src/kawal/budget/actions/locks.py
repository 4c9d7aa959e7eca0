"""Lock an agency or a sheet against drafting, and release the lock, each with its reason."""

from django.db import IntegrityError, transaction

from kawal.budget import queries
from kawal.budget.models import Lock
from kawal.budget.permissions import LOCK
from kawal.budget.rules import locks as rules
from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor
from kawal.regions.permissions import require


def lock(
    year: int,
    reason: str,
    *,
    agency_id: int | None = None,
    sheet_id: int | None = None,
    actor: Actor,
) -> int:
    """Lock an agency with all its units, or one sheet, and return the lock's id.

    From then on nobody drafts there, and from RAPBD on no version changes it.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason; when it is locked already.
    """
    require(actor, LOCK)
    queries.year(year)
    if reasons := rules.refusals(reason, agency_id, sheet_id):
        raise Refused(reasons)
    try:
        with transaction.atomic():
            row = Lock.objects.create(
                year_id=year,
                agency_id=agency_id,
                sheet_id=sheet_id,
                reason=reason.strip(),
                locked_at=actor.at,
                locked_by_id=actor.person_id,
            )
    except IntegrityError as broken:
        if "budget_lock_one_open" not in str(broken):
            raise
        raise Refused([rules.locked_already()]) from None
    return row.pk


def unlock(lock_id: int, reason: str, *, actor: Actor) -> None:
    """Release a lock for good; it stays on record with both reasons.

    :raises NotThere: when there is no such lock.
    :raises Refused: with every reason; when it was released before.
    """
    require(actor, LOCK)
    queries.lock(lock_id)
    if reasons := rules.refusals(reason, lock_id, None):
        raise Refused(reasons)
    released = Lock.objects.filter(pk=lock_id, released_at=None).update(
        released_at=actor.at, released_by_id=actor.person_id, release_reason=reason.strip()
    )
    if not released:
        raise Refused([rules.released_already()])
