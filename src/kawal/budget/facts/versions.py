"""Words of the year's versions and of the papers that give them force."""

from enum import StrEnum

from kawal.kernel.words import N_


class VersionKind(StrEnum):
    """What a version of the year's budget is, in the order in which they follow."""

    RKA = "rka"  # every RKA-SKPD, verified
    RAPBD = "rapbd"  # handed to the DPRD
    APBD = "apbd"  # enacted by Perda
    PENJABARAN = "penjabaran"  # detailed by Perkada; the DPA are made from it
    INTERIM = "interim"  # Perkada for urgent and binding spending while there is no APBD
    SHIFT = "shift"  # pergeseran
    EFFICIENCY = "efficiency"  # cut ordered from above in mid-year
    PERUBAHAN = "perubahan"  # P-APBD by Perda, once a year
    PENJABARAN_PERUBAHAN = "penjabaran_perubahan"


VERSION_KIND_LABELS = {
    VersionKind.RKA: N_("RKA"),
    VersionKind.RAPBD: N_("RAPBD"),
    VersionKind.APBD: N_("APBD"),
    VersionKind.PENJABARAN: N_("Penjabaran APBD"),
    VersionKind.INTERIM: N_("Perkada sebelum APBD"),
    VersionKind.SHIFT: N_("Pergeseran"),
    VersionKind.EFFICIENCY: N_("Efisiensi"),
    VersionKind.PERUBAHAN: N_("Perubahan APBD"),
    VersionKind.PENJABARAN_PERUBAHAN: N_("Penjabaran Perubahan APBD"),
}


class Instrument(StrEnum):
    """The paper that gives a version its force."""

    NONE = ""
    PERDA = "perda"
    PERKADA = "perkada"
    SEKDA = "sekda"  # approval of the Sekda
    PPKD = "ppkd"  # approval of the PPKD
    PA = "pa"  # approval of the PA
