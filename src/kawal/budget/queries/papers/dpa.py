"""The DPA on paper: an agency's whole set, beside the DPA before it when there is one."""

from datetime import date

from kawal.budget.facts import DpaState
from kawal.budget.facts.papers import Head, Paper, Signer
from kawal.budget.models import Dpa
from kawal.budget.queries.papers.held import Held, months, of_version
from kawal.budget.queries.papers.names import government, organisation, place
from kawal.budget.queries.papers.sheets import DPA, Making, whole_set
from kawal.budget.queries.years import standing
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.regions.queries import today, units_below

STAGES = {"M": "Murni", "": "Rancangan"}


def dpa_paper(dpa_id: int, on: date) -> Paper:
    """Return a DPA; a draft until it is ratified. ``on`` dates what is not ratified yet.

    :raises NotThere: when there is none of that id.
    """
    row = Dpa.objects.select_related("version").filter(pk=dpa_id).first()
    if row is None:
        raise NotThere(f"DPA {dpa_id}")
    year = row.version.year_id
    units = units_below([row.agency_id], date(year, 12, 31)).get(row.agency_id, {row.agency_id})
    day = today(row.ratified_at) if row.ratified_at else on
    stage = STAGES.get(row.version.stage, f"Perubahan {row.version.stage}")
    making = Making(
        year,
        DPA,
        Head(government(), year, row.number, stage, organisation(year, row.agency_id)),
        day,
        _signers(row, standing(year)[row.agency_id].name),
        before=_before(row, frozenset(units)),
        months=months(year, units),
    )
    now = of_version(row.version_id, units)
    kind = "DPPA" if making.compares else "DPA"
    title = f"{kind} {standing(year)[row.agency_id].name} {year}"
    is_draft = row.state != DpaState.RATIFIED
    return Paper(title, government(), year, whole_set(making, now), is_draft, row.number or stage)


def _before(row: Dpa, units: frozenset[int]) -> list[Held] | None:
    """Return what the agency's ratified DPA before this one held."""
    earlier = Dpa.objects.filter(
        agency=row.agency_id,
        version__year=row.version.year_id,
        version__number__lt=row.version.number,
        state=DpaState.RATIFIED.value,
    )
    before = earlier.order_by("-version__number").first()
    return of_version(before.version_id, units) if before else None


def _signers(row: Dpa, agency: str) -> tuple[Signer, ...]:
    """Return PA, TAPD, Sekda and PPKD in the order in which they sign."""
    steps = (
        (f"Pengguna Anggaran {agency}", "Menyusun,", row.signed_by_id, row.signed_at),
        ("Tim Anggaran Pemerintah Daerah", "Memverifikasi,", row.verified_by_id, row.verified_at),
        ("Sekretaris Daerah", "Menyetujui,", row.approved_by_id, row.approved_at),
        (
            "Pejabat Pengelola Keuangan Daerah",
            "Mengesahkan,",
            row.ratified_by_id,
            row.ratified_at,
        ),
    )
    names = identity.names(by for _, _, by, _ in steps if by)
    signers = [
        Signer(post, names.get(by or 0, ""), said, acted_at=at) for post, said, by, at in steps
    ]
    if row.ratified_at:
        last = signers.pop()
        day = today(row.ratified_at)
        signers.append(
            Signer(last.post, last.name, last.heading, place(), day, acted_at=last.acted_at)
        )
    return tuple(signers)
