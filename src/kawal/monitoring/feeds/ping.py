"""Checks by ICMP echo, where the machine lets an ordinary process send one."""

import os
import secrets
import socket
import struct
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.monitoring.addresses import read_host
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds.base import (
    UP,
    Answer,
    Fetch,
    Judgement,
    NameFault,
    Net,
    OutOfTime,
    Proposed,
    Readable,
    Timing,
    Until,
    Want,
    at_fault,
)
from kawal.monitoring.feeds.schema import Schema, number, text

ECHO_4, REPLY_4 = 8, 0
ECHO_6, REPLY_6 = 128, 129
SCHEMA = Schema(
    (
        text("host", required=True, longest=253, valid=read_host),
        number("tries", least=1, most=5, default=3),
    )
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ping, and how many times before it counts as silent."""

    host: str
    tries: int


class Ping:
    """Checks of a machine's reachability."""

    kind = Kind.PING
    timing = Timing()
    counts = True

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        return Plan(read_host(full["host"]), full["tries"])

    def propose(self, address: str) -> list[Proposed]:
        """Propose nothing: a page says more than a ping."""
        return []

    def place(self, plan: Plan) -> tuple[str, int]:
        """Return the host; a ping has no port."""
        return plan.host, 0

    def fetch(self, plan: Plan, net: Net, deadline: float) -> Fetch:
        """Send echoes one after the other until one comes back."""
        try:
            addresses = yield from net.resolve(plan.host)
        except NameFault as fault:
            return Answer(fault.code, fault.detail)
        address = next((one for one in addresses if net.permits(one, 0)), "")
        if not address:
            return Answer(Code.FORBIDDEN_ADDRESS, plan.host)
        try:
            made, own = open_socket(6 if ":" in address else 4)
        except PermissionError:
            return Answer(Code.NOT_PERMITTED, "ICMP")
        except OSError as error:
            return Answer(Code.LIMITS, os.strerror(error.errno or 0))
        with made:
            try:
                return (yield from _echo(made, own, address, plan.tries, net, deadline))
            except OSError as error:
                return Answer(Code.UNREACHABLE, os.strerror(error.errno or 0), address=address)

    def judge(self, plan: Plan, answer: Answer, now: float) -> Judgement:
        """Return the verdict: it came back or not."""
        return at_fault(answer) if answer.fault else UP


def open_socket(version: int) -> tuple[socket.socket, bool]:
    """Return a socket for echoes, and whether the kernel sorts the replies for us.

    :raises PermissionError: when this process may have neither kind.
    """
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    protocol = socket.IPPROTO_ICMP if version == 4 else socket.IPPROTO_ICMPV6
    flags = socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
    try:
        return socket.socket(family, socket.SOCK_DGRAM | flags, protocol), True
    except PermissionError:
        return socket.socket(family, socket.SOCK_RAW | flags, protocol), False


def echo(version: int, identity: int, turn: int, payload: bytes) -> bytes:
    """Return an echo request (RFC 792, RFC 4443) with its checksum."""
    kind = ECHO_4 if version == 4 else ECHO_6
    head = struct.pack("!BBHHH", kind, 0, 0, identity, turn)
    total = sum(struct.unpack(f"!{(len(head) + len(payload)) // 2}H", head + payload))
    total = (total >> 16) + (total & 0xFFFF)
    check = ~(total + (total >> 16)) & 0xFFFF
    return struct.pack("!BBHHH", kind, 0, check, identity, turn) + payload


def _echo(
    made: socket.socket, own: bool, address: str, tries: int, net: Net, deadline: float
) -> Generator[Want, Any, Answer]:
    version = 6 if ":" in address else 4
    payload, identity = secrets.token_bytes(16), secrets.randbelow(65536)
    share = (deadline - net.clock()) / tries
    for turn in range(1, tries + 1):
        sent = net.clock()
        made.sendto(echo(version, identity, turn, payload), (address, 0))
        try:
            while True:
                yield Until(Readable(made.fileno()), min(sent + share, deadline - 0.05))
                try:
                    data, _ = made.recvfrom(2048)
                except BlockingIOError:  # the kernel threw a damaged one away
                    continue
                if is_reply(data, version, payload, own):
                    spent = (net.clock() - sent) * 1000
                    return Answer(address=address, ms=spent, first=spent)
        except OutOfTime:
            continue
    return Answer(Code.SILENT, address=address)


def is_reply(data: bytes, version: int, payload: bytes, own: bool) -> bool:
    """Tell whether a datagram is the reply to our echo (raw IPv4 comes with its IP header)."""
    if version == 4 and not own:
        data = data[(data[0] & 0x0F) * 4 :]
    return data[:1] == bytes([REPLY_4 if version == 4 else REPLY_6]) and data[8:] == payload


FEED = Ping()
