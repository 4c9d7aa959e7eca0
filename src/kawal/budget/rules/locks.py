"""What a lock must say, and why it is not taken: pure, every reason at once."""

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def refusals(reason: str, agency_id: int | None, sheet_id: int | None) -> list[Reason]:
    """Return every reason why a lock may not be set (or released) so."""
    found = []
    if not reason.strip():
        found.append(Reason("lock.reason", N_("Sebutkan alasannya."), at="reason"))
    if (agency_id is None) == (sheet_id is None):
        text = N_("Pilih satu SKPD atau satu lembar RKA.")
        found.append(Reason("lock.one_thing", text, at="agency"))
    return found


def locked_already() -> Reason:
    """Return the reason when it is locked."""
    return Reason("lock.locked_already", N_("Sudah terkunci."), at="agency")


def released_already() -> Reason:
    """Return the reason when the lock was released before."""
    return Reason("lock.released_already", N_("Kunci ini sudah dibuka."))
