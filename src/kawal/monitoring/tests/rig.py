"""A loop with its own names, for tests that fetch for real."""

import time
from typing import Any

from kawal.monitoring.addresses import Allowed
from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds import FETCHED
from kawal.monitoring.feeds.base import Answer, Judgement
from kawal.monitoring.prober.loop import Loop
from kawal.monitoring.prober.names import Names
from kawal.monitoring.prober.net import Internet

LOOPBACK = Allowed.read("127.0.0.0/8", 0, 65535)


class Rig:
    """Runs fetches to their end and judges them."""

    def __init__(
        self,
        *,
        allowed: tuple[Allowed, ...] = (LOOPBACK,),
        hosts: dict[str, list[str]] | None = None,
        servers: list[tuple[str, int]] | None = None,
        authorities: str = "",
    ) -> None:
        self.loop = Loop()
        names = Names(self.loop.clock, servers or [], hosts or {})
        self.net = Internet(
            self.loop, names, wall=time.time, allowed=allowed, authorities=authorities
        )
        self.ended: list[tuple[Any, Any]] = []

    def begin(self, kind: Kind, spec: dict[str, Any], *, timeout: float = 5.0) -> Any:
        """Start one fetch; returns its plan."""
        feed = FETCHED[kind]
        assert feed.reasons(spec) == []
        plan = feed.read(spec, {})
        deadline = self.loop.clock() + timeout
        self.loop.start(
            feed.fetch(plan, self.net, deadline),
            deadline,
            plan,
            lambda note, answer: self.ended.append((note, answer)),
        )
        return plan

    def run(self, most: float = 10.0) -> None:
        """Turn the loop until nothing runs."""
        end = time.monotonic() + most
        while self.loop.running and time.monotonic() < end:
            self.loop.turn(0.2)
        assert not self.loop.running

    def check(
        self, kind: Kind, spec: dict[str, Any], *, timeout: float = 5.0
    ) -> tuple[Answer, Judgement]:
        """Fetch once and judge."""
        self.begin(kind, spec, timeout=timeout)
        self.run()
        plan, answer = self.ended.pop()
        if isinstance(answer, Exception):
            raise answer
        return answer, FETCHED[kind].judge(plan, answer, time.time())
