"""What can be done with a sheet as a whole, with every reason why not now; the same rules act."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.budget import queries
from kawal.budget.facts import RevisionState
from kawal.budget.permissions import DRAFT_RKA, SUBMIT_RKA
from kawal.budget.rules import steps as rules
from kawal.budget.views.rka_desk import Desk
from kawal.kernel.refusals import Reason
from kawal.regions import queries as regions


@dataclass(frozen=True, slots=True)
class Step:
    """A button: where it leads, its words, whether it asks why, and the reasons against it."""

    url: str
    words: str
    kind: str = "primary"
    asks: str = ""
    refused: tuple[Reason, ...] = ()


def next_steps(desk: Desk) -> list[Step]:
    """Return the steps that are this reader's to take with the sheet."""
    return [*_submission(desk), *_beginning(desk), *_dropping(desk)]


def _submission(desk: Desk) -> list[Step]:
    if not desk.may(SUBMIT_RKA) or desk.revision.state is not RevisionState.DRAFT:
        return []
    today = regions.today(desk.actor.at)
    reasons = rules.may_submit(desk.revision, desk.actor.person_id or 0)
    reasons += queries.held_reasons([desk.revision.id])
    reasons += queries.findings(desk.revision.id, desk.sheet, today)
    return [Step(_url("submit", desk), _("Ajukan ke TAPD"), refused=tuple(reasons))]


def _beginning(desk: Desk) -> list[Step]:
    if not desk.may(DRAFT_RKA) or desk.revision.state is not RevisionState.SEALED:
        return []
    return [Step(_url("begin", desk), _("Mulai perubahan"), "secondary")]


def _dropping(desk: Desk) -> list[Step]:
    may = desk.may(DRAFT_RKA) or desk.may(SUBMIT_RKA)
    if not may or desk.revision.state is not RevisionState.DRAFT:
        return []
    words, asks = _("Batalkan rancangan"), _("Alasan membatalkan rancangan")
    return [Step(_url("drop", desk), words, "danger", asks)]


def _url(name: str, desk: Desk) -> str:
    return reverse(f"budget:sheet_{name}", args=[desk.sheet.id])
