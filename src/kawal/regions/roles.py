"""The roles of a regional government, as the law names them, with what each excludes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kawal.kernel.words import N_


class Role(StrEnum):
    """A post or task that an appointment gives (PP 12/2019; Permendagri 77/2020)."""

    KEPALA_DAERAH = "KEPALA_DAERAH"
    SEKDA = "SEKDA"
    TAPD = "TAPD"
    PPKD = "PPKD"
    BUD = "BUD"
    KUASA_BUD = "KUASA_BUD"
    PA = "PA"
    KPA = "KPA"
    PPTK = "PPTK"
    PPK_SKPD = "PPK_SKPD"
    PPK_UNIT = "PPK_UNIT"
    BENDAHARA_PENERIMAAN = "BENDAHARA_PENERIMAAN"
    BENDAHARA_PENERIMAAN_PEMBANTU = "BENDAHARA_PENERIMAAN_PEMBANTU"
    BENDAHARA_PENGELUARAN = "BENDAHARA_PENGELUARAN"
    BENDAHARA_PENGELUARAN_PEMBANTU = "BENDAHARA_PENGELUARAN_PEMBANTU"
    PPKOM = "PPKOM"
    PEJABAT_PENGADAAN = "PEJABAT_PENGADAAN"
    POKJA_PEMILIHAN = "POKJA_PEMILIHAN"
    PERENCANA = "PERENCANA"
    DPRD = "DPRD"
    APIP = "APIP"
    BPK = "BPK"
    CAMAT = "CAMAT"
    LURAH = "LURAH"
    WALIDATA = "WALIDATA"
    PRODUSEN_DATA = "PRODUSEN_DATA"
    OPERATOR_OPD = "OPERATOR_OPD"
    OPERATOR_PUSAT_KENDALI = "OPERATOR_PUSAT_KENDALI"
    AUDITOR = "AUDITOR"
    PENGELOLA_SISTEM = "PENGELOLA_SISTEM"

    @property
    def label(self) -> str:
        """Return its full Indonesian name, to be translated where it is shown."""
        return ROLES[self].label

    @property
    def short(self) -> str:
        """Return the abbreviation that officers use; statutory, never translated."""
        return ROLES[self].short


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the law and the product say of one role.

    ``of_city``: held for the whole government, so without an agency. ``single``: one holder at a
    time (in the city, or in each agency). ``reads_only``: may be granted reading acts only.
    ``boxed``: the appointment must say until when. ``emergency``: break-glass may lend it.
    """

    label: str
    english: str
    short: str
    of_city: bool = False
    single: bool = False
    reads_only: bool = False
    boxed: bool = False
    emergency: bool = False


ROLES: dict[Role, RoleFacts] = {
    Role.KEPALA_DAERAH: RoleFacts(
        N_("Kepala Daerah"), "Head of region", "KDH", of_city=True, single=True
    ),
    Role.SEKDA: RoleFacts(
        N_("Sekretaris Daerah"), "Regional secretary", "Sekda", of_city=True, single=True
    ),
    Role.TAPD: RoleFacts(
        N_("Anggota Tim Anggaran Pemerintah Daerah"), "Budget team member", "TAPD", of_city=True
    ),
    Role.PPKD: RoleFacts(
        N_("Pejabat Pengelola Keuangan Daerah"),
        "Regional financial manager",
        "PPKD",
        of_city=True,
        single=True,
    ),
    Role.BUD: RoleFacts(
        N_("Bendahara Umum Daerah"), "Treasurer general", "BUD", of_city=True, single=True
    ),
    Role.KUASA_BUD: RoleFacts(
        N_("Kuasa Bendahara Umum Daerah"), "Deputy treasurer general", "Kuasa BUD", of_city=True
    ),
    Role.PA: RoleFacts(N_("Pengguna Anggaran"), "Budget user", "PA", single=True),
    Role.KPA: RoleFacts(N_("Kuasa Pengguna Anggaran"), "Deputy budget user", "KPA", single=True),
    Role.PPTK: RoleFacts(N_("Pejabat Pelaksana Teknis Kegiatan"), "Activity officer", "PPTK"),
    Role.PPK_SKPD: RoleFacts(
        N_("Pejabat Penatausahaan Keuangan SKPD"),
        "Finance administration officer",
        "PPK-SKPD",
        single=True,
    ),
    Role.PPK_UNIT: RoleFacts(
        N_("Pejabat Penatausahaan Keuangan Unit SKPD"),
        "Finance administration officer of a unit",
        "PPK Unit SKPD",
        single=True,
    ),
    Role.BENDAHARA_PENERIMAAN: RoleFacts(
        N_("Bendahara Penerimaan"), "Revenue treasurer", "Bendahara Penerimaan", single=True
    ),
    Role.BENDAHARA_PENERIMAAN_PEMBANTU: RoleFacts(
        N_("Bendahara Penerimaan Pembantu"),
        "Assistant revenue treasurer",
        "Bendahara Penerimaan Pembantu",
    ),
    Role.BENDAHARA_PENGELUARAN: RoleFacts(
        N_("Bendahara Pengeluaran"), "Expenditure treasurer", "Bendahara Pengeluaran", single=True
    ),
    Role.BENDAHARA_PENGELUARAN_PEMBANTU: RoleFacts(
        N_("Bendahara Pengeluaran Pembantu"),
        "Assistant expenditure treasurer",
        "Bendahara Pengeluaran Pembantu",
    ),
    Role.PPKOM: RoleFacts(N_("Pejabat Pembuat Komitmen"), "Commitment officer", "PPKom"),
    Role.PEJABAT_PENGADAAN: RoleFacts(
        N_("Pejabat Pengadaan"), "Procurement officer", "Pejabat Pengadaan"
    ),
    Role.POKJA_PEMILIHAN: RoleFacts(
        N_("Anggota Pokja Pemilihan"), "Tender group member", "Pokja", of_city=True
    ),
    Role.PERENCANA: RoleFacts(
        N_("Perencana Pembangunan Daerah"), "Development planner", "Perencana", of_city=True
    ),
    Role.DPRD: RoleFacts(
        N_("Anggota DPRD"), "Council member", "DPRD", of_city=True, reads_only=True, boxed=True
    ),
    Role.APIP: RoleFacts(
        N_("Aparat Pengawasan Intern Pemerintah"), "Internal auditor", "APIP", of_city=True
    ),
    Role.BPK: RoleFacts(
        N_("Pemeriksa BPK"),
        "Auditor of the supreme audit board",
        "BPK",
        of_city=True,
        reads_only=True,
        boxed=True,
    ),
    Role.CAMAT: RoleFacts(N_("Camat"), "Head of a kecamatan", "Camat", single=True),
    Role.LURAH: RoleFacts(N_("Lurah"), "Head of a kelurahan", "Lurah", single=True),
    Role.WALIDATA: RoleFacts(N_("Walidata"), "Data steward of the city", "Walidata", of_city=True),
    Role.PRODUSEN_DATA: RoleFacts(
        N_("Produsen Data"), "Data producer of an agency", "Produsen Data"
    ),
    Role.OPERATOR_OPD: RoleFacts(
        N_("Operator OPD"), "Agency operator", "Operator OPD", emergency=True
    ),
    Role.OPERATOR_PUSAT_KENDALI: RoleFacts(
        N_("Operator Pusat Kendali"),
        "Command centre operator",
        "Operator Pusat Kendali",
        of_city=True,
        emergency=True,
    ),
    Role.AUDITOR: RoleFacts(
        N_("Auditor (hanya baca)"),
        "Auditor (read-only)",
        "Auditor",
        of_city=True,
        reads_only=True,
        boxed=True,
    ),
    Role.PENGELOLA_SISTEM: RoleFacts(
        N_("Pengelola Sistem"),
        "System administrator",
        "Pengelola Sistem",
        of_city=True,
        emergency=True,
    ),
}

TREASURERS = frozenset(
    {
        Role.BENDAHARA_PENERIMAAN,
        Role.BENDAHARA_PENERIMAAN_PEMBANTU,
        Role.BENDAHARA_PENGELUARAN,
        Role.BENDAHARA_PENGELUARAN_PEMBANTU,
    }
)
VERIFIERS = frozenset({Role.PPK_SKPD, Role.PPK_UNIT})
ORDERERS = frozenset({Role.PA, Role.KPA, Role.BUD, Role.KUASA_BUD, Role.PPKD})
MONEY = TREASURERS | VERIFIERS | ORDERERS | {Role.PPTK, Role.PPKOM}
OUTSIDE = frozenset({Role.BPK, Role.AUDITOR, Role.DPRD})

BREAK_GLASS_MOST = timedelta(hours=8)
BREAK_GLASS_WAITS = timedelta(hours=1)  # a request not granted by then is void
KEEPERS_AT_LEAST = 2

SINGLE_HOLDER = frozenset(role for role, facts in ROLES.items() if facts.single)
OF_CITY = frozenset(role for role, facts in ROLES.items() if facts.of_city)
BOXED = frozenset(role for role, facts in ROLES.items() if facts.boxed)
READS_ONLY = frozenset(role for role, facts in ROLES.items() if facts.reads_only)
EMERGENCY = frozenset(role for role, facts in ROLES.items() if facts.emergency)

BY_BUDGET_USER = frozenset(
    {
        Role.PPTK,
        Role.PPK_SKPD,
        Role.PPK_UNIT,
        Role.PPKOM,
        Role.PEJABAT_PENGADAAN,
        Role.PRODUSEN_DATA,
        Role.OPERATOR_OPD,
    }
)  # the PA appoints these himself (PP 12/2019 Ps 13-14); all others the Kepala Daerah


def excluded_by(role: Role) -> frozenset[Role]:
    """Return the roles that a holder of ``role`` may not hold at the same time, by law or by us.

    Who verifies is no treasurer and no PPTK (PP 12/2019 Ps 14); a treasurer orders, verifies and
    prepares nothing (UU 1/2004 Ps 10(4)); who only reads does not act; who administers the system
    moves no money.
    """
    barred: frozenset[Role] = frozenset()
    if role in VERIFIERS:
        barred |= TREASURERS | {Role.PPTK}
    if role is Role.PPTK:
        barred |= TREASURERS | VERIFIERS
    if role in TREASURERS:
        barred |= ORDERERS | VERIFIERS | {Role.PPTK, Role.PPKOM}
    if role in ORDERERS or role is Role.PPKOM:
        barred |= TREASURERS
    if role in OUTSIDE:
        barred |= frozenset(Role) - OUTSIDE
    else:
        barred |= OUTSIDE
    if role is Role.PENGELOLA_SISTEM:
        barred |= MONEY
    if role in MONEY:
        barred |= {Role.PENGELOLA_SISTEM}
    return barred - {role}
