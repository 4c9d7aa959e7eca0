"""What waits for an officer in a year's plan, by what he may do."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawal.budget.facts import RevisionState, SheetRow
from kawal.budget.permissions import DRAFT_RKA, SET_CEILINGS, SUBMIT_RKA, VERIFY_RKA
from kawal.regions.facts import Actor
from kawal.regions.permissions import scope

Task = dict[str, str]


def waiting(year: int, rows: Sequence[SheetRow], actor: Actor) -> list[Task]:
    """Return the tasks that wait for this person in a year, as the list of tasks shows them."""
    mine = {act: _of(rows, actor, act) for act in (DRAFT_RKA, SUBMIT_RKA, VERIFY_RKA)}
    rka, states = reverse("budget:rka", args=[year]), RevisionState
    noted = sum(row.open_notes > 0 and row.state is states.DRAFT for row in mine[DRAFT_RKA])
    drafts = sum(row.state is states.DRAFT for row in mine[SUBMIT_RKA])
    handed_in = sum(row.state is states.SUBMITTED for row in mine[VERIFY_RKA])
    bare = sum(row.ceiling is None and bool(row.activity_id) for row in rows)
    bare = bare if scope(actor, SET_CEILINGS) else 0
    found = [
        (noted, _("Jawab catatan TAPD"), f"{rka}?state=draft"),
        (drafts, _("Periksa dan ajukan rancangan"), f"{rka}?state=draft"),
        (handed_in, _("Verifikasi RKA"), reverse("budget:verification", args=[year])),
        (bare, _("Tetapkan pagu"), reverse("budget:ceilings_set", args=[year])),
    ]
    return [
        {"label": label, "word": _sheets(number), "tone": "warn", "url": url}
        for number, label, url in found
        if number
    ]


def states(rows: Sequence[SheetRow]) -> Counter[RevisionState | None]:
    """Return how many sheets stand in each state."""
    return Counter(row.state for row in rows)


def _of(rows: Sequence[SheetRow], actor: Actor, act: str) -> list[SheetRow]:
    reach = scope(actor, act)
    return [row for row in rows if row.unit_id in reach]


def _sheets(number: int) -> str:
    return ngettext("%(num)s lembar", "%(num)s lembar", number) % {"num": number}
