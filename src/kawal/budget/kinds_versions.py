"""Public events of versions and DPA: enacted, ratified."""

from kawal.budget.facts import Instrument, VersionKind
from kawal.kernel.words import N_
from kawal.trail.registry import Choice, Code, Day, Digest, Integer, Kind, Rupiah, Text

AGENCY = Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")
STAGE = Code(r"M|P\d{0,3}")
WORDS = {
    "year": N_("Tahun anggaran"),
    "number": N_("Nomor versi"),
    "kind": N_("Jenis versi"),
    "stage": N_("Tahapan"),
    "title": N_("Judul"),
    "instrument": N_("Dasar hukum"),
    "instrument_number": N_("Nomor dasar hukum"),
    "instrument_date": N_("Tanggal dasar hukum"),
    "sheets": N_("Jumlah lembar"),
    "changed": N_("Lembar yang berubah"),
    "revenue": N_("Pendapatan"),
    "spending": N_("Belanja"),
    "financing_in": N_("Penerimaan pembiayaan"),
    "financing_out": N_("Pengeluaran pembiayaan"),
    "digest": N_("Sidik digital"),
    "agency": N_("SKPD"),
    "dpa": N_("Nomor DPA"),
    "version": N_("Nomor versi"),
    "total": N_("Jumlah"),
}

ENACTED = Kind(
    "version.enacted",
    label=N_("Versi anggaran ditetapkan"),
    about="title",
    words=WORDS,
    fields={
        "year": Integer(),
        "number": Integer(),
        "kind": Choice(tuple(one.value for one in VersionKind)),
        "stage": Code(STAGE.pattern, optional=True),
        "title": Text(300),
        "instrument": Choice(tuple(one.value for one in Instrument if one.value), optional=True),
        "instrument_number": Text(100, optional=True),
        "instrument_date": Day(optional=True),
        "sheets": Integer(min=1),
        "changed": Integer(min=0),
        "revenue": Rupiah(),
        "spending": Rupiah(),
        "financing_in": Rupiah(),
        "financing_out": Rupiah(),
        "digest": Digest(),
    },
)
RATIFIED = Kind(
    "dpa.ratified",
    label=N_("DPA disahkan"),
    about="dpa",
    words=WORDS,
    fields={
        "dpa": Text(80),
        "year": Integer(),
        "agency": AGENCY,
        "version": Integer(min=1),
        "stage": STAGE,
        "total": Rupiah(),
        "digest": Digest(),
    },
)

KINDS = (ENACTED, RATIFIED)
