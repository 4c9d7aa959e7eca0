"""All that crosses this module's border: decrees, accounts, activities, funds, parameters."""

from enum import StrEnum

from kawal.kernel.words import N_


class Certainty(StrEnum):
    """How sure a reference value is; shown beside it until somebody compares it with the law."""

    VERIFIED = "verified"  # read in the decree itself
    RECALLED = "recalled"  # believed right, the article not read again
    UNVERIFIED = "unverified"  # differs by source; decide it before relying on it


CERTAINTY_LABELS = {
    Certainty.VERIFIED: N_("Sudah dibandingkan dengan peraturannya"),
    Certainty.RECALLED: N_("Diingat dari peraturannya, belum dibandingkan"),
    Certainty.UNVERIFIED: N_("Belum dipastikan"),
}


class ActivityLevel(StrEnum):
    """A rung of the urusan chain (Permendagri 90/2019)."""

    URUSAN = "urusan"
    BIDANG = "bidang"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
