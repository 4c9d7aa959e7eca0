"""The parts that forms are made of, as typst reads them: tables, facts, words, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from kawal.budget.facts.papers import Knowledge, Signer
from kawal.budget.presenters.papers.words import day_words, money, share
from kawal.kernel.terbilang import terbilang

Part = dict[str, object]
Row = tuple[str, int, list[str]]
PLAIN, GROUP, TOTAL = "plain", "group", "total"
COMPARED = "Tata letak formulir ini sudah dibandingkan dengan %s."
NOT_COMPARED = (
    "Tata letak formulir ini diketahui dari %s dan belum dibandingkan dengan %s; "
    "istilah dan angkanya dari aplikasi, bentuknya dapat berbeda."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width (``2.4cm`` or ``1fr``), whether it holds figures."""

    head: str
    width: str
    numeric: bool = False


CODE = Column("Kode", "2.9cm")
NAME = Column("Uraian", "1fr")
AMOUNT = Column("Jumlah (Rp)", "3.4cm", numeric=True)
COMPARISON = (
    Column("Sebelum (Rp)", "3.2cm", numeric=True),
    Column("Sesudah (Rp)", "3.2cm", numeric=True),
    Column("Bertambah/(berkurang) (Rp)", "3.2cm", numeric=True),
    Column("%", "1.4cm", numeric=True),
)


def amounts(amount: Decimal, before: Decimal | None, *, compares: bool) -> list[str]:
    """Return the cells of an amount: itself, or before, after, the difference and its percent."""
    if not compares:
        return [money(amount)]
    was = before or Decimal(0)
    return [money(was), money(amount), money(amount - was), share(amount - was, was)]


def table(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    title: str = "",
    names: int = 1,
    size: str = "8",
) -> Part:
    """Return a table; ``names`` is the column that moves right with the depth of a row.

    ``size`` of its letters in points.
    """
    return {
        "kind": "table",
        "title": title,
        "size": size,
        "names": names,
        "columns": [{"head": c.head, "width": c.width, "numeric": c.numeric} for c in columns],
        "rows": [[style, depth, cells] for style, depth, cells in rows],
    }


def facts(rows: Iterable[tuple[str, str]], *, title: str = "", label: str = "4.2") -> Part:
    """Return short facts; ``label`` is the width of the labels in centimetres."""
    return {"kind": "facts", "title": title, "label": label, "rows": [list(row) for row in rows]}


def items(rows: Iterable[tuple[str, str]], *, title: str = "") -> Part:
    """Return numbered items of label and value."""
    numbered = [[f"{place}.", label, value] for place, (label, value) in enumerate(rows, 1)]
    return {"kind": "items", "title": title, "rows": numbered}


def text(paragraphs: Sequence[str], *, title: str = "") -> Part:
    """Return running text."""
    return {"kind": "text", "title": title, "paragraphs": list(paragraphs)}


def in_words(amount: Decimal) -> Part:
    """Return an amount in words, as it must stand beside the figure."""
    return {"kind": "words", "label": "Terbilang", "text": terbilang(amount)}


def signatures(signers: Sequence[Signer], zone: ZoneInfo) -> list[Part]:
    """Return the block of signatures; nobody signs nothing."""
    return [{"kind": "signatures", "blocks": [_block(one, zone) for one in signers]}] * bool(
        signers
    )


def _block(signer: Signer, zone: ZoneInfo) -> dict[str, str]:
    place = f"{signer.place}, " if signer.place else ""
    return {
        "day": f"{place}{day_words(signer.day)}" if signer.day else "",
        "heading": signer.heading,
        "post": signer.post,
        "name": signer.name,
        "sealed": _acted(signer, zone),
    }


def _acted(signer: Signer, zone: ZoneInfo) -> str:
    if signer.acted_at is None:
        return ""
    local = signer.acted_at.astimezone(zone)
    return f"tercatat {day_words(local.date())} pukul {local:%H.%M} {local.tzname()}"


def team(signers: Sequence[Signer]) -> list[Part]:
    """Return the table in which the budget team (TAPD) signs; without a team nothing."""
    columns = (
        Column("No.", "0.9cm"),
        Column("Nama", "1fr"),
        Column("Jabatan", "1fr"),
        Column("Tanda tangan", "4cm"),
    )
    rows = [(PLAIN, 0, [f"{n}", one.name, one.post, ""]) for n, one in enumerate(signers, 1)]
    return [table(columns, rows, title="Tim Anggaran Pemerintah Daerah", size="8.5")] * bool(rows)


def note(knowledge: Knowledge) -> Part:
    """Return how well the form's layout is known."""
    said = (
        COMPARED % knowledge.basis
        if knowledge.is_compared
        else NOT_COMPARED % (knowledge.source, knowledge.basis)
    )
    return {"kind": "note", "lines": [said]}
