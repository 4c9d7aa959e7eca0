"""RKA on paper: one sheet as it stands, or an agency's whole set."""

from datetime import date

from kawal.budget.facts import REVISION_STATE_LABELS, RevisionFacts, RevisionState, SheetKind
from kawal.budget.facts.papers import Head, Paper, Signer
from kawal.budget.queries.papers.held import Held, current
from kawal.budget.queries.papers.names import (
    account_names,
    activity_names,
    budget_user,
    government,
    organisation,
    team,
)
from kawal.budget.queries.papers.sheets import RKA, Making, detail, one_sided, whole_set
from kawal.budget.queries.rka import content
from kawal.budget.queries.sheets import sheet
from kawal.budget.queries.years import standing
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.regions.queries import units_below


def sheet_paper(sheet_id: int, revision_id: int, on: date) -> Paper:
    """Return one RKA sheet as a revision of it says.

    :raises NotThere: when there is no such sheet, or the revision is not one of it.
    """
    own = sheet(sheet_id)
    said = content(revision_id).revision
    if said.sheet_id != sheet_id:
        raise NotThere(f"revision {revision_id} of sheet {sheet_id}")
    held = Held(sheet_id, own.unit_id, own.kind, own.activity_code, own.activity_name, said.id)
    signer = _signer(own.year, own.unit_id, said, on)
    making = _making(own.year, own.unit_id, stage_of(said), on, signer)
    accounts = account_names(own.year)
    one = (
        detail(making, held, accounts, activity_names(own.year))
        if own.kind is SheetKind.SPENDING
        else one_sided(making, [held], own.kind, accounts)
    )
    name = own.activity_name or ("Pendapatan" if own.kind is SheetKind.REVENUE else "Pembiayaan")
    title = f"RKA {own.unit_name}: {name}"
    is_draft = said.state is not RevisionState.SEALED
    return Paper(title, government(), own.year, (one,), is_draft, stage_of(said))


def stage_of(said: RevisionFacts) -> str:
    """Return which writing of a sheet it is: ``Revisi 2, Diajukan``."""
    return f"Revisi {said.number}, {REVISION_STATE_LABELS[said.state]}"


def agency_paper(year: int, agency_id: int, on: date) -> Paper:
    """Return an agency's RKA with its units: all forms, as they stand, always a draft.

    :raises NotThere: when it plans nothing in that year.
    """
    units = units_below([agency_id], date(year, 12, 31)).get(agency_id, frozenset([agency_id]))
    now = current(year, units)
    if not now:
        raise NotThere(f"RKA of agency {agency_id} in {year}")
    making = _making(year, agency_id, "Rancangan", on, budget_user(year, agency_id, on))
    name = standing(year)[agency_id].name
    sheets = whole_set(making, now)
    return Paper(f"RKA {name} {year}", government(), year, sheets, True, "Rancangan")


def _making(year: int, unit_id: int, stage: str, on: date, signer: Signer) -> Making:
    head = Head(government(), year, stage=stage, chain=organisation(year, unit_id))
    return Making(year, RKA, head, on, (signer,), team(on))


def _signer(year: int, unit_id: int, said: RevisionFacts, on: date) -> Signer:
    """Return who handed it in; before that, who is to."""
    due = budget_user(year, unit_id, on)
    if said.submitted_by is None or said.submitted_at is None:
        return due
    name = identity.names([said.submitted_by])[said.submitted_by]
    return Signer(due.post, name, acted_at=said.submitted_at)
