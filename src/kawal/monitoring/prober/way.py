"""Has this machine a way out? Its own routes and links, asked of the kernel.

A cable pulled at our own end needs no witness: without a route, without a carrier, or with a
carrier that came and went while a fetch was under way, a failure says nothing of the other side.
"""

import errno
import socket
import struct
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

_GETROUTE, _ERROR, _REQUEST = 26, 2, 1
_DESTINATION, _INTERFACE = 1, 4
_HEADER = struct.Struct("=IHHII")
_ROUTE = struct.Struct("=BBBBBBBBI")
_ATTRIBUTE = struct.Struct("=HH")
_LINKS = Path("/sys/class/net")
KEPT = 3600.0  # seconds for which a change of a link is remembered


class NoRoute(Exception):
    """The kernel knows no way to an address."""


def interface_to(address: str) -> str:
    """Return the network interface by which an address is reached; "" when it cannot be told.

    :raises NoRoute: when there is none.
    """
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
            kernel.settimeout(0.2)
            kernel.send(_question(address))
            return _interface(kernel.recv(4096))
    except (OSError, struct.error):
        return ""


def _question(address: str) -> bytes:
    where = ip_address(address)
    family = socket.AF_INET if where.version == 4 else socket.AF_INET6
    packed = where.packed
    attribute = _ATTRIBUTE.pack(_ATTRIBUTE.size + len(packed), _DESTINATION) + packed
    route = _ROUTE.pack(family, len(packed) * 8, 0, 0, 0, 0, 0, 0, 0)
    size = _HEADER.size + len(route) + len(attribute)
    return _HEADER.pack(size, _GETROUTE, _REQUEST, 1, 0) + route + attribute


def _interface(answer: bytes) -> str:
    size, kind, *_ = _HEADER.unpack_from(answer)
    if kind == _ERROR:
        number = -struct.unpack_from("=i", answer, _HEADER.size)[0]
        if number in {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EINVAL}:
            raise NoRoute
        return ""
    at = _HEADER.size + _ROUTE.size
    while at + _ATTRIBUTE.size <= size:
        length, name = _ATTRIBUTE.unpack_from(answer, at)
        if name == _INTERFACE:
            return socket.if_indextoname(struct.unpack_from("=I", answer, at + 4)[0])
        at += (length + 3) & ~3
    return ""


class Ways:
    """Remembers when a link changed. ``clock`` never steps; look every half second."""

    def __init__(
        self,
        clock: Callable[[], float],
        links: Path = _LINKS,
        interface: Callable[[str], str] = interface_to,
    ) -> None:
        self._clock = clock
        self._links = links
        self._interface = interface
        self._changes: dict[str, str] = {}
        self._changed_at: dict[str, float] = {}
        self.look()

    def look(self) -> None:
        """Notice which links came or went since the last look."""
        now = self._clock()
        try:
            names = [one.name for one in self._links.iterdir()]
        except OSError:
            return
        found = {name: self._read(name, "carrier_changes") for name in names}
        for name, changes in found.items():
            if self._changes.get(name, changes) != changes:
                self._changed_at[name] = now
        for name in self._changes.keys() - found.keys():
            self._changed_at[name] = now
        self._changes = found
        old = [name for name, at in self._changed_at.items() if now - at > KEPT]
        for name in old:
            del self._changed_at[name]

    def was_open(self, address: str, since: float) -> bool:
        """Tell whether our own end of the way to an address held from ``since`` until now."""
        try:
            name = self._interface(address)
        except NoRoute:
            return False
        if not name:
            return True
        self.look()
        up = self._read(name, "carrier") != "0" and self._read(name, "operstate") != "down"
        return up and self._changed_at.get(name, since - 1.0) < since

    def _read(self, name: str, what: str) -> str:
        try:
            return (self._links / name / what).read_text().strip()
        except OSError:
            return ""
