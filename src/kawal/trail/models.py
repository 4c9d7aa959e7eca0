"""Tables of the trail: leaves come in without a place, the sequencer gives each its place."""

from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL

from kawal.kernel.append_only import append_only
from kawal.trail.facts import Deployment

READABLE = """
octet_length(canonical) <= 65535 AND jsonb_path_exists(
    convert_from(canonical, 'UTF8')::jsonb,
    'strict $ ? (@.id == $id && @.facts.type() == "object" && @.v.type() == "number"
        && @.kind like_regex "^[a-z_.]{3,60}$"
        && @.at like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{6}Z$")',
    jsonb_build_object('id', id::text))
"""
"""Whatever stands in a leaf, it can be read and says who it is: else the log would stop at it."""

ORDER_STEP = 8
"""Between two appends this many places of the order are left for the log's own leaves."""


class Xid8Field(models.BigIntegerField):  # type: ignore[type-arg]
    """A transaction's number, 64 bits wide, that never wraps."""

    def db_type(self, connection: Any) -> str:
        """Return PostgreSQL's type."""
        return "xid8"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return how a number is handed over: PostgreSQL casts text only."""
        return "%s::text::xid8"

    def from_db_value(self, value: Any, *_: Any) -> int | None:
        """Return it as a number."""
        return None if value is None else int(value)


class Log(models.Model):
    """A log from its genesis on; the newest is the open one, all others are sealed."""

    origin = models.CharField(max_length=200, unique=True)
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in Deployment]
    )
    started_at = models.DateTimeField()
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    previous_size = models.BigIntegerField(default=0)
    previous_root = models.BinaryField(max_length=32, default=b"")

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(previous__isnull=True),
                name="trail_log_one_first",
            )
        ]


class Leaf(models.Model):
    """A public event as it was published: its canonical bytes and who wrote them (transaction).

    ``order`` tells apart the leaves of one transaction. There is no place in the log here: a
    payment that appends waits for nobody.
    """

    id = models.UUIDField(primary_key=True)
    canonical = models.BinaryField()
    order = models.BigIntegerField(
        db_default=models.Func(models.Value("trail_leaf_order"), function="nextval")
    )
    xid = Xid8Field(db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["xid", "order"], name="trail_leaf_order_idx")]
        constraints = [
            models.CheckConstraint(
                condition=RawSQL(READABLE, (), output_field=models.BooleanField()),  # noqa: S611
                name="trail_leaf_readable",
            )
        ]


class Salt(models.Model):
    """The salt of a leaf's commitment: once deleted, nobody can prove the private content."""

    leaf = models.OneToOneField(
        Leaf, on_delete=models.PROTECT, primary_key=True, related_name="+", db_index=False
    )
    salt = models.BinaryField(max_length=32)


class Era(models.Model):
    """A life of the database server: restored elsewhere, its transaction numbers start anew.

    An era's leaves are those whose ``order`` is above ``after``; ``system`` is the server's own
    identifier. Each turn leaves two rows: one era for what was waiting, one for what comes.
    """

    system = models.BigIntegerField()
    after = models.BigIntegerField()
    started_at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Entry(models.Model):
    """A leaf in its place. ``number`` runs over all logs without a gap, ``position`` in its log."""

    number = models.BigIntegerField(primary_key=True)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.BigIntegerField()
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    hash = models.BinaryField(max_length=32)
    era = models.ForeignKey(Era, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["log", "position"], name="trail_entry_one_place"),
            models.CheckConstraint(
                condition=models.Q(position__gte=0, number__gte=1), name="trail_entry_counts"
            ),
        ]
        indexes = [models.Index(fields=["kind", "number"], name="trail_entry_kind")]


class Node(models.Model):
    """The root of a complete subtree of 256**tier leaves, as C2SP tlog-tiles wants them."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+", db_index=False)
    tier = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["log", "tier", "index"], name="trail_node_once")
        ]


class Head(models.Model):
    """The root over the first ``size`` leaves of a log, recorded when a batch was placed."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+", db_index=False)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["log", "size"], name="trail_head_once"),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="trail_head_size"),
        ]
