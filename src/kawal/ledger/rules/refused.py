"""Why the books do not take a posting: every reason in its words."""

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def closed() -> Reason:
    """The period is closed."""
    mend = N_("Bukukan pada periode yang masih terbuka.")
    return Reason("ledger.closed", N_("Periode pembukuan ini sudah ditutup."), "on", mend)


def no_books() -> Reason:
    """No books of that year."""
    mend = N_("PPKD membuka pembukuan tahun ini dahulu.")
    return Reason("ledger.no_books", N_("Pembukuan tahun ini belum dibuka."), "on", mend)


def key_used() -> Reason:
    """The key names another posting."""
    return Reason(
        "ledger.key_used", N_("Kunci jurnal ini sudah dipakai untuk isi yang lain."), "key"
    )


def no_rule() -> Reason:
    """The event's journals are not in the table."""
    return Reason("ledger.no_rule", N_("Tidak ada aturan jurnal untuk kejadian ini."), "event")


def no_pair(code: str) -> Reason:
    """The account has nothing opposite in the year's list."""
    text = N_("Rekening %(code)s tidak punya rekening lawan pada daftar tahun ini.")
    return Reason("ledger.no_pair", text, "items", values={"code": code})


def missing() -> Reason:
    """There is nothing to reverse."""
    return Reason("ledger.missing", N_("Tidak ada jurnal dengan kunci ini."), "key")


def reversed_before() -> Reason:
    """It was reversed before."""
    return Reason("ledger.reversed", N_("Jurnal ini sudah dibalik."), "key")


def no_account() -> Reason:
    """An account is none of the database's."""
    return Reason("ledger.no_account", N_("Rekening jurnal ini tidak ada."), "items")
