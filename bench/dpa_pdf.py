"""What a DPA of 1,000 rows costs as PDF: CPU seconds, beside a bare typst table of those rows.

Each is made in a process of its own, which also says how much of its CPU was the drawing alone.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import typst

from kawal.budget.facts.papers import CodedName, DetailSheet, Form, Head, Knowledge, Paper, Signer
from kawal.budget.facts.rka import ComponentDraft, ComponentFacts, LineFacts, Volume

ROWS, A_LINE, ROUNDS = 1000, 8, 5
KINDS = ("form", "bare")
BARE = """
#let rows = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: true, margin: 1.6cm)
#set text(8pt)
#table(columns: (2.9cm, 1fr, 3.6cm, 2.7cm, 1.1cm, 3.1cm),
  table.header([Kode], [Uraian], [Koefisien], [Harga], [Pajak], [Jumlah]),
  ..rows.flatten())
"""


def main() -> int:
    """Make both in turn, each five times, and print medians and the ratio."""
    took: dict[str, list[tuple[float, float, int]]] = {kind: [] for kind in KINDS}
    for _round in range(ROUNDS):
        for kind in KINDS:
            took[kind].append(_child(kind))
    for kind, runs in took.items():
        whole, drawing = (statistics.median(run[place] for run in runs) for place in (0, 1))
        span = f"{min(run[0] for run in runs):.2f} to {max(run[0] for run in runs):.2f}"
        size = runs[0][2] // 1024
        print(f"{kind}: {whole:.2f} s CPU ({span}), drawing alone {drawing:.2f} s, {size} KiB")
    ratio = statistics.median(run[1] for run in took["form"]) / statistics.median(
        run[1] for run in took["bare"]
    )
    print(f"drawing, ratio to the bare table: {ratio:.2f}")
    return 0


def _child(kind: str) -> tuple[float, float, int]:
    """Return a child's CPU seconds (user and system), those of the drawing, and the bytes made."""
    before = _cpu(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bench.dpa_pdf", kind]
    answer = json.loads(subprocess.check_output(command))
    return _cpu(resource.RUSAGE_CHILDREN) - before, answer["drawing"], answer["bytes"]


def _here_and_below() -> float:
    """Return our CPU seconds and those of processes of ours: a long paper is made in one."""
    return _cpu(resource.RUSAGE_SELF) + _cpu(resource.RUSAGE_CHILDREN)


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def child(kind: str) -> int:
    """Draw one of the two, and print what that took."""
    paper = sample()
    before = _here_and_below()
    made = _form(paper) if kind == "form" else _bare(paper)
    print(json.dumps({"drawing": _here_and_below() - before, "bytes": len(made)}))
    return 0


def _form(paper: Paper) -> bytes:
    from kawal.budget.presenters.papers import drawn

    return drawn(paper, ZoneInfo("Asia/Jakarta"))


def _bare(paper: Paper) -> bytes:
    from kawal.budget.presenters.papers import paper_data

    parts = paper_data(paper, ZoneInfo("Asia/Jakarta"))["sheets"][0]["parts"]
    rows = max((part["rows"] for part in parts if part["kind"] == "table"), key=len)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bare.typ"
        source.write_text(BARE)
        data = json.dumps([cells for _, _, cells in rows])
        made = typst.compile(source, ignore_system_fonts=True, sys_inputs={"data": data})
    assert isinstance(made, bytes)
    return made


def sample() -> Paper:
    """Return a DPA of one sub kegiatan: 1,000 components in 125 lines of one rincian objek."""
    lines = tuple(_line(number) for number in range(ROWS // A_LINE))
    names = {
        "5": "Belanja Daerah",
        "5.1": "Belanja Operasi",
        "5.1.02": "Belanja Barang dan Jasa",
        "5.1.02.01": "Belanja Barang",
        "5.1.02.01.01": "Belanja Barang Pakai Habis",
    }
    head = Head(
        "Pemerintah Kota Contoh",
        2027,
        "DPA/A.1/1.01.0.00.0.00.01.0000/001/2027",
        "Murni",
        (("Sub kegiatan", CodedName("1.01.02.2.01.0001", "Pembangunan Unit Sekolah Baru")),),
    )
    sheet = DetailSheet(
        Form.DPA_DETAIL,
        head,
        Knowledge("Permendagri 77/2020", "sumber sekunder", is_compared=False),
        (Signer("Pejabat Pengelola Keuangan Daerah", "Nama Pejabat", "Mengesahkan,"),),
        lines=lines,
        names=names,
        months=(Decimal("1000000000.00"),) * 12,
    )
    return Paper("DPA Dinas Pendidikan 2027", head.government, 2027, (sheet,), False, "Murni")


def _line(number: int) -> LineFacts:
    components = tuple(_component(number * A_LINE + place) for place in range(A_LINE))
    return LineFacts(
        number,
        number,
        f"5.1.02.01.01.{number:04}",
        "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor",
        1,
        "1.1.01",
        "Pendapatan Asli Daerah",
        sum((one.amount for one in components), Decimal(0)),
        components=components,
    )


def _component(number: int) -> ComponentFacts:
    volumes = (Volume(Decimal(3), "Orang"), Volume(Decimal(2), "Hari"), Volume(Decimal(4), "Kali"))
    draft = ComponentDraft(
        f"Kertas HVS F4 nomor {number}", Decimal("65250.50"), volumes, Decimal(11), "80 gram"
    )
    return ComponentFacts(number, number, draft, Decimal("1738273.32"))


if __name__ == "__main__":
    sys.exit(child(sys.argv[1]) if len(sys.argv) > 1 else main())
