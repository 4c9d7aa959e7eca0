"""Labels of the fields of the budget's public events, for who reads the public log."""

from collections.abc import Sequence
from dataclasses import replace

from kawal.kernel.words import N_
from kawal.trail.registry import Kind

WORDS = {
    "accounts": N_("Kode rekening menurut"),
    "activities": N_("Kode kegiatan menurut"),
    "activities_total": N_("Jumlah pagu sub kegiatan (Rp)"),
    "agencies": N_("Banyaknya perangkat daerah"),
    "agency": N_("Perangkat daerah atau unit"),
    "agency_code": N_("Kode perangkat daerah"),
    "agreement_date": N_("Tanggal nota kesepakatan"),
    "agreement_number": N_("Nomor nota kesepakatan"),
    "approval_date": N_("Tanggal persetujuan"),
    "approval_number": N_("Nomor persetujuan"),
    "approved_by": N_("Yang menyetujui"),
    "by": N_("Oleh"),
    "ceilings": N_("Banyaknya pagu"),
    "checked_by": N_("Diperiksa oleh"),
    "code": N_("Kode"),
    "cut": N_("Dikurangi (Rp)"),
    "date": N_("Tanggal"),
    "desk": N_("Meja yang memutuskan"),
    "document": N_("Dokumen"),
    "done_on": N_("Selesai pada"),
    "emergency": N_("Keadaan darurat"),
    "enacted_by": N_("Ditetapkan oleh"),
    "from": N_("Dari"),
    "funds": N_("Kode sumber dana menurut"),
    "ground": N_("Alasan menurut peraturan"),
    "last_year": N_("Jumlah tahun lalu (Rp)"),
    "legal_basis": N_("Dasar hukum"),
    "level": N_("Tingkat yang berubah"),
    "lines": N_("Banyaknya rincian"),
    "months": N_("Banyaknya bulan"),
    "moved": N_("Digeser (Rp)"),
    "name": N_("Nama"),
    "number": N_("Nomor"),
    "obligation": N_("Kewajiban"),
    "price": N_("Harga satuan (Rp)"),
    "prices": N_("Banyaknya harga"),
    "proposed_by": N_("Diusulkan oleh"),
    "reason": N_("Alasan"),
    "round": N_("Putaran"),
    "shift": N_("Nomor pergeseran"),
    "state": N_("Keadaan"),
    "submitted_by": N_("Diajukan oleh"),
    "to": N_("Kepada"),
    "total": N_("Jumlah (Rp)"),
    "unit": N_("Satuan"),
    "units_total": N_("Jumlah pagu unit (Rp)"),
    "valid_from": N_("Berlaku sejak"),
    "version": N_("Versi anggaran"),
    "wanted": N_("Diminta (Rp)"),
    "year": N_("Tahun anggaran"),
}


def labelled(kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """Return the kinds with the label of each field that has none of its own."""
    return tuple(
        replace(one, words={n: WORDS[n] for n in one.fields if n in WORDS} | dict(one.words))
        for one in kinds
    )
