"""A DPA from its draft to its ratification, which gives the agency's lines their ceilings.

Locks in this order: the year, the DPA, the lines (all under READ COMMITTED), the number last.
"""

from django.db import transaction

from kawal.budget import kinds_versions, queries
from kawal.budget.actions.funds import lock_funds, set_ceiling
from kawal.budget.facts import DpaFacts, DpaState, Paper, VersionFacts
from kawal.budget.models import Dpa, FiscalYear
from kawal.budget.permissions import (
    APPROVE_DPA,
    DRAFT_DPA,
    RATIFY_DPA,
    SIGN_DPA,
    VERIFY_DPA,
)
from kawal.budget.queries.dpa import (
    enacted_differences,
    held,
    is_superseded,
    last_ratified,
    spendable,
    units_of_skpd,
)
from kawal.budget.rules import dpa as rules
from kawal.documents.actions import draw_number
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.regions.facts import Actor, AgencyFacts
from kawal.regions.permissions import may, require
from kawal.trail import actions as trail

ACTS = {
    DpaState.SIGNED: SIGN_DPA,
    DpaState.VERIFIED: VERIFY_DPA,
    DpaState.APPROVED: APPROVE_DPA,
    DpaState.RATIFIED: RATIFY_DPA,
}
SERIES = "budget.dpa"


@transaction.atomic
def make_dpa(version_id: int, agency_id: int, *, actor: Actor) -> int:
    """Draft an agency's DPA of a version, and return its id; when its PA drafts, it is signed too.

    :raises NotThere: when there is no such version.
    :raises Refused: with every reason; by another than the agency's PPTK or PA.
    """
    signs = may(actor, SIGN_DPA, agency_id)
    if not signs:
        require(actor, DRAFT_DPA, agency_id)
    version = queries.version(version_id)
    _hold_year(version.year)
    units = units_of_skpd(agency_id, version.year)
    if reasons := _why_not(version, agency_id, units):
        raise Refused(reasons)
    row = Dpa.objects.create(
        version_id=version_id,
        agency_id=agency_id,
        total=spendable(version_id, units),
        drafted_at=actor.at,
        drafted_by_id=actor.person_id,
    )
    if signs:
        _write(row.pk, DpaState.SIGNED, actor)
    return row.pk


def sign_dpa(dpa_id: int, *, actor: Actor) -> None:
    """Sign a drafted DPA as the agency's PA.

    :raises Refused: with every reason.
    """
    _step(dpa_id, DpaState.SIGNED, actor)


def verify_dpa(dpa_id: int, *, actor: Actor) -> None:
    """Verify a signed DPA as the TAPD.

    :raises Refused: with every reason; to whoever signed it.
    """
    _step(dpa_id, DpaState.VERIFIED, actor)


def approve_dpa(dpa_id: int, *, actor: Actor) -> None:
    """Approve a verified DPA as the Sekda.

    :raises Refused: with every reason; to whoever verified it.
    """
    _step(dpa_id, DpaState.APPROVED, actor)


@transaction.atomic
def ratify_dpa(dpa_id: int, *, actor: Actor) -> str:
    """Ratify an approved DPA as the PPKD, and return its number.

    The agency's lines get the ceilings that the version enacts: what they have is changed by the
    difference, less where it was cut.

    :raises Refused: with every reason; to whoever approved it, or where a line would have less
        than was released, committed or paid already.
    """
    dpa = _take(dpa_id, DpaState.RATIFIED, actor)
    version, agency = queries.version(dpa.version_id), _agency(dpa)
    units = units_of_skpd(dpa.agency_id, dpa.year)
    lock_funds(enacted_differences(dpa.version_id, dpa.year, units))
    if more := enacted_differences(dpa.version_id, dpa.year, units):
        set_ceiling(more, Paper("dpa", str(dpa_id)), actor, key=f"dpa:{dpa_id}")
    serial = _serial(dpa)
    number = rules.number(version.kind, agency.code, serial, dpa.year)
    _write(dpa_id, DpaState.RATIFIED, actor, number=number, serial=serial)
    _publish(dpa, version, agency, number, actor)
    return number


def _why_not(version: VersionFacts, agency_id: int, units: list[int]) -> list[Reason]:
    now = held(version.id, units)
    last = last_ratified(agency_id, version.year)
    agency = queries.standing(version.year).get(agency_id)
    found = rules.making(
        version.kind,
        is_skpd=agency is not None and agency.parent_id is None,
        sheets=len(now),
        is_changed=last is None or now != held(last.version_id, units),
        is_superseded=is_superseded(version.id, version.year, units),
    )
    made = Dpa.objects.filter(version=version.id, agency=agency_id).exists()
    return found + (rules.made_already() if made else [])


@transaction.atomic
def _step(dpa_id: int, state: DpaState, actor: Actor) -> None:
    _take(dpa_id, state, actor)
    _write(dpa_id, state, actor)


def _take(dpa_id: int, state: DpaState, actor: Actor) -> DpaFacts:
    """Lock the year and the DPA, and return it when it may be taken to a state."""
    _hold_year(queries.dpa(dpa_id).year)
    Dpa.objects.select_for_update(no_key=True).get(pk=dpa_id)
    dpa = queries.dpa(dpa_id)
    require(actor, ACTS[state], dpa.agency_id)
    gone = is_superseded(dpa.version_id, dpa.year, units_of_skpd(dpa.agency_id, dpa.year))
    if reasons := rules.step(dpa, state, person=actor.person_id, is_superseded=gone):
        raise Refused(reasons)
    return dpa


def _hold_year(year: int) -> None:
    """Lock the year: no version is made meanwhile."""
    FiscalYear.objects.select_for_update(no_key=True).get(pk=year)


def _write(dpa_id: int, state: DpaState, actor: Actor, **more: object) -> None:
    signed = {f"{state}_at": actor.at, f"{state}_by_id": actor.person_id}
    Dpa.objects.filter(pk=dpa_id).update(state=state.value, **signed, **more)


def _agency(dpa: DpaFacts) -> AgencyFacts:
    found = queries.standing(dpa.year).get(dpa.agency_id)
    if found is None:
        raise NotThere(f"agency {dpa.agency_id}")
    return found


def _serial(dpa: DpaFacts) -> int:
    """Return the agency's serial of the year: drawn for its first DPA, then kept."""
    rows = Dpa.objects.filter(version__year=dpa.year, agency=dpa.agency_id, serial__isnull=False)
    first = rows.order_by("pk").values_list("serial", flat=True).first()
    return first if first is not None else draw_number(SERIES, dpa.year)


def _publish(
    dpa: DpaFacts, version: VersionFacts, agency: AgencyFacts, number: str, actor: Actor
) -> None:
    facts = {
        "dpa": number,
        "year": dpa.year,
        "agency": agency.code,
        "version": version.number,
        "stage": version.stage,
        "total": dpa.total,
        "digest": version.digest,
    }
    trail.append(kinds_versions.RATIFIED.name, facts, at=actor.at)
