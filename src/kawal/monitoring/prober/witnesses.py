"""Was it they, or our own uplink? A failure beyond this machine is believed only with a witness.

Whenever another network answered since the failure began, the uplink works and the failure counts.
When none did, up to three others are asked at once: their majority decides. Where there is nobody
else to ask (one target, no canary) the failure counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from kawal.monitoring.addresses import network_of
from kawal.monitoring.codes import Code
from kawal.monitoring.prober.watched import LOCAL, Watched

ASKED = 3
PATIENCE = 4.0
OF_NAMES = frozenset({Code.NAME_TIMEOUT, Code.NAME_FAILED, Code.NAME_UNKNOWN})

Settle = Callable[[bool], None]
Ask = Callable[["Witness", Callable[[bool], None]], None]


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who can be asked: a check that was well, or a canary (``host``, ``port``)."""

    network: str
    watched: Watched | None = None
    host: str = ""
    port: int = 0


@dataclass(slots=True)
class Doubt:
    """A failure that waits for witnesses."""

    network: str
    started: float
    settle: Settle


@dataclass(slots=True)
class Question:
    """All that is doubted about one way out, and the round of witnesses under way."""

    doubts: list[Doubt] = field(default_factory=list)
    begun: float = 0.0
    waiting: int = 0
    good: int = 0
    asked: int = 0


class Witnesses:
    """Keeps who was seen well, and settles doubts. ``clock`` never steps."""

    def __init__(
        self, clock: Callable[[], float], ask: Ask, canaries: list[tuple[str, int]] | None = None
    ) -> None:
        self._clock = clock
        self._ask = ask
        self._canaries = [
            Witness(network_of(host), None, host, port) for host, port in canaries or []
        ]
        self._well: dict[tuple[str, bool], dict[str, tuple[float, Watched]]] = {}
        self._open: dict[tuple[str, bool], Question] = {}
        self.cut = False

    def saw_well(self, watched: Watched, started: float) -> None:
        """Note that a check answered, in a fetch that began at ``started``."""
        zone = watched.zone
        if zone == LOCAL:
            return
        network = watched.network
        self._well.setdefault((zone, False), {})[network] = (started, watched)
        if watched.place[0] != watched.address:
            self._well.setdefault((zone, True), {})[network] = (started, watched)
        self.cut = False

    def forget(self, watched: Watched) -> None:
        """Ask a check no more."""
        for well in self._well.values():
            for network in [one for one, (_, whose) in well.items() if whose is watched]:
                del well[network]

    def needs_none(self, watched: Watched, code: int, started: float) -> bool:
        """Tell whether a failure can be believed at once."""
        if watched.zone == LOCAL:
            return True
        key, network = self._key(watched, code), watched.network
        well = self._well.get(key, {})
        if any(seen >= started for other, (seen, _) in well.items() if other != network):
            return True
        return not self._candidates(key, network)

    def doubt(self, watched: Watched, code: int, started: float, settle: Settle) -> None:
        """Let a failure wait; ``settle(True)`` says that the uplink works, so that it counts."""
        key = self._key(watched, code)
        question = self._open.setdefault(key, Question())
        question.doubts.append(Doubt(watched.network, started, settle))
        if not question.waiting:
            self._begin(key, question)

    def _key(self, watched: Watched, code: int) -> tuple[str, bool]:
        return watched.zone, code in OF_NAMES

    def _candidates(self, key: tuple[str, bool], but: str) -> list[Witness]:
        zone, by_name = key
        canaries = [] if by_name or zone != "outside" else self._canaries
        well = sorted(self._well.get(key, {}).items(), key=lambda item: -item[1][0])
        others = [Witness(network, watched) for network, (_, watched) in well if network != but]
        return [one for one in canaries if one.network != but] + others

    def _begin(self, key: tuple[str, bool], question: Question) -> None:
        """Ask the next round on behalf of the first doubt."""
        chosen = self._candidates(key, question.doubts[0].network)[:ASKED]
        question.begun = self._clock()
        question.good, question.asked, question.waiting = 0, len(chosen), len(chosen)
        if not chosen:
            self._settle(key, question, works=True)
            return
        for witness in chosen:
            self._ask(witness, lambda good: self._heard(key, question, good))

    def _heard(self, key: tuple[str, bool], question: Question, good: bool) -> None:
        question.good += good
        question.waiting -= 1
        if not question.waiting:
            works = question.good * 2 >= question.asked
            self.cut = not works
            self._settle(key, question, works=works)

    def _settle(self, key: tuple[str, bool], question: Question, *, works: bool) -> None:
        """Settle what was doubted before the round began; ask anew for the rest."""
        settled = [one for one in question.doubts if one.started <= question.begun]
        question.doubts = [one for one in question.doubts if one.started > question.begun]
        for one in settled:
            one.settle(works)
        if question.doubts:
            self._begin(key, question)
        else:
            self._open.pop(key, None)
