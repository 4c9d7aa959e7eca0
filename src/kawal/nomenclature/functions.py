"""The functions of government (fungsi), and which bidang urusan serves which.

The nine functions are those of Permendagri 90/2019. Which bidang belongs to which is recalled from
the table in which Permendagri 13/2006 and 90/2019 set urusan beside functions; compare it with the
annex before an audit relies on it.
"""

from collections.abc import Mapping

FUNCTIONS: Mapping[str, str] = {
    "1": "Pelayanan umum",
    "2": "Ketertiban dan keamanan",
    "3": "Ekonomi",
    "4": "Lingkungan hidup",
    "5": "Perumahan dan fasilitas umum",
    "6": "Kesehatan",
    "7": "Pariwisata dan budaya",
    "8": "Pendidikan",
    "9": "Perlindungan sosial",
}
_BIDANG = {
    "1": "2.16 2.20 2.21 2.24 4.01 4.02 5.01 5.02 5.03 5.04 5.05 5.06 5.07 6.01 7.01",
    "2": "1.05 8.01",
    "3": "2.07 2.09 2.13 2.15 2.17 2.18 3.25 3.27 3.28 3.29 3.30 3.31 3.32",
    "4": "2.10 2.11",
    "5": "1.03 1.04",
    "6": "1.02 2.14",
    "7": "2.22 3.26",
    "8": "1.01 2.19 2.23",
    "9": "1.06 2.08 2.12",
}
OF_BIDANG: Mapping[str, str] = {
    bidang: function for function, some in _BIDANG.items() for bidang in some.split()
}
