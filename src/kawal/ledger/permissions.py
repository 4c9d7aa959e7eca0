"""Who may see and do what with the books: N.3's row "Jurnal"; refused otherwise."""

from collections.abc import Mapping

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import city, grant, own

SEE_BOOKS = "ledger.see_books"
WRITE_JOURNAL_SKPD = "ledger.write_journal_of_skpd"
WRITE_JOURNAL_PPKD = "ledger.write_journal_of_ppkd"
OPEN_BOOKS = "ledger.open_books"
CLOSE_PERIOD = "ledger.close_period"
EXPORT_BOOKS = "ledger.export_books"

_OWN = own(Role.PPK_SKPD, Role.PPK_UNIT, Role.PA, Role.KPA)
_CITY = city(
    Role.PPKD,
    Role.BUD,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
    Role.KEPALA_DAERAH,
    Role.SEKDA,
)

GRANTS: Mapping[str, Mapping[Role, Reach]] = {
    SEE_BOOKS: _OWN | _CITY,
    WRITE_JOURNAL_SKPD: own(Role.PPK_SKPD),
    WRITE_JOURNAL_PPKD: city(Role.PPKD),
    OPEN_BOOKS: city(Role.PPKD),
    CLOSE_PERIOD: city(Role.PPKD),
    EXPORT_BOOKS: _CITY,
}


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    for act, reaches in GRANTS.items():
        grant(act, reaches)
