"""Was it they, or our own uplink? A failure beyond this machine is believed only with a witness.

Whenever another network has just answered, in a fetch that began after the failing one, the uplink
works and the failure counts. When none did, up to three others are asked at once: their majority
decides. Where no other network is known and no canary is named, neighbours are asked; where there
is nobody at all to ask (one target, no canary) the failure counts. What was under way while the
uplink was known to be cut says nothing, also when it fails after the uplink's return.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from kawal.monitoring.addresses import network_of
from kawal.monitoring.codes import Code
from kawal.monitoring.prober.watched import LOCAL, Watched

ASKED = 3
PATIENCE = 4.0
NEIGHBOURS = 4  # addresses of one network that are remembered
FRESH = 1.0  # seconds before a failure's end in which a witness must have begun
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

    watched: Watched
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
        self._near: dict[tuple[str, bool, str], dict[str, Watched]] = {}
        self._cut: set[str] = set()
        self._cut_until: dict[str, float] = {}

    @property
    def cut(self) -> bool:
        """Tell whether a way out is cut now."""
        return bool(self._cut)

    def cut_off(self, watched: Watched) -> None:
        """Note that our own end of the way to a check is cut."""
        self._cut.add(watched.zone)

    def was_cut(self, watched: Watched, started: float) -> bool:
        """Tell whether the way to a check was last seen cut after ``started``, and worked since.

        While it is cut the witnesses are asked again and again: that is how its return is found.
        """
        return started <= self._cut_until.get(watched.zone, started - 1.0)

    def saw_well(self, watched: Watched, started: float) -> None:
        """Note that a check answered, in a fetch that began at ``started``."""
        zone = watched.zone
        if zone == LOCAL:
            return
        network = watched.network
        by_names = (False, True) if watched.place[0] != watched.address else (False,)
        for by_name in by_names:
            self._well.setdefault((zone, by_name), {})[network] = (started, watched)
            near = self._near.setdefault((zone, by_name, network), {})
            near.pop(watched.address, None)
            near[watched.address] = watched
            if len(near) > NEIGHBOURS:
                del near[next(iter(near))]
        self._mended(zone)

    def _mended(self, zone: str) -> None:
        if zone in self._cut:
            self._cut.discard(zone)
            self._cut_until[zone] = self._clock()

    def forget(self, watched: Watched) -> None:
        """Ask a check no more."""
        for well in self._well.values():
            for network in [one for one, (_, whose) in well.items() if whose is watched]:
                del well[network]
        for near in self._near.values():
            if near.get(watched.address) is watched:
                del near[watched.address]

    def needs_none(self, watched: Watched, code: int, started: float) -> bool:
        """Tell whether a failure can be believed at once."""
        if watched.zone == LOCAL:
            return True
        key, network = self._key(watched, code), watched.network
        well = self._well.get(key, {})
        since = max(started, self._clock() - FRESH)
        if any(seen >= since for other, (seen, _) in well.items() if other != network):
            return True
        return not self._candidates(key, watched)

    def doubt(self, watched: Watched, code: int, started: float, settle: Settle) -> None:
        """Let a failure wait; ``settle(True)`` says that the uplink works, so that it counts."""
        key = self._key(watched, code)
        question = self._open.setdefault(key, Question())
        question.doubts.append(Doubt(watched, started, settle))
        if not question.waiting:
            self._begin(key, question)

    def _key(self, watched: Watched, code: int) -> tuple[str, bool]:
        return watched.zone, code in OF_NAMES

    def _candidates(self, key: tuple[str, bool], but_watched: Watched) -> list[Witness]:
        """Return who may be asked about a failing check, the best first."""
        zone, by_name = key
        but = but_watched.network
        canaries = [] if by_name or zone != "outside" else self._canaries
        well = sorted(self._well.get(key, {}).items(), key=lambda item: -item[1][0])
        others = [Witness(network, watched) for network, (_, watched) in well if network != but]
        found = [one for one in canaries if one.network != but] + others
        return found or self._neighbours(key, but_watched)

    def _neighbours(self, key: tuple[str, bool], but: Watched) -> list[Witness]:
        """Return well ones at other addresses of the same network, when no other network is known.

        If none of them answers either, our own uplink is likelier than all of them at once.
        """
        near = self._near.get((*key, but.network), {})
        return [Witness(but.network, one) for one in near.values() if one.address != but.address]

    def _begin(self, key: tuple[str, bool], question: Question) -> None:
        """Ask the next round on behalf of the first doubt."""
        chosen = self._candidates(key, question.doubts[0].watched)[:ASKED]
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
            if works:
                self._mended(key[0])
            else:
                self._cut.add(key[0])
            self._settle(key, question, works=works)

    def _settle(self, key: tuple[str, bool], question: Question, *, works: bool) -> None:
        """Settle what was doubted before the round began; ask anew for the rest."""
        settled = [one for one in question.doubts if one.started <= question.begun]
        question.doubts = [one for one in question.doubts if one.started > question.begun]
        for one in settled:
            one.settle(works and not self.was_cut(one.watched, one.started))
        if question.doubts:
            self._begin(key, question)
        else:
            self._open.pop(key, None)
