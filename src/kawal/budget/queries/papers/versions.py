"""A version of the city's budget on paper: the APBD's summary, and its Penjabaran by agency."""

from datetime import date

from kawal.budget.facts import VERSION_KIND_LABELS, VersionFacts, VersionKind
from kawal.budget.facts.papers import Form, Head, Paper, Signer, TreeSheet
from kawal.budget.queries.papers.held import leaves, of_version
from kawal.budget.queries.papers.names import (
    account_names,
    government,
    holder,
    knowledge,
    mayor,
    organisation,
    place,
)
from kawal.budget.queries.papers.sheets import Forms, Making, whole_set
from kawal.budget.queries.versions import version
from kawal.budget.queries.years import standing
from kawal.budget.rules.papers import tree
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import Role
from kawal.regions.queries import today, units_below

DRAFTS = {VersionKind.RKA, VersionKind.RAPBD}
DETAIL = Forms(*[Form.APBD_DETAIL] * 5)
JENIS = 3


def summary_paper(version_id: int) -> Paper:
    """Return a version by jenis; beside the version before it when that was enacted.

    :raises NotThere: when there is none of that id.
    """
    said = version(version_id)
    before = _before(said)
    on = _day(said)
    rows = leaves(of_version(version_id), of_version(before.id) if before else None, deepest=JENIS)
    sheet = TreeSheet(
        Form.APBD_SUMMARY,
        Head(government(), said.year, said.instrument_number, stage_of(said)),
        knowledge(Form.APBD_SUMMARY, on),
        (_mayor(said, on),),
        rows=tree(rows, account_names(said.year, JENIS), deepest=JENIS),
        compares=before is not None,
    )
    title = f"Ringkasan {VERSION_KIND_LABELS[said.kind]} {said.year}"
    return Paper(title, government(), said.year, (sheet,), is_draft(said), stage_of(said))


def detail_paper(version_id: int, agency_id: int) -> Paper:
    """Return what a version details for one agency with its units, to the component.

    :raises NotThere: when the version holds nothing of it.
    """
    said = version(version_id)
    units = units_below([agency_id], date(said.year, 12, 31)).get(agency_id, frozenset())
    now = of_version(version_id, units | {agency_id})
    if not now:
        raise NotThere(f"agency {agency_id} in version {version_id}")
    before, on = _before(said), _day(said)
    making = Making(
        said.year,
        DETAIL,
        Head(
            government(),
            said.year,
            said.instrument_number,
            stage_of(said),
            organisation(said.year, agency_id),
        ),
        on,
        (_mayor(said, on),),
        before=of_version(before.id, units | {agency_id}) if before else None,
    )
    title = f"Penjabaran APBD {said.year}: {standing(said.year)[agency_id].name}"
    sheets = whole_set(making, now)
    return Paper(title, government(), said.year, sheets, is_draft(said), stage_of(said))


def is_draft(said: VersionFacts) -> bool:
    """Tell whether nothing gives the version its force yet."""
    return said.kind in DRAFTS


def stage_of(said: VersionFacts) -> str:
    """Return which version it is: ``APBD, versi 3``."""
    return f"{VERSION_KIND_LABELS[said.kind]}, versi {said.number}"


def _before(said: VersionFacts) -> VersionFacts | None:
    """Return the version before, where that one was in force: what a change is compared with."""
    before = version(said.parent_id) if said.parent_id else None
    return before if before and before.stage else None


def _day(said: VersionFacts) -> date:
    return said.instrument_date or today(said.made_at)


def _mayor(said: VersionFacts, on: date) -> Signer:
    post, name = mayor(), holder(Role.KEPALA_DAERAH, None, on)
    if said.instrument_date is None:
        return Signer(post, name)
    return Signer(post, name, "Ditetapkan,", place(), said.instrument_date)
