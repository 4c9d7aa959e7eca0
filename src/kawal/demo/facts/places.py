"""Kota Binjai's kecamatan and kelurahan: public codes and names.

Source: Kepmendagri 300.2.2-2430/2025 on the codes and data of government areas.
"""

from dataclasses import dataclass

PROVINCE_CODE = "12"
PROVINCE_NAME = "Sumatera Utara"
CITY_CODE = "12.75"
CITY_NAME = "Kota Binjai"
ZONE = "Asia/Jakarta"
POPULATION = 315_609
AREA_KM2 = "93.77"

_KELURAHAN = {
    "Binjai Utara": """Pahlawan, Jati Negara, Nangka, Damai, Kebun Lada, Cengkeh Turi, Jati Utomo,
        Jati Makmur, Jati Karya""",
    "Binjai Kota": "Berngam, Satria, Setia, Kartini, Tangsi, Binjai, Pekan Binjai",
    "Binjai Barat": """Bandar Senembah, Limau Mungkur, Limau Sundai, Paya Roba, Suka Maju,
        Sukaramai""",
    "Binjai Timur": """Tanah Tinggi, Dataran Tinggi, Timbang Langkat, Mencirim, Tunggurono,
        Sumber Mulyorejo, Sumber Karya""",
    "Binjai Selatan": """Tanah Merah, Binjai Estate, Bhakti Karya, Rambung Dalam, Pujidadi,
        Tanah Seribu, Rambung Barat, Rambung Timur""",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan (``12.75.01``) or a kelurahan (``12.75.01.1001``)."""

    code: str
    name: str
    kind: str
    parent: str


def _places() -> tuple[Place, ...]:
    found = []
    for number, (kecamatan, names) in enumerate(_KELURAHAN.items(), start=1):
        parent = f"{CITY_CODE}.{number:02}"
        found.append(Place(parent, kecamatan, "kecamatan", CITY_CODE))
        found += [
            Place(f"{parent}.{1000 + serial}", name.strip(), "kelurahan", parent)
            for serial, name in enumerate(names.split(","), start=1)
        ]
    return tuple(found)


PLACES = _places()
KECAMATAN = tuple(place for place in PLACES if place.kind == "kecamatan")
KELURAHAN = tuple(place for place in PLACES if place.kind == "kelurahan")
