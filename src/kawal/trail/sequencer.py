"""Gives every leaf its place, once, in an order that no later commit can change.

A leaf may be placed when every transaction with a smaller number has ended: nothing can then
still appear before it (``pg_snapshot_xmin``). So payments take no lock for the trail, and readers
of the log never see a later event slip in front of an earlier one.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kawal.trail import merkle, queries, tiles, witness
from kawal.trail.models import ORDER_STEP, Entry, Era, Head, Leaf, Log, Node

CHANNEL = "kawal_trail"
LOCK = 0x6B6177616C01
BATCH = 4_096
WAIT_SECONDS = 0.1
LONGEST_WAIT = 0.4  # while nothing comes
RETRY_SECONDS = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A leaf on its way to its place."""

    id: UUID
    canonical: bytes
    xid: int
    order: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The era and the last place taken in it: (transaction, order).

    ``placed`` counts what its beginning has placed, when it begins just now.
    """

    era: int
    after: int
    xid: int
    order: int
    placed: int = 0


@dataclass(slots=True)
class _Tree:
    """The open log's frontier, kept between batches; read anew when another has moved on."""

    log_id: int = 0
    frontier: merkle.Frontier = field(default_factory=merkle.Frontier)

    def at(self, log_id: int, size: int) -> merkle.Frontier:
        if (self.log_id, self.frontier.size) != (log_id, size):
            self.frontier = merkle.Frontier.of(size, tiles.nodes(log_id))
            self.log_id = log_id
        return self.frontier

    def forget(self) -> None:
        self.log_id = 0


class Sequencer:
    """One that places leaves; any number may run, one at a time works."""

    def __init__(self) -> None:
        self._tree = _Tree()
        self._last = Turn(0, 0, 0, 0)

    def idle(self) -> bool:
        """Tell, with one cheap look, that nothing can be waiting since the last step."""
        last = self._last
        return not _leaves(_AFTER, [str(last.xid), last.order, last.after, 1])

    def step(self, at: datetime, *, limit: int = BATCH) -> int:
        """Place what may be placed, at most ``limit`` leaves; return how many.

        Nothing is placed while another sequencer works or before a log was started.
        """
        try:
            with transaction.atomic():
                return self._step(at, limit) if _alone() else 0
        except BaseException:
            self._tree.forget()  # the frontier may have run ahead of what was committed
            raise

    def _step(self, at: datetime, limit: int) -> int:
        log = Log.objects.order_by("-pk").first()
        if log is None:
            return 0
        turn = _turn(log, at, self._tree)
        leaves = _settled(turn, limit)
        _place(log, turn.era, leaves, at, self._tree)
        self._last = turn
        if leaves:
            self._last = Turn(turn.era, turn.after, leaves[-1].xid, leaves[-1].order)
        return turn.placed + len(leaves)


def run(
    stop: threading.Event,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    remember: Callable[[], None] | None = None,
) -> None:
    """Place leaves until ``stop`` is set; a database that goes away is waited for.

    A process of its own; ``remember`` is called after each batch, by default to keep the newest
    head outside the database too.
    """
    sequencer, remember, wait = Sequencer(), remember or _remember, WAIT_SECONDS
    while not stop.is_set():
        try:
            placed = 0 if sequencer.idle() else sequencer.step(clock())
            if placed:
                remember()
            wait = WAIT_SECONDS if placed else min(wait * 1.5, LONGEST_WAIT)
        except DatabaseError:
            _log.exception("the trail's sequencer could not place a batch")
            connection.close()
            stop.wait(RETRY_SECONDS)
        else:
            if placed < BATCH:
                stop.wait(wait)
    connection.close()


def _remember() -> None:
    head = queries.head()
    if head is not None:
        witness.keep(settings.HOME / "trail", head)


def place_all(log: Log, at: datetime) -> Turn:
    """Place all that may be placed now and return the turn; the caller holds the lock."""
    tree = _Tree()
    while True:
        turn = _turn(log, at, tree)
        leaves = _settled(turn, BATCH)
        if not leaves:
            return turn
        _place(log, turn.era, leaves, at, tree)


def has_room(turn: Turn) -> bool:
    """Tell whether a log can be sealed here and the next begun: some event stands between two."""
    return turn.order % ORDER_STEP < ORDER_STEP - 2


def place_own(log: Log, turn: Turn, canonical: bytes, id: UUID, at: datetime) -> Turn:
    """Place a leaf of the log's own right behind the last one; the caller holds the lock."""
    leaf = Waiting(id, canonical, turn.xid, turn.order + 1)
    Leaf.objects.create(pk=id, canonical=canonical, xid=leaf.xid, order=leaf.order)
    _place(log, turn.era, [leaf], at, _Tree())
    return Turn(turn.era, turn.after, leaf.xid, leaf.order)


def hold() -> None:
    """Wait until no sequencer works, and keep them out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def first_turn(at: datetime) -> Turn:
    """Return the turn in which the first log begins; no server has served it yet."""
    era = Era.objects.create(system=0, after=0, started_at=at)
    return Turn(era.pk, 0, 0, 0)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _system() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        return int(cursor.fetchone()[0])


def _turn(log: Log, at: datetime, tree: _Tree) -> Turn:
    """Return the current era and the last place in it; begin one when the server is another."""
    era = Era.objects.order_by("-pk").first()
    if era is None or era.system != _system():
        return _begin_era(log, at, tree)
    last = (
        Entry.objects.filter(era=era).order_by("-number").values_list("leaf__xid", "leaf__order")
    ).first()
    return Turn(era.pk, era.after, *(last or (0, 0)))


def _begin_era(log: Log, at: datetime, tree: _Tree) -> Turn:
    """Place all that waits from the server before, with appends held back, and begin anew."""
    system = _system()
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_hold_leaves()")
        cursor.execute('SELECT coalesce(max("order"), 0) FROM trail_leaf')
        last = cursor.fetchone()[0]
    old = Era.objects.create(system=system, after=last, started_at=at)
    placed = 0
    for leaves in _left_over():
        _place(log, old.pk, leaves, at, tree)
        placed += len(leaves)
    new = Era.objects.create(system=system, after=last, started_at=at)
    return Turn(new.pk, new.after, 0, 0, placed)


_AFTER = '(xid, "order") > (%s::text::xid8, %s) AND "order" > %s'  # the last place and the era
_SELECT = 'SELECT id, canonical, xid::text::bigint, "order" FROM trail_leaf l WHERE '


def _leaves(where: str, parameters: list[str | int]) -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + where + ' ORDER BY xid, "order" LIMIT %s', parameters)
        return [Waiting(row[0], bytes(row[1]), row[2], row[3]) for row in cursor.fetchall()]


def _settled(turn: Turn, limit: int) -> list[Waiting]:
    """Return what follows the last place and can no longer be overtaken."""
    return _leaves(
        _AFTER + " AND xid < pg_snapshot_xmin(pg_current_snapshot())",
        [str(turn.xid), turn.order, turn.after, limit],
    )


def _left_over() -> Iterator[list[Waiting]]:
    where = "NOT EXISTS (SELECT FROM trail_entry e WHERE e.leaf_id = l.id)"
    while leaves := _leaves(where, [BATCH]):
        yield leaves


def _place(log: Log, era: int, leaves: list[Waiting], at: datetime, tree: _Tree) -> None:
    """Write entries, complete subtrees and the new head, and tell the listeners."""
    if not leaves:
        return
    number = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    head = Head.objects.filter(log=log).order_by("-size").values_list("size", flat=True).first()
    frontier = tree.at(log.pk, head or 0)
    entries, nodes = [], []
    for leaf in leaves:
        number += 1
        hash = merkle.leaf_hash(leaf.canonical)
        kind = json.loads(leaf.canonical)["kind"]
        entries.append((number, log.pk, frontier.size, leaf.id, kind, hash, era))
        nodes += [
            (log.pk, level // tiles.HEIGHT, index, made)
            for level, index, made in frontier.add(hash)
            if level and level % tiles.HEIGHT == 0
        ]
    _copy(Entry, "number, log_id, position, leaf_id, kind, hash, era_id", entries)
    _copy(Node, "log_id, tier, index, hash", nodes)
    Head.objects.create(log=log, size=frontier.size, root=frontier.root(), at=at)
    _notify(f'{{"number":{number},"size":{frontier.size}}}')


def _copy(model: type[Entry | Node], columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
