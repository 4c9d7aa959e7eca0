"""What every kind of check has in common: its answer, its judgement, and what it may wait for.

A feed fetches as a generator: it yields what it waits for and the prober's loop resumes it, so a
thousand slow servers cost a thousand small objects and no thread. The judging is apart and pure.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kawal.kernel.refusals import Reason
from kawal.monitoring.codes import Code, is_ours
from kawal.monitoring.facts import Kind, State


class OutOfTime(Exception):
    """Thrown into a fetch when its time is up."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Wait until libcurl is done with a handle; resumes with curl's error number (0: none)."""

    handle: Any


@dataclass(frozen=True, slots=True)
class Readable:
    """Wait until a socket can be read."""

    fd: int


@dataclass(frozen=True, slots=True)
class Writable:
    """Wait until a socket can be written, or failed to connect."""

    fd: int


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Until:
    """Wait for a socket, but no longer than a moment of the clock; then ``OutOfTime`` comes."""

    want: Readable | Writable
    until: float


Want = Transfer | Readable | Writable | Sleep | Until


@dataclass(slots=True)
class Answer:
    """What a fetch brought back: a fault or an answer. Phases and ``ms`` in milliseconds."""

    fault: Code = Code.OK
    detail: str = ""
    status: int = 0
    body: bytes = b""
    cut: bool = False
    location: str = ""
    redirects: int = 0
    address: str = ""
    ms: float = 0.0
    dns: float = 0.0
    connect: float = 0.0
    tls: float = 0.0
    first: float = 0.0
    found: Any = None


Fetch = Generator[Want, Any, Answer]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one answer."""

    state: State
    code: int = Code.OK
    detail: str = ""


UP = Judgement(State.UP)


def at_fault(answer: Answer) -> Judgement:
    """Return the verdict on a fetch that brought no answer: ours is unknown, theirs is down."""
    state = State.UNKNOWN if is_ours(answer.fault) else State.DOWN
    return Judgement(state, answer.fault, answer.detail)


class NameFault(Exception):
    """A name did not resolve; ``code`` says how."""

    def __init__(self, code: Code, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(detail or code.name)


class Net(Protocol):
    """What a fetch may use of the prober: the clock, names, permission, curl handles."""

    ca_file: str

    def clock(self) -> float:
        """Return seconds of a clock that never steps."""

    def wall(self) -> float:
        """Return seconds since 1970 by the prober's own steady clock."""

    def resolve(self, host: str) -> Generator[Want, Any, list[str]]:
        """Return the addresses of a host.

        :raises NameFault: when it has none.
        """

    def query(
        self, name: str, kind: str, server: str | None, deadline: float
    ) -> Generator[Want, Any, list[str]]:
        """Ask a name server one question and return the answers as text.

        :raises NameFault: when it does not answer or says there is none.
        """

    def permits(self, address: str, port: int) -> bool:
        """Tell whether a check may connect there."""

    def handle(self) -> Any:
        """Return a curl handle without any option."""

    def give_back(self, handle: Any) -> None:
        """Take a handle back."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How often a kind is checked unless somebody says otherwise; seconds."""

    interval: int = 60
    timeout: int = 10
    confirmations: int = 2
    recheck: int = 5


@dataclass(frozen=True, slots=True)
class Proposed:
    """A check that a feed proposes for an address."""

    kind: Kind
    name: str
    spec: Mapping[str, Any]
    interval: int
    counts: bool


class Feed(Protocol):
    """One kind of check."""

    kind: Kind
    timing: Timing
    counts: bool

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Any:
        """Return the plan of a sound spec, ready to be run again and again."""

    def propose(self, address: str) -> list[Proposed]:
        """Return the checks that it proposes for a host name or an address of the web."""


class Fetching(Feed, Protocol):
    """A kind that goes and looks."""

    def fetch(self, plan: Any, net: Net, deadline: float) -> Fetch:
        """Fetch once, to be done by ``deadline`` on the net's clock."""

    def judge(self, plan: Any, answer: Answer, now: float) -> Judgement:
        """Return the verdict on an answer; ``now`` is seconds since 1970."""

    def place(self, plan: Any) -> tuple[str, int]:
        """Return the host and port that are looked at (port 0 where there is none)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a pushed check, and when (seconds since 1970) that changes by itself."""

    judgement: Judgement
    until: float | None = None
    since: float | None = None


class Pushed(Feed, Protocol):
    """A kind that waits for the application to report."""

    def take(self, plan: Any, memory: dict[str, Any], ping: "Pushing") -> None:
        """Remember a ping."""

    def judge(self, plan: Any, memory: Mapping[str, Any], now: float) -> Verdict:
        """Return what the memory says at an instant."""


class PingKind:
    """The kinds of pings, as the table keeps them."""

    SUCCESS = 1
    START = 2
    FAIL = 3
    NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Pushing:
    """One ping: when it came (seconds since 1970), of which kind, with what body."""

    at: float
    kind: int
    body: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
