"""Work that the demo's applications do by themselves and report: heartbeats and numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A job that reports its start and end; all times in seconds."""

    code: str
    application: str
    name: str
    every: int
    takes: int
    grace: int
    fails: float = 0.0  # the share of its runs that report failure


@dataclass(frozen=True, slots=True)
class Numbers:
    """Figures that an application sends; ``every`` in seconds.

    ``warn`` and ``bad`` are lengths of its queue; ``None``: only the age of its data matters.
    """

    code: str
    application: str
    name: str
    every: int
    warn: int | None = None
    bad: int | None = None


JOBS = (
    Job("sipd-salin", "jembatan-sipd", "Salin data SIPD", 120, 20, 120),
    Job("mas-teruskan", "e-mas", "Teruskan laporan ke SP4N-LAPOR!", 60, 4, 90),
    Job("pbb-rekonsiliasi", "e-pbb", "Rekonsiliasi setoran bank", 300, 25, 180),
    Job("izin-oss", "e-perizinan", "Ambil izin dari OSS-RBA", 180, 12, 120, fails=0.02),
    Job("kinerja-tarik", "e-kinerja", "Tarik kehadiran pegawai", 300, 40, 240),
    Job("simrs-cadangan", "simrs", "Pencadangan basis data", 600, 60, 300),
    Job("puskesmas-satusehat", "e-puskesmas", "Kirim rekam ke SATUSEHAT", 120, 9, 120, fails=0.03),
    Job("banjir-sensor", "siaga-banjir", "Baca sensor muka air", 60, 2, 60),
    Job("sp2d-bank", "sp2d", "Ambil status SP2D dari bank", 120, 6, 120),
)
NUMBERS = (
    Numbers("angka-mas", "e-mas", "Laporan warga hari ini", 60, 90, 200),
    Numbers("angka-izin", "e-perizinan", "Permohonan hari ini", 60, 50, 120),
    Numbers("angka-pbb", "e-pbb", "Pembayaran hari ini", 60, 150, 400),
    Numbers("angka-antrean", "antrean-rsud", "Antrean pasien", 60, 60, 150),
    Numbers("angka-banjir", "siaga-banjir", "Tinggi muka air", 60),
    Numbers("angka-adminduk", "adminduk", "Dokumen hari ini", 60, 120, 300),
)
