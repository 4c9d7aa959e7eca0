"""Checks of domain names: does a record exist and say what it should."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.addresses import read_host, read_target
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds.base import (
    UP,
    Answer,
    Fetch,
    Judgement,
    NameFault,
    Net,
    Proposed,
    Timing,
    at_fault,
)
from kawal.monitoring.feeds.schema import Schema, choice, listing, text, wrong

RECORDS = ("A", "AAAA", "CNAME", "MX", "NS", "TXT", "CAA", "SOA", "SRV", "PTR")


def _expected(spec: Mapping[str, Any]) -> list[Reason]:
    if spec["match"] != "any" and not spec["expect"]:
        return [
            wrong("expect", N_("expect wajib diisi untuk match %(match)s"), match=spec["match"])
        ]
    return []


def _text(member: Any) -> None:
    if not isinstance(member, str) or not member.strip():
        raise ValueError(member)


SCHEMA = Schema(
    (
        text("name", required=True, longest=253, valid=read_host),
        choice("record", RECORDS, "A"),
        listing("expect", _text),
        choice("match", ("any", "contains", "exactly"), "any"),
        text("server", longest=45, valid=ip_address),
    ),
    (_expected,),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which record of which name, whom to ask, and what must be in the answer."""

    name: str
    record: str
    expect: frozenset[str]
    match: str
    server: str | None


class Dns:
    """Checks of one record of one name; asks afresh each time."""

    kind = Kind.DNS
    timing = Timing(interval=300, timeout=10, confirmations=3, recheck=10)
    counts = False

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        plain = full["record"] == "TXT"
        return Plan(
            name=read_host(full["name"]),
            record=full["record"],
            expect=frozenset(
                one if plain else one.strip().rstrip(".").lower() for one in full["expect"]
            ),
            match=full["match"],
            server=full["server"] or None,
        )

    def propose(self, address: str) -> list[Proposed]:
        """Propose that the name has an address."""
        host = read_target(address).host if "//" in address else read_host(address.split("/")[0])
        if ":" in host or host[-1:].isdigit():
            return []
        return [Proposed(self.kind, f"DNS {host}", {"name": host}, 300, self.counts)]

    def place(self, plan: Plan) -> tuple[str, int]:
        """Return the name, whose server is asked."""
        return plan.server or plan.name, 53 if plan.server else 0

    def fetch(self, plan: Plan, net: Net, deadline: float) -> Fetch:
        """Ask one question."""
        if plan.server and not net.permits(plan.server, 53):
            return Answer(Code.FORBIDDEN_ADDRESS, plan.server)
        started = net.clock()
        try:
            found = yield from net.query(plan.name, plan.record, plan.server, deadline)
        except NameFault as fault:
            return Answer(fault.code, fault.detail, ms=(net.clock() - started) * 1000)
        spent = (net.clock() - started) * 1000
        return Answer(found=found, ms=spent, dns=spent)

    def judge(self, plan: Plan, answer: Answer, now: float) -> Judgement:
        """Return the verdict on the records found."""
        if answer.fault:
            return at_fault(answer)
        found = frozenset(answer.found)
        fits = {
            "any": True,
            "contains": plan.expect <= found,
            "exactly": plan.expect == found,
        }[plan.match]
        if fits:
            return UP
        return Judgement(State.DOWN, Code.ANSWER_DIFFERS, ", ".join(sorted(found))[:200])


FEED = Dns()
