"""Takes an RKA workbook in: all of it, or nothing and every fault with its cell."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from kawal.budget import actions, queries
from kawal.budget.facts import Content, LineDraft
from kawal.budget.imports import rka_book
from kawal.budget.imports.rka_book import Book
from kawal.budget.imports.rka_plan import SheetPlan, plan
from kawal.kernel.importing.sources import Reading
from kawal.kernel.refusals import Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.regions.facts import Actor

_AT = re.compile(r"lines\.(\d+)\.(?:components\.(\d+)\.)?(\w+)$")


@dataclass(slots=True)
class Taken:
    """What became of a workbook: rows read, sheets written; with a fault nothing was written."""

    book: Book
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    dry_run: bool = False

    @property
    def is_refused(self) -> bool:
        """Tell whether there is any fault."""
        return bool(self.book.faults)


def take_in(
    path: Path, year: int, *, actor: Actor, dry_run: bool = False, reading: Reading | None = None
) -> Taken:
    """Read a workbook and write its sheets, each replaced whole; a second run changes nothing.

    :raises FileProblem: when the file cannot be read at all.
    :raises NotThere: when nobody opened the year.
    """
    book = rka_book.read(path, reading)
    taken = Taken(book, read=len(book.raw), dry_run=dry_run)
    plans = plan(book, year, actor)
    if book.faults:
        _sorted(book)
        return taken
    with transaction.atomic():
        for one in plans:
            _write(one, taken, actor)
        if book.faults or dry_run:
            transaction.set_rollback(True)
    _sorted(book)
    return taken


def _sorted(book: Book) -> None:
    places = {column.name: place for place, column in enumerate(rka_book.COLUMNS)}
    book.faults.sort(key=lambda one: (one.line, places.get(one.column, 0)))


def _write(one: SheetPlan, taken: Taken, actor: Actor) -> None:
    try:
        with transaction.atomic():
            revision, is_new = _draft(one, actor)
            now = queries.content(revision)
            if not is_new and _says(now) == one.lines():
                taken.unchanged += 1
                return
            actions.replace_lines(revision, one.lines(), read=now.revision.version, actor=actor)
    except Refused as refusal:
        for reason in refusal.reasons:
            _fault(one, reason, taken.book)
        return
    except StaleDraft:
        text = N_("Lembar ini sedang disimpan orang lain; ulangi impornya.")
        taken.book.fault(one.first.line, "activity", Reason("budget.sheet_busy", text))
        return
    if is_new:
        taken.new += 1
    else:
        taken.changed += 1


def _draft(one: SheetPlan, actor: Actor) -> tuple[int, bool]:
    """Return the id of the sheet's draft, and whether the sheet was opened for it."""
    if one.stored is not None and one.stored.revision_id is not None:
        return one.stored.revision_id, False
    facts = one.facts
    made = actions.open_sheet(facts.year, facts.unit_id, facts.kind, facts.activity_id, actor=actor)
    opened = queries.open_revision(made)
    assert opened is not None  # it was opened just now, in this transaction
    return opened.id, True


def _says(content: Content) -> list[LineDraft]:
    """Return what a draft says, as a workbook would."""
    return [
        LineDraft(line.account_id, line.fund_id, None, tuple(one.draft for one in line.components))
        for line in content.lines
    ]


def _fault(one: SheetPlan, reason: Reason, book: Book) -> None:
    """Keep a reason of the action at the cell that it is about."""
    match = _AT.match(reason.at)
    if match is None:
        book.fault(one.first.line, "activity", reason)
        return
    line, component, name = match.groups()
    row = one.line_of(int(line), int(component) if component else None)
    column = name if name in {column.name for column in rka_book.COLUMNS} else "account"
    book.fault(row, column, replace(reason, at=""))
