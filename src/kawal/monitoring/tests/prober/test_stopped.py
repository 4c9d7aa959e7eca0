"""A prober that is stopped in the middle of a fetch does not take its own absence for an outage."""

import time

from kawal.monitoring.addresses import Allowed
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.prober import health
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.watched import Row, Watched
from kawal.monitoring.tests import servers
from kawal.monitoring.tests.servers import serving


def one_check(engine, port):
    feed = FEEDS[Kind.HTTP]
    spec = {"url": f"http://127.0.0.1:{port}/"}
    row = Row(1, 1, Kind.HTTP, spec, {}, 60, 1, 1, 5, True, 1, State.UP)
    watched = Watched(row, feed, feed.read(spec, {}))
    engine.net.allowed = (Allowed.read("127.0.0.0/8", 0, 65535),)
    engine.checks[1] = watched
    engine.plan_at(watched, engine.clock.wall())
    return watched


def fetched(*, stopped):
    """Run one check against a silent server to its end; ``stopped`` seconds without a turn."""
    engine = Engine(authorities="", most=10)
    with serving(servers.silent) as port:
        watched = one_check(engine, port)
        engine.health.begin()
        while not engine.under_way:
            engine.turn()
        poll = engine.loop._epoll

        class Stopped:
            def poll(self, *values):
                engine.loop._epoll = poll
                found = poll.poll(*values)
                time.sleep(stopped)
                return found

        if stopped:
            engine.loop._epoll = Stopped()
        while not engine.done:
            engine.turn()
    engine.close()
    return watched.standing.state, watched.standing.code


def test_a_timeout_while_we_were_stopped_is_unknown():
    assert fetched(stopped=1.5) == (State.UNKNOWN, Code.STARVED)


def test_a_timeout_while_we_looked_is_down(monkeypatch):
    monkeypatch.setattr(health, "TOLERATED", 0.9)  # a busy test machine is no stopped prober
    assert fetched(stopped=0.0) == (State.DOWN, Code.TIMEOUT)
