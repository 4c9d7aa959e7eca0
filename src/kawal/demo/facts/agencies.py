"""The demo city's agencies (OPD) and units: a believable city, with codes of 22 characters.

The shape of the code is that of Permendagri 90/2019 (``B.BB.B.BB.B.BB.NN.UUUU``: up to three
bidang urusan, the agency's serial, its unit). Which agencies a city has is its own SOTK; these
are typical ones, not Binjai's organisation of any year.
"""

from dataclasses import dataclass

from kawal.demo.facts.places import KECAMATAN, KELURAHAN


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency, or a unit below one (``parent`` is then the agency's code)."""

    code: str
    name: str
    short: str
    kind: str
    parent: str = ""
    region: str = ""


def _code(bidang: str, serial: int, unit: int = 0) -> str:
    """Return the 22 characters for up to three bidang, as ``2.16 2.20 2.21``."""
    three = [*bidang.split(), "0.00", "0.00"][:3]
    return f"{'.'.join(three)}.{serial:02}.{unit:04}"


# bidang | serial | short | name
_AGENCIES = """
4.01 | 1 | Setda | Sekretariat Daerah
4.02 | 1 | Setwan | Sekretariat DPRD
6.01 | 1 | Inspektorat | Inspektorat Daerah
1.01 | 1 | Disdik | Dinas Pendidikan
1.02 | 1 | Dinkes | Dinas Kesehatan
1.03 | 1 | DPUPR | Dinas Pekerjaan Umum dan Penataan Ruang
1.04 2.10 | 1 | Disperkim | Dinas Perumahan, Kawasan Permukiman dan Pertanahan
1.05 | 1 | Satpol PP | Satuan Polisi Pamong Praja
1.05 | 2 | BPBD | Badan Penanggulangan Bencana Daerah
1.05 | 3 | Damkar | Dinas Pemadam Kebakaran dan Penyelamatan
1.06 | 1 | Dinsos | Dinas Sosial
2.07 | 1 | Disnaker | Dinas Tenaga Kerja
2.08 2.13 | 1 | DP3AM | Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Masyarakat
2.09 3.27 3.25 | 1 | DKPP | Dinas Ketahanan Pangan, Pertanian dan Perikanan
2.11 | 1 | DLH | Dinas Lingkungan Hidup
2.12 | 1 | Disdukcapil | Dinas Kependudukan dan Pencatatan Sipil
2.14 | 1 | DPPKB | Dinas Pengendalian Penduduk dan Keluarga Berencana
2.15 | 1 | Dishub | Dinas Perhubungan
2.16 2.20 2.21 | 1 | Diskominfo | Dinas Komunikasi dan Informatika
2.17 | 1 | Diskop UKM | Dinas Koperasi, Usaha Kecil dan Menengah
2.18 | 1 | DPMPTSP | Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu
2.19 3.26 2.22 | 1 | Dispora | Dinas Pemuda, Olahraga, Kebudayaan dan Pariwisata
2.23 2.24 | 1 | Dispusip | Dinas Perpustakaan dan Kearsipan
3.30 3.31 | 1 | Disperindag | Dinas Perindustrian dan Perdagangan
5.01 5.05 | 1 | Bappeda | Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah
5.02 | 1 | BPKAD | Badan Pengelolaan Keuangan dan Aset Daerah
5.02 | 2 | Bapenda | Badan Pendapatan Daerah
5.03 5.04 | 1 | BKPSDM | Badan Kepegawaian dan Pengembangan Sumber Daya Manusia
8.01 | 1 | Kesbangpol | Badan Kesatuan Bangsa dan Politik
"""
# parent's short name | unit | short | name
_UNITS = """
Setda | 1 | Bag. Tapem | Bagian Tata Pemerintahan
Setda | 2 | Bag. Hukum | Bagian Hukum
Setda | 3 | Bag. Kesra | Bagian Kesejahteraan Rakyat
Setda | 4 | Bag. Ekbang | Bagian Perekonomian dan Administrasi Pembangunan
Setda | 5 | Bag. PBJ | Bagian Pengadaan Barang dan Jasa
Setda | 6 | Bag. Organisasi | Bagian Organisasi
Setda | 7 | Bag. Umum | Bagian Umum
Setda | 8 | Bag. Prokopim | Bagian Protokol dan Komunikasi Pimpinan
Dinkes | 1 | RSUD | Rumah Sakit Umum Daerah
"""


def _rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if line]


def _agencies() -> list[DemoAgency]:
    kecamatan = [
        DemoAgency(
            _code("7.01", serial),
            f"Kecamatan {place.name}",
            place.name,
            "kecamatan",
            region=place.code,
        )
        for serial, place in enumerate(KECAMATAN, start=1)
    ]
    return [
        DemoAgency(_code(bidang, int(serial)), name, short, _kind(name))
        for bidang, serial, short, name in _rows(_AGENCIES)
    ] + kecamatan


def _kind(name: str) -> str:
    return "rsud" if name.startswith("Rumah Sakit") else name.split()[0].lower()


def _units(agencies: list[DemoAgency]) -> list[DemoAgency]:
    by_short = {agency.short: agency for agency in agencies}
    by_region = {agency.region: agency for agency in agencies if agency.region}
    below = [
        DemoAgency(
            by_short[parent].code[:-4] + f"{int(unit):04}",
            name,
            short,
            _kind(name),
            parent=by_short[parent].code,
        )
        for parent, unit, short, name in _rows(_UNITS)
    ]
    kelurahan = [
        DemoAgency(
            by_region[place.parent].code[:-4] + f"{int(place.code[-3:]):04}",
            f"Kelurahan {place.name}",
            f"Kel. {place.name}",
            "kelurahan",
            parent=by_region[place.parent].code,
            region=place.code,
        )
        for place in KELURAHAN
    ]
    return below + kelurahan


AGENCIES = tuple(_agencies())
UNITS = tuple(_units(list(AGENCIES)))
BY_SHORT = {agency.short: agency for agency in AGENCIES + UNITS}
