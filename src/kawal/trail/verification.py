"""Recomputes the whole trail from its rows and names every fault, with the document it touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from kawal.kernel.words import N_
from kawal.trail import merkle, own_kinds, registry, rules, tiles
from kawal.trail.facts import Fault, Head, Verdict
from kawal.trail.fields import Record
from kawal.trail.models import Head as HeadRow
from kawal.trail.models import Log, Node

MOST_FAULTS = 1_000
NAMED_IN_A_RANGE = 20
TABLES = ("trail_log", "trail_leaf", "trail_entry", "trail_node", "trail_head", "trail_era")

TEXTS = {
    "gap": N_("Entri hilang dari urutan jejak."),
    "position": N_("Posisi entri dalam jejak tidak berurutan."),
    "order": N_("Urutan entri tidak sesuai dengan urutan transaksinya."),
    "leaf_missing": N_("Isi entri telah dihapus."),
    "leaf_changed": N_("Isi entri telah diubah: sidik isinya tidak sama lagi."),
    "identity": N_("Isi entri menyebut identitas lain."),
    "kind": N_("Jenis entri tidak sama dengan isinya."),
    "canonical": N_("Isi entri tidak dalam bentuk baku."),
    "schema": N_("Isi entri tidak sesuai skema jenisnya."),
    "node": N_("Simpul pohon tidak sama dengan hasil hitung ulang."),
    "root": N_("Kepala jejak tidak sama dengan hasil hitung ulang."),
    "head": N_("Kepala jejak tidak lengkap."),
    "log": N_("Catatan tentang jejak itu sendiri telah diubah."),
    "unplaced": N_("Peristiwa disisipkan di belakang urutan yang sudah diterbitkan."),
    "known": N_("Jejak tidak memuat kepala yang pernah dilihat."),
    "guard": N_("Pengaman tabel jejak tidak terpasang atau dimatikan."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry and its leaf as they stand in the tables."""

    number: int
    log_id: int
    position: int
    leaf_id: UUID
    kind: str
    hash: bytes
    era: int
    canonical: bytes | None
    xid: int
    order: int


@dataclass(slots=True)
class _Open:
    """What is known of the log being read."""

    log: Log
    heads: dict[int, bytes]
    nodes: dict[tuple[int, int], bytes]
    frontier: merkle.Frontier = field(default_factory=merkle.Frontier)
    roots: dict[int, bytes] = field(default_factory=dict)
    since_good: list[str] = field(default_factory=list)
    is_broken: bool = False
    last_kind: str = ""


class Verification:
    """One run: reads in order, once, in bounded memory."""

    def __init__(self, known: Iterable[Head] = ()) -> None:
        self.faults: list[Fault] = []
        self.entries = 0
        self._known: dict[str, list[Head]] = {}
        for head in known:
            self._known.setdefault(head.origin, []).append(head)
        self._previous: Row | None = None
        self._done: list[Head] = []

    def run(self) -> Verdict:
        """Read everything in one snapshot and return what was found."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._guards()
            logs = {log.pk: log for log in Log.objects.order_by("pk")}
            self._logs(logs)
            waiting = self._unplaced()
        for origin, heads in self._known.items():
            for head in heads:
                self._fault("known", document=f"{origin} ({head.size})")
        return Verdict(self.entries, tuple(self._done), waiting, tuple(self.faults))

    def _fault(
        self, code: str, *, number: int | None = None, document: str = "", detail: str = ""
    ) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(code, TEXTS[code], number, document, detail))

    def _logs(self, logs: dict[int, Log]) -> None:
        opened: _Open | None = None
        for row in _rows():
            self.entries += 1
            if opened is None or row.log_id != opened.log.pk:
                if opened is not None:
                    self._close(opened, sealed=True)
                opened = self._open(logs.pop(row.log_id), row)
            self._entry(opened, row)
            self._previous = row
        if opened is not None:
            self._close(opened, sealed=False)
        for log in logs.values():
            self._fault("log", document=log.origin, detail="no entries")

    def _open(self, log: Log, row: Row) -> _Open:
        heads = HeadRow.objects.filter(log=log).values_list("size", "root")
        nodes = Node.objects.filter(log=log).values_list("tier", "index", "hash")
        self._genesis(log, row)
        return _Open(
            log,
            {size: bytes(root) for size, root in heads},
            {(tier, index): bytes(hash) for tier, index, hash in nodes},
        )

    def _genesis(self, log: Log, row: Row) -> None:
        """The first leaf says what the log's row says, and how the log before it ended."""
        last = self._done[-1] if self._done else None
        expected: dict[str, object] = {"origin": log.origin, "deployment": log.kind}
        if last is not None:
            expected |= {"previous_origin": last.origin, "previous_size": last.size}
            expected["previous_root"] = last.root.hex()
        said = _facts(row)
        kept = (log.previous_size, bytes(log.previous_root).hex())
        agrees = kept == ((last.size, last.root.hex()) if last else (0, ""))
        if said != expected or row.kind != own_kinds.STARTED.name or not agrees:
            self._fault("log", number=row.number, document=log.origin)

    def _entry(self, opened: _Open, row: Row) -> None:
        document = name_of(row)
        self._place(opened, row, document)
        self._content(row, document)
        for level, index, made in opened.frontier.add(row.hash):
            if level and level % tiles.HEIGHT == 0:
                kept = opened.nodes.pop((level // tiles.HEIGHT, index), None)
                if kept != made and not opened.is_broken:
                    self._fault("node", number=row.number, document=document)
        if len(opened.since_good) < NAMED_IN_A_RANGE:
            opened.since_good.append(f"{row.number} {document}")
        opened.last_kind = row.kind
        self._head(opened, row)

    def _place(self, opened: _Open, row: Row, document: str) -> None:
        before, expected = self._previous, opened.frontier.size
        first = (before.number if before else 0) + 1
        if row.number != first:
            self._fault("gap", number=first, document=document, detail=f"{first}-{row.number - 1}")
        if expected < row.position < expected + MOST_FAULTS:
            self._skip(opened, row.position - expected)
        if row.position - expected != row.number - first:
            self._fault("position", number=row.number, document=document)
        if before and (before.era, before.xid, before.order) >= (row.era, row.xid, row.order):
            self._fault("order", number=row.number, document=document)

    def _skip(self, opened: _Open, missing: int) -> None:
        """Stand in for entries that are gone, so that the sizes of later heads still fit."""
        opened.is_broken = True
        for _ in range(missing):
            for level, index, _made in opened.frontier.add(merkle.EMPTY_ROOT):
                opened.nodes.pop((level // tiles.HEIGHT, index), None)
            opened.heads.pop(opened.frontier.size, None)

    def _content(self, row: Row, document: str) -> None:
        if row.canonical is None:
            self._fault("leaf_missing", number=row.number, document=document)
            return
        if merkle.leaf_hash(row.canonical) != row.hash:
            self._fault("leaf_changed", number=row.number, document=document)
        for code, detail in content_faults(row):
            self._fault(code, number=row.number, document=document, detail=detail)

    def _seen_elsewhere(self, opened: _Open, row: Row) -> None:
        """Compare with the heads of this size that somebody kept outside the database."""
        size, kept = opened.frontier.size, self._known.get(opened.log.origin, [])
        for head in [head for head in kept if head.size == size]:
            kept.remove(head)
            if head.root != opened.frontier.root():
                self._fault("known", number=row.number, document=f"{head.origin} ({size})")

    def _head(self, opened: _Open, row: Row) -> None:
        self._seen_elsewhere(opened, row)
        size = opened.frontier.size
        if size not in opened.heads:
            return
        root = opened.frontier.root()
        if opened.heads.pop(size) != root and not opened.is_broken:
            opened.is_broken = True  # every later head differs as well: one cause, one fault
            self._fault("root", number=row.number, document="; ".join(opened.since_good))
        opened.since_good.clear()
        opened.roots = {size: root}

    def _close(self, opened: _Open, *, sealed: bool) -> None:
        size, log = opened.frontier.size, opened.log
        if size not in opened.roots:
            self._fault("head", document="; ".join(opened.since_good) or log.origin)
        for extra in sorted(opened.heads):
            self._fault("head", document=log.origin, detail=f"{extra} > {size}")
        for tier, index in sorted(opened.nodes):
            self._fault("node", document=log.origin, detail=f"{tier}/{index}")
        if sealed and opened.last_kind != own_kinds.SEALED.name:
            self._fault("log", document=log.origin, detail="not sealed")
        at = HeadRow.objects.filter(log=log, size=size).values_list("at", flat=True).first()
        self._done.append(Head(log.origin, size, opened.frontier.root(), at or log.started_at))

    def _unplaced(self) -> int:
        """Name leaves without a place that should have one; return how many just wait."""
        last, waiting = self._previous, 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, after FROM trail_era ORDER BY id DESC LIMIT 1")
            era, after = cursor.fetchone() or (0, 0)
            cursor.execute(_UNPLACED)
            for id, canonical, xid, order in cursor:
                row = Row(0, 0, 0, id, "", b"", era, bytes(canonical), xid, order)
                behind = (
                    last is not None
                    and last.era == era
                    and (xid, order)
                    <= (
                        last.xid,
                        last.order,
                    )
                )
                if behind or order <= after:
                    self._fault("unplaced", document=name_of(row))
                else:
                    waiting += 1
        return waiting

    def _guards(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_GUARDS, [list(TABLES)])
            for table, guards in cursor.fetchall():
                if guards != 2:
                    self._fault("guard", document=table)


_ROWS = """
SELECT e.number, e.log_id, e.position, e.leaf_id, e.kind, e.hash, e.era_id, l.canonical,
    coalesce(l.xid::text::bigint, 0), coalesce(l."order", 0)
FROM trail_entry e LEFT JOIN trail_leaf l ON l.id = e.leaf_id ORDER BY e.number
"""
_UNPLACED = """
SELECT l.id, l.canonical, l.xid::text::bigint, l."order" FROM trail_leaf l
WHERE NOT EXISTS (SELECT FROM trail_entry e WHERE e.leaf_id = l.id) ORDER BY l.xid, l."order"
"""
_GUARDS = """
SELECT wanted, count(t.oid) FROM unnest(%s::text[]) wanted
LEFT JOIN pg_trigger t ON t.tgrelid = wanted::regclass AND t.tgenabled IN ('O', 'A')
    AND t.tgname LIKE 'pgtrigger_append_only%%'
GROUP BY wanted ORDER BY wanted
"""


def _rows() -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(2_000):
            for number, log, position, leaf, kind, hash, era, canonical, xid, order in rows:
                said = None if canonical is None else bytes(canonical)
                yield Row(number, log, position, leaf, kind, bytes(hash), era, said, xid, order)


def _facts(row: Row) -> object:
    try:
        return rules.parse(row.canonical or b"").get("facts")
    except rules.NotCanonical:
        return None


def name_of(row: Row) -> str:
    """Return how people know the document that a leaf is about, as far as the leaf still says."""
    try:
        said = rules.parse(row.canonical or b"")
        kind = registry.kind(str(said.get("kind")), int(str(said.get("v"))))
        facts = said.get("facts")
        about = facts.get(kind.about) if isinstance(facts, dict) else None
    except (rules.NotCanonical, registry.UnknownKind, ValueError):
        return f"{row.kind} {row.leaf_id}".strip()
    return f"{kind.name} {about if about is not None else row.leaf_id}"


def content_faults(row: Row) -> list[tuple[str, str]]:
    """Return (code, detail) of what is wrong with a leaf's own words."""
    try:
        said = rules.parse(row.canonical or b"")
    except rules.NotCanonical as error:
        return [("canonical", str(error))]
    found = []
    if said.get("id") != str(row.leaf_id):
        found.append(("identity", ""))
    if said.get("kind") != row.kind:
        found.append(("kind", ""))
    if said.keys() - {"private"} != {"at", "facts", "id", "kind", "v"}:
        found.append(("schema", ", ".join(sorted(said))))
    try:
        kind = registry.kind(str(said.get("kind")), int(str(said.get("v"))))
    except (registry.UnknownKind, ValueError):
        return [*found, ("schema", str(said.get("kind")))]
    reasons = Record(kind.fields).reasons(said.get("facts"), "")
    # A screen that has become stricter since does not make an old leaf false.
    wrong = sorted({reason.at for reason in reasons if reason.code.startswith("trail.")})
    return [*found, *(("schema", at) for at in wrong)]


def verify(known: Iterable[Head] = ()) -> Verdict:
    """Recompute every leaf, tree and head, and compare; ``known`` are heads kept elsewhere."""
    return Verification(known).run()
