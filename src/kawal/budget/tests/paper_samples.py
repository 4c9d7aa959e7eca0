"""Papers to try the forms on: one of each, with hostile names, sen, trillions, differences."""

from datetime import UTC, date, datetime
from decimal import Decimal

from kawal.budget.facts.papers import (
    AnySheet,
    CodedName,
    DetailSheet,
    Form,
    Head,
    Knowledge,
    Leaf,
    Paper,
    PlanSheet,
    RecapRow,
    RecapSheet,
    ReleaseRow,
    ReleaseSheet,
    Signer,
    TreeSheet,
)
from kawal.budget.facts.rka import (
    ComponentDraft,
    ComponentFacts,
    HeaderDraft,
    IndicatorDraft,
    LineFacts,
    Volume,
)
from kawal.budget.facts.sheets import IndicatorKind
from kawal.budget.rules.papers import activity_chain, recap, tree

HOSTILE = 'Kertas "F4" #let x = 1; *tebal* _miring_ $a^2$ <b>html</b> `kode` @rujuk \\ // // [x]'
LONG = "Penyelenggaraan " + "Kegiatan Peningkatan Kapasitas Sumber Daya Manusia " * 9
NAMES = {
    "4": "Pendapatan Daerah",
    "4.1": "Pendapatan Asli Daerah",
    "4.1.01": "Pajak Daerah",
    "5": "Belanja Daerah",
    "5.1": "Belanja Operasi",
    "5.1.02": "Belanja Barang dan Jasa",
    "5.1.02.01": "Belanja Barang",
    "5.1.02.01.01": "Belanja Barang Pakai Habis",
    "5.1.02.01.01.0024": "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor",
    "5.1.02.01.01.0026": "Belanja Alat/Bahan untuk Kegiatan Kantor-Bahan Cetak",
    "5.2": "Belanja Modal",
    "5.2.02": "Belanja Modal Peralatan dan Mesin",
    "6": "Pembiayaan Daerah",
    "6.1": "Penerimaan Pembiayaan",
    "6.1.01": "Sisa Lebih Perhitungan Anggaran Tahun Sebelumnya",
    "1": "Urusan Pemerintahan Wajib yang Berkaitan dengan Pelayanan Dasar",
    "1.01": "Urusan Pemerintahan Bidang Pendidikan",
    "1.01.02": "Program Pengelolaan Pendidikan",
    "1.01.02.2.01": "Pengelolaan Pendidikan Sekolah Dasar",
}
HEAD = Head(
    "Pemerintah Kota Binjai",
    2027,
    number="DPA/A.1/1.01.0.00.0.00.01.0000/001/2027",
    stage="Murni",
    chain=(
        ("Urusan pemerintahan", CodedName("1", NAMES["1"])),
        ("Bidang urusan", CodedName("1.01", NAMES["1.01"])),
        ("Program", CodedName("1.01.02", NAMES["1.01.02"])),
        ("Kegiatan", CodedName("1.01.02.2.01", NAMES["1.01.02.2.01"])),
        ("Sub kegiatan", CodedName("1.01.02.2.01.0001", "Pembangunan Unit Sekolah Baru")),
        ("Organisasi", CodedName("1.01.0.00.0.00.01.0000", "Dinas Pendidikan")),
    ),
)
UNSURE = Knowledge("Permendagri 77/2020", "sumber sekunder", is_compared=False)
SIGNERS = (
    Signer("Sekretaris Daerah", "H. Irwansyah Nasution, S.Sos.", "Menyetujui,"),
    Signer(
        "Pejabat Pengelola Keuangan Daerah",
        "Rosmalina Siregar, S.E., M.Si.",
        "Mengesahkan,",
        "Binjai",
        date(2027, 1, 4),
        datetime(2027, 1, 4, 2, 30, tzinfo=UTC),
    ),
)
TEAM = (Signer("Ketua TAPD", "H. Irwansyah Nasution, S.Sos."), Signer("Anggota", "Rosmalina"))
HEADER = HeaderDraft(
    place_text="SDN 1 Binjai Utara",
    target_group="Siswa sekolah dasar",
    last_year=Decimal("125000000.00"),
    next_year=Decimal("1000000000000.05"),
    labels=("SPM", "Prioritas kota"),
    indicators=(
        IndicatorDraft(IndicatorKind.OUTCOME, "Angka partisipasi murni", Decimal("97.5"), "%"),
        IndicatorDraft(IndicatorKind.OUTPUT, LONG, Decimal(2), "unit"),
    ),
)


def component(place: int, name: str = "Kertas HVS F4 80 gram") -> ComponentFacts:
    """Return a component of Rp 1,234,567,890.05 in the group of its hundred."""
    draft = ComponentDraft(
        name,
        Decimal("205761315.01"),
        (Volume(Decimal("1.5"), "rim"), Volume(Decimal(4), "kali")),
        Decimal(11),
        specification="Putih, 500 lembar",
        group=f"Kelompok {place // 100}",
    )
    return ComponentFacts(place, place, draft, Decimal("1234567890.05"))


def line(account: str, components: tuple[ComponentFacts, ...], fund: str = "1.1.01") -> LineFacts:
    """Return a line of components."""
    amount = sum((one.amount for one in components), Decimal(0))
    return LineFacts(
        1,
        1,
        account,
        NAMES[account],
        1,
        fund,
        "Pendapatan Asli Daerah",
        amount,
        frozenset(),
        6,
        None,
        None,
        components,
    )


def detail(
    components: int = 5, *, compares: bool = False, form: Form = Form.DPA_DETAIL
) -> DetailSheet:
    """Return a sub kegiatan of as many components and more, the first with a hostile name."""
    many = tuple(component(place) for place in range(components))
    lines = (
        line("5.1.02.01.01.0024", (component(0, HOSTILE), *many)),
        line("5.1.02.01.01.0026", (component(1, LONG),)),
    )
    before = {("5.1.02.01.01.0024", "1.1.01"): Decimal("9000000000000.00")}
    return DetailSheet(
        form,
        HEAD,
        UNSURE,
        SIGNERS,
        header=HEADER,
        places="Kecamatan Binjai Utara",
        lines=lines,
        names=NAMES,
        before=before if compares else None,
        months=tuple(map(Decimal, range(1000, 13000, 1000))),
    )


def summary(form: Form, *, compares: bool = False, depth: int = 3) -> TreeSheet:
    """Return a tree of accounts in trillions that does not close by forty sen."""
    leaves = (
        Leaf("4.1.01", Decimal("1013597766613.40"), Decimal("1113597766613.00")),
        Leaf("5.1.02", Decimal("1000000000000.00"), Decimal("1000000000000.00")),
        Leaf("5.2.02", Decimal("13597766613.00"), Decimal(0)),
        Leaf("6.1.01", Decimal("200000000.00"), Decimal("200000000.00")),
    )
    rows = tree(leaves, NAMES, deepest=depth)
    return TreeSheet(form, HEAD, UNSURE, SIGNERS, TEAM, rows=rows, compares=compares)


def recapitulation(form: Form, *, compares: bool = False) -> RecapSheet:
    """Return an agency's sub kegiatan."""
    rows = [
        RecapRow(
            f"1.01.02.2.01.{place:04}",
            "Pembangunan Unit Sekolah Baru",
            5,
            Decimal("12500000.50") * place,
            Decimal("1000000000.00"),
            Decimal(0),
            Decimal(0),
            before=Decimal("1200000000.00"),
            fund="PAD",
            places="Binjai Utara",
        )
        for place in range(1, 5)
    ]
    return RecapSheet(form, HEAD, UNSURE, SIGNERS, rows=recap(rows, NAMES), compares=compares)


def cash_plan(rows: int = 4) -> PlanSheet:
    """Return a plan of some sub kegiatan."""
    months = (*[Decimal("8333333333.33")] * 11, Decimal("8333333333.37"))
    leaves = [
        Leaf(f"1.01.02.2.01.{place:04}", Decimal("100000000000.00"), months=months)
        for place in range(1, rows + 1)
    ]
    names = NAMES | {leaf.code: "Pembangunan Unit Sekolah Baru" for leaf in leaves}
    return PlanSheet(
        Form.CASH_PLAN, HEAD, UNSURE, SIGNERS, rows=tree(leaves, names, chain=activity_chain)
    )


def release() -> ReleaseSheet:
    """Return an SPD of a quarter."""
    amounts = (Decimal("100000000000.00"), Decimal("25000000000.00"), Decimal("25000000000.40"))
    return ReleaseSheet(
        Form.SPD,
        HEAD,
        UNSURE,
        (SIGNERS[1],),
        agency=CodedName("1.01.0.00.0.00.01.0000", "Dinas Pendidikan"),
        treasurer="Nur Aisyah",
        first_month=4,
        last_month=6,
        total=ReleaseRow("", "", 0, *amounts),
        rows=(
            ReleaseRow("1.01.02.2.01.0001", "Pembangunan Unit Sekolah Baru", 1, *amounts),
            ReleaseRow("5.1.02", "Belanja Barang dan Jasa", 2, *amounts),
        ),
        dpa_number=HEAD.number,
    )


def paper(*sheets: AnySheet, is_draft: bool = True) -> Paper:
    """Return sheets as one paper."""
    return Paper("DPA Dinas Pendidikan 2027", HEAD.government, 2027, sheets, is_draft, "Murni")


def every_form() -> dict[Form, AnySheet]:
    """Return a sheet of every form."""
    one_sided = {
        Form.RKA_REVENUE: ("4.1.01", "1000000.25"),
        Form.DPA_REVENUE: ("4.1.01", "1000000.25"),
        Form.RKA_FINANCING: ("6.1.01", "200000000.00"),
        Form.DPA_FINANCING: ("6.1.01", "200000000.00"),
    }
    found: dict[Form, AnySheet] = {
        form: TreeSheet(
            form, HEAD, UNSURE, SIGNERS, rows=tree([Leaf(code, Decimal(amount))], NAMES)
        )
        for form, (code, amount) in one_sided.items()
    }
    for form in (Form.RKA_SUMMARY, Form.DPA_SUMMARY, Form.APBD_SUMMARY, Form.APBD_DETAIL):
        found[form] = summary(form)
    for form in (Form.RKA_SPENDING, Form.DPA_SPENDING):
        found[form] = recapitulation(form)
    for form in (Form.RKA_DETAIL, Form.DPA_DETAIL):
        found[form] = detail(form=form)
    found[Form.SHIFT] = summary(Form.SHIFT, compares=True)
    return found | {Form.CASH_PLAN: cash_plan(), Form.SPD: release()}
