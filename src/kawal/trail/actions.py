"""Writes of the trail: append an event, erase a salt, start a log."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.trail import models, own_kinds, queries, registry, rules, sequencer
from kawal.trail.facts import Deployment, LogFacts

_LEAF = "INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s)"
_SALTED = """
WITH leaf AS (INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s) RETURNING id)
INSERT INTO trail_salt (leaf_id, salt) SELECT id, %s FROM leaf
"""


def append(
    kind: str,
    facts: Mapping[str, object],
    *,
    at: datetime,
    private: Mapping[str, object] | None = None,
) -> UUID:
    """Publish an event with the caller's transaction, or not at all; return its identity.

    ``facts`` are public for ever and must fit the kind's closed schema. ``private`` is not stored:
    only a salted commitment to it is, which the owner of the content can open until the salt is
    erased. One statement, no lock, no place yet: the sequencer gives it one afterwards.

    :raises Refused: with every reason, when the facts may not be published.
    :raises UnknownKind: when no module registered the kind.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append belongs into the transaction of what it tells of")
    known = registry.kind(kind)
    if reasons := rules.refusals(known, facts, at=at, private=private):
        raise Refused(reasons)
    id = rules.leaf_id(at, secrets.token_bytes(10))
    salt = secrets.token_bytes(rules.SALT_BYTES) if private is not None else b""
    bound = rules.commitment(salt, private) if private is not None else None
    leaf = rules.leaf(known, facts, id=id, at=at, commitment=bound)
    if reasons := rules.too_large(leaf):
        raise Refused(reasons)
    with connection.cursor() as cursor:
        if salt:
            cursor.execute(_SALTED, [id, leaf, salt])
        else:
            cursor.execute(_LEAF, [id, leaf])
    return id


def erase_salt(leaf_id: UUID) -> bool:
    """Make a leaf's private content unprovable for ever (UU 27/2022); tell whether there was one.

    The public leaf stays, and with it the log's proofs.
    """
    erased, _ = models.Salt.objects.filter(leaf=leaf_id).delete()
    return bool(erased)


@transaction.atomic
def start_log(*, origin: str, kind: Deployment, at: datetime) -> LogFacts:
    """Start a log; the one before, if any, is sealed with all that could be placed in it.

    The new log's first leaf names the old log's last head, so the two are one story. Transactions
    still running now publish into the new log.

    :raises Refused: when the origin is malformed, of another kind, or already used.
    """
    sequencer.hold()
    if reasons := _origin_refusals(origin, kind):
        raise Refused(reasons)
    previous = models.Log.objects.order_by("-pk").first()
    turn = _seal(previous, origin, kind, at) if previous else sequencer.first_turn(at)
    head = queries.head() if previous else None
    log = models.Log.objects.create(
        origin=origin,
        kind=kind.value,
        started_at=at,
        previous=previous,
        previous_size=head.size if head else 0,
        previous_root=head.root if head else b"",
    )
    facts: dict[str, object] = {"origin": origin, "deployment": kind}
    if head:
        facts |= {"previous_origin": head.origin, "previous_size": head.size}
        facts["previous_root"] = head.root.hex()
    _own_leaf(log, turn, own_kinds.STARTED, facts, at)
    return queries.log_facts(log)


def _seal(log: models.Log, origin: str, kind: Deployment, at: datetime) -> sequencer.Turn:
    turn = sequencer.place_all(log, at)
    if not sequencer.has_room(turn):
        raise Refused([Reason("trail.empty", N_("Jejak yang terbuka belum memuat peristiwa."))])
    facts = {"next_origin": origin, "next_deployment": kind}
    return _own_leaf(log, turn, own_kinds.SEALED, facts, at)


def _own_leaf(
    log: models.Log,
    turn: sequencer.Turn,
    kind: registry.Kind,
    facts: Mapping[str, object],
    at: datetime,
) -> sequencer.Turn:
    id = rules.leaf_id(at, secrets.token_bytes(10))
    canonical = rules.leaf(kind, facts, id=id, at=at, commitment=None)
    return sequencer.place_own(log, turn, canonical, id, at)


def _origin_refusals(origin: str, kind: Deployment) -> list[Reason]:
    if not re.fullmatch(own_kinds.ORIGIN, origin) or not origin.startswith(f"kawal.{kind}/"):
        text = N_("Asal jejak harus berbentuk kawal.%(kind)s/KODE-WILAYAH.")
        return [Reason("trail.origin", text, at="origin", values={"kind": kind.value})]
    if models.Log.objects.filter(origin=origin).exists():
        return [Reason("trail.origin_used", N_("Asal jejak ini sudah dipakai."), at="origin")]
    return []
