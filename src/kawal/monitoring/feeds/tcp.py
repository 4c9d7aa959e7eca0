"""Checks of plain connections: a port that opens, and the greeting behind it."""

import errno
import os
import socket
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.monitoring.addresses import read_host
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
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
    Want,
    Writable,
    at_fault,
)
from kawal.monitoring.feeds.schema import Schema, number, text

MOST = 4096
SCHEMA = Schema(
    (
        text("host", required=True, longest=253, valid=read_host),
        number("port", least=1, most=65535, required=True),
        text("banner", longest=200),
    )
)
_FAULTS = {
    errno.ECONNREFUSED: Code.REFUSED,
    errno.ETIMEDOUT: Code.CONNECT_TIMEOUT,
    errno.EMFILE: Code.LIMITS,
    errno.ENFILE: Code.LIMITS,
    errno.ECONNRESET: Code.CLOSED,
    errno.EPIPE: Code.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to connect and what to read there."""

    host: str
    port: int
    banner: bytes


class Tcp:
    """Checks of a TCP port."""

    kind = Kind.TCP
    timing = Timing()
    counts = True

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        return Plan(read_host(full["host"]), full["port"], full["banner"].encode())

    def propose(self, address: str) -> list[Proposed]:
        """Propose the port of a bare ``host:port``."""
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit() or "/" in address:
            return []
        spec = {"host": read_host(host), "port": int(port)}
        return [Proposed(self.kind, f"Sambungan {host}:{port}", spec, 60, self.counts)]

    def place(self, plan: Plan) -> tuple[str, int]:
        """Return the host and port that are looked at."""
        return plan.host, plan.port

    def fetch(self, plan: Plan, net: Net, deadline: float) -> Fetch:
        """Connect, read the greeting where one is wanted, hang up."""
        started = net.clock()
        answer = Answer()
        try:
            addresses = yield from net.resolve(plan.host)
            answer.dns = (net.clock() - started) * 1000
            answer.address = next((one for one in addresses if net.permits(one, plan.port)), "")
            if not answer.address:
                return Answer(Code.FORBIDDEN_ADDRESS, plan.host)
            yield from _talk(plan, net, answer)
        except NameFault as fault:
            answer.fault, answer.detail = fault.code, fault.detail
        except OutOfTime:
            answer.fault = Code.TIMEOUT if answer.connect else Code.CONNECT_TIMEOUT
        except OSError as error:
            answer.fault = _FAULTS.get(error.errno or 0, Code.UNREACHABLE)
            answer.detail = os.strerror(error.errno) if error.errno else ""
        answer.ms = (net.clock() - started) * 1000
        return answer

    def judge(self, plan: Plan, answer: Answer, now: float) -> Judgement:
        """Return the verdict on the greeting."""
        if answer.fault:
            return at_fault(answer)
        if plan.banner not in answer.body:
            seen = answer.body[:80].decode("utf-8", "replace")
            return Judgement(State.DOWN, Code.BANNER_DIFFERS, seen)
        return UP


def _talk(plan: Plan, net: Net, answer: Answer) -> Generator[Want, Any, None]:
    family = socket.AF_INET6 if ":" in answer.address else socket.AF_INET
    began = net.clock()
    kind = socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
    with socket.socket(family, kind) as made:
        if made.connect_ex((answer.address, plan.port)) not in {0, errno.EISCONN}:
            yield Writable(made.fileno())
        if error := made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(error, os.strerror(error))
        answer.connect = max((net.clock() - began) * 1000, 0.001)
        began = net.clock()
        while plan.banner and plan.banner not in answer.body and len(answer.body) < MOST:
            yield Readable(made.fileno())
            part = made.recv(MOST)
            if not part:
                break
            answer.body += part
            answer.first = answer.first or (net.clock() - began) * 1000


FEED = Tcp()
