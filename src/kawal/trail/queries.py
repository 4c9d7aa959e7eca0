"""Reads of the trail: heads, entries by cursor, proofs."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kawal.kernel.refusals import NotThere
from kawal.trail import merkle, models, rules, tiles
from kawal.trail.facts import Deployment, Entry, Head, LogFacts, Proof

_ENTRY = ("number", "log__origin", "position", "leaf_id", "kind", "hash", "leaf__canonical")


def log_facts(row: models.Log) -> LogFacts:
    """Return a log's row as facts."""
    return LogFacts(
        id=row.pk,
        origin=row.origin,
        kind=Deployment(row.kind),
        started_at=row.started_at,
        previous_origin=row.previous.origin if row.previous else "",
        previous_size=row.previous_size,
        previous_root=bytes(row.previous_root),
    )


def logs() -> list[LogFacts]:
    """Return every log, oldest first; the last one is open, the others are sealed."""
    return [log_facts(row) for row in models.Log.objects.select_related("previous").order_by("pk")]


def open_log() -> LogFacts | None:
    """Return the log that grows now; ``None`` before the first was started."""
    row = models.Log.objects.select_related("previous").order_by("-pk").first()
    return log_facts(row) if row else None


def head(origin: str = "") -> Head | None:
    """Return the newest head of a log (the open one unless named); ``None`` when there is none."""
    rows = models.Head.objects.select_related("log").order_by("-log_id", "-size")
    row = (rows.filter(log__origin=origin) if origin else rows).first()
    return Head(row.log.origin, row.size, bytes(row.root), row.at) if row else None


def entries(after: int = 0, limit: int = 100, kinds: tuple[str, ...] = ()) -> list[Entry]:
    """Return the entries that follow the cursor ``after``, in order; the last one's ``number`` is
    the next cursor. What was placed is never changed and never overtaken, so nothing is missed.
    """
    rows = models.Entry.objects.filter(number__gt=after).order_by("number")
    return _read(rows.filter(kind__in=kinds) if kinds else rows, limit)


def newest(before: int | None = None, limit: int = 50, kind: str = "") -> list[Entry]:
    """Return the newest entries, newest first, older than the number ``before`` when given."""
    rows = models.Entry.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return _read(rows.filter(kind=kind) if kind else rows, limit)


def entry(number: int) -> Entry:
    """Return one entry.

    :raises NotThere: when there is none of that number.
    """
    found = _read(models.Entry.objects.filter(number=number), 1)
    if not found:
        raise NotThere(f"entry {number}")
    return found[0]


def entry_of(leaf_id: UUID) -> Entry | None:
    """Return the place of an appended event; ``None`` while it waits for one."""
    found = _read(models.Entry.objects.filter(leaf_id=leaf_id), 1)
    return found[0] if found else None


def inclusion(number: int) -> Proof:
    """Return the proof that an entry is in its log, against the log's newest head.

    :raises NotThere: when there is no such entry.
    """
    found = entry(number)
    newest_head = head(found.origin)
    assert newest_head is not None  # an entry and its head are written together
    log_id = models.Log.objects.values_list("pk", flat=True).get(origin=found.origin)
    path = merkle.inclusion_path(found.position, newest_head.size, tiles.nodes(log_id))
    return Proof(found, newest_head, tuple(path))


def consistency(origin: str, old: int, size: int) -> list[bytes]:
    """Return the proof that the log of ``size`` leaves extends the one of ``old`` leaves.

    :raises NotThere: when the log never had those sizes.
    """
    newest_head = head(origin)
    if newest_head is None or not 0 < old <= size <= newest_head.size:
        raise NotThere(f"{origin} has no sizes {old} and {size}")
    log_id = models.Log.objects.values_list("pk", flat=True).get(origin=origin)
    return merkle.consistency_path(old, size, tiles.nodes(log_id))


def opens(leaf_id: UUID, private: Mapping[str, object]) -> bool:
    """Tell whether this is the private content that the leaf committed to; no once it is erased."""
    salt = models.Salt.objects.filter(leaf=leaf_id).values_list("salt", flat=True).first()
    leaf = models.Leaf.objects.filter(pk=leaf_id).values_list("canonical", flat=True).first()
    if salt is None or leaf is None:
        return False
    bound = rules.commitment(bytes(salt), private).hex()
    return bool(json.loads(bytes(leaf)).get("private") == bound)


def placed() -> list[tuple[dict[str, str], float]]:
    """Return how many entries were ever placed, as a figure for operators."""
    last = models.Entry.objects.order_by("-number").values_list("number", flat=True).first()
    return [({}, float(last or 0))]


_WAITING = """
WITH last AS (
    SELECT l.xid, l."order" FROM trail_entry e JOIN trail_leaf l ON l.id = e.leaf_id
    ORDER BY e.number DESC LIMIT 1
)
SELECT count(*) FROM trail_leaf l
WHERE (l.xid, l."order") > (
    coalesce((SELECT xid FROM last), '0'::xid8), coalesce((SELECT "order" FROM last), 0)
) AND NOT EXISTS (SELECT FROM trail_entry e WHERE e.leaf_id = l.id)
"""


def waiting() -> list[tuple[dict[str, str], float]]:
    """Return how many appended events have no place yet; it grows while no sequencer works."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return [({}, float(cursor.fetchone()[0]))]


def from_canonical(
    canonical: bytes, *, number: int, origin: str, position: int, hash: bytes
) -> Entry:
    """Return an entry read from its leaf's bytes."""
    said = json.loads(canonical)
    return Entry(
        number=number,
        origin=origin,
        position=position,
        id=UUID(said["id"]),
        kind=said["kind"],
        version=said["v"],
        at=datetime.fromisoformat(said["at"]),
        facts=said["facts"],
        commitment=said.get("private", ""),
        canonical=canonical,
        hash=hash,
    )


def _read(rows: "QuerySet[models.Entry]", limit: int) -> list[Entry]:
    return [
        from_canonical(
            bytes(row[6]), number=row[0], origin=row[1], position=row[2], hash=bytes(row[5])
        )
        for row in rows.values_list(*_ENTRY)[:limit]
    ]
