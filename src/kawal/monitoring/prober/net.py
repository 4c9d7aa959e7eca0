"""What fetches may use of the prober: clock, names, permission, curl handles."""

import os
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

from kawal.monitoring.addresses import Allowed, is_public, may_connect
from kawal.monitoring.feeds.base import Want
from kawal.monitoring.prober.loop import Loop
from kawal.monitoring.prober.names import Names

_CA_PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
MOST_REMEMBERED = 65_536


def ca_file() -> str:
    """Return the file of trusted authorities: ``KAWAL_CA_FILE``, else the machine's own."""
    named = os.environ.get("KAWAL_CA_FILE", "")
    return named or next((place for place in _CA_PLACES if Path(place).exists()), "")


class Internet:
    """The way out for fetches of one loop. ``allowed`` may be replaced while running."""

    def __init__(
        self,
        loop: Loop,
        names: Names,
        *,
        wall: Callable[[], float],
        allowed: Iterable[Allowed] = (),
        authorities: str | None = None,
    ) -> None:
        self._loop = loop
        self.names = names
        self.wall = wall
        self.clock = loop.clock
        self.handle = loop.handle
        self.give_back = loop.give_back
        self.resolve = names.resolve
        self.allowed = allowed
        self.ca_file = ca_file() if authorities is None else authorities

    @property
    def allowed(self) -> tuple[Allowed, ...]:
        """Return the closed networks and ports that an administrator has opened."""
        return self._allowed

    @allowed.setter
    def allowed(self, allowed: Iterable[Allowed]) -> None:
        self._allowed = tuple(allowed)
        self._permitted: dict[tuple[str, int], bool] = {}

    def query(
        self, name: str, kind: str, server: str | None, deadline: float
    ) -> Generator[Want, Any, list[str]]:
        """Ask a name server one question; see ``Names.query``."""
        return self.names.query(name, kind, server, deadline)

    def permits(self, address: str, port: int) -> bool:
        """Tell whether a check may connect there."""
        known = self._permitted.get((address, port))
        if known is None:
            if len(self._permitted) >= MOST_REMEMBERED:
                self._permitted.clear()
            known = is_public(address) or may_connect(address, port, self._allowed)
            self._permitted[address, port] = known
        return known
