"""Public events of the SPD: money was released to an agency, or taken back."""

from collections.abc import Mapping

from kawal.kernel.words import N_
from kawal.trail.registry import Code, Day, Integer, Kind, Rupiah, Text

AGENCY = Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")
WORDS: Mapping[str, str] = {
    "number": N_("Nomor"),
    "year": N_("Tahun anggaran"),
    "agency": N_("SKPD"),
    "first_month": N_("Bulan pertama"),
    "last_month": N_("Bulan terakhir"),
    "on": N_("Tanggal"),
    "total": N_("Jumlah"),
    "by": N_("Oleh"),
    "reason": N_("Alasan"),
}
FIELDS = {
    "number": Text(80),
    "year": Integer(),
    "agency": AGENCY,
    "first_month": Integer(),
    "last_month": Integer(),
    "on": Day(),
    "total": Rupiah(),
    "by": Text(200),
}

KINDS = (
    Kind("spd.issued", label=N_("SPD diterbitkan"), about="number", fields=FIELDS, words=WORDS),
    Kind(
        "spd.withdrawn",
        label=N_("SPD ditarik"),
        about="number",
        fields={**FIELDS, "reason": Text(500)},
        words=WORDS,
    ),
)
