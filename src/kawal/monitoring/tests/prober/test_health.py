"""The prober's own health: stolen time, and what it excuses; witnesses of the uplink."""

import pytest

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.prober import health
from kawal.monitoring.prober.health import Health
from kawal.monitoring.prober.watched import INSIDE, LOCAL, OUTSIDE, Row, Watched
from kawal.monitoring.prober.way import NoRoute, Ways, interface_to
from kawal.monitoring.prober.witnesses import Witnesses


class Hands:
    def __init__(self):
        self.now = self.used = 0.0

    def turn(self, watch, *, work=0.0, processor=None, planned=0.02, slept=None):
        self.now += work
        self.used += work if processor is None else processor
        watch.sleep()
        self.now += planned if slept is None else slept
        watch.wake(planned)


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def watch(hands):
    return Health(lambda: hands.now, lambda: hands.used)


def test_honest_work_and_punctual_sleep_steal_nothing(hands, watch):
    for _ in range(100):
        hands.turn(watch, work=0.005)
    assert watch.stolen == 0.0
    assert watch.verdict(clock_stepped=False, uplink_cut=False, at_limit=False) is Code.OK


def test_being_stopped_in_sleep_is_stolen(hands, watch):
    hands.turn(watch, slept=1.02)
    assert watch.stolen == pytest.approx(1.0 - health.UNNOTICED)


def test_being_starved_at_work_is_stolen(hands, watch):
    hands.turn(watch, work=1.0, processor=0.2)
    stolen_work, own_work = 0.8 - health.UNNOTICED, 0.2 - health.OWN_WORK
    assert watch.stolen == pytest.approx(stolen_work + own_work)


def test_a_duty_cycle_of_a_fifth_is_starvation(hands, watch):
    for _ in range(50):
        hands.turn(watch, work=0.01, slept=0.09)
    assert watch.share() > 0.5
    assert watch.verdict(clock_stepped=True, uplink_cut=True, at_limit=True) is Code.STARVED
    for _ in range(300):
        hands.turn(watch)
    assert watch.verdict(clock_stepped=False, uplink_cut=False, at_limit=False) is Code.OK


@pytest.mark.parametrize(
    ("code", "stolen", "excused"),
    [
        (Code.TIMEOUT, 4.0, True),
        (Code.TIMEOUT, 0.04, False),
        (Code.TIMEOUT, 0.4, False),
        (Code.CONNECT_TIMEOUT, 0.6, True),
        (Code.SLOW, 0.6, True),
        (Code.REFUSED, 4.0, False),
        (503, 4.0, False),
        (Code.KEYWORD_ABSENT, 4.0, False),
        (Code.NAME_UNKNOWN, 4.0, False),
    ],
)
def test_only_what_time_can_bring_about_is_excused(watch, code, stolen, excused):
    watch.stolen = 7.0 + stolen
    assert watch.proves_nothing(code, elapsed=10.0, stolen_before=7.0) is excused


def watched(id, address, host=None):
    spec = {"url": f"http://{host or address}/"}
    row = Row(id, 1, Kind.HTTP, spec, {}, 60, 10, 2, 5, True, 1)
    one = Watched(row, FEEDS[Kind.HTTP], FEEDS[Kind.HTTP].read(spec, {}))
    one.address = address
    return one


@pytest.mark.parametrize(
    ("address", "zone"),
    [("127.0.0.1", LOCAL), ("10.0.0.7", INSIDE), ("103.10.1.1", OUTSIDE), ("", OUTSIDE)],
)
def test_what_lies_between(address, zone):
    assert watched(1, address, host="e-ra.example").zone == zone


class Room:
    """Witnesses whose asking a test answers by hand."""

    def __init__(self, *canaries):
        self.now = 100.0
        self.asked = []
        self.believed = []
        self.witnesses = Witnesses(
            lambda: self.now, lambda witness, heard: self.asked.append((witness, heard)),
            list(canaries),
        )  # fmt: skip

    def doubt(self, one, code=Code.TIMEOUT):
        if self.witnesses.needs_none(one, code, self.now):
            self.believed.append((one.id, True))
        else:
            self.witnesses.doubt(
                one, code, self.now, lambda works: self.believed.append((one.id, works))
            )

    def answer(self, *goods):
        asked, self.asked = self.asked, []
        for (_, heard), good in zip(asked, goods, strict=True):
            heard(good)


A, B, C, D = (watched(n, f"103.{n}.0.1") for n in range(1, 5))


def test_a_failure_on_this_machine_needs_no_witness():
    room = Room()
    room.doubt(watched(9, "127.0.0.1"))
    assert room.believed == [(9, True)]


def test_alone_in_the_world_a_failure_is_believed():
    room = Room()
    room.doubt(A)
    assert room.believed == [(1, True)]


def test_another_network_that_answered_meanwhile_is_witness_enough():
    room = Room()
    room.witnesses.saw_well(B, room.now + 1)
    room.doubt(A)
    assert (room.believed, room.asked) == ([(1, True)], [])


def test_the_majority_of_three_decides():
    for goods, works in (((True, True, False), True), ((False, False, True), False)):
        room = Room()
        for n, one in enumerate((B, C, D)):
            room.witnesses.saw_well(one, room.now - 10 + n)
        room.doubt(A)
        assert room.believed == []
        assert [witness.watched for witness, _ in room.asked] == [D, C, B]
        room.answer(*goods)
        assert room.believed == [(1, works)]
        assert room.witnesses.cut is not works


def test_neighbours_are_asked_when_no_other_network_is_known():
    room = Room()
    neighbour = watched(7, "103.1.0.99")
    room.witnesses.saw_well(neighbour, room.now + 1)
    room.doubt(A)
    assert (room.believed, [witness.watched for witness, _ in room.asked]) == ([], [neighbour])
    room.answer(False)
    assert room.believed == [(1, False)]
    room.witnesses.saw_well(B, room.now - 3)
    room.doubt(A)
    assert [witness.watched for witness, _ in room.asked] == [B]


def test_what_was_under_way_during_a_cut_proves_nothing_after_it():
    room = Room()
    room.witnesses.saw_well(B, room.now - 10)
    room.doubt(A)
    room.answer(False)
    began = room.now + 1
    room.now += 9
    room.witnesses.saw_well(B, room.now - 0.1)
    assert not room.witnesses.cut
    assert room.witnesses.was_cut(A, began)
    assert not room.witnesses.was_cut(A, room.now + 0.1)


def test_a_witness_that_began_long_before_the_failure_ended_is_asked_again():
    room = Room()
    started = room.now
    room.witnesses.saw_well(B, started + 1)
    room.now += 10
    assert not room.witnesses.needs_none(A, Code.TIMEOUT, started)
    room.witnesses.saw_well(B, room.now - 0.5)
    assert room.witnesses.needs_none(A, Code.TIMEOUT, started)


def test_a_stop_in_the_middle_of_a_turn_counts_before_its_failures_are_judged(hands, watch):
    hands.turn(watch)
    hands.now += 2.4
    assert watch.proves_nothing(Code.TIMEOUT, 10.0, 0.0)
    stolen = watch.stolen
    assert stolen == pytest.approx(2.4 - health.UNNOTICED)
    watch.sleep()
    assert watch.stolen == stolen


class Links:
    def __init__(self, folder):
        self.folder, self.now = folder / "uji0", 50.0
        self.folder.mkdir()
        self.set("1", "2")
        self.ways = Ways(lambda: self.now, folder, lambda address: "uji0")

    def set(self, carrier, changes):
        values = {"carrier": carrier, "carrier_changes": changes, "operstate": "up"}
        for name, value in values.items():
            (self.folder / name).write_text(value + "\n")


def test_a_link_that_came_and_went_excuses_what_was_under_way(tmp_path):
    links = Links(tmp_path)
    assert links.ways.was_open("103.1.0.1", 40.0)
    links.set("0", "3")
    assert not links.ways.was_open("103.1.0.1", 40.0)
    links.set("1", "4")
    assert not links.ways.was_open("103.1.0.1", 49.0)
    assert links.ways.was_open("103.1.0.1", 50.5)


def test_without_a_route_there_is_no_way():
    def nowhere(address):
        raise NoRoute

    assert not Ways(lambda: 1.0, interface=nowhere).was_open("103.1.0.1", 0.5)
    assert interface_to("127.0.0.1") == "lo"


def test_a_canary_is_asked_first_and_settles_all_that_waits():
    room = Room(("1.1.1.1", 443))
    room.witnesses.saw_well(B, room.now - 10)
    room.doubt(A)
    room.doubt(C)
    assert [witness.host for witness, _ in room.asked] == ["1.1.1.1", ""]
    room.answer(False, False)
    assert room.believed == [(1, False), (3, False)]
    assert room.witnesses.cut


def test_a_failure_of_names_is_witnessed_by_names_only():
    room = Room(("1.1.1.1", 443))
    room.witnesses.saw_well(B, room.now + 1)  # by its address: says nothing of names
    named = watched(5, "103.9.0.1", host="e-ra.example")
    room.doubt(named, Code.NAME_TIMEOUT)
    assert room.believed == [(5, True)]
    other = watched(6, "103.8.0.1", host="jdih.example")
    room.witnesses.saw_well(other, room.now - 5)
    room.doubt(named, Code.NAME_TIMEOUT)
    room.answer(False)
    assert room.believed == [(5, True), (5, False)]


def test_what_is_down_itself_is_not_asked():
    room = Room()
    room.witnesses.saw_well(B, room.now - 5)
    room.witnesses.forget(B)
    room.doubt(A)
    assert room.believed == [(1, True)]


def test_memory_of_the_control_group(tmp_path):
    (tmp_path / "memory.max").write_text("1000000\n")
    (tmp_path / "memory.stat").write_text("anon 5\ninactive_file 100000\n")
    (tmp_path / "memory.current").write_text("1080000\n")
    assert health.memory_is_short(tmp_path)
    (tmp_path / "memory.current").write_text("1000000\n")
    assert not health.memory_is_short(tmp_path)
    (tmp_path / "memory.max").write_text("max\n")
    assert not health.memory_is_short(tmp_path)
