"""TCP, DNS and ping checks against real servers on loopback."""

import socket
import threading
import time

import dns.message
import dns.rdatatype
import dns.rrset
import pytest

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds import ping
from kawal.monitoring.tests import servers
from kawal.monitoring.tests.rig import Rig
from kawal.monitoring.tests.servers import answers, page, serving


@pytest.fixture
def rig():
    rig = Rig()
    yield rig
    rig.loop.close()


def test_an_open_port_is_up_and_a_closed_one_refused(rig):
    with serving(servers.silent) as port:
        answer, verdict = rig.check(Kind.TCP, {"host": "127.0.0.1", "port": port})
    assert verdict.state is State.UP
    assert answer.connect > 0
    _, verdict = rig.check(Kind.TCP, {"host": "127.0.0.1", "port": servers.unused_port()})
    assert (verdict.state, verdict.code) == (State.DOWN, Code.REFUSED)


def greeter(greeting):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        peer, _ = listener.accept()
        peer.sendall(greeting)
        time.sleep(0.5)
        peer.close()

    threading.Thread(target=serve, daemon=True).start()
    return listener


@pytest.mark.parametrize(
    ("greeting", "state", "code"),
    [
        (b"220 mx.binjai.example ESMTP\r\n", State.UP, Code.OK),
        (b"554 tutup\r\n", State.DOWN, Code.BANNER_DIFFERS),
        (b"", State.DOWN, Code.TIMEOUT),
    ],
)
def test_the_greeting_is_read(rig, greeting, state, code):
    with greeter(greeting) as listener:
        port = listener.getsockname()[1]
        spec = {"host": "127.0.0.1", "port": port, "banner": "220 "}
        _, verdict = rig.check(Kind.TCP, spec, timeout=5 if greeting else 0.3)
    assert (verdict.state, verdict.code) == (state, code)


def one_port_for_both():
    """Return a datagram and a listening socket on one port, which others may hold for either."""
    for _ in range(50):
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        try:
            return udp, socket.create_server(udp.getsockname())
        except OSError:
            udp.close()
    raise AssertionError("no port is free for both")


class NameServer:
    """A name server of one zone; ``says`` maps (name, kind) to records, or to None: no answer."""

    def __init__(self, says, *, truncate=False):
        self.says, self.truncate, self.asked = says, truncate, []
        self.udp, self.tcp = one_port_for_both()
        self.place = self.udp.getsockname()
        for serve in (self._udp, self._tcp):
            threading.Thread(target=serve, daemon=True).start()

    def answer(self, wire):
        query = dns.message.from_wire(wire)
        question = query.question[0]
        key = (str(question.name).rstrip("."), dns.rdatatype.to_text(question.rdtype))
        self.asked.append(key)
        records = self.says.get(key, "NXDOMAIN")
        if records is None:
            return None
        response = dns.message.make_response(query)
        if records == "NXDOMAIN":
            response.set_rcode(3)
        elif records == "SERVFAIL":
            response.set_rcode(2)
        elif records:
            response.answer.append(dns.rrset.from_text(question.name, 60, "IN", key[1], *records))
        return response

    def _udp(self):
        while True:
            try:
                wire, peer = self.udp.recvfrom(4096)
            except OSError:
                return
            if response := self.answer(wire):
                if self.truncate:
                    response.answer.clear()
                    response.flags |= dns.flags.TC
                self.udp.sendto(b"\0\1junk that is no answer", peer)
                self.udp.sendto(response.to_wire(), peer)

    def _tcp(self):
        while True:
            try:
                peer, _ = self.tcp.accept()
            except OSError:
                return
            wire = peer.recv(4096)
            whole = self.answer(wire[2:]).to_wire()
            peer.sendall(len(whole).to_bytes(2, "big") + whole)
            peer.close()

    def close(self):
        self.udp.close()
        self.tcp.close()


@pytest.fixture
def zone():
    made = []

    def make(says, **options):
        made.append(NameServer(says, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_names_are_resolved_and_kept(zone):
    server = zone({("e-ra.example", "A"): ["127.0.0.1"]})
    rig = Rig(servers=[server.place])
    with serving(answers(page(b"ok"))) as port:
        spec = {"url": f"http://e-ra.example:{port}/"}
        first, verdict = rig.check(Kind.HTTP, spec)
        second, _ = rig.check(Kind.HTTP, spec)
    assert verdict.state is State.UP
    assert server.asked == [("e-ra.example", "A")]
    assert first.dns > second.dns


@pytest.mark.parametrize(
    ("says", "code"),
    [("NXDOMAIN", Code.NAME_UNKNOWN), ("SERVFAIL", Code.NAME_FAILED), ([], Code.NAME_UNKNOWN)],
)
def test_names_that_fail_are_down_and_say_how(zone, says, code):
    server = zone({("salah.example", "A"): says, ("salah.example", "AAAA"): says})
    _, verdict = Rig(servers=[server.place]).check(Kind.HTTP, {"url": "http://salah.example/"})
    assert (verdict.state, verdict.code) == (State.DOWN, code)


def test_a_black_hole_of_names_holds_nobody_up(zone):
    hole = zone({("bisu.example", "A"): None})
    rig = Rig(servers=[hole.place], hosts={"jdih.example": ["127.0.0.1"]})
    with serving(answers(page(b"ok"))) as port:
        for _ in range(30):
            rig.begin(Kind.HTTP, {"url": "http://bisu.example/"}, timeout=1.0)
        started = time.monotonic()
        rig.begin(Kind.HTTP, {"url": f"http://jdih.example:{port}/"})
        while not rig.ended:
            rig.loop.turn(0.1)
        assert time.monotonic() - started < 0.5
        rig.run()
        assert time.monotonic() - started < 2.0
    assert {answer.fault for _, answer in rig.ended[1:]} == {Code.NAME_TIMEOUT}


@pytest.mark.parametrize("truncate", [False, True])
def test_a_record_is_compared(zone, truncate):
    says = {("binjai.example", "MX"): ["10 mx1.binjai.example.", "20 mx2.binjai.example."]}
    rig = Rig(servers=[zone(says, truncate=truncate).place])
    spec = {"name": "binjai.example", "record": "MX", "match": "contains"}
    _, good = rig.check(Kind.DNS, {**spec, "expect": ["10 mx1.binjai.example"]})
    _, bad = rig.check(Kind.DNS, {**spec, "expect": ["10 mx.penipu.example"]})
    assert good.state is State.UP
    assert (bad.state, bad.code) == (State.DOWN, Code.ANSWER_DIFFERS)
    assert bad.detail == "10 mx1.binjai.example, 20 mx2.binjai.example"


def test_ping_of_loopback_is_up_or_says_that_it_may_not(rig):
    _, verdict = rig.check(Kind.PING, {"host": "127.0.0.1"})
    try:
        ping.open_socket(4)[0].close()
    except PermissionError:
        assert (verdict.state, verdict.code) == (State.UNKNOWN, Code.NOT_PERMITTED)
    else:
        assert (verdict.state, verdict.code) == (State.UP, Code.OK)


def test_ping_without_permission_is_unknown(rig, monkeypatch):
    def refuse(version):
        raise PermissionError

    monkeypatch.setattr(ping, "open_socket", refuse)
    _, verdict = rig.check(Kind.PING, {"host": "127.0.0.1"})
    assert (verdict.state, verdict.code) == (State.UNKNOWN, Code.NOT_PERMITTED)


def test_an_echo_has_the_checksum_of_rfc_1071():
    packet = ping.echo(4, 0x1234, 1, bytes(range(16)))
    total = sum(int.from_bytes(packet[i : i + 2], "big") for i in range(0, len(packet), 2))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    assert total == 0xFFFF
    assert ping.is_reply(b"\0\0" + packet[2:], 4, bytes(range(16)), own=True)
    assert not ping.is_reply(packet, 4, bytes(range(16)), own=True)
