"""Which accounts a sub kegiatan's work needs: by words of its name, and by its bidang."""

import re
from collections.abc import Sequence

from kawal.demo.budget.size import Size
from kawal.demo.chance import dice

_GOODS, _SERVICES = "5.1.02.01.01.", "5.1.02.02.01."


def _codes(text: str) -> tuple[tuple[str, int], ...]:
    found = []
    for word in text.split():
        code, _, weight = word.partition("*")
        start = {"g": _GOODS, "s": _SERVICES}.get(code[0])
        full = f"{start}{int(code[1:]):04}" if start else f"5.1.02.{code}"
        found.append((full, int(weight or 4)))
    return tuple(found)


# g24: 5.1.02.01.01.0024; s3: 5.1.02.02.01.0003; else what follows 5.1.02. A weight after *.
OFFICE = _codes(
    """
    g24*4 g25*4 g26*5 g27*1 g29*4 g30*2 g31*2 g32*1 g35*2 g36*2 g52*9 g53*2 g4*6 s3*7 s4*7 s26*9
    s27*5 s28*5 s62*1 s64*1 s71*3 s55*2 02.04.0036*3 02.05.0043*6 02.12.0001*4 02.12.0002*5
    02.12.0003*5 04.01.0001*12 04.01.0003*5 04.01.0004*3 s29*5 02.02.0005*1 02.02.0006*1
    02.02.0007*1 02.04.0118*2 02.04.0132*1 g58*2 g54*1 s47*4 s48*1 s66*1 02.08.0002*2
    05.02.0001*2 05.01.0001*2 04.01.0005*3 02.04.0117*1 g12*2
    """
)
NAMED: tuple[tuple[re.Pattern[str], tuple[tuple[str, int], ...]], ...] = tuple(
    (re.compile(words, re.IGNORECASE), _codes(text))
    for words, text in (
        (r"listrik|sumber daya air", "s59*3 s60*4 s61*14 s63*8 s67*1"),
        (
            r"pelayanan umum kantor",
            "s26*9 s28*6 s30*12 s31*12 s33*6 s27*6 02.02.0005*1 02.02.0006*1",
        ),
        (r"kendaraan dinas", "g4*12 g13*5 03.02.0035*5 03.02.0036*12 03.02.0038*5 s67*3"),
        (r"pakaian", "g63*9 g64*6 g75*6 g76*3 g61*2 g73*3"),
        (r"pemeliharaan.*(gedung|bangunan)", "03.03.0001*12 03.02.0121*3 g31*2 g1*5"),
        (r"peralatan dan perlengkapan|komponen instalasi|mebel", "g29*6 g30*5 g31*5 g36*4"),
        (r"jalan|jembatan", "03.04.0004*12 03.04.0014*3 g1*8 02.04.0003*3 s16*6 02.08.0002*3"),
        (r"drainase|saluran|air limbah|irigasi", "03.04.0071*9 g1*6 s16*6"),
        (r"sampah|kebersihan", "s51*9 s30*12 g4*9 s16*9 03.02.0037*4"),
        (r"rumah sakit|blud", "g37*20 g38*16 g56*8 s14*14 g2*6 g10*5 s50*2 s30*6 s31*4"),
        (r"penerangan", "s68*20 s35*2 g31*6"),
        (r"rapat koordinasi", "04.01.0001*30 g52*9 04.01.0003*6"),
    )
)
OF_BIDANG = {
    "1.01": _codes("s13*16 g55*5 s9*3 g34*3 05.01.0003*4 s37*2 03.03.0010*4 g39*4"),
    "1.02": _codes("s14*12 g37*9 g38*7 g2*4 02.02.0003*9 g54*3 g56*3 s50*1"),
    "1.03": _codes("s16*6 02.08.0002*6 g1*5 02.04.0003*3"),
    "1.04": _codes("s16*4 02.08.0002*5 g1*5"),
    "1.05": _codes("s17*9 s18*5 s19*5 g9*2 g64*4 g58*4"),
    "1.06": _codes("s20*5 g43*8 g57*5 g39*8"),
    "2.11": _codes("s30*12 s51*5 g8*3 g4*8 s16*6"),
    "2.15": _codes("s22*9 01.02.0004*4 s68*9"),
    "2.16": _codes("s63*9 s39*5 s55*5"),
    "2.19": _codes("g34*4 s37*3 05.01.0001*4 g76*3"),
    "3.27": _codes("g8*4 g11*3 g39*5"),
    "4.02": _codes("04.01.0001*40 g53*4 s29*8 02.05.0043*6"),
    "7.01": _codes("s16*4 g39*4 g1*5 s4*6 02.12.0002*5 02.04.0118*2"),
}
# The sub kegiatan in which a jenis of capital spending is looked for, the best words first.
CAPITAL = {
    "5.2.02": (r"peralatan dan perlengkapan|pengadaan|sarana|mebel|alat", r"."),
    "5.2.03": (r"(pembangunan|rehabilitasi).*(gedung|ruang|sekolah|puskesmas|fasilitas|sarana)",
               r"pembangunan|rehabilitasi|sarana|pemeliharaan", r"."),
    "5.2.04": (r"(pembangunan|rekonstruksi|pelebaran|rehabilitasi|berkala).*(jalan|jembatan)",
               r"drainase|jaringan|saluran|irigasi|air|sarana|jalan", r"."),
}  # fmt: skip
CAPITAL_ACCOUNTS = {
    "5.2.02": (
        ("5.2.02.10.01.0002", 9), ("5.2.02.10.02.0003", 4), ("5.2.02.05.02.0001", 6),
        ("5.2.02.05.02.0004", 4), ("5.2.02.05.01.0005", 1), ("5.2.02.10.02.0004", 2),
        ("5.2.02.05.02.0006", 2), ("5.2.02.06.01.0001", 2), ("5.2.02.02.01.0004", 5),
    ),
    "5.2.03": (("5.2.03.01.01.0001", 9),),
    "5.2.04": (("5.2.04.01.01.0004", 9),),
}  # fmt: skip
OWN_CAPITAL = {
    ("1.01", "5.2.02"): (("5.2.02.08.03.0003", 6), ("5.2.02.08.03.0002", 5)),
    ("1.02", "5.2.02"): (("5.2.02.07.01.0001", 30),),
    ("1.01", "5.2.03"): (("5.2.03.01.01.0010", 90),),
    ("1.02", "5.2.03"): (("5.2.03.01.01.0006", 90),),
    ("3.30", "5.2.03"): (("5.2.03.01.01.0012", 90),),
    ("2.19", "5.2.03"): (("5.2.03.01.01.0011", 90),),
    ("1.03", "5.2.04"): (("5.2.04.01.02.0004", 2), ("5.2.04.02.02.0004", 2)),
    ("7.01", "5.2.04"): (("5.2.04.02.02.0004", 30),),
}


def accounts_for(activity: str, name: str, unit: str, size: Size) -> list[tuple[str, int]]:
    """Return the accounts that a sub kegiatan's goods and services stand on, with weights."""
    found: dict[str, int] = {}
    fitting = [codes for words, codes in NAMED if words.search(name)]
    for account, weight in (one for codes in fitting for one in codes):
        found[account] = weight * 6
    number = size.lines + dice(size.more_lines, "lines", unit, activity)
    wanted = (*OF_BIDANG.get(activity[:4], ()), *OFFICE)
    for account, weight in shuffled(wanted, unit, activity)[: number - len(found)]:
        found.setdefault(account, weight)
    return [(account, weight) for account, weight in sorted(found.items()) if weight]


def shuffled(some: Sequence[tuple[str, int]], *seed: object) -> list[tuple[str, int]]:
    """Return accounts in an order of chance in which heavy ones tend to come first."""
    return sorted(some, key=lambda one: dice(1000, "order", one[0], *seed) * 4 // (one[1] + 1))
