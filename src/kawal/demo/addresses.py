"""Where each demo application listens: a port of its own on loopback, chosen once and kept."""

import json
import socket
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kawal.demo.facts.applications import APPLICATIONS, BY_CODE

HOST = "127.0.0.1"
LOWEST, BLOCK, BLOCKS = 20_000, 150, 80  # below the ports that systems lend to outgoing calls
INDEX, PARKED, MAIL = "daftar", "parkir", "surel-smtp"
_SERVED = (INDEX, PARKED, MAIL, *(one.code for one in APPLICATIONS))


class NoRoom(Exception):
    """No block of free ports was found."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The port of everything that the demo serves, by its code."""

    ports: dict[str, int]

    def url(self, code: str) -> str:
        """Return the address of an application's first page."""
        scheme = BY_CODE[code].scheme if code in BY_CODE else "http"
        return f"{scheme}://{HOST}:{self.ports[code]}/"

    @property
    def span(self) -> tuple[int, int]:
        """Return the lowest and the highest port."""
        return min(self.ports.values()), max(self.ports.values())


def find(home: Path, *, port: int) -> Addresses:
    """Return the addresses kept below ``home``, choosing them where there are none yet.

    ``port`` is that of the product: two copies with two ports begin to look in different places.

    :raises NoRoom: when no block of ports is free.
    """
    kept = home / "demo" / "ports.json"
    if kept.exists():
        ports = json.loads(kept.read_text())
        if set(_SERVED) <= set(ports):
            return Addresses({code: ports[code] for code in _SERVED})
    ports = dict(zip(_SERVED, _free_block(port), strict=False))
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = kept.with_suffix(".new")
    draft.write_text(json.dumps(ports, indent=1))
    draft.rename(kept)
    return Addresses(ports)


def _free_block(port: int) -> range:
    for turn in range(BLOCKS):
        first = LOWEST + (port + turn) % BLOCKS * BLOCK
        block = range(first, first + len(_SERVED))
        if all(_is_free(number) for number in block):
            return block
    raise NoRoom(
        f"No {len(_SERVED)} free ports in a row between {LOWEST} and {LOWEST + BLOCK * BLOCKS}"
    )


def _is_free(number: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError:
            return False
        return True
