"""Checks of web pages and interfaces: status, words, JSON, redirects, latency, phase by phase."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pycurl

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.addresses import Target, read_host, read_target
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds import json_path
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
from kawal.monitoring.feeds.curl import REDIRECTS, fault_of, measure, prepare
from kawal.monitoring.feeds.schema import Schema, choice, custom, listing, number, text, wrong

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MANYREDIRECTS = 8
LARGEST = 4 * 1024 * 1024
USUAL_BODY = 512 * 1024
AGENT = "Kawal (pemeriksa ketersediaan)"
_FORBIDDEN_HEADERS = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")


def statuses(member: object) -> range:
    """Return the statuses that one member of a status set means: 200, or "200-299".

    :raises ValueError: when it means none.
    """
    if isinstance(member, int) and not isinstance(member, bool):
        first = last = member
    elif isinstance(member, str):
        low, _, high = member.partition("-")
        first, last = int(low), int(high or low)
    else:
        raise ValueError(member)
    if not 100 <= first <= last <= 599:
        raise ValueError(member)
    return range(first, last + 1)


def _header(member: Mapping[str, Any]) -> None:
    name = member["name"]
    if not name or set(name.lower()) - _TOKEN or name.lower() in _FORBIDDEN_HEADERS:
        raise ValueError(name)
    if set(member) - {"name", "value", "secret"}:
        raise ValueError(name)
    value = member.get("value", "")
    if not isinstance(value, str) or len(value) > 4000 or not value.isprintable():
        raise ValueError(name)


def _redirects(value: Any) -> Reason | None:
    if value in ("follow", "refuse"):
        return None
    try:
        read_target(value["exactly"])
    except (ValueError, TypeError, KeyError):
        return wrong(
            "redirects", N_('redirects harus "follow", "refuse" atau {"exactly": alamat tujuan}')
        )
    return None


def _json(value: Any) -> Reason | None:
    return None if value is None else json_path.reason("json", value)


SCHEMA = Schema(
    (
        text("url", required=True, longest=2000, valid=read_target, mend=N_("Tulis https://…")),
        choice("method", METHODS, "GET"),
        listing("headers", _header, most=30),
        text("body", longest=20_000),
        listing("status", statuses, least=0, default=["200-399"]),
        text("keyword", longest=300),
        text("absent", longest=300),
        custom("json", _json),
        number("max_ms", least=1, most=600_000),
        choice("slow_is", ("warn", "down"), "warn"),
        custom("redirects", _redirects, "follow"),
        number("max_body", least=1, most=LARGEST, default=USUAL_BODY),
    )
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A sound spec, taken apart once."""

    target: Target
    method: str
    headers: tuple[str, ...]
    secret_headers: tuple[str, ...]
    body: bytes
    accepted: frozenset[int]
    keyword: bytes
    absent: bytes
    json: json_path.Test | None
    max_ms: float
    slow_is: State
    follow: bool
    exactly: str
    max_body: int


class Http:
    """Checks over HTTP and HTTPS."""

    kind = Kind.HTTP
    timing = Timing()
    counts = True

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        redirects = full["redirects"]
        exactly = "" if isinstance(redirects, str) else str(read_target(redirects["exactly"]))
        members = full["status"] or ["200-399"]
        return Plan(
            target=read_target(full["url"]),
            method=full["method"],
            headers=tuple(
                f"{one['name']}: {one.get('value', '')}"
                for one in full["headers"]
                if not one.get("secret")
            ),
            secret_headers=tuple(f"{name}: {value}" for name, value in secrets.items()),
            body=full["body"].encode(),
            accepted=frozenset(status for member in members for status in statuses(member)),
            keyword=full["keyword"].encode(),
            absent=full["absent"].encode(),
            json=json_path.read(full["json"]) if full["json"] else None,
            max_ms=full["max_ms"] or 0,
            slow_is=State[full["slow_is"].upper()],
            follow=redirects == "follow",
            exactly=exactly,
            max_body=full["max_body"],
        )

    def propose(self, address: str) -> list[Proposed]:
        """Propose the page itself; for a bare name over HTTPS."""
        url = address if "//" in address else f"https://{read_host(address)}/"
        target = read_target(url)
        return [
            Proposed(self.kind, f"Halaman {target.host}", {"url": str(target)}, 60, self.counts)
        ]

    def place(self, plan: Plan) -> tuple[str, int]:
        """Return the host and port that are looked at."""
        return plan.target.host, plan.target.port

    def fetch(self, plan: Plan, net: Net, deadline: float) -> Fetch:
        """Fetch the page, following redirects one by one: each is resolved and judged anew."""
        started = net.clock()
        target, method, hops = plan.target, plan.method, 0
        while True:
            answer = yield from _hop(plan, net, target, method, deadline)
            answer.redirects = hops
            if answer.fault or not plan.follow or answer.status not in REDIRECTS:
                break
            if hops == MANYREDIRECTS:
                answer.fault = Code.REDIRECT_LOOP
                break
            try:
                target = read_target(answer.location, target)
            except ValueError:
                answer.fault, answer.detail = Code.MALFORMED, answer.location[:200]
                break
            if answer.status == 303 or (answer.status in {301, 302} and method == "POST"):
                method = "GET"
            hops += 1
        answer.ms = (net.clock() - started) * 1000
        return answer

    def judge(self, plan: Plan, answer: Answer, now: float) -> Judgement:
        """Return the verdict: the first thing that is wrong, in the order of its weight."""
        if answer.fault:
            return at_fault(answer)
        if plan.exactly:
            return _redirect(plan, answer)
        if answer.status not in plan.accepted:
            return Judgement(State.DOWN, answer.status)
        if plan.keyword or plan.absent or plan.json:
            verdict = _content(plan, answer)
            if verdict.state is not State.UP:
                return verdict
        if plan.max_ms and answer.ms > plan.max_ms:
            return Judgement(plan.slow_is, Code.SLOW, f"{answer.ms:.0f} ms > {plan.max_ms:.0f} ms")
        return UP


def _redirect(plan: Plan, answer: Answer) -> Judgement:
    if answer.status not in REDIRECTS:
        return Judgement(State.DOWN, answer.status)
    try:
        to = str(read_target(answer.location, plan.target))
    except ValueError:
        to = answer.location
    if to != plan.exactly:
        return Judgement(State.DOWN, Code.REDIRECT_ELSEWHERE, to[:200])
    return UP


def _content(plan: Plan, answer: Answer) -> Judgement:
    body = unzipped(answer.body, plan.max_body)
    if plan.keyword and plan.keyword not in body:
        return Judgement(State.DOWN, Code.KEYWORD_ABSENT, plan.keyword.decode())
    if plan.absent and plan.absent in body:
        return Judgement(State.DOWN, Code.KEYWORD_PRESENT, plan.absent.decode())
    if plan.json is None:
        return UP
    if answer.cut:
        return Judgement(State.DOWN, Code.TOO_LARGE)
    code, detail = json_path.fault(plan.json, body)
    return Judgement(State.DOWN, code, detail) if code else UP


def unzipped(body: bytes, most: int) -> bytes:
    """Return a body that came zipped unasked, opened up to a bound; anything else as it is."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, most)
    except zlib.error:
        return body


def _hop(plan: Plan, net: Net, target: Target, method: str, deadline: float) -> Fetch:
    """Fetch one address without following; tries each of the host's addresses in turn."""
    started = net.clock()
    try:
        addresses = yield from net.resolve(target.host)
    except NameFault as fault:
        return Answer(fault.code, fault.detail)
    dns = (net.clock() - started) * 1000
    answer = Answer(Code.FORBIDDEN_ADDRESS, target.host)
    open_ones = [one for one in addresses if net.permits(one, target.port)]
    for left, address in zip(range(len(open_ones), 0, -1), open_ones, strict=True):
        until = net.clock() + (deadline - net.clock()) / left
        answer = yield from _transfer(plan, net, target, method, address, until)
        if answer.fault not in {Code.REFUSED, Code.UNREACHABLE, Code.CONNECT_TIMEOUT}:
            break
    answer.dns = dns
    return answer


class _Body:
    """Takes what comes until it is enough; then curl hangs up."""

    __slots__ = ("cut", "left", "parts")

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most
        self.cut = False

    def __call__(self, data: bytes) -> int | None:
        self.left -= len(data)
        if self.left >= 0:
            self.parts.append(data)
            return None
        self.parts.append(data[: self.left])
        self.cut = True
        return 0


def _transfer(
    plan: Plan, net: Net, target: Target, method: str, address: str, deadline: float
) -> Fetch:
    handle = net.handle()
    body = _Body(plan.max_body)
    prepare(handle, net, target, address, deadline)
    handle.setopt(pycurl.WRITEFUNCTION, body)
    _ask(handle, plan, method, home=target.host == plan.target.host)
    error = yield Transfer(handle)
    answer = Answer(body=b"".join(body.parts), cut=body.cut, address=address)
    if error and not (error == pycurl.E_WRITE_ERROR and body.cut):
        answer.fault, answer.detail = fault_of(handle, error)
    measure(handle, answer)
    net.give_back(handle)
    return answer


def _ask(handle: Any, plan: Plan, method: str, *, home: bool) -> None:
    """Set the method, headers and body; secrets go to the check's own host only."""
    setopt = handle.setopt
    setopt(pycurl.USERAGENT, AGENT)
    setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    headers = plan.headers + plan.secret_headers if home else plan.headers
    if headers:
        setopt(pycurl.HTTPHEADER, list(headers))
    if method == "HEAD":
        setopt(pycurl.NOBODY, 1)
    elif method != "GET":
        if plan.body:
            setopt(pycurl.POSTFIELDS, plan.body)
        setopt(pycurl.CUSTOMREQUEST, method)


FEED = Http()
