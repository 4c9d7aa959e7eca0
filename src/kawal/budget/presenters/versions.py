"""How versions are said: names, papers, the APBD's summary, the checks before the button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal.budget.facts import (
    INSTRUMENT_LABELS,
    VERSION_KIND_LABELS,
    Instrument,
    Node,
    Totals,
    VersionFacts,
)
from kawal.budget.rules import versions as rules
from kawal.kernel.refusals import Reason
from kawal.ui.formats import rupiah, tanggal

TOP_LEVELS = 3
DEEPER = 2


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version with its words: kind, paper, maker."""

    version: VersionFacts
    kind: str
    paper: str
    maker: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before a version is made, with what speaks against it."""

    label: str
    reasons: tuple[Reason, ...]

    @property
    def is_met(self) -> bool:
        """Tell whether nothing speaks against it."""
        return not self.reasons


def version_line(version: VersionFacts, names: dict[int, str]) -> VersionLine:
    """Return a version as a line of a list."""
    return VersionLine(
        version,
        _(VERSION_KIND_LABELS[version.kind]),
        paper_of(version),
        names.get(version.made_by or 0, "–"),
    )


def paper_of(version: VersionFacts) -> str:
    """Return the paper that gives a version its force, in words."""
    if version.instrument is Instrument.NONE or version.instrument_date is None:
        return _(INSTRUMENT_LABELS[Instrument.NONE])
    words = _("%(kind)s Nomor %(number)s, %(day)s")
    return words % {
        "kind": _(INSTRUMENT_LABELS[version.instrument]),
        "number": version.instrument_number,
        "day": tanggal(version.instrument_date),
    }


def structure(totals: Totals) -> list[tuple[str, str]]:
    """Return the structure of the APBD (PP 12/2019) in its order, to the sen."""
    return [
        (_("Pendapatan"), rupiah(totals.revenue)),
        (_("Belanja"), rupiah(totals.spending)),
        (_("Surplus (defisit)"), rupiah(totals.surplus)),
        (_("Penerimaan pembiayaan"), rupiah(totals.financing_in)),
        (_("Pengeluaran pembiayaan"), rupiah(totals.financing_out)),
        (_("Pembiayaan neto"), rupiah(totals.financing)),
        (_("SILPA tahun berkenaan"), rupiah(totals.left)),
    ]


def checks(plan: rules.Plan) -> list[Check]:
    """Return what is asked before a version is made, each with all that speaks against it."""
    locked = () if plan.kind is rules.KIND.RKA else plan.locked
    return [
        Check(_("Urutan versi"), tuple(rules.order(plan))),
        Check(_("Rancangan yang dimuat"), tuple(rules.sheets(plan))),
        Check(_("Keseimbangan dan dana terikat"), tuple(rules.balance(plan))),
        Check(_("Kunci penyusunan"), tuple(locked)),
    ]


def shown(nodes: Sequence[Node], under: str) -> list[Node]:
    """Return the part of a tree that a page shows: the top, or what lies right below a code."""
    if not under:
        return [node for node in nodes if node.level <= TOP_LEVELS]
    base = next((node.level for node in nodes if node.code == under), 0)
    inside = [node for node in nodes if node.code == under or node.code.startswith(f"{under}.")]
    return [node for node in inside if node.level <= base + DEEPER]
