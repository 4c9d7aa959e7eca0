"""Words of RKA sheets: where a document is kept, what a sheet plans, how far it is."""

from enum import StrEnum

from kawal.kernel.words import N_


class Record(StrEnum):
    """Where a document is kept first: its system of record; each document has one."""

    HERE = "here"  # made, checked and enacted in Kawal
    SIPD = "sipd"  # the ministry's application; imported, checked, explained and published here
    FALLBACK = "fallback"  # kept here while SIPD is down, exported for later entry there


RECORD_LABELS = {
    Record.HERE: N_("Dikelola di sini"),
    Record.SIPD: N_("Sumber resmi: SIPD"),
    Record.FALLBACK: N_("Dikelola di sini sementara SIPD terganggu"),
}


class SheetKind(StrEnum):
    """What an RKA sheet plans (Permendagri 77/2020)."""

    SPENDING = "spending"  # RKA-Rincian Belanja of one sub kegiatan
    REVENUE = "revenue"  # RKA-Pendapatan
    FINANCING = "financing"  # RKA-Pembiayaan


SHEET_KIND_LABELS = {
    SheetKind.SPENDING: N_("Belanja"),
    SheetKind.REVENUE: N_("Pendapatan"),
    SheetKind.FINANCING: N_("Pembiayaan"),
}


class RevisionState(StrEnum):
    """How far a revision of a sheet is; sealed ones never change."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # by the PA or KPA
    VERIFIED = "verified"  # by the TAPD
    SEALED = "sealed"  # part of a version
    DROPPED = "dropped"  # given up; the sheet stays as it was


REVISION_STATE_LABELS = {
    RevisionState.DRAFT: N_("Rancangan"),
    RevisionState.SUBMITTED: N_("Diajukan"),
    RevisionState.VERIFIED: N_("Diverifikasi TAPD"),
    RevisionState.SEALED: N_("Ditetapkan"),
    RevisionState.DROPPED: N_("Dibatalkan"),
}


class IndicatorKind(StrEnum):
    """What an indicator of a sheet measures."""

    OUTCOME = "outcome"  # capaian program
    RESULT = "result"  # hasil kegiatan
    OUTPUT = "output"  # keluaran sub kegiatan
