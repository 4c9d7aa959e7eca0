"""Invented names in the manner of the region: Batak, Karo, Melayu, Jawa, Minang."""

from kawal.demo.chance import chance


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MEN = _words("""
Ahmad Andri Bahrum Bambang Bonar Chairul Darwin Edi Fahmi Freddy Gunawan Hamdan Hasan Hotman Irwan
Jefri Juniper Kasmir Khairul Lamhot Mangasi Marwan Muslim Ngadimin Pardamean Poltak Rahmat Ramlan
Ridwan Rusdi Sabam Saiful Suhendra Suparno Suratman Syamsul Tagor Tigor Togar Wagiman Yusri Zainal
""")
_WOMEN = _words("""
Aisyah Asmawati Betty Cut Darmawati Delima Elfrida Erlina Fatimah Halimah Herlina Ida Juliana
Kartika Lasma Lestari Linda Mariana Megawati Nelly Nurbaiti Nurhayati Ratna Rosmaida Rotua Rukiah
Sartika Sulastri Tetty Tiurma Wahyuni Warsini Yanti Yusniar Zubaidah
""")
_MIDDLE = _words("""
Abdi Alam Budiman Efendi Halim Hidayat Iskandar Jaya Karim Mulia Parlindungan Pratama Putra
Saputra Setia Syah Utama Wijaya
""")
_MIDDLE_WOMEN = _words("""
Anggraini Dewi Fitri Hasanah Indah Kusuma Mawarni Melati Murni Puspita Rahayu Ramadhani Safitri
Sari Suryani Utami Wulandari
""")
_FAMILIES = _words("""
Barus Batubara Chaniago Damanik Ginting Harahap Hutabarat Hutagalung Karo-Karo Koto Lubis Manurung
Nasution Pane Perangin-angin Piliang Pohan Purba Rangkuti Ritonga Saragih Sembiring Siagian
Siahaan Simanjuntak Simbolon Sinaga Siregar Sitepu Situmorang Tambunan Tampubolon Tanjung Tarigan
""")
_JAVANESE = _words("Hadi Kusumo Prasetyo Purnomo Santoso Setiawan Sugiarto Suwito Wibowo Widodo")


def invented_name(key: str) -> tuple[str, bool]:
    """Return a name, and whether it is a woman's: both depend on the key alone."""
    woman = chance("sex", key) < 0.42
    first = _pick(_WOMEN if woman else _MEN, "first", key)
    middle = _pick(_MIDDLE_WOMEN if woman else _MIDDLE, "middle", key)
    javanese = not woman and chance("java", key) < 0.3
    family = _pick(_JAVANESE if javanese else _FAMILIES, "family", key)
    return f"{first} {middle} {family}", woman


def _pick(names: tuple[str, ...], what: str, key: str) -> str:
    return names[int(chance(what, key) * len(names))]
