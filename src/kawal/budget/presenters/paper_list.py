"""Rows of the page of papers: what each is, where it is downloaded, by which code it is checked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.budget.facts import (
    DPA_STATE_LABELS,
    SPD_STATE_LABELS,
    VERSION_KIND_LABELS,
    DpaFacts,
    SpdFacts,
    VersionFacts,
)
from kawal.budget.facts.papers import Subject
from kawal.regions.facts import AgencyFacts

Codes = Mapping[tuple[Subject, int], str]
Units = Mapping[int, AgencyFacts]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A row: what it is, whose, its number, how far, where to get it, its code when issued."""

    name: str
    url: str
    number: str = ""
    whose: str = ""
    state: str = ""
    code: str = ""


def version_lines(versions: Sequence[VersionFacts], codes: Codes) -> list[PaperLine]:
    """Return the summaries of versions."""
    return [
        PaperLine(
            one.title,
            reverse("budget:version_pdf", args=[one.id]),
            one.instrument_number,
            state=_(VERSION_KIND_LABELS[one.kind]),
            code=codes.get((Subject.SUMMARY, one.id), ""),
        )
        for one in versions
    ]


def agency_lines(
    year: int, planning: Collection[int], units: Units, reach: Collection[int] | None
) -> list[PaperLine]:
    """Return the agencies whose RKA one may download, by code."""
    seen = [units[one] for one in planning if one in units and (reach is None or one in reach)]
    return [
        PaperLine(one.name, reverse("budget:agency_pdf", args=[year, one.id]), one.code)
        for one in sorted(seen, key=lambda one: one.code)
    ]


def detail_lines(
    found: tuple[int, Mapping[int, str]] | None, units: Units, reach: Collection[int] | None
) -> list[PaperLine]:
    """Return the Penjabaran of agencies, by code."""
    if found is None:
        return []
    version_id, codes = found
    seen = [units[one] for one in codes if one in units and (reach is None or one in reach)]
    return [
        PaperLine(
            one.name,
            reverse("budget:detail_pdf", args=[version_id, one.id]),
            one.code,
            code=codes[one.id],
        )
        for one in sorted(seen, key=lambda one: one.code)
    ]


def dpa_lines(dpas: Sequence[DpaFacts], units: Units, codes: Codes) -> list[PaperLine]:
    """Return the DPA."""
    return [
        PaperLine(
            _("DPA versi %(number)s") % {"number": one.version_number},
            reverse("budget:dpa_pdf", args=[one.id]),
            one.number,
            units[one.agency_id].name if one.agency_id in units else "",
            _(DPA_STATE_LABELS[one.state]),
            codes.get((Subject.DPA, one.id), ""),
        )
        for one in dpas
    ]


def spd_lines(spds: Sequence[SpdFacts], units: Units, codes: Codes) -> list[PaperLine]:
    """Return the SPD."""
    return [
        PaperLine(
            one.number or _("Rancangan SPD"),
            reverse("budget:spd_pdf", args=[one.id]),
            one.number,
            units[one.agency_id].name if one.agency_id in units else "",
            _(SPD_STATE_LABELS[one.state]),
            codes.get((Subject.SPD, one.id), ""),
        )
        for one in spds
    ]
