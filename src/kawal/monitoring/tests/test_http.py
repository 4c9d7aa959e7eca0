"""HTTP checks against real servers, honest and hostile."""

import ssl
import time
from ipaddress import ip_address

import pytest
import trustme

from kawal.monitoring.addresses import Allowed
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.tests import servers
from kawal.monitoring.tests.rig import Rig
from kawal.monitoring.tests.servers import answers, page, serving


@pytest.fixture
def rig():
    rig = Rig()
    yield rig
    rig.loop.close()


def judged(rig, manner, spec=None, *, timeout=5.0):
    with serving(manner) as port:
        return rig.check(
            Kind.HTTP, {"url": f"http://127.0.0.1:{port}/", **(spec or {})}, timeout=timeout
        )


def test_a_page_that_answers_is_up(rig):
    answer, verdict = judged(rig, answers(page(b"Selamat datang")), {"keyword": "datang"})
    assert (verdict.state, verdict.code) == (State.UP, Code.OK)
    assert (answer.status, answer.body) == (200, b"Selamat datang")
    assert 0 < answer.connect < answer.ms


@pytest.mark.parametrize(
    ("manner", "spec", "code"),
    [
        (answers(page(b"", "503 Service Unavailable")), {}, 503),
        (answers(page(b"Situs dalam perbaikan")), {"keyword": "Masuk"}, Code.KEYWORD_ABSENT),
        (answers(page(b"Fatal error: PDO")), {"absent": "Fatal error"}, Code.KEYWORD_PRESENT),
        (answers(page(b'{"ok": false}')), {"json": {"path": "ok", "value": True}},
         Code.JSON_DIFFERS),
        (answers(page(b'{"db": {}}')), {"json": {"path": "db.up", "compare": "exists"}},
         Code.JSON_MISSING),
        (answers(page(b"<html>")), {"json": {"path": "ok", "value": True}}, Code.JSON_MALFORMED),
        (answers(b"SSH-2.0-OpenSSH_9.2\r\n"), {}, Code.MALFORMED),
        (answers(b""), {}, Code.CLOSED),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf"), {}, Code.CLOSED),
        (servers.header_flood, {}, Code.TOO_LARGE),
        (answers(page(b"", "302 Found", Location="https://judi.example/")),
         {"redirects": {"exactly": "https://binjaikota.example/"}}, Code.REDIRECT_ELSEWHERE),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(rig, manner, spec, code):
    _, verdict = judged(rig, manner, spec)
    assert (verdict.state, verdict.code) == (State.DOWN, code)


def test_json_compares_inside_lists(rig):
    body = page(b'{"antrean": [{"panjang": 12}]}')
    _, good = judged(
        rig, answers(body), {"json": {"path": "antrean[0].panjang", "compare": "below",
                                      "value": 50}}
    )  # fmt: skip
    assert good.state is State.UP


def test_nobody_listening_is_refused(rig):
    _, verdict = rig.check(Kind.HTTP, {"url": f"http://127.0.0.1:{servers.unused_port()}/"})
    assert (verdict.state, verdict.code) == (State.DOWN, Code.REFUSED)


@pytest.mark.parametrize("manner", [servers.silent, servers.dripping])
def test_silence_and_dripping_end_at_the_timeout(rig, manner):
    started = time.monotonic()
    _, verdict = judged(rig, manner, timeout=0.6)
    assert (verdict.state, verdict.code) == (State.DOWN, Code.TIMEOUT)
    assert 0.5 < time.monotonic() - started < 1.2


def test_an_endless_answer_is_cut_and_judged_by_its_beginning(rig):
    answer, verdict = judged(rig, servers.endless, {"keyword": "yyy", "max_body": 100_000})
    assert verdict.state is State.UP
    assert (answer.cut, len(answer.body)) == (True, 100_000)


def test_a_zip_bomb_is_opened_no_farther_than_the_bound(rig):
    answer, verdict = judged(rig, servers.bomb, {"keyword": "0000"})
    assert verdict.state is State.UP
    assert len(answer.body) < 200_000


def test_slow_is_a_warning_or_down_as_asked(rig):
    def slow(peer, request):
        time.sleep(0.15)
        peer.sendall(page(b"ok"))

    _, warn = judged(rig, slow, {"max_ms": 100})
    _, down = judged(rig, slow, {"max_ms": 100, "slow_is": "down"})
    assert [(v.state, v.code) for v in (warn, down)] == [
        (State.WARN, Code.SLOW),
        (State.DOWN, Code.SLOW),
    ]


def test_a_slow_server_holds_nobody_up(rig):
    with serving(servers.silent) as slow, serving(answers(page(b"ok"))) as quick:
        for _ in range(50):
            rig.begin(Kind.HTTP, {"url": f"http://127.0.0.1:{slow}/"}, timeout=1.5)
        started = time.monotonic()
        for _ in range(20):
            rig.begin(Kind.HTTP, {"url": f"http://127.0.0.1:{quick}/"})
        while rig.loop.running > 50:
            rig.loop.turn(0.1)
        assert time.monotonic() - started < 1.0
        rig.run()
    assert sum(answer.fault == Code.TIMEOUT for _, answer in rig.ended) == 50


def test_redirects_are_followed_and_counted(rig):
    with serving(answers(page(b"sampai"))) as end:
        location = f"http://127.0.0.1:{end}/baru"
        answer, verdict = judged(rig, answers(page(b"", "301 Moved", Location=location)))
    assert (verdict.state, answer.status, answer.redirects) == (State.UP, 200, 1)


def test_a_redirect_loop_ends(rig):
    answer, verdict = judged(rig, answers(page(b"", "302 Found", Location="/lagi")))
    assert (verdict.state, verdict.code, answer.redirects) == (
        State.DOWN, Code.REDIRECT_LOOP, 8,
    )  # fmt: skip


def test_a_redirect_target_that_is_wanted_is_up(rig):
    manner = answers(page(b"", "301 Moved", Location="https://binjaikota.example"))
    _, verdict = judged(rig, manner, {"redirects": {"exactly": "https://binjaikota.example/"}})
    assert verdict.state is State.UP


def test_secrets_go_to_the_checks_own_host_only():
    seen = []

    def record(peer, request):
        seen.append(b"X-Kunci: rahasia" in request)
        peer.sendall(page(b"ok"))

    rig = Rig(hosts={"lain.example": ["127.0.0.1"]})
    from kawal.monitoring.feeds.http import FEED

    with serving(record) as end:
        manner = answers(page(b"", "302 Found", Location=f"http://lain.example:{end}/"))
        with serving(manner) as port:
            for url in (f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{end}/"):
                spec = {"url": url, "headers": [{"name": "X-Kunci", "secret": True}]}
                assert FEED.reasons(spec) == []
                plan = FEED.read(spec, {"X-Kunci": "rahasia"})
                deadline = rig.loop.clock() + 5
                rig.loop.start(FEED.fetch(plan, rig.net, deadline), deadline, None,
                               lambda note, answer: None)  # fmt: skip
                rig.run()
    assert seen == [False, True]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.168.1.1", "224.0.0.1",
        "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[fd00::1]", "0.0.0.0",
    ],
)  # fmt: skip
def test_private_addresses_are_not_even_connected_to(host):
    rig = Rig(allowed=())
    answer, verdict = rig.check(Kind.HTTP, {"url": f"http://{host}/"})
    assert (verdict.state, verdict.code) == (State.UNKNOWN, Code.FORBIDDEN_ADDRESS)
    assert answer.connect == 0


def test_a_redirect_into_the_house_is_refused():
    hit = []

    def record(peer, request):
        hit.append(request)

    with serving(record) as inside:
        manner = answers(page(b"", "302 Found", Location=f"http://127.0.0.1:{inside}/admin"))
        with serving(manner) as outside:
            rig = Rig(allowed=(Allowed.read("127.0.0.1/32", outside, outside),))
            _, verdict = rig.check(Kind.HTTP, {"url": f"http://127.0.0.1:{outside}/"})
    assert (verdict.state, verdict.code) == (State.UNKNOWN, Code.FORBIDDEN_ADDRESS)
    assert hit == []


def test_a_name_that_is_rebound_is_judged_at_each_use():
    """The name first points outside, then inside: the second look is refused."""
    with serving(answers(page(b"ok"))) as port:
        rig = Rig(
            allowed=(Allowed.read("127.0.0.2/32", port, port),),
            hosts={"berganti.example": ["127.0.0.2"]},
        )
        rig.net.names._hosts["berganti.example"] = ["127.0.0.1"]
        _, verdict = rig.check(Kind.HTTP, {"url": f"http://berganti.example:{port}/"})
    assert verdict.code == Code.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "ftp://binjai.example/", "file:///etc/passwd", "http://0x7f.1/", "http://2130706433/",
        "http://127.1/", "http://user@binjai.example/", "http://a b/", "http://binjai.example\\@x/",
        "gopher://x/", "http://017700000001/", "",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused_beforehand(url):
    from kawal.monitoring.feeds.http import FEED

    assert [reason.at for reason in FEED.reasons({"url": url})] == ["url"]


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def secure(authority, *names, expires=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = authority.issue_cert(*names, not_after=expires) if expires else (
        authority.issue_cert(*names)
    )  # fmt: skip
    leaf.configure_cert(context)
    return context


def check_secure(tmp_path, authority, context, kind, host="127.0.0.1", **spec):
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    rig = Rig(authorities=str(path), hosts={"jdih.example": ["127.0.0.1"]})
    with serving(answers(page(b"ok")), context=context) as port:
        if kind is Kind.HTTP:
            return rig.check(kind, {"url": f"https://{host}:{port}/", **spec})
        return rig.check(kind, {"host": host, "port": port, **spec})


def test_https_measures_the_handshake(tmp_path, authority):
    context = secure(authority, "jdih.example")
    answer, verdict = check_secure(tmp_path, authority, context, Kind.HTTP, "jdih.example")
    assert verdict.state is State.UP
    assert answer.tls > 0


def test_a_certificate_for_another_name_is_down(tmp_path, authority):
    context = secure(authority, "lain.example")
    for kind in (Kind.HTTP, Kind.TLS):
        _, verdict = check_secure(tmp_path, authority, context, kind, "jdih.example")
        assert (verdict.state, verdict.code) == (State.DOWN, Code.CERT_HOST)


def test_an_unknown_authority_is_down(tmp_path, authority):
    context = secure(trustme.CA(), "jdih.example")
    _, verdict = check_secure(tmp_path, authority, context, Kind.TLS, "jdih.example")
    assert (verdict.state, verdict.code) == (State.DOWN, Code.CERT_UNTRUSTED)


def test_an_expired_certificate_is_down(tmp_path, authority):
    from datetime import UTC, datetime, timedelta

    context = secure(authority, "jdih.example", expires=datetime.now(UTC) - timedelta(days=1))
    _, verdict = check_secure(tmp_path, authority, context, Kind.TLS, "jdih.example")
    assert (verdict.state, verdict.code) == (State.DOWN, Code.CERT_EXPIRED)


def test_a_certificate_near_its_end_warns_with_the_days_left(tmp_path, authority):
    from datetime import UTC, datetime, timedelta

    context = secure(
        authority, "jdih.example", expires=datetime.now(UTC) + timedelta(days=9, hours=12)
    )
    _, verdict = check_secure(tmp_path, authority, context, Kind.TLS, "jdih.example")
    assert (verdict.state, verdict.code, verdict.detail) == (State.WARN, Code.CERT_SOON, "9")


def test_an_address_is_put_together_by_us():
    from kawal.monitoring.addresses import read_target

    assert str(read_target("HTTP://Binjai.Example:80/a b".replace(" ", "%20"))) == (
        "http://binjai.example/a%20b"
    )
    assert str(read_target("//lain.example/x", read_target("https://binjai.example/"))) == (
        "https://lain.example/x"
    )
    assert ip_address("::1").is_loopback
