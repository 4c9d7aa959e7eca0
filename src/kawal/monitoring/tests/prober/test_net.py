"""What a check may connect to is remembered, and forgotten when the permission changes."""

from kawal.monitoring.addresses import Allowed
from kawal.monitoring.prober.loop import Loop
from kawal.monitoring.prober.names import Names
from kawal.monitoring.prober.net import Internet


def test_a_closed_network_is_refused_from_the_next_look_on() -> None:
    loop = Loop()
    net = Internet(loop, Names(loop.clock), wall=lambda: 0.0, authorities="")
    assert net.permits("8.8.8.8", 443)
    assert not net.permits("10.1.2.3", 80)
    net.allowed = (Allowed.read("10.0.0.0/8", 80, 80),)
    assert net.permits("10.1.2.3", 80)
    assert not net.permits("10.1.2.3", 81)
    net.allowed = ()
    assert not net.permits("10.1.2.3", 80)
    loop.close()
