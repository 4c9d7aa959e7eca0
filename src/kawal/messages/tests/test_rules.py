"""When to try again, whom to reach, and what an error may not tell."""

from datetime import timedelta

import pytest

from kawal.messages import rules
from kawal.messages.facts import Channel
from kawal.messages.registry import Topic

BOTH = frozenset(Channel)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 30), (2, 60), (3, 120), (9, 7680), (10, 14_400), (500, 14_400)],
)
def test_the_wait_doubles_up_to_four_hours(attempts, seconds):
    assert rules.wait(attempts, 0.5) == timedelta(seconds=seconds)
    assert rules.wait(attempts, 0.0) == timedelta(seconds=seconds * 0.8)
    assert (
        timedelta(seconds=seconds) < rules.wait(attempts, 0.999) < timedelta(seconds=seconds * 1.2)
    )


@pytest.mark.parametrize(
    ("choices", "required", "reached"),
    [
        ({}, False, BOTH),
        ({Channel.EMAIL: False}, False, {Channel.APP}),
        ({Channel.EMAIL: False, Channel.APP: False}, False, set()),
        ({Channel.EMAIL: False, Channel.APP: False}, True, {Channel.APP}),
        ({Channel.APP: False}, True, {Channel.EMAIL}),
    ],
)
def test_a_persons_own_choice_counts(choices, required, reached):
    topic = Topic("a.b", "A", required=required)
    assert rules.channels(topic, choices) == reached


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (
            "connect to smtp://kawal:r4hasia@mail.id:25 failed",
            "connect to smtp://***@mail.id:25 failed",
        ),
        ("535 password=r4hasia\nrefused", "535 password=*** refused"),
        ("auth: r4hasia", "auth: ***"),
        ("said r4hasia twice: r4hasia", "said *** twice: ***"),
        ("550 no such user", "550 no such user"),
        ("x" * 900, "x" * 500),
    ],
)
def test_an_error_tells_no_secret(error, shown):
    assert rules.scrubbed(error, ["r4hasia", ""]) == shown


def test_an_address_is_masked():
    assert rules.masked("dewi@contoh.id") == "d***@contoh.id"
    assert rules.masked("") == ""
