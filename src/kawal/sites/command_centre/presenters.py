"""Turns facts into the words of the wall; no person is ever named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.kernel.words import N_
from kawal.monitoring import overviews
from kawal.monitoring.codes import words
from kawal.monitoring.facts import CheckFacts, IncidentFacts, IncidentState, Light, State
from kawal.regions.facts import AgencyFacts
from kawal.sites.command_centre import money_words
from kawal.sites.command_centre.facts import Line, Need, Tile

STATE_WORDS = {
    "down": N_("terganggu"),
    "warn": N_("perlu perhatian"),
    "unknown": N_("tidak diketahui"),
    "up": N_("berjalan"),
}
DEPLOYMENT_WORDS = {
    "demo": N_("DEMO · data simulasi"),
    "rehearsal": N_("GLADI · bukan data resmi"),
    "live": "",
}
INCIDENT_STATES = {
    IncidentState.OPEN: State.DOWN,
    IncidentState.ACKNOWLEDGED: State.WARN,
    IncidentState.RESOLVED: State.UP,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page behind the wall: an application, or a check with its last answer."""

    name: str
    state: State
    why: str
    since: datetime | None
    href: str = ""
    as_of: datetime | None = None
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step in an incident's life."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident with its steps."""

    title: str
    state: State
    status: str
    opened_at: datetime
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """What lies behind an agency's light."""

    name: str
    light: Light
    applications: Sequence[Row]
    incidents: Sequence[Incident]


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """What lies behind an application's light: the cause."""

    name: str
    agency: str
    agency_href: str
    serves: str
    light: Light
    checks: Sequence[Row]
    incidents: Sequence[Incident]


def state_words() -> dict[str, str]:
    """Return the word of each state as it stands behind a count, in the reader's language."""
    return {state: _(word) for state, word in STATE_WORDS.items()}


def vocabulary() -> dict[str, object]:
    """Return what the wall's parts ask for beside the wall itself."""
    return {
        "words": state_words(),
        "bar_words": money_words.bar_words,
        "short_rupiah": money_words.short_rupiah,
    }


def deployment_word(kind: str) -> str:
    """Return what the banner of a deployment says; empty for a live one."""
    word = DEPLOYMENT_WORDS[kind]
    return _(word) if word else ""


def agency_href(agency_id: int) -> str:
    """Return the address of what lies behind an agency's light."""
    return reverse("wall_agency", args=[agency_id])


def application_href(application_id: int) -> str:
    """Return the address of what lies behind an application's light."""
    return reverse("wall_application", args=[application_id])


def said(text: str, values: Mapping[str, object]) -> str:
    """Return a msgid in the reader's language with its places filled."""
    return _(text) % values if text else ""


def tile(agency: AgencyFacts, light: Light) -> Tile:
    """Return an agency's tile."""
    total = sum(light.counts.values())
    fine = light.counts.get(State.UP, 0) + light.counts.get(State.PAUSED, 0)
    return Tile(
        agency_id=agency.id,
        short=agency.short or agency.name,
        name=agency.name,
        state=light.state,
        why=said(light.why, light.values),
        since=light.since,
        as_of=light.as_of,
        stale_at=light.stale_at,
        total=total,
        bad=total - fine,
    )


def need(one: overviews.Need, agencies: Mapping[int, AgencyFacts]) -> Need:
    """Return a line of what waits for a decision."""
    agency = agencies.get(one.agency_id) if one.agency_id else None
    return Need(
        href=one.link or application_href(one.application_id or 0),
        state=one.state,
        what=said(one.what.text, one.what.values),
        whose=agency.short or agency.name if agency else "–",
        since=one.since,
        next=said(one.next.text, one.next.values),
    )


def line(one: overviews.Happening) -> Line:
    """Return a line of the live feed."""
    return Line(
        at=one.at,
        state=one.state,
        what=one.application,
        text=said(one.what.text, one.what.values),
        href=application_href(one.application_id),
    )


def row(light: Light) -> Row:
    """Return an application's line on its agency's page."""
    why = said(light.why, light.values)
    return Row(light.name, light.state, why, light.since, application_href(light.id))


def check_row(check: CheckFacts) -> Row:
    """Return a check's line on its application's page."""
    why = _(words(check.code)) % {"status": check.code}
    state = check.state if check.enabled else State.PAUSED
    return Row(check.name, state, why, check.since, as_of=check.last_at, ms=check.last_ms)


def incidents(
    found: Sequence[tuple[IncidentFacts, Sequence[overviews.EventFacts]]],
) -> list[Incident]:
    """Return incidents with their steps; what somebody typed stays inside the office."""
    return [
        Incident(
            title=f"{one.application}: {one.title}",
            state=INCIDENT_STATES[one.state],
            status=_(one.state.label),
            opened_at=one.opened_at,
            steps=[Step(event.at, step_text(event)) for event in events],
        )
        for one, events in found
    ]


def step_text(event: overviews.EventFacts) -> str:
    """Return what happened, with the check and its reason where a check said so."""
    parts = [_(event.kind.label)]
    if event.check:
        parts.append(event.check)
    if event.code is not None:
        parts.append(_(words(event.code)) % {"status": event.code})
    return ": ".join(parts)
