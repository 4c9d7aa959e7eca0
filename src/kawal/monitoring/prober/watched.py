"""One check as the prober holds it: its plan, where it stands, what is under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kawal.monitoring.addresses import is_loopback, is_public, network_of
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.states import Standing

LOCAL, INSIDE, OUTSIDE = "local", "inside", "outside"


@dataclass(frozen=True, slots=True)
class Row:
    """A check as the database has it, with where it stood last. Instants: seconds since 1970."""

    id: int
    application_id: int
    kind: Kind
    spec: Mapping[str, Any]
    secrets: Mapping[str, str]
    interval: int
    timeout: int
    confirmations: int
    recheck: int
    enabled: bool
    version: int
    state: State | None = None
    since: float = 0.0
    code: int = 0
    detail: str = ""
    last_at: float = 0.0
    memory: Mapping[str, Any] = field(default_factory=dict)


class Watched:
    """A check in the hands of the prober."""

    __slots__ = (
        "address",
        "application_id",
        "coming",
        "confirmations",
        "enabled",
        "feed",
        "id",
        "interval",
        "is_pushed",
        "kind",
        "last_at",
        "memory",
        "place",
        "plan",
        "recheck",
        "running",
        "slot",
        "standing",
        "started",
        "started_at",
        "stolen",
        "timeout",
        "version",
    )

    def __init__(self, row: Row, feed: Any, plan: Any) -> None:
        self.id = row.id
        self.standing = Standing(
            state=State.PAUSED if row.state is None else row.state,
            since=row.since,
            code=row.code,
            detail=row.detail,
        )
        self.last_at = row.last_at
        self.memory = dict(row.memory)
        self.running = False
        self.slot = 0.0  # the last slot that was run or missed, seconds since 1970
        self.coming = 0.0  # the slot that is planned; 0: a look off the grid
        self.started = 0.0  # of the clock that never steps
        self.started_at = 0.0  # seconds since 1970
        self.stolen = 0.0
        self.address = ""
        self.take(row, feed, plan)

    def take(self, row: Row, feed: Any, plan: Any) -> None:
        """Take over what was configured; where it stands stays."""
        self.application_id = row.application_id
        self.kind = row.kind
        self.is_pushed = row.kind.is_pushed
        self.feed = feed
        self.plan = plan
        self.place = feed.place(plan) if plan is not None and hasattr(feed, "place") else ("", 0)
        self.interval = row.interval
        self.timeout = min(row.timeout, max(1, row.interval))
        self.confirmations = row.confirmations
        self.recheck = row.recheck
        self.enabled = row.enabled
        self.version = row.version

    @property
    def zone(self) -> str:
        """Return what lies between us and it: nothing, the house's own network, or the uplink."""
        address = self.address
        if not address:
            return OUTSIDE
        if is_loopback(address):
            return LOCAL
        return OUTSIDE if is_public(address) else INSIDE

    @property
    def network(self) -> str:
        """Return the neighbourhood it was last seen in; its name while it was never resolved."""
        return network_of(self.address) if self.address else self.place[0]
