"""A paper whole: the titles of its forms, their parts, who signs; and its bytes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kawal.budget.facts.papers import (
    AnySheet,
    DetailSheet,
    Form,
    Paper,
    PlanSheet,
    RecapSheet,
    ReleaseSheet,
    TreeSheet,
)
from kawal.budget.presenters.papers.detail import detail_parts
from kawal.budget.presenters.papers.months import plan_parts
from kawal.budget.presenters.papers.parts import Part, note, signatures, team
from kawal.budget.presenters.papers.release import enclosure_parts, release_parts
from kawal.budget.presenters.papers.trees import recap_parts, tree_parts
from kawal.documents import pdf

TEMPLATE = "budget/paper"
DRAFT, COPY = "RANCANGAN", "SALINAN KERJA"
SKPD = "Satuan Kerja Perangkat Daerah"
RKA, DPA = "Rencana Kerja dan Anggaran", "Dokumen Pelaksanaan Anggaran"
TITLES: Mapping[Form, tuple[str, str, str]] = {  # title, second line, name of the form
    Form.RKA_SUMMARY: (RKA, SKPD, "RKA-SKPD"),
    Form.RKA_REVENUE: (RKA, SKPD, "RKA-PENDAPATAN SKPD"),
    Form.RKA_SPENDING: (RKA, SKPD, "RKA-BELANJA SKPD"),
    Form.RKA_DETAIL: (RKA, SKPD, "RKA-RINCIAN BELANJA SKPD"),
    Form.RKA_FINANCING: (RKA, SKPD, "RKA-PEMBIAYAAN SKPD"),
    Form.DPA_SUMMARY: (DPA, SKPD, "DPA-SKPD"),
    Form.DPA_REVENUE: (DPA, SKPD, "DPA-PENDAPATAN SKPD"),
    Form.DPA_SPENDING: (DPA, SKPD, "DPA-BELANJA SKPD"),
    Form.DPA_DETAIL: (DPA, SKPD, "DPA-RINCIAN BELANJA SKPD"),
    Form.DPA_FINANCING: (DPA, SKPD, "DPA-PEMBIAYAAN SKPD"),
    Form.CASH_PLAN: ("Rencana Anggaran Kas", SKPD, "RAK SKPD"),
    Form.SPD: ("Surat Penyediaan Dana", "", "SPD"),
    Form.APBD_SUMMARY: (
        "Ringkasan Anggaran Pendapatan dan Belanja Daerah",
        "menurut kelompok dan jenis",
        "RINGKASAN APBD",
    ),
    Form.APBD_DETAIL: (
        "Penjabaran Anggaran Pendapatan dan Belanja Daerah",
        "",
        "PENJABARAN APBD",
    ),
    Form.SHIFT: ("Pergeseran Anggaran", SKPD, "PERGESERAN"),
}
CHANGED = {RKA: f"{RKA} Perubahan", DPA: "Dokumen Pelaksanaan Perubahan Anggaran"}
WIDE = DetailSheet | RecapSheet | PlanSheet


def paper_data(paper: Paper, zone: ZoneInfo, *, is_issued: bool = False) -> dict[str, Any]:
    """Return a paper as the template reads it; instants are written in the zone.

    Only one that is issued goes without a watermark: its code stands for it.
    """
    return {
        "title": paper.title,
        "government": paper.government,
        "year": str(paper.year),
        "watermark": "" if is_issued else DRAFT if paper.is_draft else COPY,
        "footer": " · ".join(filter(None, (paper.title, paper.as_of))),
        "sheets": [one for sheet in paper.sheets for one in _forms(sheet, zone)],
    }


def drawn(paper: Paper, zone: ZoneInfo, at: datetime | None = None) -> bytes:
    """Return a paper as PDF without a code; the same facts give the same bytes."""
    return pdf.render(TEMPLATE, paper_data(paper, zone), at=at)


def _forms(sheet: AnySheet, zone: ZoneInfo) -> Iterable[dict[str, Any]]:
    signed = [*team(sheet.team), *signatures(sheet.signers, zone), note(sheet.knowledge)]
    yield _form(sheet, [*_parts(sheet), *signed])
    if isinstance(sheet, ReleaseSheet) and sheet.rows:
        yield _form(sheet, [*enclosure_parts(sheet), *signed], enclosure=True)


def _parts(sheet: AnySheet) -> list[Part]:
    match sheet:
        case DetailSheet():
            return detail_parts(sheet)
        case TreeSheet():
            return tree_parts(sheet)
        case RecapSheet():
            return recap_parts(sheet)
        case PlanSheet():
            return plan_parts(sheet)
        case ReleaseSheet():
            return release_parts(sheet)


def _form(sheet: AnySheet, parts: list[Part], *, enclosure: bool = False) -> dict[str, Any]:
    title, subtitle, name = TITLES[sheet.form]
    if _compares(sheet):
        title = CHANGED.get(title, title)
        name = name.replace("DPA-", "DPPA-").replace("RKA-", "RKPA-")
    chain = [[label, coded.code, coded.name] for label, coded in sheet.head.chain]
    return {
        "title": title,
        "subtitle": "Lampiran" if enclosure else subtitle,
        "form": f"LAMPIRAN {name}" if enclosure else name,
        "number": sheet.head.number,
        "stage": sheet.head.stage,
        "paper": "a3" if isinstance(sheet, PlanSheet) else "a4",
        "flipped": isinstance(sheet, WIDE) or _compares(sheet),
        "parts": [{"kind": "chain", "rows": chain}, *parts],
    }


def _compares(sheet: AnySheet) -> bool:
    match sheet:
        case DetailSheet():
            return sheet.before is not None
        case TreeSheet() | RecapSheet():
            return sheet.compares
        case _:
            return False
