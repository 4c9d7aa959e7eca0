"""Checks of certificates: valid chain, the right name, and days left."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pycurl

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.addresses import Target, read_host, read_target
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
    Transfer,
    at_fault,
)
from kawal.monitoring.feeds.curl import fault_of, prepare
from kawal.monitoring.feeds.schema import Schema, number, text, wrong

DAY = 86_400.0


def _days(spec: Mapping[str, Any]) -> list[Reason]:
    if spec["warn_days"] < spec["bad_days"]:
        return [wrong("warn_days", N_("warn_days tidak boleh kurang dari bad_days"))]
    return []


SCHEMA = Schema(
    (
        text("host", required=True, longest=253, valid=read_host),
        number("port", least=1, most=65535, default=443),
        number("warn_days", least=0, most=365, default=21),
        number("bad_days", least=0, most=365, default=0),
    ),
    (_days,),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose certificate, and how many days before its end to say so."""

    target: Target
    warn_days: int
    bad_days: int


class Tls:
    """Checks of a server's certificate; it does not decide whether the application is up."""

    kind = Kind.TLS
    timing = Timing(interval=3600, timeout=15, confirmations=2, recheck=30)
    counts = False

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        target = Target("https", read_host(full["host"]), full["port"], "/")
        return Plan(target, full["warn_days"], full["bad_days"])

    def propose(self, address: str) -> list[Proposed]:
        """Propose the certificate of whatever is served over HTTPS."""
        target = read_target(address if "//" in address else f"https://{address}/")
        if target.scheme != "https" or target.is_address:
            return []
        spec = {"host": target.host} | ({} if target.port == 443 else {"port": target.port})
        name = f"Sertifikat {target.host}"
        return [Proposed(self.kind, name, spec, self.timing.interval, self.counts)]

    def place(self, plan: Plan) -> tuple[str, int]:
        """Return the host and port that are looked at."""
        return plan.target.host, plan.target.port

    def fetch(self, plan: Plan, net: Net, deadline: float) -> Fetch:
        """Shake hands, read the certificate, hang up."""
        started = net.clock()
        try:
            addresses = yield from net.resolve(plan.target.host)
        except NameFault as fault:
            return Answer(fault.code, fault.detail)
        dns = (net.clock() - started) * 1000
        address = next((one for one in addresses if net.permits(one, plan.target.port)), "")
        if not address:
            return Answer(Code.FORBIDDEN_ADDRESS, plan.target.host)
        handle = pycurl.Curl()  # one of its own: what is left open is closed with it
        prepare(handle, net, plan.target, address, deadline)
        handle.setopt(pycurl.CONNECT_ONLY, 1)
        handle.setopt(pycurl.OPT_CERTINFO, 1)
        error = yield Transfer(handle)
        answer = Answer(address=address, dns=dns, ms=(net.clock() - started) * 1000)
        if error:
            answer.fault, answer.detail = fault_of(handle, error)
        else:
            answer.found = expiry(handle.getinfo(pycurl.INFO_CERTINFO))
        answer.connect = handle.getinfo(pycurl.CONNECT_TIME) * 1000
        answer.tls = max(0.0, handle.getinfo(pycurl.APPCONNECT_TIME) * 1000 - answer.connect)
        handle.close()
        return answer

    def judge(self, plan: Plan, answer: Answer, now: float) -> Judgement:
        """Return the verdict by the days left of the certificate that ends first."""
        if answer.fault:
            return at_fault(answer)
        if answer.found is None:
            return Judgement(State.DOWN, Code.MALFORMED)
        days = (answer.found - now) / DAY
        if days <= plan.bad_days:
            return Judgement(State.DOWN, Code.CERT_EXPIRED if days <= 0 else Code.CERT_SOON)
        if days <= plan.warn_days:
            return Judgement(State.WARN, Code.CERT_SOON, str(int(days)))
        return UP


def expiry(chain: list[list[tuple[str, str]]] | list[Any]) -> float | None:
    """Return when the first certificate of a chain ends, in seconds since 1970."""
    ends = [
        ssl.cert_time_to_seconds(value)
        for certificate in chain
        for name, value in certificate
        if name == "Expire date"
    ]
    return float(min(ends)) if ends else None


FEED = Tls()
