"""A screen shows the state: the newcomer gets all of it, the others only what differs."""

import json

import pytest

from kawal.config.stream.hub import LAST, SLOW, Hub, Topic


class Wire:
    """A connection that keeps what was written to it, and what waits for a slow reader."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.waiting = 0
        self.is_over = ""

    def write(self, data: bytes) -> None:
        self.said.append(data)

    def is_closing(self) -> bool:
        return bool(self.is_over)

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def close(self) -> None:
        self.is_over = "closed"

    def abort(self) -> None:
        self.is_over = "aborted"

    def take(self) -> list[tuple[str, object]]:
        """Return the messages written since the last call."""
        found, self.said = self.said, []
        return [read(one) for one in found]


def read(framed: bytes) -> tuple[str, object]:
    length, _, rest = framed.partition(b"\r\n")
    message = rest[: int(length, 16)]
    assert rest[len(message) :] == b"\r\n"
    lines = message.decode().splitlines()
    return lines[0].removeprefix("event: "), json.loads(lines[2].removeprefix("data: "))


@pytest.fixture
def topic() -> Topic:
    """The wall, painted once."""
    made = Topic("wall", limit=2)
    made.show({"a": "1", "b": "2"})
    return made


def joined(topic: Topic) -> Wire:
    wire = Wire()
    topic.join(wire)
    return wire


def test_a_newcomer_gets_the_whole_state(topic: Topic):
    assert joined(topic).take() == [("snapshot", {"a": "1", "b": "2"})]


def test_only_what_differs_is_sent_and_what_is_gone_is_emptied(topic: Topic):
    wire = joined(topic)
    wire.take()
    assert topic.show({"a": "9"}) == 2
    assert wire.take() == [("change", {"a": "9", "b": ""})]
    assert topic.show({"a": "9"}) == 0
    assert wire.take() == []


def test_every_screen_gets_the_very_same_bytes(topic: Topic):
    one, other = joined(topic), joined(topic)
    topic.show({"a": "7"})
    assert one.said[-1] is other.said[-1]


def test_who_comes_while_nobody_painted_waits_for_the_next_paint(topic: Topic):
    topic.is_current = False
    wanted: list[bool] = []
    topic.on_wanted = lambda: wanted.append(True)
    wire = joined(topic)
    assert (wire.take(), wanted) == ([], [True])
    topic.show({"a": "new", "b": "2"})
    assert wire.take() == [("snapshot", {"a": "new", "b": "2"})]
    topic.show({"a": "newer", "b": "2"})
    assert wire.take() == [("change", {"a": "newer"})]


def test_a_screen_that_cannot_keep_up_is_let_go_to_start_afresh(topic: Topic):
    slow, quick = joined(topic), joined(topic)
    slow.waiting = SLOW + 1
    topic.show({"a": "7"})
    assert slow.is_over == "aborted"
    assert topic.screens == {quick}
    assert [kind for kind, _ in quick.take()] == ["snapshot", "change"]


def test_one_that_is_going_is_not_written_to(topic: Topic):
    wire = joined(topic)
    wire.take()
    wire.close()
    topic.show({"a": "7"})
    assert wire.take() == []


def test_a_full_topic_lets_nobody_in(topic: Topic):
    first, second = joined(topic), joined(topic)
    found = [topic.is_full]
    topic.leave(first)
    assert [*found, topic.is_full] == [True, False]
    assert topic.screens == {second}


def test_the_beat_reaches_only_topics_that_somebody_watches():
    hub = Hub(["wall", "status"])
    wire = joined(hub.topics["wall"])
    asked: list[str] = []
    hub.beat(lambda name: asked.append(name) or {"now": 5})
    assert asked == ["wall"]
    assert wire.take() == [("beat", {"now": 5})]  # though nothing is painted yet


def test_all_are_let_go_properly_as_the_server_stops():
    hub = Hub(["wall"])
    wire = joined(hub.topics["wall"])
    hub.close()
    assert (wire.said, wire.is_over) == ([LAST], "closed")
