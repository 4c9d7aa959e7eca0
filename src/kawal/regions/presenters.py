"""Turns facts of this module into the words, tones and rows of its pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.regions.facts import (
    ACTING_LABELS,
    APPOINTMENT_STATE_LABELS,
    ROLES,
    Acting,
    AgencyFacts,
    AppointmentRecord,
    AppointmentState,
    RegionFacts,
    Role,
    ShapeFacts,
    ShapeMap,
)
from kawal.ui import charts

LONGEST_ON_TILE = 12
TONES = {
    AppointmentState.PROPOSED: "warn",
    AppointmentState.MADE: "good",
    AppointmentState.REJECTED: "bad",
    AppointmentState.ENDED: "neutral",
    AppointmentState.REVOKED: "neutral",
}


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """An appointment as a line of a list."""

    id: int
    person: str
    role: str
    where: str
    acting: str
    valid_from: date
    valid_until: date | None
    sk_number: str
    state: str
    tone: str


def role_words(role: Role) -> str:
    """Return a role's name in the reader's language, and its abbreviation where that adds."""
    name, short = _(ROLES[role].label), role.short
    return name if short in name else f"{name} ({short})"


def appointment_line(
    record: AppointmentRecord, names: Mapping[int, str], agencies: Mapping[int, str], today: date
) -> AppointmentLine:
    """Return an appointment in the reader's language; a made one may be ahead or over."""
    draft = record.draft
    state, tone = _(APPOINTMENT_STATE_LABELS[record.state]), TONES[record.state]
    if record.state is AppointmentState.MADE and draft.valid_from > today:
        state, tone = _("Belum mulai"), "info"
    elif record.state is AppointmentState.MADE and draft.valid_until and draft.valid_until < today:
        state, tone = _("Berakhir"), "neutral"
    acting = "" if draft.acting is Acting.DEFINITIVE else _(ACTING_LABELS[draft.acting])
    return AppointmentLine(
        id=record.id,
        person=names.get(draft.person_id, "–"),
        role=role_words(draft.role),
        where=agencies.get(draft.agency_id, "–") if draft.agency_id else _("Seluruh kota"),
        acting=acting,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        sk_number=draft.sk_number,
        state=state,
        tone=tone,
    )


def by_rank(records: Iterable[AppointmentRecord]) -> list[AppointmentRecord]:
    """Return appointments in the order in which the law names their roles."""
    ranks = {role: rank for rank, role in enumerate(Role)}
    return sorted(records, key=lambda record: (ranks[record.draft.role], record.id))


def nested(agencies: Sequence[AgencyFacts]) -> list[tuple[AgencyFacts, int]]:
    """Return each agency with how many units it has, units left out."""
    units: dict[int, int] = {}
    for agency in agencies:
        if agency.parent_id is not None:
            units[agency.parent_id] = units.get(agency.parent_id, 0) + 1
    return [(a, units.get(a.id, 0)) for a in agencies if a.parent_id is None]


def map_areas(
    drawn: ShapeMap, words: Mapping[int, str], tone: str = "neutral"
) -> list[charts.Area]:
    """Return the areas of a map of regions, each a link to its page."""
    named = drawn.schematic  # tiles are all of one size, so each has room for its name
    return [_area(one, words.get(one.region_id, ""), tone, named) for one in drawn.shapes]


def tile_name(name: str) -> str:
    """Return a name that fits on a tile: ``Bandar Senembah`` is ``B. Senembah``."""
    words = name.split()
    if len(name) <= LONGEST_ON_TILE or len(words) < 2:
        return name[:LONGEST_ON_TILE]
    return f"{words[0][0]}. {words[-1]}"[:LONGEST_ON_TILE]


def _area(shape: ShapeFacts, text: str, tone: str, named: bool) -> charts.Area:
    return charts.Area(
        short=tile_name(shape.name) if named else "",
        path=shape.path,
        url=reverse("regions:region", args=[shape.code]),
        name=shape.name,
        text=text or shape.code,
        tone=tone,
        at=(shape.label_x, shape.label_y),
    )


def by_parent(regions: Iterable[RegionFacts]) -> dict[int, list[RegionFacts]]:
    """Return regions in groups by their parent."""
    groups: dict[int, list[RegionFacts]] = {}
    for region in regions:
        groups.setdefault(region.parent_id or 0, []).append(region)
    return groups
