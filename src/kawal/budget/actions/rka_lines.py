"""Writing lines in bulk: rows made, kept or taken away in a few statements, never one a line."""

from collections.abc import Iterable, Sequence

from kawal.budget.facts import ComponentDraft, LineDraft, SheetFacts
from kawal.budget.facts.rka import MOST_VOLUMES
from kawal.budget.models import Component, Line, RevisionLine

BATCH = 2000
Key = tuple[int, int]


def lines_of(sheet: SheetFacts, drafts: Iterable[LineDraft]) -> dict[Key, Line]:
    """Return the sheet's line of each account and fund; those not there yet are made.

    The revision's row is locked, so nobody else makes lines of the sheet meanwhile.
    """
    wanted = {(draft.account_id, draft.fund_id): draft for draft in drafts}
    known = _known(sheet.id)
    made = [
        Line(
            sheet_id=sheet.id,
            account_id=account,
            fund_id=fund,
            previous_id=draft.previous_id,
            rkpd_item=draft.rkpd_item,
        )
        for (account, fund), draft in wanted.items()
        if (account, fund) not in known
    ]
    for line in Line.objects.bulk_create(made, batch_size=BATCH):
        known[line.account_id, line.fund_id] = line
    return {key: known[key] for key in wanted}


def put_line(revision_id: int, line_id: int) -> RevisionLine:
    """Return the line of a revision, made when it was not in it."""
    row, _ = RevisionLine.objects.get_or_create(revision_id=revision_id, line_id=line_id)
    return row


def replace(revision_id: int, lines: dict[Key, Line], drafts: Sequence[LineDraft]) -> None:
    """Let a revision hold just these lines and components, in the order given."""
    Component.objects.filter(revision_line__revision=revision_id).delete()
    rows = RevisionLine.objects.filter(revision=revision_id)
    wanted = {line.pk for line in lines.values()}
    rows.exclude(line__in=wanted).delete()
    kept = {row.line_id: row for row in rows}
    made = [RevisionLine(revision_id=revision_id, line_id=one) for one in wanted - kept.keys()]
    kept |= {row.line_id: row for row in RevisionLine.objects.bulk_create(made, batch_size=BATCH)}
    Component.objects.bulk_create(
        (
            component(draft, kept[lines[one.account_id, one.fund_id].pk].pk, position)
            for one in drafts
            for position, draft in enumerate(one.components, 1)
        ),
        batch_size=BATCH,
    )


def component(draft: ComponentDraft, row_id: int, position: int) -> Component:
    """Return a component's row as drafted, not saved yet."""
    return Component(revision_line_id=row_id, position=position, **columns(draft))


def columns(draft: ComponentDraft) -> dict[str, object]:
    """Return what a draft writes into the columns of a component."""
    found: dict[str, object] = {
        "group": draft.group.strip(),
        "note": draft.note.strip(),
        "name": draft.name.strip(),
        "specification": draft.specification.strip(),
        "price": draft.price,
        "tax": draft.tax,
        "price_item_id": draft.price_item_id,
    }
    for place in range(1, MOST_VOLUMES + 1):
        volume = draft.volumes[place - 1] if place <= len(draft.volumes) else None
        found[f"volume{place}"] = volume.amount if volume else None
        found[f"unit{place}"] = volume.unit.strip() if volume else ""
    return found


def _known(sheet_id: int) -> dict[Key, Line]:
    return {(line.account_id, line.fund_id): line for line in Line.objects.filter(sheet=sheet_id)}
