"""How lines of an account behave, by the prefix of its code; dated, with the law it is read in.

Names follow SIPD's own. A code may carry many flags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kawal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class FlagRule:
    """Accounts whose code begins with ``prefix`` carry ``flag`` from a day to another."""

    flag: str
    prefix: str
    valid_from: date = date(2020, 1, 1)
    valid_until: date | None = None
    legal_basis: str = "Permendagri 90/2019"

    def holds(self, code: str, on: date) -> bool:
        """Tell whether the rule speaks of a code on a day; a prefix ends where a segment ends."""
        below = code == self.prefix or code.startswith(f"{self.prefix}.")
        return below and self.valid_from <= on <= (self.valid_until or date.max)


FLAG_LABELS = {
    "is_bagi_hasil": N_("bagi hasil"),
    "is_bankeu_khusus": N_("bantuan keuangan khusus"),
    "is_bankeu_umum": N_("bantuan keuangan umum"),
    "is_barjas": N_("barang dan jasa"),
    "is_bl": N_("belanja"),
    "is_bos": N_("BOS"),
    "is_btt": N_("belanja tidak terduga"),
    "is_bunga": N_("bunga"),
    "is_gaji_asn": N_("gaji ASN"),
    "is_hibah_brg": N_("hibah barang"),
    "is_hibah_jasa": N_("hibah jasa"),
    "is_hibah_uang": N_("hibah uang"),
    "is_leaf": N_("dapat dianggarkan"),
    "is_modal_tanah": N_("modal tanah"),
    "is_pdinas": N_("perjalanan dinas"),
    "is_pembiayaan": N_("pembiayaan"),
    "is_pendapatan": N_("pendapatan"),
    "is_sosial_brg": N_("bantuan sosial barang"),
    "is_sosial_uang": N_("bantuan sosial uang"),
    "is_subsidi": N_("subsidi"),
    "is_tna": N_("bukan transaksi anggaran"),
}

LEAF = "is_leaf"  # set_input: budget lines stand on level 6

# flag | prefixes
_PREFIXES = """
is_pendapatan | 4
is_bl | 5
is_pembiayaan | 6
is_tna | 1 2 3 7 8
is_gaji_asn | 5.1.01.01
is_barjas | 5.1.02
is_pdinas | 5.1.02.04
is_bunga | 5.1.03
is_subsidi | 5.1.04
is_hibah_uang | 5.1.05.01.01 5.1.05.02.01 5.1.05.03.01 5.1.05.04.01 5.1.05.06 5.1.05.07
is_hibah_uang | 5.1.05.05.01.0001 5.1.05.05.02.0001 5.1.05.05.03.0001 5.1.05.05.04.0001
is_hibah_brg | 5.1.05.01.02 5.1.05.02.02 5.1.05.03.02 5.1.05.04.02
is_hibah_brg | 5.1.05.05.01.0002 5.1.05.05.02.0002 5.1.05.05.03.0002 5.1.05.05.04.0002
is_hibah_jasa | 5.1.05.01.03 5.1.05.02.03 5.1.05.03.03 5.1.05.04.03
is_hibah_jasa | 5.1.05.05.01.0003 5.1.05.05.02.0003 5.1.05.05.03.0003 5.1.05.05.04.0003
is_bos | 5.1.05.06
is_sosial_uang | 5.1.06.01.01 5.1.06.02.01 5.1.06.03.01 5.1.06.04.01
is_sosial_brg | 5.1.06.01.02 5.1.06.02.02 5.1.06.03.02 5.1.06.04.02
is_modal_tanah | 5.2.01
is_btt | 5.3
is_bagi_hasil | 5.4.01
is_bankeu_umum | 5.4.02.01.01 5.4.02.02.01 5.4.02.03.01 5.4.02.04.01 5.4.02.05.01
is_bankeu_khusus | 5.4.02.01.02 5.4.02.02.02 5.4.02.03.02 5.4.02.04.02 5.4.02.05.02
"""

RULES: Sequence[FlagRule] = tuple(
    FlagRule(flag.strip(), prefix)
    for flag, _, prefixes in (line.partition("|") for line in _PREFIXES.strip().splitlines())
    for prefix in prefixes.split()
)


def flags_of(code: str, on: date, rules: Sequence[FlagRule] = RULES) -> list[str]:
    """Return the flags of an account's code on a day, sorted."""
    found = {rule.flag for rule in rules if rule.holds(code, on)}
    if code.count(".") == 5:
        found.add(LEAF)
    return sorted(found)
