"""Why the books do not take a posting: every reason in its words."""

from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.ledger.facts import Part


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


def no_items() -> Reason:
    """The event has no items."""
    return Reason("ledger.no_items", N_("Kejadian ini tidak berisi satu rincian pun."), "items")


def _item(said: str, text: str, place: int, /, **values: object) -> Reason:
    """Return a reason against one item; people count from one."""
    return Reason(f"ledger.{said}", text, f"items.{place}", values={"place": place + 1, **values})


def amount(place: int, told: Decimal) -> Reason:
    """The amount is none that a line can have."""
    text = N_("Rincian %(place)s: Rp%(amount)s bukan jumlah di atas nol sampai sen.")
    return _item("amount", text, place, amount=told)


def side(place: int) -> Reason:
    """The side is not the document's to say."""
    text = N_("Rincian %(place)s: sisi debit atau kredit ditentukan aturan jurnal.")
    return _item("side", text, place)


def part(place: int, told: Part) -> Reason:
    """No row writes this part."""
    text = N_("Rincian %(place)s: tidak ada aturan jurnal untuk bagian “%(part)s”.")
    return _item("part", text, place, part=told.value)


def unknown(place: int) -> Reason:
    """The account does not exist."""
    return _item("unknown", N_("Rincian %(place)s: rekeningnya tidak ada."), place)


def level(place: int, told: str) -> Reason:
    """The account is a group of accounts."""
    text = N_("Rincian %(place)s: rekening %(code)s bukan rekening level 6.")
    return _item("level", text, place, code=told)


def other_account(place: int, told: str) -> Reason:
    """The account is none of those that the event speaks of."""
    text = N_("Rincian %(place)s: rekening %(code)s tidak cocok dengan kejadian ini.")
    return _item("other_account", text, place, code=told)


def unsaid() -> Reason:
    """Nothing says where the journal comes from."""
    text = N_("Kejadian ini tanpa kunci, dokumen sumber atau uraian.")
    return Reason("ledger.unsaid", text, "text")


def is_reversal() -> Reason:
    """A reversal is not reversed."""
    mend = N_("Bukukan dokumennya sekali lagi.")
    return Reason("ledger.is_reversal", N_("Jurnal ini sendiri sebuah pembalikan."), "key", mend)


def other_year() -> Reason:
    """It is of another year, or of a later day than its reversal."""
    text = N_("Jurnal dibalik pada tahun yang sama, tidak sebelum tanggalnya sendiri.")
    mend = N_("Untuk tahun yang lalu, bukukan koreksi.")
    return Reason("ledger.other_year", text, "on", mend)
