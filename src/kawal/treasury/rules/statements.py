"""Whether a statement may be booked: the account is ours, and it adds up to the sen."""

from collections import Counter
from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.treasury.facts.statements import Statement, StatementEntry

CURRENCY = "IDR"


def mistakes(statement: Statement, *, account: str) -> list[Reason]:
    """Return every reason not to book a statement as one of ``account``, each with its line."""
    return [
        *_head(statement, account),
        *_sums(statement),
        *_twice(statement),
        *(reason for entry in statement.entries for reason in _entry(statement, entry)),
    ]


def _head(statement: Statement, account: str) -> list[Reason]:
    found, at = [], str(statement.line)
    if _digits(statement.account) != _digits(account):
        text = N_("Rekening koran ini bukan milik rekening yang dipilih.")
        found.append(Reason("statement.other_account", text, at, N_("Pilih rekeningnya.")))
    if statement.currency != CURRENCY:
        text = N_("Mata uangnya %(currency)s, bukan rupiah.")
        values = {"currency": statement.currency}
        found.append(Reason("statement.currency", text, at, values=values))
    if statement.closing_on < statement.opening_on:
        text = N_("Saldo akhir bertanggal sebelum saldo awal.")
        found.append(Reason("statement.days", text, at))
    return found


def _digits(account: str) -> str:
    """Return an account's number without the marks that people and banks put between."""
    return "".join(sign for sign in account if sign.isalnum()).upper()


def _sums(statement: Statement) -> list[Reason]:
    moved = sum((entry.change for entry in statement.entries), Decimal(0))
    difference = statement.closing - statement.opening - moved
    if not difference:
        return []
    text = N_("Saldo awal ditambah mutasi tidak sama dengan saldo akhir; selisih Rp%(difference)s.")
    mend = N_("Berkasnya mungkin terpotong; minta ulang kepada bank.")
    values = {"difference": difference}
    return [Reason("statement.sums", text, str(statement.line), mend, values)]


def _twice(statement: Statement) -> list[Reason]:
    known = Counter(_identity(entry) for entry in statement.entries if entry.reference)
    text = N_("Mutasi dengan acuan bank %(reference)s sudah ada di berkas ini.")
    found, seen = [], set[tuple[object, ...]]()
    for entry in statement.entries:
        key = _identity(entry)
        if known[key] > 1 and key in seen:
            values = {"reference": entry.reference}
            found.append(Reason("statement.twice", text, str(entry.line), values=values))
        seen.add(key)
    return found


def _identity(entry: StatementEntry) -> tuple[object, ...]:
    """Return what tells two entries of the same reference apart: a bank keeps it for its tax."""
    return (entry.reference, entry.on, entry.change, entry.remark)


def _entry(statement: Statement, entry: StatementEntry) -> list[Reason]:
    found, at = [], str(entry.line)
    if entry.amount <= 0:
        text = N_("Jumlah mutasi harus lebih dari nol.")
        found.append(Reason("statement.amount", text, at))
    if not statement.opening_on <= entry.on <= statement.closing_on:
        text = N_("Mutasi bertanggal %(on)s di luar masa rekening koran.")
        found.append(Reason("statement.outside", text, at, values={"on": entry.on}))
    if entry.parts and sum((part.amount for part in entry.parts), Decimal(0)) != entry.amount:
        text = N_("Rincian mutasi gabungan tidak sama dengan jumlahnya.")
        found.append(Reason("statement.parts", text, at))
    return found
