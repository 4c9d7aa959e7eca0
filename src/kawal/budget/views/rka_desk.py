"""What every page of a sheet has: the sheet in the reader's scope, its revision, his rights."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kawal.budget import queries
from kawal.budget.facts import Content, RevisionFacts, RevisionState, SheetFacts
from kawal.budget.permissions import DRAFT_RKA, SEE_RKA, SUBMIT_RKA
from kawal.budget.presenters.rka import sheet_title, state_tag
from kawal.kernel.refusals import NotThere
from kawal.regions import permissions
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """A sheet on an officer's desk."""

    actor: Actor
    sheet: SheetFacts

    @cached_property
    def revision(self) -> RevisionFacts:
        """Return the revision that one reads: the open one, else the one in force, else the last.

        :raises NotThere: when the sheet has none.
        """
        found = queries.open_revision(self.sheet.id) or queries.head_revision(self.sheet.id)
        if found is None:
            found = next(iter(queries.revisions(self.sheet.id)), None)
        if found is None:
            raise NotThere(f"sheet {self.sheet.id} has no revision")
        return found

    @cached_property
    def content(self) -> Content:
        """Return all that the revision says."""
        return queries.content(self.revision.id)

    @cached_property
    def writes(self) -> bool:
        """Tell whether this reader may write here now: it is his unit, and a draft."""
        return self.may(DRAFT_RKA) and self.revision.state is RevisionState.DRAFT

    @cached_property
    def answers(self) -> bool:
        """Tell whether this reader may answer the verifiers' notes."""
        return self.may(DRAFT_RKA) or self.may(SUBMIT_RKA)

    def may(self, act: str) -> bool:
        """Tell whether he may do an act in the sheet's unit."""
        return permissions.may(self.actor, act, self.sheet.unit_id)

    def page(self, request: HttpRequest, name: str, status: int = 200, **more: Any) -> HttpResponse:
        """Return one of the sheet's pages."""
        shared = {
            "desk": self,
            "sheet": self.sheet,
            "revision": self.revision,
            "title": sheet_title(self.sheet),
            "state": state_tag(self.revision.state),
            "tabs": tabs(self.sheet.id),
            "here": request.path,
        }
        return pages.render(request, f"budget/{name}.jinja", shared | more, status)


def tabs(sheet_id: int) -> list[tuple[str, str]]:
    """Return the pages of a sheet: words and the name of the address."""
    return [
        (_("Rincian"), "budget:sheet"),
        (_("Kepala lembar"), "budget:sheet_header"),
        (_("Catatan TAPD"), "budget:sheet_notes"),
        (_("Riwayat"), "budget:sheet_history"),
        (_("Excel"), "budget:sheet_workbook"),
    ]


def on_sheet(view: View) -> View:
    """Return the view with the sheet's desk; a sheet outside the reader's scope is not there."""

    @wraps(view)
    def with_desk(request: HttpRequest, sheet_id: int, *args: Any, **more: Any) -> HttpResponse:
        actor = actor_of(request)
        sheet = queries.sheet(sheet_id)
        if sheet.unit_id not in permissions.scope(actor, SEE_RKA):
            raise NotThere(f"sheet {sheet_id}")
        return view(request, Desk(actor, sheet), *args, **more)

    return for_those_who(SEE_RKA)(with_desk)


def room_of(desk: Desk) -> Decimal | None:
    """Return the most that the sheet may add up to, in rupiah; nothing where no ceiling is set."""
    room = queries.room(desk.sheet, regions.today(desk.actor.at))
    found = [one for one in (room.sheet, room.unit) if one is not None]
    return min(found, default=None)


def whole(text: str | None) -> int | None:
    """Return a number from an address or a field, ``None`` when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 12 else None
