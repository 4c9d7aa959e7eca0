"""Make a version of the year's budget: seal what was verified, name every sheet, publish it.

Locks in this order: the year's row, then the revisions by id. A second version of the year waits
for the first and then follows it, or is refused.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction

from kawal.budget import kinds_versions, queries
from kawal.budget.actions.making import may_make
from kawal.budget.facts import Instrument, RevisionState, VersionKind
from kawal.budget.models import FiscalYear, Revision, Version
from kawal.budget.queries.plans import plan
from kawal.budget.queries.sealed import Written, named, version_row, written
from kawal.budget.rules import digests
from kawal.budget.rules import versions as rules
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions.facts import Actor
from kawal.trail import actions as trail

SEAL = """
UPDATE budget_revision r SET state = 'sealed', total = x.total, digest = x.digest,
    version = r.version + 1
FROM unnest(%s::bigint[], %s::numeric[], %s::text[]) AS x (id, total, digest) WHERE r.id = x.id
"""
NAME = """
INSERT INTO budget_versionsheet (version_id, sheet_id, revision_id)
SELECT %(new)s, h.sheet_id, h.revision_id FROM budget_versionsheet h
WHERE h.version_id = %(parent)s AND NOT EXISTS (
    SELECT FROM budget_revision r
    WHERE r.id = ANY (%(revisions)s::bigint[]) AND r.sheet_id = h.sheet_id
)
UNION ALL
SELECT %(new)s, r.sheet_id, r.id FROM budget_revision r WHERE r.id = ANY (%(revisions)s::bigint[])
"""


@transaction.atomic
def compile_version(
    year: int,
    kind: VersionKind,
    *,
    title: str,
    instrument: Instrument = Instrument.NONE,
    number: str = "",
    date: datetime.date | None = None,
    revision_ids: Sequence[int] | None = None,
    after: int | None = None,
    actor: Actor,
) -> int:
    """Make the next version of a year's budget for ever, and return its id.

    It holds the newest version's sheets, those of the revisions named (none named: of all verified
    ones) in their places. ``instrument`` with ``number`` and ``date`` is the paper that gives it
    force (PP 12/2019: Perda for the APBD, Perkada for its Penjabaran). ``after`` is the newest
    version that the writer saw.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason, when the rules or the actor's roles forbid it.
    """
    _hold(year, revision_ids)
    _follows(year, after)
    proposed = plan(
        year,
        VersionKind(kind),
        title=title,
        instrument=Instrument(instrument),
        number=number,
        date=date,
        revision_ids=revision_ids,
        actor=actor,
    )
    may_make(proposed, actor)
    if reasons := rules.refusals(proposed):
        raise Refused(reasons)
    return _make(proposed, actor)


def _hold(year: int, revision_ids: Sequence[int] | None) -> None:
    """Lock the year, then the revisions, so that what is judged is what will be sealed."""
    if not FiscalYear.objects.select_for_update(no_key=True).filter(pk=year).first():
        raise NotThere(f"budget year {year}")
    rows = Revision.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    chosen = {"state": RevisionState.VERIFIED} if revision_ids is None else {"pk__in": revision_ids}
    list(rows.filter(sheet__year=year, **chosen).only("pk"))


def _follows(year: int, after: int | None) -> None:
    head = queries.head(year)
    if after is not None and after != (head.id if head else 0):
        raise Refused([rules.moved_on()])


def _make(proposed: rules.Plan, actor: Actor) -> int:
    """Seal, name the sheets, then write the version itself: the database wants this order."""
    parent = queries.head(proposed.year)
    revisions = [one.revision_id for one in proposed.candidates]
    _seal(written(revisions))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('budget_version', 'id'))")
        new = int(cursor.fetchone()[0])
        parent_id = parent.id if parent else None
        cursor.execute(NAME, {"new": new, "parent": parent_id, "revisions": revisions})
    row = Version(
        pk=new,
        year_id=proposed.year,
        number=parent.number + 1 if parent else 1,
        kind=proposed.kind.value,
        parent_id=parent_id,
        stage=rules.stage(proposed.kind, proposed.history),
        instrument=proposed.instrument.value,
        instrument_number=proposed.number.strip(),
        instrument_date=proposed.date,
        title=proposed.title.strip(),
        made_at=actor.at,
        made_by_id=actor.person_id,
    )
    sheets = named(new)
    row.digest = digests.version_digest(
        [version_row(row, parent.digest if parent else None), *sheets]
    )
    row.save(force_insert=True)
    _publish(row, proposed, len(sheets), actor)
    return new


def _seal(revisions: Iterable[Written]) -> None:
    sealed = [(one.revision_id, one.total, digests.revision_digest(one.rows)) for one in revisions]
    if sealed:
        with connection.cursor() as cursor:
            cursor.execute(SEAL, [list(column) for column in zip(*sealed, strict=True)])


def _publish(row: Version, proposed: rules.Plan, sheets: int, actor: Actor) -> None:
    facts: Mapping[str, object] = {
        "year": row.year_id,
        "number": row.number,
        "kind": row.kind,
        "stage": row.stage or None,
        "title": row.title,
        "instrument": row.instrument or None,
        "instrument_number": row.instrument_number or None,
        "instrument_date": row.instrument_date,
        "sheets": sheets,
        "changed": len(proposed.candidates),
        "revenue": proposed.after.revenue,
        "spending": proposed.after.spending,
        "financing_in": proposed.after.financing_in,
        "financing_out": proposed.after.financing_out,
        "digest": row.digest,
    }
    trail.append(kinds_versions.ENACTED.name, facts, at=actor.at)
