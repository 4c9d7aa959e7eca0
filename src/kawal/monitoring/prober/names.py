"""Names to addresses without ever blocking: our own small resolver over UDP, then TCP.

libcurl would resolve in threads that cannot be stopped; and the address that is connected to must
be one that we judged. Answers are kept for their time to live, at most five minutes.
"""

import contextlib
import errno
import os
import secrets
import socket
import struct
from collections.abc import Callable, Generator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from kawal.monitoring.codes import Code
from kawal.monitoring.feeds.base import NameFault, OutOfTime, Readable, Until, Want, Writable

TRIES = 2
PATIENCE = 2.5  # seconds for one server to answer once
LONGEST = 300.0
FAILED_FOR = 5.0
MOST_KEPT = 50_000

Server = tuple[str, int]
Asking = Generator[Want, Any, dns.message.Message]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a name until a moment of the clock."""

    until: float
    addresses: tuple[str, ...] = ()
    fault: Code = Code.OK


class Names:
    """Resolves for one loop; ``clock`` never steps."""

    def __init__(
        self,
        clock: Callable[[], float],
        servers: list[Server] | None = None,
        hosts: dict[str, list[str]] | None = None,
    ) -> None:
        self._clock = clock
        self._servers = system_servers() if servers is None else servers
        self._hosts = system_hosts() if hosts is None else hosts
        self._kept: dict[str, Kept] = {}
        self.stolen: Callable[[], float] = lambda: 0.0  # by the prober's health, seconds
        self.fresh_at = -1.0
        self.fresh_name = ""

    def forget(self, name: str) -> None:
        """Forget a name, so that it is asked for anew."""
        self._kept.pop(name, None)

    def resolve(self, host: str) -> Generator[Want, Any, list[str]]:
        """Return a host's addresses, those of IPv4 where it has any.

        :raises NameFault: when it has none or nobody says.
        """
        if host[-1:].isdigit() or ":" in host:
            return [host]
        kept = self._kept.get(host)
        if kept is None or kept.until <= self._clock():
            kept = yield from self._look_up(host)
        if kept.fault:
            raise NameFault(kept.fault, host)
        return list(kept.addresses)

    def query(
        self, name: str, kind: str, server: str | None, deadline: float
    ) -> Generator[Want, Any, list[str]]:
        """Ask for one kind of record and return the answers as text, sorted.

        :raises NameFault: when there is none or nobody answers.
        """
        servers = [_server(server)] if server else self._servers
        answers, _ = yield from self._records(name, kind, servers, deadline)
        return sorted(answers)

    def _look_up(self, host: str) -> Generator[Want, Any, Kept]:
        if host in self._hosts:
            return Kept(self._clock() + LONGEST, tuple(self._hosts[host]))
        if host == "localhost" or host.endswith(".localhost"):
            return Kept(self._clock() + LONGEST, ("127.0.0.1",))  # RFC 6761
        stolen = self.stolen()
        try:
            addresses, ttl = yield from self._addresses(host)
            kept = Kept(self._clock() + min(max(ttl, 1.0), LONGEST), tuple(addresses))
            self.fresh_at, self.fresh_name = self._clock(), host
        except NameFault as fault:
            if self.stolen() > stolen:
                raise  # our own absence: no other fetch may inherit it as an answer
            kept = Kept(self._clock() + FAILED_FOR, fault=fault.code)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[host] = kept
        return kept

    def _addresses(self, host: str) -> Generator[Want, Any, tuple[list[str], float]]:
        deadline = self._clock() + PATIENCE * TRIES * max(1, len(self._servers))
        try:
            return (yield from self._records(host, "A", self._servers, deadline))
        except NameFault as fault:
            if fault.code is not Code.NAME_UNKNOWN or fault.detail == "NXDOMAIN":
                raise
        return (yield from self._records(host, "AAAA", self._servers, deadline))

    def _records(
        self, name: str, kind: str, servers: list[Server], deadline: float
    ) -> Generator[Want, Any, tuple[list[str], float]]:
        """Return the records of a kind and how long they hold; tries the servers in turn."""
        fault = NameFault(Code.NAME_TIMEOUT, name)
        for attempt in range(TRIES * len(servers)):
            if self._clock() >= deadline:
                break
            server = servers[attempt % len(servers)]
            try:
                message = yield from self._ask(server, name, kind, deadline)
                return _read(message, kind)
            except NameFault as found:
                fault = found
                if found.code is Code.NAME_UNKNOWN:
                    break
        raise fault

    def _ask(self, server: Server, name: str, kind: str, deadline: float) -> Asking:
        try:
            query = dns.message.make_query(dns.name.from_text(name), kind, use_edns=0, payload=1232)
        except dns.exception.DNSException as error:
            raise NameFault(Code.NAME_UNKNOWN, name) from error
        query.id = secrets.randbelow(65536)
        until = min(deadline, self._clock() + PATIENCE)
        message = yield from _by_udp(server, query, until)
        if message.flags & dns.flags.TC:
            message = yield from _by_tcp(server, query, until + PATIENCE)
        return message


def _read(message: dns.message.Message, kind: str) -> tuple[list[str], float]:
    code = message.rcode()
    if code == dns.rcode.NXDOMAIN:
        raise NameFault(Code.NAME_UNKNOWN, "NXDOMAIN")
    if code != dns.rcode.NOERROR:
        raise NameFault(Code.NAME_FAILED, dns.rcode.to_text(code))
    wanted = dns.rdatatype.from_text(kind)
    sets = [rrset for rrset in message.answer if rrset.rdtype == wanted]
    found = [_text(record, wanted) for rrset in sets for record in rrset]
    if not found:
        raise NameFault(Code.NAME_UNKNOWN, f"NODATA {kind}")
    return found, float(min(rrset.ttl for rrset in message.answer))


def _text(record: Any, kind: int) -> str:
    if kind == dns.rdatatype.TXT:
        return b"".join(record.strings).decode("utf-8", "replace")
    return str(record.to_text()).rstrip(".").lower()


def _socket(server: Server, kind: socket.SocketKind) -> socket.socket:
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    made = socket.socket(family, kind | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
    try:
        made.connect(server)
    except BlockingIOError:
        pass
    except OSError:
        made.close()
        raise
    return made


def _fault(error: OSError, server: Server) -> NameFault:
    if error.errno in {errno.EMFILE, errno.ENFILE}:
        return NameFault(Code.LIMITS, os.strerror(error.errno))
    return NameFault(Code.NAME_TIMEOUT, f"{server[0]}: {error.strerror}")


def _by_udp(server: Server, query: dns.message.Message, until: float) -> Asking:
    """Ask once by UDP; what does not belong to the question is not listened to."""
    try:
        asked = _socket(server, socket.SOCK_DGRAM)
    except OSError as error:
        raise _fault(error, server) from error
    with asked:
        try:
            asked.send(query.to_wire())
            while True:
                yield from _until(Readable(asked.fileno()), until)
                with contextlib.suppress(dns.exception.DNSException, BlockingIOError):
                    message = dns.message.from_wire(asked.recv(4096), ignore_trailing=True)
                    if query.is_response(message):
                        return message
        except OSError as error:
            raise _fault(error, server) from error


def _by_tcp(server: Server, query: dns.message.Message, until: float) -> Asking:
    try:
        asked = _socket(server, socket.SOCK_STREAM)
    except OSError as error:
        raise _fault(error, server) from error
    with asked:
        try:
            yield from _until(Writable(asked.fileno()), until)
            wire = query.to_wire()
            asked.send(struct.pack("!H", len(wire)) + wire)
            data = b""
            while len(data) < 2 or len(data) < 2 + struct.unpack("!H", data[:2])[0]:
                yield from _until(Readable(asked.fileno()), until)
                part = asked.recv(65537)
                if not part:
                    raise NameFault(Code.NAME_FAILED, server[0])
                data += part
            return dns.message.from_wire(data[2:], ignore_trailing=True)
        except OSError as error:
            raise _fault(error, server) from error
        except dns.exception.DNSException as error:
            raise NameFault(Code.NAME_FAILED, type(error).__name__) from error


def _until(want: Readable | Writable, until: float) -> Generator[Want, Any, None]:
    """Wait for a socket, but no longer than ``until``."""
    try:
        yield Until(want, until)
    except OutOfTime:
        raise NameFault(Code.NAME_TIMEOUT) from None


def _server(text: str) -> Server:
    """Return an address with its port: ``9.9.9.9``, ``9.9.9.9:5353`` or ``[::1]:53``."""
    host, _, port = text.rpartition(":") if text.count(":") == 1 or "]:" in text else (text, "", "")
    return str(ip_address(host.strip("[]"))), int(port or 53)


def system_servers(path: Path = Path("/etc/resolv.conf")) -> list[Server]:
    """Return the machine's name servers; its own when the file names none."""
    servers = []
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            parts = line.split()
            if len(parts) > 1 and parts[0] == "nameserver":
                with contextlib.suppress(ValueError):
                    servers.append((str(ip_address(parts[1].partition("%")[0])), 53))
    return servers or [("127.0.0.1", 53)]


def system_hosts(path: Path = Path("/etc/hosts")) -> dict[str, list[str]]:
    """Return the names of the machine's hosts file."""
    hosts: dict[str, list[str]] = {}
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            address, *names = line.partition("#")[0].split() or [""]
            with contextlib.suppress(ValueError):
                for name in names:
                    hosts.setdefault(name.lower(), []).append(str(ip_address(address)))
    return hosts
