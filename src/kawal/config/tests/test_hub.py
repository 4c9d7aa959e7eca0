"""A screen shows the state: the newcomer gets all of it, the others only what differs."""

import json

from kawal.config.stream.hub import LIMIT, Hub, Topic


def read(message: bytes | None) -> tuple[str, object]:
    assert message is not None
    lines = message.decode().splitlines()
    return lines[0].removeprefix("event: "), json.loads(lines[2].removeprefix("data: "))


def test_a_newcomer_gets_the_whole_state():
    topic = Topic("wall", limit=9)
    topic.show({"a": "1", "b": "2"})
    screen = topic.join()
    assert screen
    assert read(screen.queue.get_nowait()) == ("snapshot", {"a": "1", "b": "2"})
    assert screen.queue.empty()


def test_only_what_differs_is_sent_and_what_is_gone_is_emptied():
    topic = Topic("wall", limit=9)
    topic.show({"a": "1", "b": "2", "c": "3"})
    screen = topic.join()
    assert screen
    screen.queue.get_nowait()
    assert topic.show({"a": "1", "b": "9"}) == 2
    assert read(screen.queue.get_nowait()) == ("change", {"b": "9", "c": ""})
    assert topic.show({"a": "1", "b": "9"}) == 0
    assert screen.queue.empty()


def test_a_screen_that_cannot_keep_up_is_let_go_to_start_afresh():
    topic = Topic("wall", limit=9)
    slow = topic.join()
    assert slow
    for number in range(LIMIT + 1):
        topic.show({"a": str(number)})
    assert slow not in topic.screens
    assert slow.queue.get_nowait() is None
    fresh = topic.join()
    assert fresh
    assert read(fresh.queue.get_nowait()) == ("snapshot", {"a": str(LIMIT)})


def test_a_full_topic_lets_nobody_in():
    topic = Topic("wall", limit=1)
    first = topic.join()
    assert first
    assert topic.join() is None
    topic.leave(first)
    assert topic.join() is not None


def test_the_beat_reaches_only_topics_that_somebody_watches():
    hub = Hub(["wall", "status"])
    screen = hub.topics["wall"].join()
    assert screen
    screen.queue.get_nowait()
    asked: list[str] = []
    hub.beat(lambda name: asked.append(name) or {"now": 5})
    assert asked == ["wall"]
    assert read(screen.queue.get_nowait()) == ("beat", {"now": 5})
