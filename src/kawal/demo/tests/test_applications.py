"""The demo server as a caller meets it: real ports, real certificates, real faults."""

import asyncio
import contextlib
import json
import socket
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from kawal.demo import addresses, applications, certificates, faults, heartbeats
from kawal.demo.faults import Fault
from kawal.demo.numbers import STALE_BY

QUIET = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class Clock:
    """A clock that the test turns."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Serve the demo with a quiet schedule; give its addresses and its clock."""
    monkeypatch.setattr(faults, "OPENINGS", ())
    monkeypatch.setattr(faults, "CHANCE", 0.0)
    monkeypatch.setattr(faults, "RARELY", 0.0)
    clock, stop = Clock(QUIET), threading.Event()
    places = addresses.find(tmp_path, port=sum(tmp_path.name.encode()))

    def work():
        asyncio.run(applications.serve(tmp_path, _silent_port(), stop, now=clock))

    thread = threading.Thread(target=work)
    thread.start()
    _wait(lambda: _is_open(places.ports["kel-rambung-timur"]))
    yield places, clock, tmp_path
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def _silent_port():
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _is_open(port):
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(done, seconds=5.0):
    for _ in range(int(seconds / 0.02)):
        if done():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen in time")


def get(url, context=None):
    return urllib.request.urlopen(url, timeout=5, context=context)


def post(url, origin=None, **form):
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode())
    if origin:
        request.add_header("Origin", origin)
    return urllib.request.urlopen(request, timeout=5)


def test_it_serves_pages_and_health_on_ports_of_their_own(served):
    places, _, _ = served
    assert b"<h1>e-Musrenbang</h1>" in get(places.url("e-musrenbang")).read()
    health = json.load(get(places.url("e-mas") + "health"))
    assert (health["aplikasi"], health["status"]) == ("e-Masyarakat (e-Mas)", "ok")
    assert len(set(places.ports.values())) == 108


def test_https_is_trusted_with_the_demos_authority_only(served):
    places, _, home = served
    trusting = ssl.create_default_context(cafile=str(certificates.authority(home)))
    assert get(places.url("e-pbb"), trusting).status == 200
    with pytest.raises(urllib.error.URLError, match="unable to get local issuer"):
        get(places.url("e-pbb"))


def test_one_certificate_is_past_its_end_and_one_near(served):
    places, _, home = served
    trusting = ssl.create_default_context(cafile=str(certificates.authority(home)))
    with pytest.raises(urllib.error.URLError, match="expired"):
        get(places.url("wbs"), trusting)
    with (
        socket.create_connection(("127.0.0.1", places.ports["lpse"])) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as sealed,
    ):
        ends = ssl.cert_time_to_seconds(sealed.getpeercert()["notAfter"])
    assert ends == (QUIET + timedelta(days=9)).timestamp()


def test_a_visitor_breaks_one_and_mends_it(served):
    places, _, _ = served
    index = places.url(addresses.INDEX)
    post(index + "ganggu", aplikasi="e-warung", gangguan="error", menit="3")
    with pytest.raises(urllib.error.HTTPError, match="500"):
        get(places.url("e-warung"))
    assert "galat 500" in get(index).read().decode()
    post(index + "pulihkan", aplikasi="e-warung")
    assert get(places.url("e-warung")).status == 200


def test_another_sites_page_cannot_break_anything(served):
    places, _, _ = served
    index = places.url(addresses.INDEX)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        post(index + "ganggu", "http://evil.example", aplikasi="e-warung", gangguan="error")
    assert get(places.url("e-warung")).status == 200


@pytest.mark.parametrize(
    "form",
    [
        {"aplikasi": "tidak-ada", "gangguan": "error"},
        {"aplikasi": "e-warung", "gangguan": "meledak"},
        {"aplikasi": "e-warung", "gangguan": "error", "menit": "banyak"},
    ],
)
def test_a_wrong_form_breaks_nothing(served, form):
    places, _, _ = served
    with pytest.raises(urllib.error.HTTPError, match="400"):
        post(places.url(addresses.INDEX) + "ganggu", **form)
    assert get(places.url("e-warung")).status == 200


def test_one_that_refuses_is_really_shut_and_opens_again(served):
    places, clock, _ = served
    port = places.ports["e-warung"]
    held = socket.create_connection(("127.0.0.1", port))
    post(places.url(addresses.INDEX) + "ganggu", aplikasi="e-warung", gangguan="refused", menit="2")
    _wait(lambda: not _is_open(port))
    assert held.recv(1) == b""
    held.close()
    clock.at += timedelta(minutes=2)
    _wait(lambda: _is_open(port))


def test_one_that_hangs_takes_the_call_and_says_nothing(served):
    places, _, _ = served
    post(places.url(addresses.INDEX) + "ganggu", aplikasi="e-warung", gangguan="hanging", menit="2")
    with socket.create_connection(("127.0.0.1", places.ports["e-warung"])) as call:
        call.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        call.settimeout(0.6)
        with pytest.raises(TimeoutError):
            call.recv(1)


def test_two_requests_on_one_connection_are_answered_in_their_order(served):
    places, _, _ = served
    with socket.create_connection(("127.0.0.1", places.ports["jdih"])) as call:
        call.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nConnection: close\r\n\r\n"
        )
        both = b"".join(iter(lambda: call.recv(65536), b""))
    page, health = both.index(b"<h1>JDIH</h1>"), both.index(b'"aplikasi": "JDIH"')
    assert page < health


@pytest.mark.parametrize(
    "garbage", [b"\x00\x01\x02\r\n\r\n", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n"]
)
def test_garbage_ends_the_connection_and_nothing_else(served, garbage):
    places, _, _ = served
    with socket.create_connection(("127.0.0.1", places.ports["jdih"])) as call:
        with contextlib.suppress(OSError):
            call.sendall(garbage)
        call.settimeout(3)
        with contextlib.suppress(ConnectionResetError):
            assert call.recv(1) == b""
    assert get(places.url("jdih")).status == 200


def test_the_mail_server_greets(served):
    places, _, _ = served
    with socket.create_connection(("127.0.0.1", places.ports[addresses.MAIL])) as call:
        assert call.recv(100).startswith(b"220 ")


def test_addresses_are_kept_and_two_copies_do_not_meet(tmp_path):
    first = addresses.find(tmp_path / "a", port=8000)
    assert addresses.find(tmp_path / "a", port=9000) == first
    second = addresses.find(tmp_path / "b", port=8001)
    assert not set(first.ports.values()) & set(second.ports.values())


def test_a_block_with_a_port_in_use_is_passed_over(tmp_path):
    wanted = addresses.find(tmp_path / "a", port=8002)
    with contextlib.closing(socket.socket()) as other:
        other.bind(("127.0.0.1", wanted.ports["jdih"]))
        moved = addresses.find(tmp_path / "b", port=8002)
    assert not set(wanted.ports.values()) & set(moved.ports.values())


class Product:
    """What a technician sees of the product: paths that accept posts."""

    def __init__(self):
        self.got = []

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        await self.server.wait_closed()

    async def _accept(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        self.got.append((head.split(" ")[1], await reader.readexactly(length)))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        writer.close()


def reporter(home, port, fault=None):
    from kawal.demo.board import Board

    board = Board(1, QUIET)
    if fault:
        board.break_now("e-mas", fault, timedelta(minutes=5), QUIET)
    return heartbeats.Reporter(board, heartbeats.given_file(home), "127.0.0.1", port, lambda: QUIET)


def test_jobs_report_to_the_addresses_they_were_given(tmp_path):
    async def scene():
        async with Product() as product:
            told = reporter(tmp_path, product.port)
            await told.report("mas-teruskan", "/start")
            heartbeats.give(tmp_path, {"mas-teruskan": "/ping/abc", "angka-mas": "/push/def"})
            await told.report("mas-teruskan", "/start")
            await told.report("angka-mas", "", told.numbers(heartbeats.NUMBERS[0]))
            return product.got

    (start, push) = asyncio.run(scene())
    assert start == ("/ping/abc/start", b"")
    assert push[0] == "/push/def"
    assert set(json.loads(push[1])) == {"transaksi_hari_ini", "antrean", "data_terakhir"}
    assert oct(heartbeats.given_file(tmp_path).stat().st_mode)[-3:] == "600"


def test_a_job_without_a_product_goes_on(tmp_path):
    heartbeats.give(tmp_path, {"mas-teruskan": "/ping/abc"})
    alone = reporter(tmp_path, _silent_port())
    asyncio.run(alone.report("mas-teruskan", ""))
    assert alone.sent == {}


def test_stale_numbers_say_so_themselves(tmp_path):
    sent = json.loads(reporter(tmp_path, 1, Fault.STALE).numbers(heartbeats.NUMBERS[0]))
    assert datetime.fromisoformat(sent["data_terakhir"]) == QUIET - STALE_BY
